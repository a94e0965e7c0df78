// What anybody may post to a webhook's address: understood or refused, and the reply is JSON.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/json.hpp"
#include "core/cloud/events/webhooks.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto hook = foyer::read_hook(text, foyer::Minutes(60));
  if (!hook) {
    promise(!hook.error().message.empty(), "a refusal says why");
    return 0;
  }
  promise(hook->answer.empty() || foyer::parse_json(hook->answer).has_value(), "the reply is JSON");
  for (const foyer::HookEvent& event : hook->events) {
    promise(!event.api.empty(), "an event has a sender");
    promise(!event.status.complete, "an event does not speak for modules that it does not name");
    for (const foyer::ModuleStatus& module : event.status.modules)
      promise(!module.id.empty(), "a state has a module");
  }
  return 0;
}
