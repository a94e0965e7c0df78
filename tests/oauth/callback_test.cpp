// The authorization response (rules A6, B2–B5, X9–X11), as functions of values.
#include "core/oauth/callback.hpp"

#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

const std::string base = "https://app.example/cb?";
ClientConfig config() { return World().config; }
std::string read_code(const std::string& url) {
  const auto callback = read_callback(url, config());
  return callback ? "ok" : std::string(rule_of(callback.error().code));
}
Result<void> checked(const std::string& query, bool require_issuer = false) {
  ClientConfig settings = config();
  settings.require_iss_parameter = require_issuer;
  return check_callback(read_callback(base + query, settings).value(), settings.issuer, settings);
}
std::string check_code(const std::string& query, bool require_issuer = false) {
  const auto result = checked(query, require_issuer);
  return result ? "ok" : std::string(rule_of(result.error().code));
}

TEST(Callback, A6OnlyTheRegisteredAddressIsRead) {
  EXPECT_EQ(read_code("https://app.example/cb?code=c&state=s"), "ok");
  EXPECT_EQ(read_code("https://app.example/cb?code=c&state=s#fragment"), "ok");
  for (const char* url :
       {"https://app.example/cb/?code=c&state=s", "https://app.example/?code=c&state=s",
        "http://app.example/cb?code=c&state=s", "https://app.example:8443/cb?code=c&state=s",
        "https://evil.example/cb?code=c&state=s", "/cb?code=c&state=s", "", "nonsense"})
    EXPECT_EQ(read_code(url), "A6") << url;
}

TEST(Callback, B2RepeatedParameterIsRefused) {
  for (const char* query : {"code=a&code=b&state=s", "state=s&state=s&code=c", "error=a&error=b&state=s",
                            "iss=a&iss=a&state=s&code=c", "x=1&x=2&state=s&code=c"})
    EXPECT_EQ(read_code(base + query), "B2") << query;
}

TEST(Callback, B3AnswerWithoutStateBelongsToNobody) {
  for (const char* query : {"code=c", "", "code=c&state=", "error=access_denied"})
    EXPECT_EQ(read_code(base + query), "B3") << query;
}

TEST(Callback, B4IssuerMustBeTheOneAsked) {
  EXPECT_EQ(check_code("code=c&state=s"), "ok");
  EXPECT_EQ(check_code("code=c&state=s&iss=https%3A%2F%2Fissuer.example%2Fv2.0%2F"), "ok");
  EXPECT_EQ(check_code("code=c&state=s&iss=https%3A%2F%2Fissuer.example%2Fv2.0"), "B4");
  EXPECT_EQ(check_code("code=c&state=s&iss=HTTPS%3A%2F%2Fissuer.example%2Fv2.0%2F"), "B4");
  EXPECT_EQ(check_code("code=c&state=s&iss="), "B4");
  EXPECT_EQ(check_code("error=access_denied&state=s&iss=https%3A%2F%2Fevil.example"), "B4");
}

TEST(Callback, B4MissingIssuerIsRefusedWhereItIsPromised) {
  EXPECT_EQ(check_code("code=c&state=s", true), "B4");
  EXPECT_EQ(check_code("error=access_denied&state=s", true), "B4");
  EXPECT_EQ(check_code("code=c&state=s&iss=https%3A%2F%2Fissuer.example%2Fv2.0%2F", true), "ok");
}

TEST(Callback, B5ErrorWinsOverCode) {
  EXPECT_EQ(check_code("code=c&state=s&error=access_denied"), "X9");
  EXPECT_EQ(check_code("code=c&state=s&error=weird"), "B5");
  EXPECT_EQ(check_code("state=s"), "B5");
  EXPECT_EQ(check_code("state=s&code="), "B5");
  EXPECT_EQ(check_code("state=s&code=a%20b"), "B5");
  EXPECT_EQ(check_code("state=s&code=a%00b"), "B5");
}

TEST(Callback, X9DeclinedSaysWhyAllPermissionsAreNeeded) {
  const auto result = checked("state=s&error=access_denied&error_description=Access+denied+by+user");
  EXPECT_EQ(result.error().kind, ErrorKind::refused);
  EXPECT_EQ(result.error().message,
            "You declined. All listed permissions are needed to show and to switch your devices. The service "
            "says: Access denied by user");
}

TEST(Callback, X10AndX11) {
  for (const char* error : {"login_required", "consent_required", "interaction_required"})
    EXPECT_EQ(check_code("state=s&error=" + std::string(error)), "X10");
  for (const char* error : {"server_error", "temporarily_unavailable"})
    EXPECT_EQ(check_code("state=s&error=" + std::string(error)), "X11");
}

TEST(Callback, B5DescriptionIsPlainPrintableAndShort) {
  const auto description = [](const std::string& text) {
    return read_callback(base + "state=s&error=x&error_description=" + percent_encode(text), config())
        ->error_description;
  };
  EXPECT_EQ(description("AADB2C90091: cancelled.\r\nCorrelation ID: 1\r\n"),
            "AADB2C90091: cancelled. Correlation ID: 1");
  EXPECT_EQ(description("<b>bold</b> \"quoted\\\" \x01\x7F\xC3\xA9"), "<b>bold</b> quoted");
  EXPECT_LE(description(std::string(5000, 'a') + " " + std::string(5000, 'b')).size(), 200U);
  std::string words;
  for (int i = 0; i < 100; ++i) words += "word ";
  EXPECT_EQ(description(words).size(), 199U);
}

TEST(Callback, C6CodeAndStateNeverAppearInAnErrorText) {
  const auto result = read_callback(base + "code=canary-code&code=x&state=canary-state", config());
  EXPECT_EQ(result.error().message.find("canary"), std::string::npos);
}

}  // namespace
}  // namespace foyer::oauth
