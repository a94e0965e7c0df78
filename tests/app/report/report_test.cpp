// A report's file: what is written is read again, and a stranger's file is refused with a sentence that names
// the fault.
#include "core/app/report/report.hpp"

#include <gtest/gtest.h>

#include <random>

#include "core/base/json.hpp"

namespace foyer::report {
namespace {

Disguise seeded() {
  return Disguise(
      [generator = std::mt19937(7)]() mutable { return static_cast<std::uint32_t>(generator()); });
}

Report household() {
  Report out{.made_by = "foyer 1.0.0", .at = *parse_iso8601("2026-01-12T08:00:00Z")};
  out.clouds.push_back(
      {{"smarther", "hc"},
       {{"GET", "/smarther/v2.0/plants", 200, R"({"plants":[{"id":"abcd-1234","name":"Villa Rosa"}]})"},
        {"GET", "/smarther/v2.0/plants/abcd-1234/topology", 404, "<html>gone"},
        {"GET", "/hc/api/v1.0/plants", 0, ""}}});
  out.journal.push_back(
      {*parse_iso8601("2026-01-12T07:59:00Z"), "call", "GET /smarther/v2.0/plants 200 80 ms ok"});
  return out;
}

TEST(Report, IsReadAsItWasWritten) {
  Disguise disguise = seeded();
  const std::string file = write_report(household(), disguise);
  const auto read = read_report(file);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->clouds.size(), 1U);
  EXPECT_EQ(read->clouds[0].providers, (std::vector<std::string>{"smarther", "hc"}));
  const auto& answers = read->clouds[0].answers;
  ASSERT_EQ(answers.size(), 3U);
  const auto id = (*parse_json(answers[0].body))["plants"][0]["id"].get<std::string>();
  EXPECT_EQ(answers[1].target, "/smarther/v2.0/plants/" + id + "/topology");
  EXPECT_EQ(answers[1].status, 404);
  EXPECT_EQ(answers[2].status, 0) << "no answer is an answer to report";
  EXPECT_EQ(read->at - read->journal[0].at, Minutes(1));
  EXPECT_NE(read->at, household().at);
  EXPECT_EQ(file.find("Rosa"), std::string::npos);
  EXPECT_EQ(file.find("abcd-1234"), std::string::npos);
  const Json summary = *parse_json(summary_of(*read, disguise.count()));
  EXPECT_EQ(summary["answers"], 3);
  EXPECT_EQ(summary["replaced"].get<int>(), static_cast<int>(disguise.count()));
}

TEST(Report, AStrangersFileIsRefusedInOneSentence) {
  Disguise disguise = seeded();
  const std::string good = write_report(household(), disguise);
  struct Case {
    const char *find, *put, *says;
  };
  for (const Case& one :
       {Case{R"("foyer_report":1)", R"("foyer_report":2)", "foyer_report: this Foyer reads form 1"},
        {R"("foyer_report":1)", R"("other":1)", "no \"foyer_report\""},
        {R"("smarther","hc")", R"("smarther","tuya")", "clouds[0].providers[1]: expected one of"},
        {R"("smarther","hc")", R"("smarther","netatmo")", "netatmo alone"},
        {R"("smarther","hc")", "", "clouds[0].providers: expected at least one"},
        {R"("method":"GET")", R"("method":"BREW")", "clouds[0].answers[0].method: expected GET"},
        {R"("target":"/smarther/v2.0/plants",)", R"("target":"//evil.example/",)",
         "clouds[0].answers[0].target: expected a path"},
        {R"("target":"/smarther/v2.0/plants",)", R"("target":"/a\r\nb",)",
         "clouds[0].answers[0].target: expected a path"},
        {R"("status":404)", R"("status":9999)", "clouds[0].answers[1].status: expected 0 or a whole number"},
        {R"("status":404)", R"("status":101)", "clouds[0].answers[1].status"},
        {R"("status":0,"body":"")", R"("status":0)", "clouds[0].answers[2].body: expected a text"},
        {R"("journal":[)", R"("journal":[7,)", "journal[0].at: expected a time"},
        {R"("kind":"call")", R"("kind":"call, and much more than a word")", "journal[0].kind"},
        {"]}", "]", "this is no report"}}) {
    std::string bad = good;
    const bool last = one.find == std::string("]}");
    const auto at = last ? bad.rfind(one.find) : bad.find(one.find);
    ASSERT_NE(at, std::string::npos) << one.find;
    bad.replace(at, std::string_view(one.find).size(), one.put);
    const auto read = read_report(bad);
    ASSERT_FALSE(read) << one.put;
    EXPECT_NE(read.error().message.find(one.says), std::string::npos) << read.error().message;
    EXPECT_EQ(read.error().message.find('\n'), std::string::npos);
  }
  for (const char* no : {"", "{}", "[]", "null", "hello",
                         R"({"foyer_report":1,"made_by":"x","at":1,"clouds":[],"journal":[]})"})
    EXPECT_FALSE(read_report(no)) << no;
}

class Net final : public Http {
 public:
  Task<HttpOutcome> send(HttpRequest asked) override {
    if (asked.url.ends_with("/lost")) co_return std::unexpected(HttpFailure::timeout);
    co_return HttpResponse{.status = 200, .body = "{\"access_token\":\"t0p\"}"};
  }
};

TEST(Report, TheRecorderHearsTheInterfacesAndNoSignIn) {
  Net net;
  Recorder recorder(net);
  recorder.listen("one", "https://api.example/base", 0);
  TaskScope scope;
  const auto send = [&](std::string url, std::string account, SecretText form = {}) {
    scope.spawn([](Recorder& to, HttpRequest asked) -> Task<void> {
      (void)co_await to.send(std::move(asked));
    }(recorder, {.url = std::move(url), .secret_body = std::move(form), .account = std::move(account)}));
  };
  for (const char* url :
       {"https://login.example/token", "https://api.example/base/plants", "https://api.example/baseless",
        "https://api.example/base/lost", "https://api.example/base/plants"})
    send(url, "one");
  // The token endpoint of Netatmo lies below its interface.
  send("https://api.example/base/oauth2/token", "", SecretText("grant_type=refresh_token"));
  send("https://api.example/base/oauth2/token", "one", SecretText("grant_type=refresh_token"));
  send("https://api.example/base/jwks", "");
  const auto heard = recorder.answers(0);
  ASSERT_EQ(heard.size(), 2U) << "an equal request once";
  EXPECT_EQ(heard[0].target, "/lost");
  EXPECT_EQ(heard[0].status, 0);
  EXPECT_EQ(heard[1].target, "/plants");
  EXPECT_EQ(recorder.answers(1).size(), 0U);
}

TEST(Report, AccountsOfOneServiceAreHeardApart) {
  Net net;
  Recorder recorder(net);
  recorder.listen("mine", "https://api.example", 0);
  recorder.listen("yours", "https://api.example", 1);
  recorder.listen("deeper", "https://api.example/api", 2);
  TaskScope scope;
  for (const char* account : {"yours", "mine", "deeper", "nobody", "yours"})
    scope.spawn([](Recorder& to, std::string whose) -> Task<void> {
      (void)co_await to.send({.url = "https://api.example/api/homes?of=" + whose, .account = whose});
    }(recorder, account));
  const auto target = [&](std::size_t cloud) {
    return recorder.answers(cloud).size() == 1 ? recorder.answers(cloud)[0].target : "not one";
  };
  EXPECT_EQ(target(0), "/api/homes?of=mine");
  EXPECT_EQ(target(1), "/api/homes?of=yours");
  EXPECT_EQ(target(2), "/homes?of=deeper");
}

}  // namespace
}  // namespace foyer::report
