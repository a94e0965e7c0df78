// Texts of foreign origin and secrets in forms and records, handled with care.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json_view.hpp"
#include "core/base/secret.hpp"

namespace foyer::oauth {

// `error_description` and names as plain text: the printable ASCII of RFC 6749 section 4.1.2.1, at most 200
// characters, and nothing that looks like a token (B5, C6).
std::string showable(std::string_view text);

// Visible ASCII without spaces (RFC 6750 section 2.1): what a token may consist of.
bool is_token_text(std::string_view text);

bool contains(const std::vector<std::string>& list, std::string_view text);

// Builds form bodies and records that hold secrets in one buffer that never moves: its memory is reserved
// before and wiped after, so that no copy stays behind (S5).
class SecretWriter {
 public:
  explicit SecretWriter(std::size_t capacity) { buffer_.reserve(capacity); }
  SecretWriter(const SecretWriter&) = delete;
  SecretWriter& operator=(const SecretWriter&) = delete;
  ~SecretWriter() { wipe(buffer_); }

  // "name=value" of application/x-www-form-urlencoded.
  void form(std::string_view name, std::string_view value);
  // A JSON member with a text value; `value` is token text or printable.
  void json(std::string_view name, std::string_view value);
  void raw(std::string_view text) { buffer_ += text; }
  SecretText take() { return SecretText(std::move(buffer_)); }

 private:
  std::string buffer_;
};

// For what is signed or brings tokens: no member twice (C2, D1), no byte order mark, at most
// `limit` bytes.
Result<JsonText> strict_json(std::string_view text, std::size_t limit);

// The text member as a secret. Empty when missing or no text. The only other copy is in the text that was
// parsed.
SecretText secret_of(JsonView json, std::string_view name);

// The text member, numbers as they were sent; empty when missing.
std::string text_of(JsonView json, std::string_view name);

}  // namespace foyer::oauth
