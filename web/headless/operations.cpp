#include "web/headless/operations.hpp"

#include <algorithm>

#include "core/base/json.hpp"
#include "core/base/url.hpp"
#include "web/headless/choose.hpp"
#include "web/headless/decode.hpp"

namespace foyer::headless {
namespace {

using catalog::Operation;
using catalog::Parameter;
using catalog::Source;
using catalog::Type;

std::string_view word(policy::CommandClass command) {
  switch (command) {
    case policy::CommandClass::read:
      return "read";
    case policy::CommandClass::absolute_write:
      return "absolute";
    case policy::CommandClass::momentary_write:
      return "momentary";
    case policy::CommandClass::token:
      break;  // the sign-in's own, no operation
  }
  return "";
}

Json words_of(std::string_view options) {
  Json out = Json::array();
  for (;;) {
    const auto bar = options.find('|');
    out.push_back(options.substr(0, bar));
    if (bar == std::string_view::npos) return out;
    options.remove_prefix(bar + 1);
  }
}

Json parameter_json(const Parameter& parameter) {
  Json out = {{"name", parameter.name},
              {"in", to_string(parameter.place)},
              {"type", to_string(parameter.type)},
              {"required", parameter.required}};
  const auto put = [&](const char* name, std::string_view text) {
    if (!text.empty()) out[name] = text;
  };
  put("from", to_string(parameter.source));
  put("wire", parameter.wire);
  put("only_when", parameter.only_when);
  put("needed_when", parameter.needed_when);
  put("default", parameter.preset);
  put("unit", parameter.unit);
  if (parameter.type == Type::enumeration) out["options"] = words_of(parameter.options);
  if (parameter.step > 0) out["range"] = {parameter.least, parameter.most, parameter.step};
  return out;
}

Json operation_json(const Operation& operation) {
  Json parameters = Json::array();
  for (const Parameter& one : operation.parameters)
    if (one.type != Type::constant) parameters.push_back(parameter_json(one));
  Json out = {{"id", operation.id},
              {"title", operation.title},
              {"method", operation.method},
              {"path", operation.path},
              {"class", word(operation.command)},
              {"calls", operation.cost},
              {"decoded", is_decoded(operation)},
              {"parameters", parameters}};
  if (!operation.scope.empty()) out["scope"] = operation.scope;
  if (!operation.note.empty()) out["note"] = operation.note;
  return out;
}

template <class T>
void take(std::string& value, const Result<T>& found) {
  if (found) value = (*found)->id.remote();
}

// A name of this home becomes the id. Several of one name are an error; an unknown one may still be the
// cloud's own id.
Result<void> resolve(Source source, std::string& value, const Plant* plant) {
  const auto several = [&](const auto& found) {
    return !found && found.error().message.starts_with("several");
  };
  if (!plant) return {};
  if (source == Source::ambient) {
    const auto found = choose_ambient(*plant, value);
    if (several(found)) return std::unexpected(found.error());
    take(value, found);
  } else {
    const auto found = choose_module(*plant, value);
    if (several(found)) return std::unexpected(found.error());
    take(value, found);
  }
  return {};
}

const Parameter* parameter_of(const Operation& operation, std::string_view name) {
  for (const Parameter& one : operation.parameters)
    if (one.name == name) return &one;
  return nullptr;
}

}  // namespace

Result<std::string> operations_json(const std::string& api) {
  Json list = Json::array();
  for (const catalog::Api& one : catalog::apis()) {
    if (!api.empty() && api != one.id) continue;
    Json operations = Json::array();
    for (const Operation& operation : one.operations) operations.push_back(operation_json(operation));
    list.push_back({{"id", one.id}, {"title", one.title}, {"note", one.note}, {"operations", operations}});
  }
  if (list.empty()) return fail(ErrorKind::invalid_input, "", "there is no API \"" + api + "\"");
  return dump_json({{"apis", list}});
}

Result<Call> free_call(const std::vector<std::string>& words, const std::string& body) {
  const auto usage = [](const char* message) {
    return fail(ErrorKind::invalid_input, "", std::string(message) + "; see --help");
  };
  if (words.size() != 2)
    return usage("expected: call OPERATION name=value … or call METHOD PATH [--body JSON]");
  const std::string& path = words[1];
  if (!path.starts_with('/') || path.find('#') != std::string::npos)
    return usage("PATH is what follows the API address, beginning with /");
  const auto mark = std::min(path.find('?'), path.size());
  Call call{.method = words[0],
            .path = path.substr(0, mark),
            .path_template = "(console)",
            .body = body,
            .purpose = policy::Purpose::pressed};
  if (mark < path.size()) call.query = form_decode(path.substr(mark + 1));
  if (!body.empty() && !parse_json(body)) return usage("--body is not JSON");
  // Nobody knows what it does, so it is never repeated after an ambiguous outcome.
  if (call.method != "GET") call.operation = policy::CommandClass::momentary_write;
  return call;
}

Result<Call> operation_call(const Operation& operation, const std::vector<std::string>& words,
                            const std::vector<Plant>& plants) {
  catalog::Values values;
  for (const std::string& text : words) {
    const auto equals = text.find('=');
    if (equals == std::string::npos)
      return fail(ErrorKind::invalid_input, "", "expected name=value, not \"" + text + "\"");
    values.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  const Plant* plant = nullptr;
  for (auto& [name, value] : values) {
    const Parameter* parameter = parameter_of(operation, name);
    if (!parameter || parameter->source != Source::plant) continue;
    const auto found = choose_home(plants, value);
    if (!found && found.error().message.starts_with("several")) return std::unexpected(found.error());
    if (!found) continue;
    plant = *found;
    value = plant->id.remote();
  }
  for (auto& [name, value] : values) {
    const Parameter* parameter = parameter_of(operation, name);
    if (!parameter || parameter->source == Source::none || parameter->source == Source::plant) continue;
    const auto done = resolve(parameter->source, value, plant);
    if (!done) return std::unexpected(done.error());
  }
  return make_call(operation, values);
}

}  // namespace foyer::headless
