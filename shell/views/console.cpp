// The request console: an API, an operation, its form, the exact request, the answer, what was sent before.
// Where there is room, the answer stands beside the form.
#include <algorithm>

#include "core/app/developer/console.hpp"
#include "shell/views/tools_parts.hpp"

namespace foyer::shell {
namespace {

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

void parameter(Builder& b, const Parameter& one, const std::vector<Error>& faults) {
  const std::string id = field_id(one), now = value_of(b, one), hint = hint_of(one);
  // What is wrong is said at its field, once there is something in it.
  std::string wrong;
  for (const Error& fault : faults)
    if (fault.field == one.name && !now.empty()) wrong = fault.message;
  if (one.type != Input::enumeration && one.type != Input::boolean)
    return b.field(id, std::string(one.name), hint, now, wrong);
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
  b.column({.gap = Space::tight}, [&] {
    b.wrap({.gap = Space::tight, .between = Space::none}, [&] {
      b.text(Type::small_strong, Token::ink, one.name);
      b.text(Type::small, Token::ink2, "· " + hint);
    });
    b.choices(id, std::string(one.name), all);
    if (!wrong.empty()) b.paragraph(id + "/wrong", Type::small, Token::bad, wrong);
  });
}

std::string entry(const Exchange& one) {
  return one.waiting
             ? std::string(word(W::sent))
             : (one.status == 0 ? std::string(word(W::journal_no_answer)) : std::to_string(one.status)) +
                   " · " + std::to_string(one.duration.count()) + " ms · " + one.reading;
}

bool good(const Exchange& one) { return one.waiting || (one.status >= 200 && one.status < 300); }

void answer(Builder& b, const Exchange& one) {
  b.section("console/answer", W::console_answer);
  mark(b, "console/status",
       one.waiting ? Finding::State::unknown
       : good(one) ? Finding::State::good
                   : Finding::State::trouble,
       entry(one));
  const bool open = b.memory.expanded.contains("console/headers");
  b.wrap({}, [&] {
    if (!one.headers.empty())
      b.button({.id = "console/headers",
                .label = std::string(word(W::console_headers)),
                .icon = open ? Icon::chevron_up : Icon::chevron_down},
               Local{Local::What::expand, "console/headers", {}})
          .expanded = open;
    if (!one.body.empty())
      b.button({.id = "console/copy_answer", .label = std::string(word(W::console_copy)), .icon = Icon::copy},
               Intent{intent::CopyText{one.body, std::string(word(W::console_answer))}});
  });
  if (open && !one.headers.empty()) b.code("console/headers/text", one.headers, 60);
  if (!one.body.empty()) b.code("console/body", one.body, 400);
}

// A line that opens an operation: two texts and, where it leads on, an arrow.
void operation_row(Builder& b, Node link, std::string_view title, std::string_view more, Token ink,
                   bool leads, Action action) {
  b.card({.pad = Space::pad,
          .over = Space::small,
          .radius = 12,
          .link = std::move(link),
          .action = std::move(action)},
         [&] {
           b.split(
               {.least = Size::none},
               [&] {
                 b.text(Type::small_strong, Token::ink, title);
                 b.text(Type::small, ink, more);
               },
               [&] {
                 if (leads) b.icon(Icon::chevron_right, Size::glyph_line, Token::ink2);
               });
         });
}

void history(Builder& b) {
  if (b.state.console.history.empty()) return;
  b.section("console/history", W::console_history);
  int number = 0;
  for (const Exchange& one : b.state.console.history) {
    const Operation* operation = catalog::find(one.operation);
    if (!operation) continue;
    const std::string name = b.times.at(one.at) + " · " + std::string(operation->title), more = entry(one);
    operation_row(b,
                  {.id = "console/history/" + std::to_string(number++),
                   .role = Role::button,
                   .name = name + ", " + more},
                  name, more, good(one) ? Token::ink2 : Token::bad, false,
                  Intent{intent::OpenOperation{std::string(operation->api()), one.operation, one.values}});
  }
}

// The request as it will be sent, and the buttons for it.
void request(Builder& b, const Operation& operation, const Fields& values, const std::vector<Error>& faults) {
  const auto call = catalog::make_call(operation, values);
  const AccountState* account = console_account(b.state, operation.api());
  const std::string id(operation.id);
  b.section("console/request", W::console_request);
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
  if (!elsewhere.empty()) mark(b, "console/why", Finding::State::unknown, elsewhere);
  std::string curl;
  if (call) {
    curl =
        curl_text(*call, account ? account->api_base : "", kMask, account && account->keys > 0 ? kMask : "");
    b.code("console/curl", curl, 60);
  }
  b.wrap({}, [&] {
    b.button({.id = "console/send",
              .label = std::string(word(W::console_send)),
              .icon = Icon::play,
              .look = Builder::Look::primary,
              .disabled = !why.empty() || !b.state.online,
              .why = why},
             Intent{intent::SendOperation{id, values}});
    if (!call) return;
    b.button({.id = "console/copy", .label = say(W::copy, {"cURL"}), .icon = Icon::copy},
             Intent{intent::CopyText{curl, "cURL"}});
    if (why.empty())
      b.button({.id = "console/copy_secret", .label = std::string(word(W::console_secret))},
               Intent{intent::CopyCurl{id, values}});
  });
}

void form(Builder& b, const Operation& operation) {
  const Fields values = values_of(b, operation);
  b.button({.id = "console/list", .label = std::string(word(W::console_all)), .icon = Icon::back},
           Intent{intent::OpenOperation{std::string(operation.api()), {}, {}}});
  b.column({.gap = Space::fine}, [&] {
    b.heading("console/operation", 2, Type::panel, operation.title);
    b.paragraph("console/path", Type::small, Token::ink2,
                std::string(operation.method) + " " + std::string(operation.path));
    std::string more = say(W::console_cost, {std::to_string(operation.cost)});
    if (!operation.scope.empty()) more += " · " + say(W::console_scope, {operation.scope});
    b.paragraph("console/cost", Type::small, Token::ink2, more);
    if (!operation.note.empty()) b.paragraph("console/note", Type::small, Token::ink, operation.note);
  });
  const std::vector<Error> faults = catalog::faults(operation, values);
  for (const Parameter& one : operation.parameters)
    if (one.type != Input::constant) parameter(b, one, faults);
  request(b, operation, values, faults);
}

void operations(Builder& b, const catalog::Api& api) {
  b.paragraph("console/api", Type::small, Token::ink2, api.note);
  if (api.id == "classe")  // where a person would look for its bigger sister
    b.button({.id = "console/intercom", .label = std::string(word(W::setup_intercom)), .icon = Icon::info},
             go(route_to(b.state, Route::View::setup)));
  for (const Operation& one : api.operations) {
    const std::string path = std::string(one.method) + " " + std::string(one.path);
    operation_row(b,
                  {.id = "console/o/" + std::string(one.id),
                   .role = Role::button,
                   .name = std::string(one.title),
                   .description = path},
                  one.title, path, Token::ink2, true,
                  Intent{intent::OpenOperation{std::string(api.id), std::string(one.id), {}}});
  }
}

void choose(Builder& b) {
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
  b.choices("console/apis", "API", all);
  operations(b, *api);
}

}  // namespace

void build_console(Builder& b) {
  const Operation* operation = catalog::find(b.state.console.operation);
  b.view({.title = W::console, .back = b.m.phone}, [&] {
    b.narrow(Size::column, [&] {
      b.paragraph("console/hint", Type::body, Token::ink2, word(W::console_hint));
      b.wrap({}, [&] {
        b.button({.id = "console/journal", .label = std::string(word(W::journal)), .icon = Icon::clock},
                 go(route_to(b.state, Route::View::journal)));
        b.button({.id = "console/setup", .label = std::string(word(W::setup)), .icon = Icon::info},
                 go(route_to(b.state, Route::View::setup)));
      });
    });
    b.pair(
        {}, [&] { operation != nullptr ? form(b, *operation) : choose(b); },
        [&] {
          const auto& all = b.state.console.history;
          if (const auto last = std::ranges::find(all, b.state.console.operation, &Exchange::operation);
              operation != nullptr && last != all.end())
            answer(b, *last);
          history(b);
        });
  });
}

}  // namespace foyer::shell
