// config.json: which clouds this deployment knows. The same file serves the page, the headless client and the
// native window; docs/config.md describes each field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/cloud/gateway/gateway.hpp"
#include "core/oauth/config.hpp"

namespace foyer {

// One account a person can sign in to: an identity provider plus the APIs it opens.
struct CloudConfig {
  std::string id{};                      // "demo", "legrand": key of deep links and vault records
  std::string name{};                    // shown to people
  bool simulated = false;                // the demo cloud
  std::vector<std::string> providers{};  // ids of core/cloud providers: "smarther", "hc"
  std::string
      discovery{};  // where the service publishes its issuer and addresses, when not below the issuer (F3)
  oauth::ClientConfig oauth{};
  ApiConfig api{};
};

struct Config {
  std::vector<CloudConfig> clouds{};
};

// Where a configuration lies.
struct ConfigPlace {
  std::string_view base{};  // absolute URL of the page or of the file's service: relative URLs belong to it
  std::string_view file = "config.json";  // how messages call it
  bool in_page = false;                   // everyone can fetch it, so it holds no secret
};

// ErrorKind::config with `field` ("clouds[0].client_id") and a sentence of what is expected: the words of
// docs/config.schema.json, which a test holds against these.
Result<Config> read_config(std::string_view json, const ConfigPlace& place);
inline Result<Config> read_config(std::string_view json, std::string_view base) {
  return read_config(json, ConfigPlace{.base = base});
}

}  // namespace foyer
