#include "core/cloud/catalog/catalog.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/number.hpp"
#include "core/cloud/catalog/eliot_operations.hpp"
#include "core/cloud/catalog/hc_operations.hpp"
#include "core/cloud/catalog/netatmo_operations.hpp"

namespace foyer::catalog {
namespace {

constexpr std::array apis_in_order = {smarther_api, hc_api,     netatmo_api,  multisocket_api,
                                      myhome_api,   classe_api, emergency_api};

std::unexpected<Error> wrong(const Parameter& parameter, const std::string& what) {
  const std::string name(parameter.name);
  return fail(ErrorKind::invalid_input, "", name + ": " + what, name);
}

const std::string* given(const Values& values, std::string_view name) {
  for (const auto& [key, value] : values)
    if (key == name && !value.empty()) return &value;
  return nullptr;
}

const Parameter* parameter_of(const Operation& operation, std::string_view name) {
  for (const Parameter& one : operation.parameters)
    if (one.name == name && one.type != Type::constant) return &one;
  return nullptr;
}

bool is_option(std::string_view options, std::string_view word) {
  for (;;) {
    const auto bar = options.find('|');
    if (options.substr(0, bar) == word) return true;
    if (bar == std::string_view::npos) return false;
    options.remove_prefix(bar + 1);
  }
}

// "mode=manual|off" holds for these values; "" does not.
bool holds(std::string_view when, const Values& values) {
  if (when.empty()) return false;
  const auto equals = when.find('=');
  const std::string* value = given(values, when.substr(0, equals));
  return value && is_option(when.substr(equals + 1), *value);
}

// The cloud's own id; Foyer's prefix is "<api>:".
std::string_view remote(const Operation& operation, const Parameter& parameter, std::string_view value) {
  const std::string_view api = operation.api();
  if (parameter.source != Source::none && value.starts_with(api) && value.substr(api.size()).starts_with(':'))
    value.remove_prefix(api.size() + 1);
  return value;
}

Result<void> check_number(const Parameter& parameter, std::string_view value) {
  const auto number = parse_number(value);
  const bool whole = parameter.type == Type::integer;
  if (!number || (whole && *number != std::floor(*number)))
    return wrong(parameter, whole ? "expected a whole number" : "expected a number");
  if (parameter.step <= 0) return {};
  const double steps = (*number - parameter.least) / parameter.step;
  if (*number < parameter.least || *number > parameter.most || std::fabs(steps - std::round(steps)) > 1e-6) {
    std::string text = "expected " + number_text(parameter.least) + " to " + number_text(parameter.most);
    if (!parameter.unit.empty()) text.append(" ").append(parameter.unit);
    if (parameter.step != 1) text.append(" in steps of ").append(number_text(parameter.step));
    return wrong(parameter, text);
  }
  return {};
}

Result<void> check_value(const Parameter& parameter, std::string_view value) {
  if (parameter.place == Place::address &&
      (!value.starts_with('/') || value.find_first_of("?# ") != value.npos))
    return wrong(parameter, "expected what follows the API's address, beginning with /");
  switch (parameter.type) {
    case Type::integer:
    case Type::number:
      return check_number(parameter, value);
    case Type::boolean:
      if (value != "true" && value != "false") return wrong(parameter, "expected true or false");
      break;
    case Type::enumeration:
      if (!is_option(parameter.options, value))
        return wrong(parameter, "expected one of " + std::string(parameter.options));
      break;
    case Type::json:
      if (const auto json = JsonText::parse(value); !json)
        return wrong(parameter, json.error().code == "C7.number" ? "a number in it is beyond every double"
                                                                 : "expected JSON");
      break;
    case Type::text:
    case Type::constant:
      break;
  }
  return {};
}

Result<void> check(const Operation& operation, const Parameter& parameter, const Values& values) {
  if (parameter.type == Type::constant) return {};
  const std::string* value = given(values, parameter.name);
  if (!value) {
    if (parameter.required || holds(parameter.needed_when, values)) return wrong(parameter, "is missing");
    return {};
  }
  if (!parameter.only_when.empty() && !holds(parameter.only_when, values))
    return wrong(parameter, "goes with " + std::string(parameter.only_when) + " only");
  return check_value(parameter, remote(operation, parameter, *value));
}

// A body of nested objects, written from paths in the order in which they come: "home.id",
// "home.modules[].on".
class Body {
 public:
  void put(std::string_view path, std::string_view json) {
    const auto dot = path.rfind('.');
    go_to(dot == path.npos ? std::string_view() : path.substr(0, dot));
    std::string_view leaf = path.substr(dot == path.npos ? 0 : dot + 1);
    if (!is_list(leaf)) return void(json_.raw(leaf, json));
    json_.list(bare(leaf)).raw({}, json).end_list();
  }
  // Is the object open in which `path` would stand?
  bool is_beside(std::string_view path) const {
    const auto dot = path.rfind('.');
    return dot == path.npos || path.substr(0, dot) == open_;
  }
  std::string take() {
    if (!begun_) return {};
    go_to({});
    return json_.end_object().take();
  }

 private:
  static std::string_view first(std::string_view path) { return path.substr(0, path.find('.')); }
  static bool is_list(std::string_view segment) { return segment.ends_with("[]"); }
  static std::string_view bare(std::string_view segment) {
    return segment.substr(0, segment.size() - (is_list(segment) ? 2 : 0));
  }

