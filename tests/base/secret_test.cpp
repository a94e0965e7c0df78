// SecretText: nothing prints it, nothing compares it with plain text, and its memory is wiped (rule S5).
#include "core/base/secret.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>

namespace foyer {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };
template <class T>
concept ComparableWithText = requires(const T& value, const std::string& text) { value == text; };
template <class T>
concept Appendable = requires(std::string& out, const T& value) { out += value; };

static_assert(!Printable<SecretText>, "S5: a secret has no stream operator");
static_assert(!ComparableWithText<SecretText>, "S5: a secret is compared with a secret only");
static_assert(!Appendable<SecretText>, "S5: a secret does not slip into a text");
static_assert(!std::is_convertible_v<SecretText, std::string>);
static_assert(!std::is_convertible_v<SecretText, std::string_view>);
static_assert(!std::is_convertible_v<SecretText, const char*>);
static_assert(!std::is_convertible_v<std::string, SecretText>, "making a secret is a deliberate act");
static_assert(Printable<std::string> && ComparableWithText<std::string> && Appendable<std::string>,
              "the checks above can fail");

TEST(Secret, GivesItsValueOnlyToWhoAsks) {
  const SecretText secret("t0ken");
  EXPECT_EQ(secret.expose(), "t0ken");
  EXPECT_FALSE(secret.empty());
  EXPECT_TRUE(SecretText().empty());
}

TEST(Secret, EqualityIsByWholeValue) {
  EXPECT_TRUE(SecretText("abc") == SecretText("abc"));
  EXPECT_FALSE(SecretText("abc") == SecretText("abd"));
  EXPECT_FALSE(SecretText("abc") == SecretText("ab"));
  EXPECT_FALSE(SecretText("") == SecretText("a"));
}

TEST(Secret, WipingOverwritesTheCharacters) {
  std::string text(100, 's');
  const char* at = text.data();
  wipe(text);
  EXPECT_TRUE(text.empty());
  // The buffer still belongs to the string: all of it but the terminator's place was 's'.
  EXPECT_EQ(std::string(at, 100), std::string(100, '\0'));
}

TEST(Secret, AMovedFromSecretIsEmpty) {
  SecretText from("short");
  SecretText to(std::move(from));
  EXPECT_TRUE(from.empty());  // NOLINT(bugprone-use-after-move): that is the promise
  EXPECT_EQ(to.expose(), "short");
  SecretText other("old");
  other = std::move(to);
  EXPECT_TRUE(to.empty());  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(other.expose(), "short");
}

TEST(Secret, SelfAssignmentKeepsTheValue) {
  SecretText secret("value");
  const SecretText& same = secret;
  secret = same;
  EXPECT_EQ(secret.expose(), "value");
}

}  // namespace
}  // namespace foyer
