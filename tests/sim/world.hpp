// A simulated cloud in virtual time with real cryptography, and a visitor who signs in to it.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "core/base/json.hpp"
#include "core/base/url.hpp"
#include "core/ports/memory_host.hpp"
#include "core/sim/cloud.hpp"
#include "tests/support/crypto.hpp"

namespace foyer::sim::test {

inline constexpr const char* hc = "/cloud/api/hc/api/v1.0";
inline constexpr const char* smarther = "/cloud/api/smarther/v2.0";
inline constexpr const char* lilas = "000000000000000000000000001a1a50";
inline constexpr const char* chalet = "5a000000-0000-4000-8000-0000000000c1";
inline constexpr const char* redirect = "http://127.0.0.1:4711/callback";
// RFC 7636 appendix B
inline constexpr const char* verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
inline constexpr const char* challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

// Making an RSA key takes long; one is enough for all tests of a program.
class OneKeySigner final : public Signer {
 public:
  Task<Result<SecretText>> generate_rsa() override {
    static std::optional<SecretText> made;
    if (!made) {
      auto fresh = co_await foyer::test::signer().generate_rsa();
      if (!fresh) co_return std::unexpected(fresh.error());
      made = std::move(*fresh);
    }
    co_return *made;
  }
  Task<Result<std::string>> sign_rs256(SecretText key, std::string data) override {
    return foyer::test::signer().sign_rs256(std::move(key), std::move(data));
  }
  Task<Result<std::string>> hmac_sha256(SecretText key, std::string data) override {
    return foyer::test::signer().hmac_sha256(std::move(key), std::move(data));
  }
};

inline std::string module_id(const char* number) {
  return std::string("0000000474000001000474000000") + number;
}
inline std::string thermostat(const char* plant = chalet,
                              const char* module = "5a000000-0000-4000-8000-0000000000d1") {
  return std::string(smarther) + "/chronothermostat/thermoregulation/addressLocation/plants/" + plant +
         "/modules/parameter/id/value/" + module;
}
inline std::string of_module(const char* kind, const std::string& id) {
  return std::string(hc) + '/' + kind + "/addressLocation/plants/" + lilas + "/modules/parameter/id/value/" +
         id;
}

inline std::string header(const Response& response, std::string_view name) {
  for (const Header& entry : response.headers)
    if (entry.name == name) return entry.value;
  return {};
}
inline Json json(const Response& response) { return parse_json(response.body).value_or(Json()); }
inline std::string message(const Response& response) {
  return text_of(json(response), "message").value_or("");
}
// The value behind `name=` in a redirect or `name="…" value="` in a page.
inline std::string parameter(const Response& response, std::string_view name) {
  const std::string location = header(response, "Location");
  const auto question = location.find('?');
  if (question == std::string::npos) return {};
  for (const auto& [key, value] : form_decode(std::string_view(location).substr(question + 1)))
    if (key == name) return value;
  return {};
}

class World : public testing::Test {
 public:
  Response send(std::string method, std::string target, std::vector<Header> headers = {},
                std::string body = {}) {
    Task<Response> task = cloud.handle({.method = std::move(method),
                                        .target = std::move(target),
                                        .headers = std::move(headers),
                                        .body = std::move(body),
                                        .base = "http://localhost:8080"});
    task.start();
    EXPECT_TRUE(task.done());
    return task.take();
  }
  Response get(const std::string& target) { return send("GET", target); }
  Response form(const std::string& target, const Fields& fields) {
    return send("POST", target, {{"content-type", "application/x-www-form-urlencoded"}}, form_encode(fields));
  }
  Response control(const std::string& body) {
    Response response = send("POST", "/cloud/_control", {}, body);
    EXPECT_EQ(response.status, 200) << response.body;
    return response;
  }

  static std::string authorize_target(const Fields& changes = {}) {
    Fields query{{"client_id", "foyer-demo"},
                 {"response_type", "code"},
                 {"redirect_uri", redirect},
                 {"state", "s-1"},
                 {"nonce", "n-1"},
                 {"scope", "openid"},
                 {"code_challenge", challenge},
                 {"code_challenge_method", "S256"}};
    for (const auto& [name, value] : changes)
      for (auto& [key, old] : query)
        if (key == name) old = value;
    return "/cloud/oauth/authorize?" + form_encode(query);
  }
  // Login and consent as a person does it; the answer that leads back to the client.
  Response consent(const std::string& user, const std::string& decision, const Fields& changes = {}) {
    const Response page = get(authorize_target(changes));
    const std::string mark = "name=\"tx\" value=\"";
    const auto at = page.body.find(mark);
    if (at == std::string::npos) return page;
    const auto end = page.body.find('"', at + mark.size());
    const std::string tx = page.body.substr(at + mark.size(), end - at - mark.size());
    const Response chosen = form("/cloud/oauth/login", {{"tx", tx}, {"user", user}});
    EXPECT_EQ(header(chosen, "Location"), "http://localhost:8080/cloud/oauth/consent?tx=" + tx);
    EXPECT_EQ(get("/cloud/oauth/consent?tx=" + tx).status, 200);
    return form("/cloud/oauth/consent", {{"tx", tx}, {"decision", decision}});
  }
  Response exchange(const std::string& code, const Fields& more = {{"code_verifier", verifier}}) {
    Fields fields{{"grant_type", "authorization_code"},
                  {"client_id", "foyer-demo"},
                  {"code", code},
                  {"redirect_uri", redirect}};
    fields.insert(fields.end(), more.begin(), more.end());
    return form("/cloud/oauth/token", fields);
  }
  Response refresh(const std::string& token) {
    return form("/cloud/oauth/token",
                {{"grant_type", "refresh_token"}, {"client_id", "foyer-demo"}, {"refresh_token", token}});
  }
  // Signs in and keeps the tokens for api().
  Json sign_in(const std::string& user = "alice", const Fields& changes = {}) {
    const Json tokens = json(exchange(parameter(consent(user, "accept", changes), "code")));
    access = text_of(tokens, "access_token").value_or("");
    return tokens;
  }
  Response api(const std::string& method, const std::string& target, const std::string& body = {}) {
    return send(
        method, target,
        {{"Authorization", "Bearer " + access}, {"Ocp-Apim-Subscription-Key", std::string(primary_key)}},
        body);
  }
  Json status_of(const std::string& id) {
    const Json status = json(api("GET", std::string(hc) + "/plants/" + lilas));
    if (const Json* lists = find(status, "modules"))
      for (const auto& [name, list] : lists->items())
        for (const Json& item : list)
          if (item["sender"]["plant"]["module"]["id"] == id) return item;
    return {};
  }

  VirtualTime time{instant_from_ms(1'795'348'800'000)};  // 2026-11-22 12:00 UTC
  SeededRandom random{7};
  OneKeySigner signer;
  Cloud cloud{{time, random, foyer::test::crypto(), signer}};
  std::string access;
};

}  // namespace foyer::sim::test
