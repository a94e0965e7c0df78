#include "core/app/config.hpp"

#include <algorithm>
#include <utility>

#include "core/base/json_view.hpp"
#include "core/base/url.hpp"
#include "core/cloud/provider.hpp"

namespace foyer {
namespace {

constexpr std::size_t largest_file = 1U << 20;

std::unexpected<Error> expected(const std::string& field, std::string_view what) {
  return fail(ErrorKind::config, "", "config.json: " + field + ": expected " + std::string(what), field);
}

// One cloud's object with the path of its fields for messages.
struct Reader {
  JsonView object;
  std::string path;  // "clouds[0]."
  std::string base;  // absolute URL or empty

  Result<std::string> text(const char* name, std::string_view what) const {
    auto value = object.find(name).as_string();
    if (!value || value->empty()) return expected(path + name, what);
    return std::move(*value);
  }

  Result<std::string> optional_text(const char* name) const {
    const JsonView value = object.find(name);
    if (!value.is_nothing() && !value.is_string()) return expected(path + name, "text");
    return value.text().value_or("");
  }

  Result<bool> flag(const char* name, bool otherwise) const {
    const JsonView value = object.find(name);
    if (!value.is_nothing() && value.type() != JsonType::boolean)
      return expected(path + name, "true or false");
    return value.flag().value_or(otherwise);
  }

  Result<std::vector<std::string>> words(const char* name) const {
    std::vector<std::string> found;
    const JsonView value = object.find(name);
    if (!value.is_nothing() && !value.is_array()) return expected(path + name, "a list of texts");
    for (const JsonView one : value.elements()) {
      auto word = one.as_string();
      if (!word || word->empty())
        return expected(path + name + "[" + std::to_string(found.size()) + "]", "a text that is not empty");
      found.push_back(std::move(*word));
    }
    return found;
  }

