// base64url as RFC 4648 section 5 without padding: strict both ways (rule D1).
#include "core/base/base64url.hpp"

#include <gtest/gtest.h>

namespace foyer {
namespace {

TEST(Base64url, EncodesTheExamplesOfRfc4648WithoutPadding) {
  const std::pair<const char*, const char*> examples[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : examples) {
    EXPECT_EQ(base64url_encode(plain), coded);
    EXPECT_EQ(base64url_decode(coded), plain);
  }
  EXPECT_EQ(base64url_encode("\xFB\xFF"), "-_8");
}

TEST(Base64url, EveryByteAndLengthComesBack) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
    bytes.push_back(static_cast<char>(i * 7));
  }
}

TEST(Base64url, RefusesEverythingThatIsNotCanonical) {
  for (const char* text : {"Zg==", "Zg=", "Z", "Zm9vY", "Zm9v ", " Zm9v", "Zm\n9v", "Zm+v", "Zm/v", "Zh",
                           "Zm9", "Zm9vYh", "\xC3\xA9"})
    EXPECT_FALSE(base64url_decode(text)) << text;
}

}  // namespace
}  // namespace foyer
