// The remaining payloads of others (fixtures/eliot): errors, sign-in answers, requests. And: no recorded
// payload is left aside.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/json.hpp"
#include "core/cloud/catalog/catalog.hpp"
#include "core/oauth/token_response.hpp"
#include "core/policy/failure.hpp"
#include "tests/support/data.hpp"

namespace foyer {
namespace {

namespace fs = std::filesystem;
using policy::Condition;
using test::read_file;

std::string eliot(const std::string& name) { return test::fixture_dir() + "/eliot/" + name; }

TEST(EliotFixtures, EveryDocumentedErrorIsItsOwnCondition) {
  struct Wanted {
    const char* file;
    int status;
    Condition condition;
    const char* message;
  };
  for (const Wanted& one :
       {Wanted{"smarther_400.json", 400, Condition::bad_request, "Bad request"},
        {"smarther_401.json", 401, Condition::token_expired, "Unauthorized"},
        {"smarther_404.json", 404, Condition::not_found, "Resource not found"},
        {"smarther_409_subscription_exists.json", 409, Condition::conflict, "Subscription already exists"},
        {"smarther_430.json", 430, Condition::wrong_parameters, "Wrong input parameters"},
        {"smarther_469.json", 469, Condition::password_expired,
         "Password used in the Thermostat official app is expired. Please renew it through the official "
         "application."},
        {"smarther_500.json", 500, Condition::server_error, "Server internal error"}}) {
    FIXTURE(body, std::string("eliot/errors/") + one.file);
    const auto failure = policy::classify(HttpResponse{.status = one.status, .body = *body},
                                          {.token_age = Minutes(5), .listed = false});
    EXPECT_EQ(policy::rule_id(failure.condition), policy::rule_id(one.condition)) << one.file;
    EXPECT_EQ(failure.status, one.status);
    EXPECT_EQ(failure.server_message, one.message);
  }
}

TEST(EliotFixtures, TheTokenAnswerOfTheAppsHasTheFieldsOfOurs) {
  FIXTURE(body, "eliot/oauth/b2c_app_tokens.json");
  HttpResponse response{.status = 200, .body = *body};
  const auto tokens = oauth::read_token_response(response);
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(tokens->access_token.expose(), "eyJhbGciOiJSUzI1NiJ9.FIXTURE_ACCESS_TOKEN.FIXTURE_SIGNATURE");
  EXPECT_EQ(tokens->refresh_token.expose(), "FIXTURE_REFRESH_TOKEN_VALUE");
  EXPECT_EQ(tokens->expires_in, Minutes(60));
}

TEST(EliotFixtures, RefusalsOfTheSignInKeepTheirWords) {
  FIXTURE(mismatch, "eliot/oauth/authorize_reply_url_mismatch.json");
  const auto refused = oauth::read_token_failure(HttpResponse{.status = 400, .body = *mismatch}, Instant{});
  EXPECT_EQ(refused.error, "invalid_request");
  EXPECT_EQ(refused.description,
            "The reply url host xxxxx doesn't match with the ones configured on the application");
  EXPECT_EQ(refused.trouble, oauth::TokenTrouble::configuration);
  FIXTURE(asserted, "eliot/oauth/b2c_app_selfasserted_failure.json");  // HTTP 200 with a status text inside
  HttpResponse response{.status = 200, .body = *asserted};
  EXPECT_FALSE(oauth::read_token_response(response));
}

TEST(EliotFixtures, RequestsOfOtherClientsAreThoseOfTheCatalogue) {
  FIXTURE(subscription, "eliot/c2c/subscription_request.json");
  const auto call =
      make_call(*catalog::find("smarther.subscribe"), {{"plant", "p"}, {"url", "http://www.example.com"}});
  ASSERT_TRUE(call);
  EXPECT_EQ(call->body, dump_json(*parse_json(*subscription)));
  FIXTURE(echo, "eliot/misc/echo_request.json");  // of an interface that is gone; its body is any JSON
  EXPECT_TRUE(parse_json(*echo));
  EXPECT_EQ(catalog::find("echo.resource"), nullptr);
}

std::string sources() {
  std::string all;
  std::error_code none;
  for (const auto& entry :
       fs::recursive_directory_iterator(std::string(FOYER_PROJECT_DIR) + "/tests", none)) {
    const std::string name = entry.path().extension().string();
    if (name == ".cpp" || name == ".hpp" || name == ".mjs")
      all += read_file(entry.path().string()).value_or("");
  }
  return all;
}

TEST(EliotFixtures, NoRecordedPayloadIsLeftAside) {
  std::error_code none;
  if (!fs::is_directory(eliot(""), none)) GTEST_SKIP() << "no fixtures " << eliot("");
  const std::string all = sources();
  int seen = 0;
  for (const char* folder : {"/eliot", "/netatmo/measure", "/netatmo/webhook", "/netatmo/schedule"})
    for (const auto& entry : fs::recursive_directory_iterator(test::fixture_dir() + folder, none)) {
      if (entry.path().extension() != ".json") continue;
      ++seen;
      EXPECT_NE(all.find(entry.path().filename().string()), std::string::npos) << entry.path();
    }
  EXPECT_GE(seen, 30);
}

}  // namespace
}  // namespace foyer
