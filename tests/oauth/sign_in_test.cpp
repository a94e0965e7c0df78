// Sign-in as a whole, against a provider that can be falsified (rules A–D, X1–X6, X8).
#include <algorithm>
#include <set>

#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

TEST(SignIn, ReturnsToWhereThePersonWas) {
  World world;
  const auto url = world.begin("home/room");
  ASSERT_TRUE(url);
  EXPECT_EQ(world.complete(world.accept(*url)).value(), "home/room");
  const SessionInfo& info = world.session->info();
  EXPECT_EQ(info.status, Status::signed_in);
  EXPECT_EQ(info.subject, "user-1");
  EXPECT_EQ(info.name, "Béa Löwe");
  EXPECT_EQ(info.scopes, world.config.scopes);
  EXPECT_EQ(info.access_expires, std::optional(world.memory.time.now() + Hours(1)));
  EXPECT_EQ(world.plain(world.token()), "access-canary-1");
  EXPECT_EQ(world.exchanges, 1);
}

// The parameter `name` of four attempts, one after the other: each another, each 256 bits of base64url, and
// none of them anything that stands elsewhere in the same request.
void expect_fresh(const char* name) {
  World world;
  std::set<std::string> seen;
  for (int i = 0; i < 4; ++i) {
    const Fields query = form_decode(parse_url(*world.begin())->query);
    const std::string value = field(query, name);
    EXPECT_TRUE(seen.insert(value).second) << value;
    EXPECT_EQ(value.size(), 43U);
    EXPECT_EQ(base64url_decode(value).value_or("").size(), 32U);
    EXPECT_EQ(std::ranges::count(query, value, &Fields::value_type::second), 1);
  }
}

TEST(SignIn, A3StateIsFreshEveryTime) { expect_fresh("state"); }
TEST(SignIn, A4VerifierIsFreshEveryTime) { expect_fresh("code_challenge"); }
TEST(SignIn, A5NonceIsFreshEveryTime) { expect_fresh("nonce"); }

TEST(SignIn, A3StateOfAnotherBrowserOpensNothingHere) {
  World here, elsewhere;
  ASSERT_TRUE(here.begin());
  ASSERT_TRUE(elsewhere.begin());  // the randomness of tests begins alike everywhere
  const std::string state = field(form_decode(parse_url(*elsewhere.begin())->query), "state");
  EXPECT_EQ(here.complete("https://app.example/cb?code=c&state=" + state).error().code, "B3");
  EXPECT_EQ(here.exchanges, 0);
}

// An id_token for another attempt of the same person is not this one's.
TEST(SignIn, A5NonceOfAnotherAttemptIsRefused) {
  World world;
  (void)world.accept(world.begin().value());
  const std::string of_the_first = world.nonce;
  const std::string answer = world.accept(world.begin().value());
  world.nonce = of_the_first;
  const auto done = world.complete(answer);
  ASSERT_FALSE(done);
  EXPECT_TRUE(done.error().code.starts_with("D9")) << done.error().code;
}

TEST(SignIn, A4WithoutSecureRandomnessThereIsNoSignIn) {
  World world;
  world.memory.random.broken = true;
  EXPECT_EQ(world.begin().error().kind, ErrorKind::unsupported);
  world.memory.random.broken = false;
  world.memory.crypto.broken = true;
  EXPECT_EQ(world.begin().error().kind, ErrorKind::unsupported);
}

TEST(SignIn, A1UnsafeEndpointIsNeverSpokenTo) {
  World world;
  world.config.token_endpoint = "http://login.example/token";
  world.restart();
  EXPECT_EQ(world.begin().error().code, "A1");
  EXPECT_EQ(world.complete("https://app.example/cb?code=c&state=s").error().code, "A1");
  EXPECT_TRUE(world.memory.http.sent.empty());
}

TEST(SignIn, A7AttemptLiesInTheTabUnderAHashOfItsState) {
  World world;
  const Fields query = form_decode(parse_url(*world.begin())->query);
  ASSERT_EQ(world.memory.storage.records.size(), 1U);
  const auto& [key, value] = *world.memory.storage.records.begin();
  EXPECT_EQ(key.first, Storage::Scope::tab);
  EXPECT_EQ(key.second,
            "attempt/" + base64url_encode(finished(test::crypto().sha256(field(query, "state"))).value()));
  EXPECT_EQ(value.find(field(query, "state")), std::string::npos);
}

