#include "core/cloud/small/small_apis.hpp"

namespace foyer::emergency {
namespace {

using decode::Complaints;
using decode::Where;

std::vector<Failure> failures_of(JsonView list, const Where& where, Complaints& complaints) {
  std::vector<Failure> out;
  std::size_t index = 0;
  for (const JsonView one : list.elements()) {
    const Where here{&where, "failures", index++};
    Failure failure{decode::text(one, "flag", here, complaints).value_or(""),
                    decode::text(one, "failureType", here, complaints).value_or("")};
    if (failure.type.empty()) {
      complaints.push_back(here.text("failureType") + ": expected text");
    } else {
      out.push_back(std::move(failure));
    }
  }
  return out;
}

Controller read_controller(JsonView json, std::string id, const Where& where, Complaints& complaints) {
  const auto text = [&](std::string_view name) {
    return decode::text(json, name, where, complaints).value_or("");
  };
  Controller out{.id = std::move(id),
                 .name = text("name"),
                 .reference = text("reference"),
                 .serial_number = text("serialNumber"),
                 .status = text("status"),
                 .alert = text("alert"),
                 .alert_level = text("alertLevel")};
  out.status_at = parse_iso8601(text("lastStatusUpdate"));
  out.alert_at = parse_iso8601(text("lastAlertUpdate"));
  out.failures = failures_of(decode::list(json, "failures", where, complaints, true), where, complaints);
  return out;
}

// The answer itself, or the first list in it.
JsonView list_in(JsonView root) {
  if (root.is_array()) return root;
  for (const auto [name, value] : root.members())
    if (value.is_array()) return value;
  return {};
}

}  // namespace

Result<Site> read_controllers(std::string_view body) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView list = list_in(json->root());
  if (!list.is_array()) return fail(ErrorKind::malformed, "E15", "expected a list of controllers");
  Site out;
  std::size_t index = 0;
  for (const JsonView one : list.elements()) {
    const Where where{nullptr, "controllers", index++};
    if (auto id = decode::id(one, where, out.complaints))
      out.controllers.push_back(read_controller(one, std::move(*id), where, out.complaints));
  }
  return out;
}

Result<std::vector<Failure>> read_failures(std::string_view body) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root();
  Complaints complaints;
  if (auto type = root.find("failureType").text())
    return std::vector<Failure>{{root.find("flag").text().value_or(""), std::move(*type)}};
  const JsonView list = list_in(root);
  if (!list.is_array()) return fail(ErrorKind::malformed, "E15", "failures: expected a list", "failures");
  auto failures = failures_of(list, Where{}, complaints);
  if (!complaints.empty()) return fail(ErrorKind::malformed, "E15", complaints.front());
  return failures;
}

}  // namespace foyer::emergency
