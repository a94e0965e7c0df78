// Secret<T>: a value that cannot be printed by accident (rule S5).
//
// There is no conversion to text, no stream operator and no comparison with a plain value; the only way in is
// expose(), which is easy to find in a review. The memory of a secret string is wiped when it goes.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace foyer {

// Overwrites the characters with zeros in a way the optimiser keeps, then clears.
inline void wipe(std::string& text) {
  volatile char* at = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) at[i] = 0;
  text.clear();
}

class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string value) : value_(std::move(value)) {}
  SecretText(const SecretText&) = default;
  SecretText(SecretText&& other) noexcept : value_(std::move(other.value_)) { wipe(other.value_); }
  SecretText& operator=(const SecretText& other) {
    if (this != &other) {
      wipe(value_);
      value_ = other.value_;
    }
    return *this;
  }
  SecretText& operator=(SecretText&& other) noexcept {
    if (this != &other) {
      wipe(value_);
      value_ = std::move(other.value_);
      wipe(other.value_);
    }
    return *this;
  }
  ~SecretText() { wipe(value_); }

  // The plain value; valid as long as this object. Never log it, never put it into an Error.
  const std::string& expose() const { return value_; }
  bool empty() const { return value_.empty(); }
  // Equality in time that depends on the lengths only.
  friend bool operator==(const SecretText& a, const SecretText& b) { return a.same(b.value_); }

 private:
  bool same(std::string_view other) const {
    unsigned difference = value_.size() == other.size() ? 0U : 1U;
    for (std::size_t i = 0; i < value_.size() && i < other.size(); ++i)
      difference |= static_cast<unsigned char>(value_[i]) ^ static_cast<unsigned char>(other[i]);
    return difference == 0;
  }
  std::string value_;
};

}  // namespace foyer