  void go_to(std::string_view parents) {
    if (!std::exchange(begun_, true)) json_.object();
    while (!open_.empty() && parents != open_ && !parents.starts_with(std::string(open_) + '.')) {
      const auto dot = open_.rfind('.');
      json_.end_object();
      if (is_list(open_)) json_.end_list();
      open_ = open_.substr(0, dot == open_.npos ? 0 : dot);
    }
    while (open_.size() < parents.size()) {
      const std::string_view segment = first(parents.substr(open_.empty() ? 0 : open_.size() + 1));
      if (is_list(segment))
        json_.list(bare(segment)).object();
      else
        json_.object(segment);
      open_ = parents.substr(0, open_.size() + !open_.empty() + segment.size());
    }
  }

  JsonWriter json_{};
  bool begun_ = false;
  std::string_view open_{};  // points into a parameter's wire name
};

std::string json_of(const Parameter& parameter, std::string_view value) {
  switch (parameter.type) {
    case Type::integer:
    case Type::number:
      return number_text(parse_number(value).value_or(0));
    case Type::text:
    case Type::enumeration:
      return JsonWriter().text({}, value).take();
    default:
      return std::string(value);
  }
}

void put_into_path(std::string& path, const Parameter& parameter, std::string_view value) {
  const std::string mark = "{" + std::string(parameter.name) + "}";
  const auto at = path.find(mark);
  // The options of an enumeration are the catalogue's own and may hold slashes.
  if (at != path.npos)
    path.replace(at, mark.size(),
                 parameter.type == Type::enumeration ? std::string(value) : percent_encode(value));
}

void put(Call& call, Body& body, const Operation& operation, const Parameter& parameter,
         const Values& values) {
  const std::string_view wire = parameter.wire.empty() ? parameter.name : parameter.wire;
  if (parameter.type == Type::constant) {
    if (body.is_beside(wire)) body.put(wire, parameter.preset);
    return;
  }
  const std::string* text = given(values, parameter.name);
  if (!text) return;
  const std::string_view value = remote(operation, parameter, *text);
  switch (parameter.place) {
    case Place::address:
      call.path = value;
      break;
    case Place::path:
      put_into_path(call.path, parameter, value);
      break;
    case Place::query:
      call.query.emplace_back(wire, value);
      break;
    case Place::body:
      body.put(wire, json_of(parameter, value));
      break;
  }
}

}  // namespace

std::string_view to_string(Place place) {
  constexpr std::array<std::string_view, 4> words = {"path", "query", "body", "address"};
  return words[static_cast<std::size_t>(place)];
}

std::string_view to_string(Type type) {
  constexpr std::array<std::string_view, 7> words = {"text",        "integer", "number",  "boolean",
                                                     "enumeration", "json",    "constant"};
  return words[static_cast<std::size_t>(type)];
}

std::string_view to_string(Source source) {
  constexpr std::array<std::string_view, 5> words = {"", "plant", "module", "gateway", "ambient"};
  return words[static_cast<std::size_t>(source)];
}

std::span<const Api> apis() { return apis_in_order; }

const Operation* find(std::string_view id) {
  for (const Api& api : apis_in_order)
    for (const Operation& operation : api.operations)
      if (operation.id == id) return &operation;
  return nullptr;
}

std::vector<Error> faults(const Operation& operation, const Values& values) {
  std::vector<Error> out;
  const auto add = [&](Error error) {
    if (std::ranges::find(out, error.field, &Error::field) == out.end()) out.push_back(std::move(error));
  };
  const auto refuse = [&](const std::string& name, std::string_view what) {
    add(fail(ErrorKind::invalid_input, "", name + std::string(what), name).error());
  };
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string& name = values[i].first;
    if (!parameter_of(operation, name)) refuse(name, ": there is no such parameter");
    for (std::size_t other = 0; other < i; ++other)
      if (values[other].first == name) refuse(name, ": given twice");
  }
  for (const Parameter& parameter : operation.parameters)
    if (const auto fits = check(operation, parameter, values); !fits) add(fits.error());
  return out;
}

Result<Call> make_call(const Operation& operation, const Values& values) {
  if (std::vector<Error> all = faults(operation, values); !all.empty()) {
    Error first = std::move(all.front());
    for (std::size_t i = 1; i < all.size(); ++i) first.message.append("; ").append(all[i].message);
    return std::unexpected(std::move(first));
  }
  Call call{.method = std::string(operation.method),
            .path = std::string(operation.path),
            .path_template = std::string(operation.path),
            .operation = operation.command,
            .purpose = operation.command == policy::CommandClass::read ? policy::Purpose::pressed
                                                                       : policy::Purpose::write};
  Body body;
  for (const Parameter& parameter : operation.parameters) put(call, body, operation, parameter, values);
  call.body = body.take();
  // A person's own JSON may fit alone and not in its place: too deep, or with a byte order mark.
  if (!call.body.empty() && !JsonText::parse(call.body))
    return fail(ErrorKind::invalid_input, "", "the JSON that was given can't be sent inside a body");
  return call;
}

}  // namespace foyer::catalog
