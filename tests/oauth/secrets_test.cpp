// Canaries (rules C6, S5): whatever fails, no secret comes into an error text, a plain record, a URL or a
// header.
#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

struct Canaries : World {
  Canaries() {
    config.client_secret = SecretText("secret-canary");
    restart();
  }
  void look_for(const std::string& text, const char* where) {
    ++looked;
    EXPECT_EQ(text.find("canary"), std::string::npos) << where << ": " << text;
  }
  void look_at(const Error& error) {
    look_for(error.message + "|" + error.field + "|" + error.code, "error");
  }
  void look_everywhere() {
    for (const auto& [key, value] : memory.storage.records) look_for(key.second + value, "plain storage");
    for (const HttpRequest& request : memory.http.sent) {
      look_for(request.url + request.body, "request");
      for (const Header& header : request.headers) look_for(header.name + header.value, "header");
    }
    for (const std::string& url : memory.navigator.opened) look_for(url, "address");
    const SessionInfo& info = session->info();
    look_for(info.subject + info.name, "session info");
  }
  int looked = 0;
};

TEST(Secrets, NeverLeaveThroughAnErrorOfAnyKind) {
  const std::string echo = R"({"error":"invalid_request","error_description":"bad token refresh-canary-1-)" +
                           std::string(64, 'x') + R"( given"})";
  const std::vector<HttpOutcome> answers{
      std::unexpected(HttpFailure::opaque),
      std::unexpected(HttpFailure::timeout),
      HttpResponse{.status = 200, .body = R"({"access_token":"access canary","token_type":"Bearer"})"},
      HttpResponse{.status = 200, .body = R"({"access_token":"access-canary","token_type":"canary"})"},
      HttpResponse{.status = 200,
                   .body = R"({"access_token":"access-canary","token_type":"Bearer","id_token":"canary"})"},
      HttpResponse{.status = 200, .body = "canary"},
      HttpResponse{.status = 400, .body = echo},
      HttpResponse{.status = 401, .body = R"({"error":"invalid_client"})"},
      HttpResponse{.status = 400, .body = ""},
      HttpResponse{.status = 500, .body = "canary"}};
  int looked = 0;
  for (const HttpOutcome& first : answers)
    for (const HttpOutcome& second : answers) {
      Canaries world;
      world.faults.push_back(first);
      if (const auto result = world.sign_in(); !result) world.look_at(result.error());
      world.faults.clear();
      ASSERT_TRUE(world.sign_in());
      world.pass(Minutes(61));
      world.faults = {first, second};
      for (int i = 0; i < 5; ++i) {
        if (const auto token = world.token(); !token) world.look_at(token.error());
        world.pass(Minutes(1));
      }
      world.memory.vault.fail_writes = true;
      if (const auto gone = world.run(world.session->sign_out()); !gone) world.look_at(gone.error());
      world.look_everywhere();
      looked += world.looked;
    }
  EXPECT_GT(looked, 1000);
}

TEST(Secrets, CallbackOfAnyKindIsNotRepeatedInAnError) {
  Canaries world;
  for (const char* query : {"code=code-canary&state=state-canary", "code=code-canary&code=canary&state=s",
                            "error=canary&state=canary", "code=canary", ""}) {
    const auto result = world.complete(world.config.redirect_uri + "?" + query);
    ASSERT_FALSE(result);
    world.look_at(result.error());
  }
}

TEST(Secrets, AuthorizationUrlHoldsNoVerifierAndNoSecret) {
  Canaries world;
  const auto url = world.begin();
  ASSERT_TRUE(url);
  world.look_for(*url, "authorization URL");
  const std::string verifier =
      text_of(parse_json(world.memory.storage.records.begin()->second).value(), "verifier").value();
  EXPECT_EQ(url->find(verifier), std::string::npos);
}

}  // namespace
}  // namespace foyer::oauth
