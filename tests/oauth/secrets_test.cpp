// Canaries (rules C6, S5): whatever fails, no secret comes into an error text, a plain record, a URL or a
// header.
#include <array>

#include "tests/hostile/defects.hpp"
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

// Thousands of runs in which something goes wrong: the provider has a random defect, a port fails at a random
// moment. Whatever leaves the program is searched for every secret of the run.
struct FaultyRun : Canaries {
  explicit FaultyRun(std::uint64_t number) : dice(number * 0x9E3779B97F4A7C15ULL + 1) {
    memory.random = SeededRandom(number + 1);
  }
  std::uint32_t below(std::uint32_t bound) {
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return static_cast<std::uint32_t>(dice >> 33) % bound;
  }
  void fail_something() {
    switch (below(8)) {
      case 0:
        memory.vault.fail_reads = true;
        break;
      case 1:
        memory.vault.fail_writes = true;
        break;
      case 2:
        memory.storage.fail_writes = true;
        break;
      case 3:
        memory.storage.fail_reads = true;
        break;
      case 4:
        memory.crypto.broken = true;
        break;
      case 5:
        faults.push_back(std::unexpected(below(2) == 0 ? HttpFailure::opaque : HttpFailure::timeout));
        break;
      case 6:
        faults.push_back(HttpResponse{.status = 400 + static_cast<int>(below(120)), .body = "canary <b>"});
        break;
      default:
        lose_replies = 1;
    }
  }
  void heal() {
    memory.vault.fail_reads = memory.vault.fail_writes = false;
    memory.storage.fail_reads = memory.storage.fail_writes = memory.crypto.broken = false;
    faults.clear();
    lose_replies = 0;
  }
  // The random ones of this attempt: they belong into its record, the URL of the sign-in and the token
  // request's form alone.
  void remember(const std::string& url) {
    const Fields query = form_decode(parse_url(url).value().query);
    secrets.push_back(field(query, "state"));
    if (const std::string nonce_sent = field(query, "nonce"); !nonce_sent.empty())
      secrets.push_back(nonce_sent);
    for (const auto& [key, value] : memory.storage.records)
      if (key.second.starts_with("attempt/"))
        secrets.push_back(text_of(parse_json(value).value(), "verifier").value());
    look_for(url, "authorization URL");
    const bool has_verifier = memory.storage.records.size() == 1;
    if (has_verifier) EXPECT_EQ(url.find(secrets.back()), std::string::npos) << "the verifier is in the URL";
  }
  void search(const std::string& text, const char* where) {
    look_for(text, where);
    for (const std::string& secret : secrets) EXPECT_EQ(text.find(secret), std::string::npos) << where;
  }
  template <class T>
  void judge(const Result<T>& result) {
    if (result) return;
    ++failed;
    search(result.error().message + "|" + result.error().field + "|" + result.error().code, "error");
  }
  void search_everywhere() {
    for (const auto& [key, value] : memory.storage.records) {
      search(key.second, "name in storage");
      if (!key.second.starts_with("attempt/")) search(value, "plain storage");
    }
    for (const auto& [name, value] : memory.vault.records) search(name, "name in the vault");
    for (const HttpRequest& request : memory.http.sent) {  // what a journal and a HAR file are made of
      search(request.url + request.body, "request");
      for (const Header& one : request.headers) search(one.name + one.value, "header");
    }
    const SessionInfo& info = session->info();
    search(info.subject + info.name + std::string(to_string(info.because)), "session info");
  }
  std::uint64_t dice;
  std::vector<std::string> secrets{};
  int failed = 0;
};

TEST(Secrets, LeaveInNoneOfFiveThousandFaultyRuns) {
  const std::array sets{hostile::defects_of_answers(), hostile::defects_of_refresh(),
                        hostile::defects_of_keys(), hostile::defects_of_id_tokens()};
  int runs = 0, failed = 0, looked = 0;
  for (std::uint64_t number = 0; number < 5'000; ++number) {
    FaultyRun run(number);
    // A signature costs more than all the rest: most runs do without an id_token.
    const bool signed_run = number % 16 == 0;
    run.config.openid = run.with_id_token = signed_run;
    run.restart();
    const auto& defects = sets[run.below(signed_run ? 4 : 2)];
    const hostile::Defect& defect = defects[run.below(static_cast<std::uint32_t>(defects.size()))];
    const bool early = defect.place != hostile::Place::refresh && run.below(2) == 0;
    if (early) defect.turn_on(run);
    if (run.below(3) == 0) run.fail_something();
    const auto url = run.begin();
    run.judge(url);
    if (url) {
      run.remember(*url);
      const std::string redirect = run.accept(*url);
      if (run.below(3) == 0) run.fail_something();
      run.judge(run.complete(redirect));
      run.judge(run.complete(redirect));
    }
    run.search_everywhere();
    if (!early) defect.turn_on(run);
    run.pass(Minutes(61));
    for (int i = 0; i < 3; ++i) {
      if (run.below(2) == 0) run.fail_something();
      run.judge(run.token());
      if (run.below(2) == 0) run.heal();
      run.pass(Minutes(2));
    }
    run.judge(run.run(run.session->sign_out()));
    run.search_everywhere();
    ++runs;
    failed += run.failed;
    looked += run.looked;
    ASSERT_FALSE(HasFailure()) << "run " << number << ", " << defect.name;
  }
  EXPECT_EQ(runs, 5'000);
  EXPECT_GT(failed, 10'000);
  EXPECT_GT(looked, 50'000);
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
