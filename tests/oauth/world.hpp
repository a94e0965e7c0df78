// A small identity provider inside the test, and the client's host in virtual time around it.
//
// The provider is written from the RFCs and shares nothing with core/oauth but the JSON library; its answers
// can be falsified member by member.
//
// Example:
//   World world;
//   ASSERT_TRUE(world.sign_in());
//   world.pass(Minutes(56));
//   EXPECT_TRUE(world.token());
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "core/base/base64url.hpp"
#include "core/base/json.hpp"
#include "core/base/url.hpp"
#include "core/oauth/session.hpp"
#include "core/oauth/token_response.hpp"
#include "core/ports/memory_host.hpp"
#include "tests/support/crypto.hpp"
#include "tests/support/finished.hpp"

namespace foyer::oauth {

inline const Instant new_year = instant_from_ms(1'767'225'600'000);  // 2026-01-01T00:00:00Z

using test::finished;

// One key for the whole program: making one takes a while.
inline const SecretText& signing_key() {
  static const SecretText key = finished(test::signer().generate_rsa()).value();
  return key;
}
inline const SecretText& other_signing_key() {
  static const SecretText key = finished(test::signer().generate_rsa()).value();
  return key;
}

inline Json public_jwk(const SecretText& key, const std::string& kid) {
  const Json all = parse_json(key.expose()).value();
  return {{"kty", "RSA"}, {"kid", kid}, {"use", "sig"}, {"alg", "RS256"}, {"n", all["n"]}, {"e", all["e"]}};
}

inline std::string sign(const SecretText& key, const std::string& header, const std::string& payload) {
  const std::string input = base64url_encode(header) + "." + base64url_encode(payload);
  return input + "." + base64url_encode(finished(test::signer().sign_rs256(key, input)).value());
}

inline std::string field(const Fields& fields, const std::string& name) {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return "";
}

struct World {
  World() {
    config.account = "demo";
    config.issuer = "https://issuer.example/v2.0/";
    config.authorize_endpoint = "https://login.example/authorize";
    config.token_endpoint = "https://login.example/token";
    config.jwks_uri = "https://login.example/keys";
    config.client_id = "client-1";
    config.redirect_uri = "https://app.example/cb";
    config.scopes = {"openid", "light.read", "light.write"};
    keys = {{"keys", Json::array({public_jwk(signing_key(), "k1")})}};
    memory.http.respond = [this](const HttpRequest& request) { return respond(request); };
    restart();
  }

  // The program starts again (reload): memory is gone, storage and the wall clock stay.
  void restart() {
    session = std::make_unique<Session>(host, config);
    EXPECT_TRUE(run(session->restore()) || memory.vault.fail_reads);
  }

