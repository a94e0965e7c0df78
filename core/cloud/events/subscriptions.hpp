// Who is called when something happens in a home: the subscriptions of Smarther (C2C), of
// Home + Control and the webhook of Netatmo Connect. The requests are those of the
// catalogue.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/cloud/decode.hpp"
#include "core/cloud/provider.hpp"

namespace foyer {

struct Subscription {
  PlantId plant{};
  std::string id{};   // the cloud's own id
  std::string url{};  // that is called
  friend bool operator==(const Subscription&, const Subscription&) = default;
};

// How a subscription call ended. A Smarther has one for each person and home: a second one is answered with
// 409 even for another address. Then the old one is in force – list, end and make anew to change its address.
struct Subscribed {
  std::string id{};  // empty where the cloud tells none
  bool there_already = false;
};

// `status` 201 or 409; 200 of the other clouds, whose answers tell no id. ErrorKind::malformed for a 201
// without an id.
Result<Subscribed> read_subscribed(std::string_view api, int status, std::string_view body);

// Smarther's list; 204 or an empty body is an empty one. A broken entry is skipped with a complaint.
struct Subscriptions {
  std::vector<Subscription> list{};
  decode::Complaints complaints{};
};
Result<Subscriptions> read_subscriptions(int status, std::string_view body);

}  // namespace foyer
