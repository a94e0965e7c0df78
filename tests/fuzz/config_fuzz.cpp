// Files from elsewhere: config.json and the kept home.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/app/session/client_config.hpp"
#include "core/model/home_json.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto config = foyer::read_config(text, "https://app.example/foyer/");
  if (config) {
    promise(!config->clouds.empty(), "an accepted configuration knows a cloud");
  } else {
    promise(!config.error().message.empty(), "a refused configuration says what is expected");
  }
  if (const auto plant = foyer::plant_from_json(text)) {
    promise(foyer::plant_from_json(foyer::to_json(*plant)).has_value(), "a kept home can be kept again");
  }
  return 0;
}