TEST(SignIn, C1TokenRequestIsAFormWithTheVerifierAndNoSecretInTheUrl) {
  World world;
  world.config.client_secret = SecretText("p+.3tog736W52,f~73P3Dt2r");
  world.restart();
  ASSERT_TRUE(world.sign_in());
  const Fields& form = world.forms.at(0);
  EXPECT_EQ(field(form, "grant_type"), "authorization_code");
  EXPECT_EQ(field(form, "redirect_uri"), world.config.redirect_uri);
  EXPECT_EQ(field(form, "client_id"), "client-1");
  EXPECT_EQ(field(form, "client_secret"), "p+.3tog736W52,f~73P3Dt2r");
  EXPECT_EQ(field(form, "code_verifier").size(), 43U);
  EXPECT_EQ(field(form, "scope"), "");
  const HttpRequest& request = world.memory.http.sent.at(0);
  EXPECT_EQ(request.url, world.config.token_endpoint);
  EXPECT_TRUE(request.body.empty());
  EXPECT_TRUE(request.secret_headers.empty());
}

// Netatmo Connect: no id_token, scopes as a list, no token_type; every refresh replaces both tokens.
TEST(SignIn, AServiceWithoutOpenIdSignsInAndRotates) {
  World world;
  world.config.openid = false;
  world.config.jwks_uri.clear();
  world.config.scopes = {"read_magellan", "write_magellan"};
  world.restart();
  for (const char* number : {"1", "2", "3"})
    world.faults.push_back(HttpResponse{
        .status = 200,
        .body = std::string(R"({"access_token":"5f|a)") + number + R"(","refresh_token":"5f|r)" + number +
                R"(","scope":["read_magellan"],"expires_in":10800,"expire_in":10800})"});
  ASSERT_TRUE(world.sign_in());
  EXPECT_EQ(world.session->info().status, Status::signed_in);
  EXPECT_EQ(world.session->info().missing_scopes, (std::vector<std::string>{"write_magellan"}));
  EXPECT_EQ(world.plain(world.token()), "5f|a1");
  world.restart();
  world.pass(Hours(3));
  EXPECT_EQ(world.plain(world.token()), "5f|a2");
  EXPECT_EQ(field(world.forms.back(), "refresh_token"), "5f|r1");
  world.pass(Hours(3));
  EXPECT_EQ(world.plain(world.token()), "5f|a3");
  EXPECT_EQ(field(world.forms.back(), "refresh_token"), "5f|r2");
  EXPECT_EQ(world.key_fetches, 0);
}

TEST(SignIn, B3UnknownStateMakesNoRequest) {
  World world;
  EXPECT_EQ(world.complete("https://app.example/cb?code=c&state=unknown").error().code, "B3");
  EXPECT_TRUE(world.memory.http.sent.empty());
  EXPECT_EQ(world.session->info().status, Status::signed_out);
}

TEST(SignIn, B3UsedStateMakesNoRequestAndLeavesTheSessionAlone) {
  World world;
  const std::string answer = world.accept(*world.begin());
  ASSERT_TRUE(world.complete(answer));
  EXPECT_EQ(world.complete(answer).error().code, "B3");
  world.restart();  // a reload of the callback address
  EXPECT_EQ(world.complete(answer).error().code, "B3");
  EXPECT_EQ(world.exchanges, 1);
  EXPECT_EQ(world.session->info().status, Status::signed_in);
}

TEST(SignIn, B3AnswerAfterTenMinutesIsTooLate) {
  World world;
  const std::string answer = world.accept(*world.begin());
  world.pass(Minutes(10) + Millis(1));
  EXPECT_EQ(world.complete(answer).error().code, "B3.late");
  EXPECT_TRUE(world.memory.http.sent.empty());
  EXPECT_TRUE(world.memory.storage.records.empty());
}

TEST(SignIn, B3AttemptOfAnotherRegistrationDoesNotCount) {
  World world;
  const std::string answer = world.accept(*world.begin());
  world.config.client_id = "client-2";
  world.restart();
  EXPECT_EQ(world.complete(answer).error().code, "B3");
  EXPECT_TRUE(world.memory.http.sent.empty());
}

TEST(SignIn, B3AttemptOfAnotherAccountIsLeftToIt) {
  World world;
  const std::string answer = world.accept(*world.begin());
  ClientConfig other = world.config;
  other.account = "other";
  Session second(world.host, other);
  EXPECT_EQ(world.run(second.complete(answer)).error().code, "B3");
  EXPECT_TRUE(world.complete(answer));
}

TEST(SignIn, B6TwoCallersWithTheSameAnswerMakeOneRequest) {
  World world;
  world.service_time = Seconds(2);
  const std::string answer = world.accept(*world.begin());
  auto first = world.session->complete(answer), second = world.session->complete(answer);
  first.start();
  second.start();
  world.memory.time.settle();
  ASSERT_TRUE(first.done() && second.done());
  EXPECT_TRUE(first.take());
  EXPECT_EQ(second.take().error().code, "B3");
  EXPECT_EQ(world.exchanges, 1);
}

