#include "core/app/session/client_config.hpp"

#include <algorithm>
#include <utility>

#include "core/base/json_view.hpp"
#include "core/base/url.hpp"
#include "core/cloud/provider.hpp"

namespace foyer {
namespace {

constexpr std::size_t largest_file = 1U << 20;

// Those of the products that Foyer shows.
constexpr std::string_view all_netatmo[] = {"read_magellan",    "write_magellan",   "read_bubendorff",
                                            "write_bubendorff", "read_smarther",    "write_smarther",
                                            "read_thermostat",  "write_thermostat", "read_mx",
                                            "write_mx",         "read_mhs1",        "write_mhs1"};

std::unexpected<Error> expected(const std::string& field, std::string_view what) {
  return fail(ErrorKind::config, "", "config.json: " + field + ": expected " + std::string(what), field);
}

// null is no way to leave a field out: whoever writes it means something else.
bool absent(JsonView value) { return value.type() == JsonType::missing; }

// One cloud's object with the path of its fields for messages.
struct ConfigReader {
  JsonView object;
  std::string path;  // "clouds[0]."
  std::string base;  // absolute URL or empty
  bool in_page = false;

  Result<std::string> text(const char* name, std::string_view what) const {
    auto value = object.find(name).as_string();
    if (!value || value->empty()) return expected(path + name, what);
    return std::move(*value);
  }

  Result<std::string> optional_text(const char* name) const {
    const JsonView value = object.find(name);
    if (!absent(value) && !value.is_string()) return expected(path + name, "text");
    return value.text().value_or("");
  }

  Result<bool> flag(const char* name, bool otherwise) const {
    const JsonView value = object.find(name);
    if (!absent(value) && value.type() != JsonType::boolean) return expected(path + name, "true or false");
    return value.flag().value_or(otherwise);
  }