  // An absolute address is kept to the letter (issuer and redirect are compared as text: D6, A6, F4).
  Result<std::string> address(const char* name) const {
    static constexpr std::string_view what = "an https address (http only for this machine itself)";
    const auto given = text(name, what);
    if (!given) return given;
    const bool absolute = given->find("://") != std::string::npos;
    Result<Url> url = fail(ErrorKind::config, "", "");
    if (absolute) {
      url = parse_url(*given);
    } else {
      const auto from = parse_url(base);
      if (!from)
        return expected(path + name,
                        "an absolute address: this file does not come from a service and has no \"base\"");
      url = resolve_url(*from, *given);
    }
    if (!url || !url->fragment.empty()) return expected(path + name, what);
    if (url->scheme != "https" && !url->is_loopback()) {
      auto refused = expected(path + name, what);
      refused.error().code = "A1";
      return refused;
    }
    return absolute ? *given : url->text();
  }
  Result<std::string> optional_address(const char* name) const {
    if (object.find(name).is_nothing()) return std::string();
    return address(name);
  }
};

// Copies the value or leaves with its error.
template <class T>
bool take(Result<T> from, T& to, Error& error) {
  if (!from) {
    error = std::move(from.error());
    return false;
  }
  to = std::move(*from);
  return true;
}

bool good_id(std::string_view id) {
  return !id.empty() && id.size() <= 40 && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

bool read_oauth(const Reader& read, oauth::ClientConfig& to, Error& error) {
  std::string secret;
  if (!take(read.flag("openid", true), to.openid, error)) return false;
  if (to.openid && (!take(read.address("issuer"), to.issuer, error) ||
                    !take(read.address("jwks_uri"), to.jwks_uri, error)))
    return false;
  const bool all = take(read.address("authorize_endpoint"), to.authorize_endpoint, error) &&
                   take(read.address("token_endpoint"), to.token_endpoint, error) &&
                   take(read.optional_address("revocation_endpoint"), to.revocation_endpoint, error) &&
                   take(read.optional_address("end_session_endpoint"), to.end_session_endpoint, error) &&
                   take(read.text("client_id", "the id of your application"), to.client_id, error) &&
                   take(read.optional_text("client_secret"), secret, error) &&
                   take(read.address("redirect_uri"), to.redirect_uri, error) &&
                   take(read.words("scopes"), to.scopes, error) &&
                   take(read.flag("send_scope", true), to.send_scope, error) &&
                   take(read.flag("require_iss_parameter", false), to.require_iss_parameter, error);
  to.client_secret = SecretText(std::move(secret));
  if (!to.openid) to.issuer = to.token_endpoint;  // names the service in what is stored
  return all;
}

bool read_api(const Reader& read, ApiConfig& to, Error& error) {
  std::vector<std::string> keys;
  if (!take(read.address("api_base"), to.base, error) || !take(read.words("subscription_keys"), keys, error))
    return false;
  while (to.base.ends_with('/')) to.base.pop_back();
  if (keys.size() > 2) {
    error = expected(read.path + "subscription_keys", "at most two keys: primary and secondary").error();
    return false;
  }
  for (std::string& key : keys) to.keys.emplace_back(std::move(key));
  const JsonView given = read.object.find("daily_limit");
  if (given.is_nothing()) return true;
  const auto limit = given.as_integer();
  if (!limit || *limit < 1 || *limit > 1'000'000) {
    error = expected(read.path + "daily_limit", "a whole number of calls per day, 1 to 1000000").error();
    return false;
  }
  to.daily_limit = static_cast<int>(*limit);
  return true;
}

Result<CloudConfig> read_cloud(const Reader& read) {
  CloudConfig cloud;
  Error error;
  static constexpr std::string_view id_form = "a short id of a-z, 0-9, - and _";
  if (!take(read.text("id", id_form), cloud.id, error) ||
      !take(read.text("name", "a name that people will read"), cloud.name, error) ||
      !take(read.flag("simulated", false), cloud.simulated, error) ||
      !take(read.words("providers"), cloud.providers, error))
    return std::unexpected(error);
  if (!good_id(cloud.id)) return expected(read.path + "id", id_form);
  if (cloud.providers.empty())
    return expected(read.path + "providers", "a list with at least one of " + provider_ids());
  for (std::size_t i = 0; i < cloud.providers.size(); ++i)
    if (!provider(cloud.providers[i]))
      return expected(read.path + "providers[" + std::to_string(i) + "]", "one of " + provider_ids());
  cloud.oauth.account = cloud.id;
  if (!read_oauth(read, cloud.oauth, error) || !read_api(read, cloud.api, error))
    return std::unexpected(error);
  return cloud;
}

}  // namespace

Result<Config> read_config(std::string_view json, std::string_view base) {
  const auto parsed = JsonText::parse(json, largest_file, Repeated::refused);
  if (!parsed)
    return fail(ErrorKind::config, "",
                "config.json could not be read: " + parsed.error().message +
                    ". It should be a JSON object like the one in docs/config.md.");
  const JsonView root = parsed->root();
  if (!root.is_object()) return expected("the file", "a JSON object with \"clouds\"");

  std::string from(base);
  if (const JsonView own = root.find("base"); !own.is_nothing()) {
    if (!own.is_string() || !parse_url(*own.text()))
      return expected("base", "the absolute address of the service that relative addresses belong to");
    from = *own.text();
  }

  const JsonView clouds = root.find("clouds");
  if (!clouds.is_array() || clouds.size() == 0) return expected("clouds", "a list with at least one cloud");
  Config config;
  for (const JsonView one : clouds.elements()) {
    const std::string path = "clouds[" + std::to_string(config.clouds.size()) + "]";
    if (!one.is_object()) return expected(path, "an object");
    auto cloud = read_cloud({one, path + ".", from});
    if (!cloud) return std::unexpected(std::move(cloud.error()));
    for (const CloudConfig& other : config.clouds)
      if (other.id == cloud->id) return expected(path + ".id", "an id that no other cloud has");
    config.clouds.push_back(std::move(*cloud));
  }
  return config;
}

}  // namespace foyer
