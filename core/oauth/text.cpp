#include "core/oauth/text.hpp"

#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/base/json_writer.hpp"

namespace foyer::oauth {

std::string showable(std::string_view text) {
  constexpr std::size_t longest = 200, longest_run = 40;
  std::string out;
  for (const char c : text) {
    if (c > 0x20 && c < 0x7F && c != '"' && c != '\\')
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');  // B2C writes several lines
    if (out.size() > 4 * longest) break;
  }
  std::string shown;
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t end = std::min(out.find(' ', at), out.size());
    shown += end - at > longest_run ? "..." : out.substr(at, end - at);
    if (end < out.size()) shown.push_back(' ');
    at = end + 1;
  }
  if (shown.size() > longest) shown.resize(longest);
  while (!shown.empty() && shown.back() == ' ') shown.pop_back();
  return shown;
}

bool is_token_text(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

void SecretWriter::form(std::string_view name, std::string_view value) {
  constexpr char hex[] = "0123456789ABCDEF";
  if (!buffer_.empty()) buffer_.push_back('&');
  buffer_ += name;
  buffer_.push_back('=');
  for (const char c : value) {
    const bool plain = is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      buffer_.push_back(c);
    } else {
      buffer_.push_back('%');
      buffer_.push_back(hex[static_cast<unsigned char>(c) >> 4]);
      buffer_.push_back(hex[static_cast<unsigned char>(c) & 15]);
    }
  }
}

void SecretWriter::json(std::string_view name, std::string_view value) {
  buffer_ += buffer_.ends_with('{') ? "\"" : ",\"";
  buffer_ += name;
  buffer_ += "\":";
  append_json_string(buffer_, value);
}

Result<JsonText> strict_json(std::string_view text, std::size_t limit) {
  // What begins with a byte order mark is no JSON here, like an empty text.
  return JsonText::parse(text.starts_with('\xEF') ? std::string_view() : text, limit, Repeated::refused);
}

SecretText secret_of(JsonView json, std::string_view name) {
  return SecretText(json.find(name).as_string().value_or(""));
}

std::string text_of(JsonView json, std::string_view name) { return json.find(name).text().value_or(""); }

}  // namespace foyer::oauth
