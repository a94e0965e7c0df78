// One defect at a time (rule D12): refused with its own code, nothing of the answer stored, nothing used, no
// request more than the rules allow.
#include <algorithm>
#include <map>
#include <set>

#include "tests/hostile/defects.hpp"

namespace foyer::oauth::hostile {
namespace {

std::vector<Defect> defects_of_sign_in() {
  std::vector<Defect> all = defects_of_answers();
  for (const auto& more : {defects_of_id_tokens(), defects_of_keys()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::string name_of(const testing::TestParamInfo<Defect>& info) { return info.param.name; }

// What a page would show or write down.
void expect_showable(const Error& error) {
  EXPECT_LE(error.message.size(), 400U);
  EXPECT_EQ(error.message.find("canary"), std::string::npos) << error.message;
  EXPECT_TRUE(std::ranges::all_of(error.message, [](char c) { return c >= 0x20 && c < 0x7F; }))
      << error.message;
}

struct Watched : World {
  // Asks for a token and calls the API with it, as the gateway does.
  Result<AccessToken> call_api() {
    auto got = token();
    if (got) api_calls.push_back(got->token.expose());
    return got;
  }
  // Secrets of the provider's answer number `number`, at rest.
  bool keeps(int number) const {
    const std::string end = "-canary-" + std::to_string(number);
    const auto holds = [&](const std::string& text) { return text.find(end) != std::string::npos; };
    return std::ranges::any_of(memory.vault.records,
                               [&](const auto& one) { return holds(one.second.expose()); }) ||
           std::ranges::any_of(memory.storage.records, [&](const auto& one) { return holds(one.second); });
  }
  std::vector<std::string> api_calls{};
};

class HostileAnswer : public testing::TestWithParam<Defect> {};

TEST_P(HostileAnswer, D12IsRefusedWithItsOwnCodeAndStoresAndUsesNothing) {
  const Defect& defect = GetParam();
  Watched world;
  defect.turn_on(world);
  const auto url = world.begin();
  ASSERT_TRUE(url);
  const std::string redirect = world.accept(*url);
  const auto result = world.complete(redirect);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, defect.code);
  expect_showable(result.error());
  EXPECT_EQ(world.session->info().status, Status::signed_out);
  EXPECT_FALSE(world.call_api());
  EXPECT_TRUE(world.api_calls.empty());
  EXPECT_TRUE(world.memory.vault.records.empty());
  EXPECT_FALSE(world.keeps(1));

  // The same answer again, after a reload too, makes no request: its attempt is used up (B6), and one that
  // never matched is nobody's (B3).
  const std::size_t sent = world.memory.http.sent.size();
  world.change_redirect = {};
  EXPECT_FALSE(world.complete(redirect));
  world.restart();
  if (defect.requests > 0) EXPECT_FALSE(world.complete(redirect));
  EXPECT_EQ(world.memory.http.sent.size(), sent);
  EXPECT_EQ(world.exchanges, defect.requests);
  EXPECT_LE(world.key_fetches, defect.key_fetches);
  EXPECT_EQ(sent, static_cast<std::size_t>(world.exchanges + world.key_fetches));
}
INSTANTIATE_TEST_SUITE_P(Provider, HostileAnswer, testing::ValuesIn(defects_of_sign_in()), name_of);

class HostileRefresh : public testing::TestWithParam<Defect> {};

TEST_P(HostileRefresh, D12IsRefusedWithItsOwnCodeAndOnlyADefiniteWordEndsTheSession) {
  const Defect& defect = GetParam();
  Watched world;
  world.change_claims = [](Json& claims) { claims["auth_time"] = 1'767'225'000; };
  world.rotate = false;  // the old token stays usable, so that only our own rules can end the session
  ASSERT_TRUE(world.sign_in());
  world.change_claims = {};
  ASSERT_TRUE(world.call_api());
  const int fetched = world.key_fetches;
  world.pass(Minutes(61));
  defect.turn_on(world);
  const auto refused = world.call_api();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, defect.code);
  expect_showable(refused.error());
  EXPECT_EQ(world.session->info().status, defect.ends ? Status::signed_out : Status::signed_in);
  EXPECT_EQ(world.keeps(1), !defect.ends);
  for (int number = 2; number <= world.issued; ++number) EXPECT_FALSE(world.keeps(number));
  EXPECT_EQ(world.api_calls.size(), 1U);
  EXPECT_EQ(world.refreshes, defect.requests);
  EXPECT_LE(world.key_fetches - fetched, defect.key_fetches);
  // Asking on and on does not make a storm of requests (X7).
  for (int i = 0; i < 50; ++i) static_cast<void>(world.call_api());
  EXPECT_LE(world.refreshes, 3 * defect.requests);
  EXPECT_EQ(world.api_calls.size(), 1U);
}
INSTANTIATE_TEST_SUITE_P(Provider, HostileRefresh, testing::ValuesIn(defects_of_refresh()), name_of);

TEST(HostileProvider, HasMoreThanSixtyStrictAndTwentyHardeningDefectsWithCodesOfTheirOwn) {
  std::map<Kind, std::set<std::string>> codes;
  std::map<Kind, int> count;
  std::set<std::string> names;
  for (const auto& list : {defects_of_sign_in(), defects_of_refresh()})
    for (const Defect& defect : list) {
      ++count[defect.kind];
      codes[defect.kind].insert(defect.code);
      EXPECT_TRUE(names.insert(defect.name).second) << defect.name << " is there twice";
    }
  EXPECT_GE(count[Kind::strict], 60);
  EXPECT_GE(count[Kind::hardening], 20);
  // Several switches may lead to one check; each check has its own code.
  EXPECT_GE(codes[Kind::strict].size(), 60U);
  EXPECT_GE(codes[Kind::hardening].size(), 20U);
}

TEST(HostileProvider, WithoutADefectLetsPeopleIn) {
  Watched world;
  ASSERT_TRUE(world.sign_in());
  EXPECT_TRUE(world.call_api());
  world.pass(Minutes(61));
  EXPECT_TRUE(world.call_api());
  EXPECT_EQ(world.api_calls, (std::vector<std::string>{"access-canary-1", "access-canary-2"}));
}

TEST(HostileProvider, R2EmptyRefreshTokenKeepsTheOldOne) {
  Watched world;
  ASSERT_TRUE(world.sign_in());
  world.rotate = false;
  world.change_tokens = [](Json& tokens) { tokens["refresh_token"] = ""; };
  for (int i = 0; i < 3; ++i) {
    world.pass(Minutes(61));
    ASSERT_TRUE(world.call_api());
    EXPECT_EQ(field(world.forms.back(), "refresh_token"), "refresh-canary-1");
  }
}

TEST(HostileProvider, C1CookieOfTheTokenEndpointIsNeverSentBack) {
  Watched world;
  world.change_answer = [](HttpResponse& sent) { sent.headers.push_back({"Set-Cookie", "sid=canary"}); };
  ASSERT_TRUE(world.sign_in());
  world.pass(Minutes(61));
  ASSERT_TRUE(world.call_api());
  for (const HttpRequest& request : world.memory.http.sent) {
    for (const Header& one : request.headers) EXPECT_NE(one.name, "Cookie");
    EXPECT_TRUE(request.secret_headers.empty());
  }
}

}  // namespace
}  // namespace foyer::oauth::hostile