TEST(SignIn, B6AttemptIsGoneBeforeTheCodeIsSent) {
  World world;
  const std::string answer = world.accept(*world.begin());
  world.memory.http.respond = [&](const HttpRequest& request) {
    EXPECT_TRUE(world.memory.storage.records.empty());
    return world.respond(request);
  };
  EXPECT_TRUE(world.complete(answer));
}

TEST(SignIn, B6AttemptThatCannotBeDeletedSendsNoCode) {
  World world;
  const std::string answer = world.accept(*world.begin());
  world.memory.storage.fail_writes = true;
  EXPECT_EQ(world.complete(answer).error().code, "B6");
  EXPECT_TRUE(world.memory.http.sent.empty());
}

TEST(SignIn, B4WrongIssuerSendsNoCodeAndUsesUpTheAttempt) {
  World world;
  const std::string answer = world.accept(*world.begin());
  EXPECT_EQ(world.complete(answer + "&iss=https%3A%2F%2Fevil.example").error().code, "B4.iss");
  EXPECT_EQ(world.complete(answer).error().code, "B3");
  EXPECT_TRUE(world.memory.http.sent.empty());
}

TEST(SignIn, X9DeclinedLeavesNobodySignedInAndSaysSo) {
  World world;
  const Fields query = form_decode(parse_url(*world.begin())->query);
  const auto result = world.complete(
      "https://app.example/cb?error=access_denied&error_description=Access+denied+by+user&state=" +
      field(query, "state"));
  EXPECT_EQ(result.error().code, "X9");
  EXPECT_EQ(world.session->info().status, Status::signed_out);
  EXPECT_EQ(world.session->info().because, SignedOutBecause::denied);
}

TEST(SignIn, X9DeclinedSecondSignInKeepsTheFirst) {
  World world;
  ASSERT_TRUE(world.sign_in());
  const Fields query = form_decode(parse_url(*world.begin())->query);
  EXPECT_EQ(world.complete("https://app.example/cb?error=access_denied&state=" + field(query, "state"))
                .error()
                .code,
            "X9");
  EXPECT_EQ(world.session->info().status, Status::signed_in);
}

TEST(SignIn, AtMostFiveAttemptsAreOpenTheOldestGoes) {
  World world;
  std::vector<std::string> answers;
  for (int i = 0; i < 7; ++i) {
    const auto url = world.begin();
    answers.push_back("https://app.example/cb?code=c&state=" +
                      field(form_decode(parse_url(*url)->query), "state"));
    world.pass(Seconds(1));
  }
  EXPECT_EQ(world.memory.storage.records.size(), 5U);
  EXPECT_EQ(world.complete(answers[0]).error().code, "B3");
  EXPECT_EQ(world.complete(answers[1]).error().code, "B3");
  EXPECT_EQ(world.complete(answers[2]).error().code, "X2");  // known; the provider knows no such code
}

TEST(SignIn, X1LostAnswerNeverSendsTheCodeAgain) {
  for (const HttpFailure failure :
       {HttpFailure::opaque, HttpFailure::timeout, HttpFailure::offline, HttpFailure::redirected}) {
    World world;
    world.faults.push_back(std::unexpected(failure));
    EXPECT_EQ(world.sign_in().error().code, "X1");
    world.pass(Hours(1));
    EXPECT_EQ(world.exchanges, 1);
    EXPECT_EQ(world.session->info().status, Status::signed_out);
  }
}

TEST(SignIn, X2X4X5X6X8RefusedExchangeSaysWhy) {
  World tool;
  const std::pair<HttpResponse, const char*> cases[] = {
      {tool.error("invalid_grant", "AADB2C90080: used"), "X2"},
      {tool.error("invalid_scope"), "X4"},
      {tool.error("invalid_client", "", 401), "X5"},
      {tool.error("invalid_grant", "AADB2C90085: internal"), "X5"},
      {tool.error("unauthorized_client"), "X6"},
      {{.status = 400}, "X8"},
      {tool.error("invalid_code", "", 403), "X8"},
      {{.status = 503}, "X1"},
      {{.status = 429}, "X1"},
      {{.status = 302}, "X1"}};
  for (const auto& [response, code] : cases) {
    World world;
    world.faults.push_back(response);
    EXPECT_EQ(rule_of(world.sign_in().error().code), code);
    EXPECT_EQ(world.exchanges, 1);
  }
}

TEST(SignIn, D9NonceIsCheckedEvenWhenOpenidWasNotAskedFor) {
  World world;
  world.config.scopes.clear();
  world.restart();
  world.change_claims = [](Json& claims) { claims.erase("nonce"); };
  EXPECT_EQ(rule_of(world.sign_in().error().code), "D9");
}

TEST(SignIn, IdTokenIsOptionalWhenOpenidWasNotAskedFor) {
  World world;
  world.config.scopes.clear();
  world.restart();
  world.with_id_token = false;
  ASSERT_TRUE(world.sign_in());
  EXPECT_EQ(world.session->info().subject, "");
  EXPECT_EQ(world.key_fetches, 0);
}

