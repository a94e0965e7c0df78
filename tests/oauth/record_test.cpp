// The vault record (rules K1, T4, T9, C4, S2), as functions of values.
#include "core/oauth/record.hpp"

#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

Record full() {
  return {
      .generation = 7,
      .issuer = "https://issuer.example/",
      .client_id = "client-1",
      .identity = Identity{"https://issuer.example/", "user-1", {"client-1"}, "client-1", SecretText("n\"1")},
      .nonce = SecretText("n\"1"),
      .name = "Béa \"B\" Löwe",
      .requested = {"openid", "a", "b"},
      .scopes = {"a"},
      .access_token = SecretText("access\"\\/token"),
      .refresh_token = SecretText("refresh"),
      .received = new_year,
      .lifetime = Hours(1),
      .refresh_expires = new_year + Hours(24 * 90),
      .refresh_started = new_year + Hours(1)};
}

TEST(Record, SurvivesTheVault) {
  const Record record = full();
  const auto read = record_from_secret(to_secret(record));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->generation, 7U);
  EXPECT_FALSE(read->ended);
  EXPECT_EQ(read->issuer, record.issuer);
  EXPECT_EQ(read->client_id, record.client_id);
  ASSERT_TRUE(read->identity);
  EXPECT_EQ(read->identity->subject, "user-1");
  EXPECT_EQ(read->identity->audience, record.identity->audience);
  EXPECT_EQ(read->identity->authorized_party, record.identity->authorized_party);
  EXPECT_EQ(read->identity->nonce, record.nonce);
  EXPECT_EQ(read->name, record.name);
  EXPECT_EQ(read->requested, record.requested);
  EXPECT_EQ(read->scopes, record.scopes);
  EXPECT_EQ(read->access_token, record.access_token);
  EXPECT_EQ(read->refresh_token, record.refresh_token);
  EXPECT_EQ(read->received, record.received);
  EXPECT_EQ(read->lifetime, record.lifetime);
  EXPECT_EQ(read->refresh_expires, record.refresh_expires);
  EXPECT_EQ(read->refresh_started, record.refresh_started);
}

TEST(Record, T9SignedOutOneKeepsNothingButItsGenerationAndReason) {
  const SecretText text = to_secret({.generation = 8, .ended = SignedOutBecause::by_user});
  const auto read = record_from_secret(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->generation, 8U);
  EXPECT_EQ(read->ended, std::optional(SignedOutBecause::by_user));
  EXPECT_TRUE(read->access_token.empty());
}

TEST(Record, S2ForeignOnesAreRefused) {
  for (
      const char* bad :
      {"", "{}", "[]", "garbage", R"({"schema":1})",
       R"({"schema":2,"generation":1,"received":0,"lifetime":1,"access_token":"a"})",
       R"({"schema":1,"generation":-1,"received":0,"lifetime":1,"access_token":"a"})",
       R"({"schema":1,"generation":1,"received":0,"lifetime":1})",
       R"({"schema":1,"generation":1,"received":0,"lifetime":-1,"access_token":"a"})",
       R"({"schema":1,"generation":1,"received":1e15,"lifetime":1,"access_token":"a"})",
       R"({"schema":1,"generation":1,"received":0,"lifetime":1,"access_token":"a","ended":"whatever"})",
       R"({"schema":1,"generation":1,"received":0,"lifetime":1,"access_token":"a","identity":{"aud":[1],"sub":"s"}})"})
    EXPECT_EQ(record_from_secret(SecretText(bad)).has_value()
                  ? "read"
                  : record_from_secret(SecretText(bad)).error().code,
              "S2")
        << bad;
}

TEST(Record, K1LifeLeftByTheWallClock) {
  const Record record = full();
  EXPECT_EQ(left_by_wall(record, new_year), Hours(1));
  EXPECT_EQ(left_by_wall(record, new_year + Minutes(59)), Minutes(1));
  EXPECT_EQ(left_by_wall(record, new_year + Hours(2)), Millis(0));
  EXPECT_EQ(left_by_wall(record, new_year - Millis(1)), Millis(0));  // a clock that went back means expired
}

TEST(Record, T4ThresholdIsFiveMinutesOrATenth) {
  EXPECT_EQ(refresh_threshold(Hours(1)), Minutes(6));
  EXPECT_EQ(refresh_threshold(Minutes(40)), Minutes(5));
  EXPECT_EQ(refresh_threshold(Hours(24)), Minutes(144));
  EXPECT_EQ(refresh_threshold(Minutes(2)), Minutes(1));  // never most of a short life
}

TEST(Record, C4MissingScopesArePartialConsent) {
  EXPECT_EQ(missing_scopes(full()), (std::vector<std::string>{"b"}));
}

TEST(Record, ReasonsHaveStableNames) {
  EXPECT_EQ(to_string(SignedOutBecause::never), "never");
  EXPECT_EQ(to_string(SignedOutBecause::secret_expired), "secret_expired");
  EXPECT_EQ(to_string(SignedOutBecause::lost_reply), "lost_reply");
}

}  // namespace
}  // namespace foyer::oauth