  Result<std::vector<std::string>> words(const char* name, std::string_view what) const {
    std::vector<std::string> found;
    const JsonView value = object.find(name);
    if (!absent(value) && !value.is_array()) return expected(path + name, what);
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
      static constexpr std::string_view page =
          "the page to be opened at an https address (or at localhost): its relative addresses are plain "
          "http";
      auto refused = expected(path + name, absolute ? what : page);
      refused.error().code = "A1";
      return refused;
    }
    return absolute ? *given : url->text();
  }
  Result<std::string> optional_address(const char* name) const {
    if (absent(object.find(name))) return std::string();
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

bool ends_with_host(const std::string& url, std::initializer_list<std::string_view> names) {
  const auto parsed = parse_url(url);
  return parsed && std::ranges::any_of(names, [&](std::string_view name) {
           return parsed->host == name || parsed->host.ends_with("." + std::string(name));
         });
}
bool is_netatmo(const std::string& url) { return ends_with_host(url, {"netatmo.com", "netatmo.net"}); }
bool is_legrand(const std::string& url) { return ends_with_host(url, {"legrand.com", "eliotbylegrand.com"}); }

// What one vendor's clouds have and the other's have not; what no page may hold.
Result<void> check_vendor(const ConfigReader& read, bool netatmo, const CloudConfig& cloud) {
  const auto wrong = [&](const char* name, std::string_view what) -> Result<void> {
    return expected(read.path + name, what);
  };
  for (const auto& [name, url] :
       {std::pair{"authorize_endpoint", &cloud.oauth.authorize_endpoint},
        std::pair{"token_endpoint", &cloud.oauth.token_endpoint}, std::pair{"api_base", &cloud.api.base}}) {
    if (netatmo && is_legrand(*url)) return wrong(name, "an address of Netatmo Connect, not one of Legrand");
    if (!netatmo && is_netatmo(*url)) return wrong(name, "an address of Legrand, not one of Netatmo Connect");
  }
  if (netatmo && !cloud.oauth.send_scope)
    return wrong(
        "send_scope",
        "true or nothing: Netatmo Connect grants what is asked for, and the weather station alone otherwise");
  if (netatmo && !cloud.api.keys.empty())
    return wrong("subscription_keys", "nothing: Netatmo Connect has no subscription keys");
  if (cloud.simulated) return {};
  const bool direct = is_netatmo(cloud.oauth.token_endpoint) || is_legrand(cloud.oauth.token_endpoint);
  if (read.in_page) {
    if (!cloud.oauth.client_secret.empty())
      return wrong("client_secret",
                   "nothing: everyone who opens the page can read this file; the relay adds the secret");
    for (const SecretText& key : cloud.api.keys)
      if (!(key == SecretText("primary")) && !(key == SecretText("secondary")))
        return wrong("subscription_keys",
                     "\"primary\" and \"secondary\" or nothing: everyone who opens the page can read this "
                     "file; the relay adds the keys");
    if (direct)
      return wrong("token_endpoint",
                   "the relay's address: the vendor wants a secret there that a page cannot keep");
    return {};
  }
  if (direct && cloud.oauth.client_secret.empty())
    return wrong("client_secret", "the secret of your application: this token endpoint wants it");
  if (is_legrand(cloud.api.base) && cloud.api.keys.empty())
    return wrong("subscription_keys", "the primary and secondary key of your subscription");
  return {};
}

bool read_oauth(const ConfigReader& read, bool netatmo, oauth::ClientConfig& to, Error& error) {
  std::string secret;
  if (!take(read.flag("openid", !netatmo), to.openid, error)) return false;
  if (netatmo && to.openid) {
    error = expected(read.path + "openid", "false or nothing: Netatmo Connect signs no id_token").error();
    return false;
  }
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
                   take(read.words("scopes", "a list of texts"), to.scopes, error) &&
                   take(read.flag("send_scope", true), to.send_scope, error) &&
                   take(read.flag("require_iss_parameter", false), to.require_iss_parameter, error);
  to.client_secret = SecretText(std::move(secret));
  if (netatmo && to.scopes.empty()) to.scopes.assign(std::begin(all_netatmo), std::end(all_netatmo));
  if (!to.openid) to.issuer = to.token_endpoint;  // names the service in what is stored
  return all;
}

bool read_api(const ConfigReader& read, ApiConfig& to, Error& error) {
  static constexpr std::string_view two = "at most two keys: primary and secondary";
  std::vector<std::string> keys;
  if (!take(read.address("api_base"), to.base, error) ||
      !take(read.words("subscription_keys", two), keys, error))
    return false;
  while (to.base.ends_with('/')) to.base.pop_back();
  if (keys.size() > 2) {
    error = expected(read.path + "subscription_keys", two).error();
    return false;
  }
  for (std::string& key : keys) to.keys.emplace_back(std::move(key));
  const JsonView given = read.object.find("daily_limit");
  if (absent(given)) return true;
  const auto limit = given.as_integer();
  if (!limit || *limit < 1 || *limit > 1'000'000) {
    error = expected(read.path + "daily_limit", "a whole number of calls, 1 to 1000000").error();
    return false;
  }
  to.daily_limit = static_cast<int>(*limit);
  return true;
}

Result<CloudConfig> read_cloud(const ConfigReader& read) {
  CloudConfig cloud;
  Error error;
  static constexpr std::string_view id_form = "a short id of a-z, 0-9, - and _";
  const std::string which = "a list with at least one of " + provider_ids();
  if (!take(read.text("id", id_form), cloud.id, error) ||
      !take(read.text("name", "a name that people will read"), cloud.name, error) ||
      !take(read.flag("simulated", false), cloud.simulated, error) ||
      !take(read.words("providers", which), cloud.providers, error))
    return std::unexpected(error);
  if (!good_id(cloud.id)) return expected(read.path + "id", id_form);
  if (cloud.providers.empty()) return expected(read.path + "providers", which);
  for (std::size_t i = 0; i < cloud.providers.size(); ++i)
    if (!provider(cloud.providers[i]))
      return expected(read.path + "providers[" + std::to_string(i) + "]", "one of " + provider_ids());
  const bool netatmo = std::ranges::find(cloud.providers, "netatmo") != cloud.providers.end();
  if (netatmo && cloud.providers.size() > 1)
    return expected(read.path + "providers", "\"netatmo\" alone: it has a sign-in of its own");
  cloud.oauth.account = cloud.api.account = cloud.id;
  if (!read_oauth(read, netatmo, cloud.oauth, error) || !read_api(read, cloud.api, error))
    return std::unexpected(error);
  if (!take(read.optional_address("discovery"), cloud.discovery, error)) return std::unexpected(error);
  if (netatmo) cloud.api.plan = policy::netatmo_plan;  // counts otherwise than the Eliot gateway does
  if (const auto fits = check_vendor(read, netatmo, cloud); !fits) return std::unexpected(fits.error());
  return cloud;
}

Result<Config> read_file(std::string_view json, const ConfigPlace& place) {
  const auto parsed = JsonText::parse(json, largest_file, Repeated::refused);
  if (!parsed)
    return fail(ErrorKind::config, "",
                "config.json could not be read: " + parsed.error().message +
                    ". It should be a JSON object like the one in docs/config.md.");
  const JsonView root = parsed->root();
  if (!root.is_object()) return expected("the file", "a JSON object with \"clouds\"");

  std::string from(place.base);
  if (const JsonView own = root.find("base"); !absent(own)) {
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
    auto cloud = read_cloud({one, path + ".", from, place.in_page});
    if (!cloud) return std::unexpected(std::move(cloud.error()));
    for (const CloudConfig& other : config.clouds)
      if (other.id == cloud->id) return expected(path + ".id", "an id that no other cloud has");
    config.clouds.push_back(std::move(*cloud));
  }
  return config;
}

}  // namespace

Result<Config> read_config(std::string_view json, const ConfigPlace& place) {
  auto read = read_file(json, place);
  if (!read) read.error().message.replace(0, std::string_view("config.json").size(), place.file);
  return read;
}

}  // namespace foyer
