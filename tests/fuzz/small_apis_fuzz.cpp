// The smaller APIs and subscriptions: every module has an id, every socket can be commanded.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/json.hpp"
#include "core/cloud/events/subscriptions.hpp"
#include "core/cloud/small/small_apis.hpp"
#include "core/model/home_json.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto list = foyer::multisocket::read_sockets(text)) {
    for (const foyer::Module& one : list->modules) {
      promise(!one.id.remote().empty(), "a socket has an id");
      const auto call =
          foyer::multisocket::set_socket(foyer::PlantId("multisocket:p"), list->modules, one.id, true);
      promise(!call || foyer::parse_json(call->body).has_value(), "the body is JSON");
    }
  }
  if (const auto plant = foyer::myhome::read_topology(text)) {
    const auto again = foyer::plant_from_json(foyer::to_json(*plant));
    promise(again && again->modules.size() == plant->modules.size(), "a building can be kept and read again");
  }
  if (const auto list = foyer::classe::read_modules(text))
    for (const foyer::Module& one : list->modules)
      promise(one.raw_topology.empty(), "nobody's address is kept");
  static_cast<void>(foyer::classe::read_state(text));
  if (const auto tickets = foyer::classe::read_tickets(text))
    for (const auto& one : tickets->list) promise(!one.jwt.empty(), "a ticket is not empty");
  if (const auto site = foyer::emergency::read_controllers(text))
    for (const auto& one : site->controllers) promise(!one.id.empty(), "a controller has an id");
  if (const auto failures = foyer::emergency::read_failures(text))
    for (const auto& one : *failures) promise(!one.type.empty(), "a failure has a type");
  if (const auto found = foyer::read_subscriptions(200, text))
    for (const foyer::Subscription& one : found->list) promise(!one.id.empty(), "a subscription has an id");
  static_cast<void>(foyer::read_subscribed("smarther", 201, text));
  return 0;
}
