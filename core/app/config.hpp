// config.json: which clouds this deployment knows. The same file serves the page, the headless client and the
// native window; docs/config.md describes each field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/cloud/gateway.hpp"
#include "core/oauth/config.hpp"

namespace foyer {

// One account a person can sign in to: an identity provider plus the APIs it opens.
struct CloudConfig {
  std::string id{};                      // "demo", "legrand": key of deep links and vault records
  std::string name{};                    // shown to people
  bool simulated = false;                // the demo cloud
  std::vector<std::string> providers{};  // ids of core/cloud providers: "smarther", "hc"
  oauth::ClientConfig oauth{};
  ApiConfig api{};
};

struct Config {
  std::vector<CloudConfig> clouds{};
};

// `base` is the absolute URL of the page or of the config file's service; relative URLs in the file are
// resolved against it. ErrorKind::config with `field` ("clouds[0].client_id") and a sentence of what is
// expected.
Result<Config> read_config(std::string_view json, std::string_view base);

}  // namespace foyer
