// Class T of the release gate: every kind of answer of the token endpoint × {headers readable, not} × {JSON,
// text, empty, truncated}, driven through a session that has to renew its token, with exact attempts, delays,
// rules and what becomes of the session (T5, T6, X3–X8).
#include <gtest/gtest.h>

#include "core/oauth/record.hpp"
#include "core/oauth/session.hpp"
#include "core/policy/table.hpp"
#include "core/ports/memory_host.hpp"
#include "tests/cloud/gateway/support.hpp"

namespace foyer::test {
namespace {

struct Reply {
  const char* name;
  int status;
  const char* error;        // of the JSON body
  const char* rule;         // with the JSON body
  const char* rule_unread;  // when the body cannot be read
};

constexpr Reply replies[] = {
    {"X3_invalid_grant", 400, "invalid_grant", "X3", "X8"},
    {"X4_invalid_scope", 400, "invalid_scope", "X4", "X8"},
    {"X5_invalid_client", 400, "invalid_client", "X5", "X8"},
    {"X5_401", 401, "invalid_client", "X5", "X5"},
    {"X6_invalid_request", 400, "invalid_request", "X6", "X8"},
    {"X6_unauthorized_client", 400, "unauthorized_client", "X6", "X8"},
    {"X6_unsupported_grant_type", 400, "unsupported_grant_type", "X6", "X8"},
    {"X8_403", 403, "invalid_code", "X8", "X8"},
    {"X11_400", 400, "temporarily_unavailable", "X7", "X8"},
    {"X7_404", 404, "not_here", "X7", "X7"},
    {"X7_408", 408, "slow", "X7", "X7"},
    {"X7_429", 429, "slow_down", "X7", "X7"},
    {"X7_500", 500, "server_error", "X7", "X7"},
    {"X7_502", 502, "bad", "X7", "X7"},
    {"X7_503", 503, "bad", "X7", "X7"},
    {"X7_504", 504, "bad", "X7", "X7"},
    {"X7_302", 302, "moved", "X7", "X7"},
    {"X7_200_error", 200, "server_error", "X7", "X7"},
    {"X7_opaque", -1, "", "X7", "X7"},
    {"X7_timeout", -2, "", "X7", "X7"},
    {"X7_offline", -3, "", "X7", "X7"},
};
constexpr const char* shape_names[] = {"json", "text", "empty", "truncated"};

class TokenAnswer : public testing::TestWithParam<std::tuple<Reply, bool, int>> {
 protected:
  const Reply& reply() const { return std::get<0>(GetParam()); }
  bool readable_body() const { return std::get<2>(GetParam()) == 0; }

  HttpOutcome outcome() const {
    if (reply().status == -1) return std::unexpected(HttpFailure::opaque);
    if (reply().status == -2) return std::unexpected(HttpFailure::timeout);
    if (reply().status == -3) return std::unexpected(HttpFailure::offline);
    const std::string json = R"({"error":")" + std::string(reply().error) + "\"}";
    HttpResponse out{.status = reply().status};
    if (std::get<1>(GetParam()) && reply().status == 429) out.headers.push_back({"Retry-After", "40"});
    const int shape = std::get<2>(GetParam());
    if (shape == 0) out.body = json;
    if (shape == 1) out.body = "something went wrong";
    if (shape == 3) out.body = json.substr(0, json.size() / 2);
    out.truncated = shape == 3;
    return out;
  }
};

TEST_P(TokenAnswer, IsRepeatedAndSpokenOfAsItsRowSays) {
  NoCrypto crypto;
  MemoryHost memory(crypto);
  Host host = memory.host();
  std::vector<Millis> arrivals;
  memory.http.respond = [&](const HttpRequest&) -> Task<HttpOutcome> {
    arrivals.push_back(memory.time.steady().time_since_epoch());
    return [](HttpOutcome out) -> Task<HttpOutcome> { co_return out; }(outcome());
  };
  oauth::ClientConfig config{.account = "a",
                             .issuer = "https://login.example",
                             .authorize_endpoint = "https://login.example/authorize",
                             .token_endpoint = "https://login.example/token",
                             .jwks_uri = "https://login.example/keys",
                             .client_id = "client",
                             .redirect_uri = "https://home.example/"};
  oauth::Record record;
  record.generation = 1;
  record.issuer = config.issuer;
  record.client_id = config.client_id;
  record.access_token = SecretText("old-access");
  record.refresh_token = SecretText("refresh");
  record.received = memory.time.now() - Hours(2);
  record.lifetime = Hours(1);
  memory.vault.records.emplace("session/a", oauth::to_secret(record));

  oauth::Session session(host, config);
  auto restored = session.restore();
  restored.start();
  ASSERT_TRUE(restored.done());
  auto asked = session.access_token();
  asked.start();
  memory.time.settle(Minutes(1));
  ASSERT_TRUE(asked.done());
  const auto token = asked.take();
  ASSERT_FALSE(token);

  const std::string rule = readable_body() ? reply().rule : reply().rule_unread;
  EXPECT_EQ(rule_of(token.error().code), rule);
  // The row of the table that this rule, or the way in which no answer came, belongs to.
  const policy::Condition condition = reply().status == -1    ? policy::Condition::opaque
                                      : reply().status == -2  ? policy::Condition::no_answer_in_time
                                      : reply().status == 200 ? policy::Condition::malformed_answer
                                                              : policy::condition_of_sign_in(rule);
  const policy::Rule& row = policy::row(condition).rule(policy::CommandClass::token);
  const bool again = row.move == policy::Move::again_once;
  ASSERT_EQ(arrivals.size(), again ? 2U : 1U);
  if (again) EXPECT_EQ(arrivals[1] - arrivals[0], row.wait);
  // T5: only a definite refusal ends a session.
  const bool over = rule == "X3" || rule == "X4" || rule == "X8";
  EXPECT_EQ(session.info().status, over ? oauth::Status::signed_out : oauth::Status::signed_in);

  // X7: at most three requests in five minutes, however often somebody asks.
  for (int i = 0; i < 20 && !over; ++i) {
    auto more = session.access_token();
    more.start();
    memory.time.settle(Seconds(5));
  }
  EXPECT_LE(arrivals.size(), over ? 2U : 4U);
}

INSTANTIATE_TEST_SUITE_P(Table, TokenAnswer,
                         testing::Combine(testing::ValuesIn(replies), testing::Bool(), testing::Range(0, 4)),
                         [](const auto& info) {
                           return std::string(std::get<0>(info.param).name) +
                                  (std::get<1>(info.param) ? "_headers_" : "_opaque_headers_") +
                                  shape_names[static_cast<std::size_t>(std::get<2>(info.param))];
                         });

}  // namespace
}  // namespace foyer::test
