// URLs and forms: only what a client of known hosts needs, and nothing that a browser would read differently.
#include "core/base/url.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/base/json.hpp"
#include "tests/support/data.hpp"

namespace foyer {
namespace {

TEST(Url, TakesAnAddressApartAndTogether) {
  const auto url = parse_url("HTTPS://Home.Example:8443/a/b?x=1&y=#/home");
  ASSERT_FALSE(url) << "the scheme is written in lower case";
  const auto other = parse_url("https://Home.Example:8443/a/b?x=1&y=#/home");
  ASSERT_TRUE(other);
  EXPECT_EQ(other->host, "home.example");
  EXPECT_EQ(other->port, 8443);
  EXPECT_EQ(other->path, "/a/b");
  EXPECT_EQ(other->query, "x=1&y=");
  EXPECT_EQ(other->fragment, "/home");
  EXPECT_EQ(other->origin(), "https://home.example:8443");
  EXPECT_EQ(other->text(), "https://home.example:8443/a/b?x=1&y=#/home");
}

TEST(Url, TheSchemesOwnPortIsNoPort) {
  EXPECT_EQ(parse_url("https://a:443/")->origin(), "https://a");
  EXPECT_EQ(parse_url("http://a:80")->text(), "http://a/");
  EXPECT_EQ(parse_url("http://a:443")->origin(), "http://a:443");
}

TEST(Url, OnlyLoopbackIsLoopback) {
  for (const char* text :
       {"http://localhost:1", "http://127.0.0.1", "http://127.9.9.9:80/", "http://[::1]:8080/"})
    EXPECT_TRUE(parse_url(text)->is_loopback()) << text;
  for (const char* text : {"http://localhost.example", "http://128.0.0.1", "http://[::2]", "http://0.0.0.0"})
    EXPECT_FALSE(parse_url(text)->is_loopback()) << text;
}

// A1 lets loopback go without TLS: a name of somebody else's must not pass for it.
TEST(Url, ANameThatBeginsLikeALoopbackAddressIsNotLoopback) {
  EXPECT_FALSE(parse_url("http://127.evil.example/")->is_loopback());
}

TEST(Url, RefusesWhatItWouldHaveToGuess) {
  for (const char* text : {"",
                           "example.com",
                           "/path",
                           "ftp://a",
                           "javascript:alert(1)",
                           "https://",
                           "https:///x",
                           "https://user@host/",
                           "https://a:b@host/",
                           "https://host:0x50/",
                           "https://host:65536/",
                           "https://host:/",
                           "https://a b/",
                           "https://a/\\b",
                           "https://a\n/",
                           "https://a\t/",
                           "https://[::1",
                           "https://[::1]x/",
                           "https://ho%20st/",
                           "https://\xC3\xA9/"})
    EXPECT_FALSE(parse_url(text)) << text;
}

TEST(Url, DotsAreTakenOutOfThePath) {
  EXPECT_EQ(parse_url("https://a/b/../c/./d")->path, "/c/d");
  EXPECT_EQ(parse_url("https://a/../../x")->path, "/x");
  EXPECT_EQ(parse_url("https://a/b/..")->path, "/");
  EXPECT_EQ(parse_url("https://a/b/")->path, "/b/");
  EXPECT_EQ(parse_url("https://a")->path, "/");
}

TEST(Url, ResolvesAgainstTheFolderOfTheBase) {
  const Url base = *parse_url("https://a/sub/path/index.html?q#f");
  EXPECT_EQ(resolve_url(base, "./cloud/oauth")->text(), "https://a/sub/path/cloud/oauth");
  EXPECT_EQ(resolve_url(base, "cloud")->text(), "https://a/sub/path/cloud");
  EXPECT_EQ(resolve_url(base, "../x")->text(), "https://a/sub/x");
  EXPECT_EQ(resolve_url(base, "/y")->text(), "https://a/y");
  EXPECT_EQ(resolve_url(base, "https://b/z")->text(), "https://b/z");
  EXPECT_FALSE(resolve_url(base, "//b/z"));
}

// Where the web platform's own parser and ours may differ: it repairs, we refuse. What must never be is that
// we accept what it refuses, or read another origin.
TEST(Url, NeverAcceptsOrReadsOtherwiseThanTheWebPlatform) {
  const std::string path = test::vector_dir() + "/url/urltestdata.json";
  const auto text = test::read_file(path);
  if (!text) GTEST_SKIP() << "missing: " << path;
  const auto cases = parse_json(*text, 16U << 20, Duplicates::last_wins);
  ASSERT_TRUE(cases) << cases.error().message;
  // Hosts that we do not interpret further; no configuration holds such an address, and an exact comparison
  // of issuers or redirect URIs treats them as different.
  const std::set<std::string> accepted_deviations = {};
  int compared = 0;
  for (const Json& entry : *cases) {
    const auto input = text_of(entry, "input");
    if (!input || !entry.is_object() || entry.contains("relativeTo")) continue;
    if (entry.contains("base") && entry["base"].is_string()) continue;
    const auto url = parse_url(*input);
    if (!url || accepted_deviations.contains(*input)) continue;
    ++compared;
    EXPECT_FALSE(bool_of(entry, "failure").value_or(false)) << "accepted: " << *input;
    if (bool_of(entry, "failure").value_or(false)) continue;
    const std::string theirs =
        text_of(entry, "protocol").value_or("") + "//" + text_of(entry, "host").value_or("");
    EXPECT_EQ(url->origin(), theirs) << *input;
  }
  EXPECT_GT(compared, 50);
}

TEST(Form, EncodesEverythingButUnreservedCharacters) {
  EXPECT_EQ(form_encode({{"redirect_uri", "http://127.0.0.1:80/cb?x"}, {"scope", "openid a.read"}}),
            "redirect_uri=http%3A%2F%2F127.0.0.1%3A80%2Fcb%3Fx&scope=openid%20a.read");
  EXPECT_EQ(percent_encode("aZ09-._~ +&=%\xC3\xA9"), "aZ09-._~%20%2B%26%3D%25%C3%A9");
  EXPECT_EQ(form_encode({}), "");
}

TEST(Form, KeepsOrderAndRepetition) {
  const Fields fields = form_decode("a=1&b=2+3&a=%C3%A9&empty=&bare&&=x");
  const Fields expected = {{"a", "1"},    {"b", "2 3"}, {"a", "\xC3\xA9"},
                           {"empty", ""}, {"bare", ""}, {"", "x"}};
  EXPECT_EQ(fields, expected);
}

TEST(Form, ABrokenEscapeStaysAsItStands) {
  EXPECT_EQ(form_decode("a=%4&b=%zz&c=100%"), (Fields{{"a", "%4"}, {"b", "%zz"}, {"c", "100%"}}));
  EXPECT_EQ(percent_decode("%4"), std::nullopt);
  EXPECT_EQ(percent_decode("%41+"), "A+");
}

TEST(Form, EveryTextComesBack) {
  std::string text;
  for (int i = 0; i < 256; ++i) text.push_back(static_cast<char>(i));
  EXPECT_EQ(form_decode(form_encode({{text, text}})), (Fields{{text, text}}));
}

}  // namespace
}  // namespace foyer
