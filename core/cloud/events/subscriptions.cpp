#include "core/cloud/events/subscriptions.hpp"

namespace foyer {

Result<Subscribed> read_subscribed(std::string_view api, int status, std::string_view body) {
  if (status == 409) return Subscribed{.there_already = true};
  if (status < 200 || status > 299)
    return fail(ErrorKind::refused, "", "the cloud did not take the subscription");
  if (api != "smarther") return Subscribed{};  // the answers of the others were never seen
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  auto id = json->root().find("subscriptionId").text();
  if (id && !id->empty()) return Subscribed{.id = std::move(*id)};
  return fail(ErrorKind::malformed, "E15", "subscriptionId: expected text", "subscriptionId");
}

Result<Subscriptions> read_subscriptions(int status, std::string_view body) {
  Subscriptions out;
  if (status == 204 || decode::blank(body)) return out;
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  JsonView list = json->root();
  if (list.is_object()) list = list.find("subscriptions");
  if (!list.is_array()) return fail(ErrorKind::malformed, "E15", "expected a list of subscriptions");
  std::size_t index = 0;
  for (const JsonView one : list.elements()) {
    const decode::Where where{nullptr, {}, index++};
    const auto text = [&](std::string_view name) {
      return decode::text(one, name, where, out.complaints).value_or("");
    };
    Subscription subscription{.id = text("subscriptionId"), .url = text("EndPointUrl")};
    const std::string plant = text("plantId");
    if (subscription.id.empty() || plant.empty()) {
      out.complaints.push_back(where.text(plant.empty() ? "plantId" : "subscriptionId") + ": expected text");
      continue;
    }
    subscription.plant = PlantId("smarther:" + plant);
    out.list.push_back(std::move(subscription));
  }
  return out;
}

}  // namespace foyer