  template <class T>
  T run(Task<T> task) {
    task.start();
    for (int step = 0; step < 10'000 && !task.done(); ++step)
      if (!memory.time.run_next()) break;
    EXPECT_TRUE(task.done()) << "the flow never ends";
    return task.take();
  }
  void pass(Millis span) { memory.time.advance(span); }

  // The person accepts: the redirect with a code for the given authorization URL.
  std::string accept(const std::string& authorization_url) {
    const Url url = parse_url(authorization_url).value();
    const Fields query = form_decode(url.query);
    challenge = field(query, "code_challenge");
    nonce = field(query, "nonce");
    code = "code-canary-" + std::to_string(++codes);
    Fields answer{{"code", code}, {"state", field(query, "state")}};
    if (change_redirect) change_redirect(answer);
    return (redirect_to.empty() ? field(query, "redirect_uri") : redirect_to) + "?" + form_encode(answer);
  }

  Result<std::string> begin(const std::string& return_to = "home") { return run(session->begin(return_to)); }
  Result<std::string> complete(const std::string& url) { return run(session->complete(url)); }
  Result<std::string> sign_in() {
    auto url = begin();
    if (!url) return url;
    return complete(accept(*url));
  }
  Result<AccessToken> token(std::optional<SecretText> refused = std::nullopt) {
    return run(session->access_token(std::move(refused)));
  }
  std::string code_of(const Result<std::string>& result) { return result ? "ok" : result.error().code; }
  std::string plain(const Result<AccessToken>& result) {
    return result ? result->token.expose() : "! " + result.error().code;
  }

  Task<HttpOutcome> respond(HttpRequest request) {
    if (request.url == config.jwks_uri) {
      ++key_fetches;
      if (!key_faults.empty()) {
        HttpOutcome fault = key_faults.front();
        key_faults.pop_front();
        co_return fault;
      }
      HttpResponse answer{.status = 200, .body = dump_json(keys)};
      if (change_keys) change_keys(answer);
      answer.truncated = answer.body.size() > request.max_bytes;
      co_return answer;
    }
    EXPECT_EQ(request.method, "POST");
    const Fields form = form_decode(request.secret_body.expose());
    if (!config.revocation_endpoint.empty() && request.url == config.revocation_endpoint) {
      revoked.push_back(form);
      valid.erase(field(form, "token"));
      co_return revocation_answer;
    }
    EXPECT_EQ(request.url, config.token_endpoint);
    forms.push_back(form);
    const bool refresh = field(form, "grant_type") == "refresh_token";
    ++(refresh ? refreshes : exchanges);
    if (service_time > Millis(0)) co_await memory.time.sleep(service_time);
    if (!faults.empty()) {
      HttpOutcome fault = faults.front();
      faults.pop_front();
      co_return fault;
    }
    HttpOutcome outcome = refresh ? refreshed(form) : exchanged(form);
    if (lose_replies > 0) {  // the server has acted, the answer is gone
      --lose_replies;
      co_return std::unexpected(HttpFailure::opaque);
    }
    co_return outcome;
  }

  HttpResponse error(const std::string& name, const std::string& description = "", int status = 400) {
    Json json{{"error", name}};
    if (!description.empty()) json["error_description"] = description;
    return {.status = status, .body = dump_json(json)};
  }

  HttpOutcome exchanged(const Fields& form) {
    const std::string verifier = field(form, "code_verifier");
    const std::string digest = finished(test::crypto().sha256(verifier)).value();
    if (field(form, "code") != code || base64url_encode(digest) != challenge ||
        field(form, "redirect_uri") != config.redirect_uri)
      return error("invalid_grant");
    code.clear();
    return tokens();
  }

  HttpOutcome refreshed(const Fields& form) {
    const std::string given = field(form, "refresh_token");
    if (!valid.contains(given)) return error("invalid_grant", "the refresh token is not valid");
    if (rotate) valid.erase(given);
    return tokens();
  }

  std::string id_token(const std::string& access) {
    const auto now = to_ms(memory.time.now() + server_ahead) / 1000;
    const std::string digest = finished(test::crypto().sha256(access)).value();
    Json claims{{"iss", config.issuer},
                {"sub", "user-1"},
                {"aud", config.client_id},
                {"exp", now + 3600},
                {"iat", now},
                {"nonce", nonce},
                {"name", "Béa Löwe"},
                {"at_hash", base64url_encode(std::string_view(digest).substr(0, 16))}};
    Json header{{"typ", "JWT"}, {"alg", "RS256"}, {"kid", "k1"}};
    if (change_claims) change_claims(claims);
    if (change_header) change_header(header);
    std::string header_text = dump_json(header), claims_text = dump_json(claims);
    if (change_texts) change_texts(header_text, claims_text);
    std::string text = sign(signer, header_text, claims_text);
    if (change_id_token) change_id_token(text);
    return text;
  }

  HttpOutcome tokens() {
    const std::string number = std::to_string(++issued);
    const std::string access = "access-canary-" + number, refresh = "refresh-canary-" + number;
    valid.insert(refresh);
    Json json{
        {"access_token", access}, {"token_type", "Bearer"}, {"expires_in", 3600}, {"refresh_token", refresh}};
    if (with_id_token) json["id_token"] = id_token(access);
    if (change_tokens) change_tokens(json);
    HttpResponse answer{.status = 200, .body = dump_json(json)};
    if (change_answer) change_answer(answer);
    answer.truncated = answer.truncated || answer.body.size() > max_token_response;
    return answer;
  }

  MemoryHost memory{test::crypto()};
  Host host = memory.host();
  ClientConfig config{};
  std::unique_ptr<Session> session{};

  // The provider's memory and switches.
  Json keys{};
  SecretText signer = signing_key();
  std::string challenge{}, nonce{}, code{}, redirect_to{};
  std::set<std::string> valid{};
  std::vector<Fields> forms{};
  int codes = 0, issued = 0, exchanges = 0, refreshes = 0, key_fetches = 0, lose_replies = 0;
  bool rotate = true, with_id_token = true;
  Millis service_time{0}, server_ahead{0};
  std::deque<HttpOutcome> faults{}, key_faults{};
  std::vector<Fields> revoked{};
  HttpOutcome revocation_answer = HttpResponse{.status = 200};
  std::function<void(Json&)> change_claims{}, change_header{}, change_tokens{};
  std::function<void(std::string& header, std::string& claims)> change_texts{};
  std::function<void(std::string&)> change_id_token{};
  std::function<void(HttpResponse&)> change_answer{}, change_keys{};
  std::function<void(Fields&)> change_redirect{};
};

}  // namespace foyer::oauth