TEST(SignIn, D5RotatedKeyIsFetchedOnceAndAtMostOncePerFiveMinutes) {
  World world;
  ASSERT_TRUE(world.sign_in());
  EXPECT_EQ(world.key_fetches, 1);
  ASSERT_TRUE(world.sign_in());
  EXPECT_EQ(world.key_fetches, 1);
  world.signer = other_signing_key();
  world.keys["keys"][0] = public_jwk(other_signing_key(), "k2");
  world.change_header = [](Json& header) { header["kid"] = "k2"; };
  ASSERT_TRUE(world.sign_in());
  EXPECT_EQ(world.key_fetches, 2);
  world.change_header = [](Json& header) { header["kid"] = "k9"; };
  EXPECT_EQ(rule_of(world.sign_in().error().code), "D5");
  EXPECT_EQ(world.key_fetches, 2);
  world.pass(Minutes(5));
  EXPECT_EQ(rule_of(world.sign_in().error().code), "D5");
  EXPECT_EQ(world.key_fetches, 3);
}

TEST(SignIn, D4KeysThatFailOnceAreFetchedAgain) {
  World world;
  world.key_faults.push_back(HttpResponse{.status = 503});
  EXPECT_TRUE(world.sign_in());
  EXPECT_EQ(world.key_fetches, 2);
}

TEST(SignIn, K3ContinueAnywayAcceptsTheClock) {
  World world;
  world.server_ahead = Hours(2);
  EXPECT_EQ(rule_of(world.sign_in().error().code), "K3");
  world.session->tolerate(Hours(3));
  EXPECT_TRUE(world.sign_in());
}

TEST(SignIn, C4PartialConsentIsAStateNotAnError) {
  World world;
  world.change_tokens = [](Json& tokens) { tokens["scope"] = "openid light.read"; };
  ASSERT_TRUE(world.sign_in());
  EXPECT_EQ(world.session->info().missing_scopes, (std::vector<std::string>{"light.write"}));
}

TEST(SignIn, F8K2ExpiresOnIsReadByTheServersClock) {
  World world;
  world.server_ahead = Minutes(4);
  world.change_tokens = [&](Json& tokens) {
    tokens.erase("expires_in");
    tokens["expires_on"] = std::to_string(to_ms(world.memory.time.now() + world.server_ahead) / 1000 + 1800);
  };
  ASSERT_TRUE(world.sign_in());
  EXPECT_EQ(*world.session->info().access_expires - world.memory.time.now(), Minutes(30));
}

TEST(SignIn, T9SignOutWhileTheCodeIsOnItsWayWins) {
  World world;
  world.service_time = Seconds(2);
  auto flow = world.session->complete(world.accept(*world.begin()));
  flow.start();
  EXPECT_TRUE(world.run(world.session->sign_out()));
  world.memory.time.settle();
  ASSERT_TRUE(flow.done());
  EXPECT_EQ(flow.take().error().code, "T9");
  EXPECT_EQ(world.session->info().status, Status::signed_out);
  EXPECT_FALSE(world.token());
}

TEST(SignIn, DroppedFlowSendsNothingMore) {
  World world;
  world.service_time = Seconds(2);
  auto flow = world.session->complete(world.accept(*world.begin()));
  flow.start();
  flow.cancel();
  world.memory.time.settle();
  EXPECT_EQ(world.session->info().status, Status::signed_out);
  EXPECT_TRUE(world.sign_in());
}

TEST(SignIn, ChangesAreAnnounced) {
  World world;
  int changes = 0;
  world.session->on_change = [&] { ++changes; };
  ASSERT_TRUE(world.sign_in());
  EXPECT_GE(changes, 1);
  changes = 0;
  ASSERT_TRUE(world.run(world.session->sign_out()));
  EXPECT_GE(changes, 1);
}

// The example of session.hpp.
Task<std::string> example(Host& host, const ClientConfig& config, Completion<std::string> redirect,
                          std::string& shown) {
  Session session(host, config);
  co_await session.restore();
  const auto address = co_await session.begin("home");
  shown = address.value_or("");
  const auto back_to = co_await session.complete(co_await redirect);
  const auto token = co_await session.access_token();
  co_return back_to&& token ? *back_to + " " + token->token.expose() : "";
}

TEST(SignIn, TheExampleOfTheHeader) {
  World world;
  const Completion<std::string> redirect;
  std::string shown;
  auto flow = example(world.host, world.config, redirect, shown);
  flow.start();
  ASSERT_TRUE(shown.starts_with("https://login.example/authorize?"));
  redirect.resolve(world.accept(shown));
  ASSERT_TRUE(flow.done());
  EXPECT_EQ(flow.take(), "home access-canary-1");
}

}  // namespace
}  // namespace foyer::oauth
