// The request console: an API, an operation, its form, the exact request, the answer, what was sent before.
// Where there is room, the answer stands beside the form.
#include <algorithm>

#include "core/app/console.hpp"
#include "shell/tools_parts.hpp"

namespace foyer::shell::tools {
namespace {

using namespace foyer::tools;
using catalog::Operation;
using catalog::Parameter;
using Input = catalog::Type;

constexpr std::string_view kMask = "•••";

std::string field_id(const Parameter& one) { return "console/p/" + std::string(one.name); }

// What is in the form: typed, or proposed.
std::string value_of(const Builder& b, const Parameter& one) {
  if (const auto typed = b.memory.fields.find(field_id(one)); typed != b.memory.fields.end())
    return typed->second;
  for (const auto& [name, value] : b.state.console.values)
    if (name == one.name) return value;
  return {};
}

Fields values_of(const Builder& b, const Operation& operation) {
  Fields out;
  for (const Parameter& one : operation.parameters)
    if (std::string value = value_of(b, one); one.type != Input::constant && !value.empty())
      out.emplace_back(one.name, std::move(value));
  return out;
}

// "required · 0–100 / 5 %"
std::string hint_of(const Parameter& one) {
  std::string out(word(one.required ? W::console_required : W::console_optional));
  if (one.step > 0)
    out +=
        " · " + number_text(one.least, 2) + "–" + number_text(one.most, 2) + " / " + number_text(one.step, 2);
  if (!one.unit.empty()) out += " " + std::string(one.unit);
  for (const std::string_view more : {one.needed_when, one.only_when})
    if (!more.empty()) out += " · " + std::string(more);
  return out;
}

float parameter(Builder& b, const Parameter& one, const std::vector<Error>& faults, float x, float y,
                float width) {
  const std::string id = field_id(one), now = value_of(b, one), hint = hint_of(one);
  b.group(y, y + 900);
  // What is wrong is said at its field, once there is something in it.
  std::string wrong;
  for (const Error& fault : faults)
    if (fault.field == one.name && !now.empty()) wrong = fault.message;
  if (one.type != Input::enumeration && one.type != Input::boolean)
    return field(b, id, std::string(one.name), x, y, width, hint, now, wrong);
  const float line = line_height(Type::small, b.m.scale);
  const float name = b.text(x, y, width, Type::small_strong, Token::ink, one.name);
  b.text(x + name, y, width - name, Type::small, Token::ink2, " · " + hint);
  std::vector<Builder::Choice> all;
  std::string_view options = one.type == Input::boolean ? "true|false" : one.options;
  for (bool more = true; more;) {
    const auto bar = options.find('|');
    const std::string option(options.substr(0, bar));
    // A press on what is chosen takes the choice back.
    all.push_back({std::string(id).append("/").append(option),
                   {},
                   option,
                   option == now,
                   Local{Local::What::put, id, option == now ? std::string() : option}});
    more = bar != std::string_view::npos;
    if (more) options.remove_prefix(bar + 1);
  }
  y += line + 6 + b.choices(id, std::string(one.name), x, y + line + 6, width, all);
  if (!wrong.empty()) y += 4 + b.paragraph(id + "/wrong", x, y + 4, width, Type::small, Token::bad, wrong);
  return y + 14;
}

std::string entry(const Exchange& one) {
  return one.waiting
             ? std::string(word(W::sent))
             : (one.status == 0 ? std::string(word(W::journal_no_answer)) : std::to_string(one.status)) +
                   " · " + std::to_string(one.duration.count()) + " ms · " + one.reading;
}

bool good(const Exchange& one) { return one.waiting || (one.status >= 200 && one.status < 300); }

float answer(Builder& b, const Exchange& one, float x, float y, float width) {
  y = section(b, "console/answer", x, y, width, W::console_answer);
  y = mark(b, "console/status", x, y, width,
           one.waiting ? Finding::State::unknown
           : good(one) ? Finding::State::good
                       : Finding::State::trouble,
           entry(one)) +
      6;
  if (!one.headers.empty() || !one.body.empty()) {
    const bool open = b.memory.expanded.contains("console/headers");
    Row row{b, x, y, width};
    if (!one.headers.empty())
      row.add({.id = "console/headers",
               .name = {},
               .label = std::string(word(W::console_headers)),
               .icon = open ? Icon::chevron_up : Icon::chevron_down},
              Local{Local::What::expand, "console/headers", {}})
          .expanded = open;
    if (!one.body.empty())
      row.add({.id = "console/copy_answer",
               .name = {},
               .label = std::string(word(W::console_copy)),
               .icon = Icon::copy},
              Intent{intent::CopyText{one.body, std::string(word(W::console_answer))}});
    y = row.end() - 6;
    if (open) y = code(b, "console/headers/text", x, y, width, one.headers, 60) + 10;
  }
  if (!one.body.empty()) y = code(b, "console/body", x, y, width, one.body, 400);
  return y + 24;
}

float history(Builder& b, float x, float y, float width) {
  if (b.state.console.history.empty()) return y;
  y = section(b, "console/history", x, y, width, W::console_history);
  const float line = line_height(Type::small, b.m.scale), high = std::max(2 * line + 16, b.m.target);
  int number = 0;
  for (const Exchange& one : b.state.console.history) {
    const Operation* operation = catalog::find(one.operation);
    if (!operation) continue;
    const std::string name = b.times.at(one.at) + " · " + std::string(operation->title);
    b.group(y, y + high);
    b.node("console/history/" + std::to_string(number++), Role::button, name + ", " + entry(one),
           {x, y, width, high},
           Intent{intent::OpenOperation{std::string(operation->api()), one.operation, one.values}});
    b.box({x, y, width, high}, Token::surface, 12, Token::none, b.last());
    b.text(x + 14, y + 8, width - 28, Type::small_strong, Token::ink, name);
    b.text(x + 14, y + 8 + line, width - 28, Type::small, good(one) ? Token::ink2 : Token::bad, entry(one));
    y += high + 6;
  }
  return y + 8;
}

// The request as it will be sent, and the buttons for it.
float request(Builder& b, const Operation& operation, const Fields& values, const std::vector<Error>& faults,
              float x, float y, float width) {
  const auto call = catalog::make_call(operation, values);
  const AccountState* account = console_account(b.state, operation.api());
  const std::string id(operation.id);
  y = section(b, "console/request", x, y, width, W::console_request);
  std::string why;
  if (!call) {
    why = call.error().message;
  } else if (account == nullptr || account->session.status != oauth::Status::signed_in) {
    why = word(W::console_no_account);
  }
  // What has nothing in its field yet is said here, the rest beside its field.
  std::string elsewhere = faults.empty() ? why : std::string();
  for (const Error& fault : faults)
    if (std::ranges::find(values, fault.field, &Fields::value_type::first) == values.end())
      elsewhere += (elsewhere.empty() ? "" : "; ") + fault.message;
  if (!elsewhere.empty()) y = mark(b, "console/why", x, y, width, Finding::State::unknown, elsewhere) + 6;
  std::string curl;
  if (call) {
    curl =
        curl_text(*call, account ? account->api_base : "", kMask, account && account->keys > 0 ? kMask : "");
    y = code(b, "console/curl", x, y, width, curl, 60) + 12;
  }
  Row row{b, x, y, width};
  row.add({.id = "console/send",
           .name = {},
           .label = std::string(word(W::console_send)),
           .icon = Icon::play,
           .look = Builder::Look::primary,
           .disabled = !why.empty() || !b.state.online,
           .why = why},
          Intent{intent::SendOperation{id, values}});
  if (call) {
    row.add({.id = "console/copy", .name = {}, .label = say(W::copy, {"cURL"}), .icon = Icon::copy},
            Intent{intent::CopyText{curl, "cURL"}});
    if (why.empty())
      row.add({.id = "console/copy_secret", .name = {}, .label = std::string(word(W::console_secret))},
              Intent{intent::CopyCurl{id, values}});
  }
  return row.end() + 8;
}

float form(Builder& b, const Operation& operation, float x, float y, float width) {
  const Fields values = values_of(b, operation);
  b.group(y, y + 400);
  Row back{b, x, y, width};
  back.add({.id = "console/list", .name = {}, .label = std::string(word(W::console_all)), .icon = Icon::back},
           Intent{intent::OpenOperation{std::string(operation.api()), {}, {}}});
  y = back.end();
  b.heading("console/operation", 2, x, y, width, Type::panel, operation.title);
  y += line_height(Type::panel, b.m.scale) + 4;
  y += b.paragraph("console/path", x, y, width, Type::small, Token::ink2,
                   std::string(operation.method) + " " + std::string(operation.path)) +
       4;
  std::string more = say(W::console_cost, {std::to_string(operation.cost)});
  if (!operation.scope.empty()) more += " · " + say(W::console_scope, {operation.scope});
  y += b.paragraph("console/cost", x, y, width, Type::small, Token::ink2, more) + 4;
  if (!operation.note.empty())
    y += b.paragraph("console/note", x, y, width, Type::small, Token::ink, operation.note);
  y += 16;
  const std::vector<Error> faults = catalog::faults(operation, values);
  for (const Parameter& one : operation.parameters)
    if (one.type != Input::constant) y = parameter(b, one, faults, x, y, width);
  return request(b, operation, values, faults, x, y + 6, width);
}

float operations(Builder& b, const catalog::Api& api, float x, float y, float width) {
  const float line = line_height(Type::small, b.m.scale), high = std::max(2 * line + 16, b.m.target);
  b.group(y, y + 80);
  y += b.paragraph("console/api", x, y, width, Type::small, Token::ink2, api.note) + 12;
  if (api.id == "classe") {  // where a person would look for its bigger sister
    Row row{b, x, y, width};
    row.add({.id = "console/intercom",
             .name = {},
             .label = std::string(word(W::setup_intercom)),
             .icon = Icon::info},
            go({.view = Route::View::setup, .plant = {}, .ambient = {}, .module = {}}));
    y = row.end();
  }
  for (const Operation& one : api.operations) {
    b.group(y, y + high);
    const std::string path = std::string(one.method) + " " + std::string(one.path);
    b.node("console/o/" + std::string(one.id), Role::button, std::string(one.title), {x, y, width, high},
           Intent{intent::OpenOperation{std::string(api.id), std::string(one.id), {}}})
        .description = path;
    b.box({x, y, width, high}, Token::surface, 12, Token::none, b.last());
    b.text(x + 14, y + 8, width - 52, Type::small_strong, Token::ink, one.title);
    b.text(x + 14, y + 8 + line, width - 52, Type::small, Token::ink2, path);
    b.icon({x + width - 34, y, 20, high}, Icon::chevron_right, 18, Token::ink2);
    y += high + 6;
  }
  return y + 12;
}

float choose(Builder& b, float x, float y, float width) {
  // The API of the home at hand is open first.
  std::string_view chosen = b.state.console.api;
  if (const Plant* plant = b.state.plant(); chosen.empty() && plant != nullptr)
    chosen = std::string_view(plant->id.text).substr(0, plant->id.text.find(':'));
  const auto apis = catalog::apis();
  const catalog::Api* api = &apis.front();
  for (const catalog::Api& one : apis)
    if (one.id == chosen) api = &one;
  std::vector<Builder::Choice> all;
  for (const catalog::Api& one : apis)
    all.push_back({"console/" + std::string(one.id),
                   {},
                   std::string(one.title),
                   &one == api,
                   Intent{intent::OpenOperation{std::string(one.id), {}, {}}}});
  b.group(y, y + 200);
  y += b.choices("console/apis", "API", x, y, width, all) + 14;
  return operations(b, *api, x, y, width);
}

}  // namespace

float build_console(Builder& b, Rect area) {
  const bool columns = has_columns(b, area);
  const float x = area.x + b.m.margin, all = area.w - 2 * b.m.margin,
              width = columns ? std::min((all - 32) / 2, b.m.em(640)) : std::min(all, b.m.em(720));
  b.open_layer(Layer::main, area);
  b.parent("main", Role::main, std::string(word(W::console)), area);
  float y = page_title(b, x, 24, width, word(W::console), b.m.phone);
  b.group(y, y + 200);
  y += b.paragraph("console/hint", x, y, width, Type::body, Token::ink2, word(W::console_hint)) + 14;
  Row row{b, x, y, width};
  row.add({.id = "console/journal", .name = {}, .label = std::string(word(W::journal)), .icon = Icon::clock},
          go({.view = Route::View::journal, .plant = {}, .ambient = {}, .module = {}}));
  row.add({.id = "console/setup", .name = {}, .label = std::string(word(W::setup)), .icon = Icon::info},
          go({.view = Route::View::setup, .plant = {}, .ambient = {}, .module = {}}));
  const float top = y = row.end() + 4;
  const Operation* operation = catalog::find(b.state.console.operation);
  y = operation != nullptr ? form(b, *operation, x, y, width) : choose(b, x, y, width);
  const float side = columns ? x + width + 32 : x;
  float other = columns ? top : y;
  if (operation != nullptr)
    for (const Exchange& one : b.state.console.history)
      if (one.operation == operation->id) {
        other = answer(b, one, side, other, width);
        break;
      }
  other = history(b, side, other, width);
  b.end_parent();
  b.close_layer(std::max(y, other) + 32);
  return 0;
}

}  // namespace foyer::shell::tools
