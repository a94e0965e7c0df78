#include "core/base/json_writer.hpp"

#include <cstdint>

#include "core/base/json_view.hpp"
#include "core/base/number.hpp"

namespace foyer {

void JsonWriter::quoted(std::string_view text) {
  constexpr std::string_view controls = "\b\f\n\r\t", letters = "bfnrt";
  out_ += '"';
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const char c = *at;
    if (static_cast<unsigned char>(c) >= 0x80) {
      const std::size_t length = utf8_sequence(at, end);
      out_ += length > 0 ? std::string_view(at, length) : std::string_view("\xEF\xBF\xBD");
      at += length > 0 ? length : 1;
      continue;
    }
    ++at;
    if (const auto letter = controls.find(c); letter != std::string_view::npos) {
      out_ += '\\';
      out_ += letters[letter];
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out_ += "\\u00";
      out_ += "01"[c >> 4];
      out_ += "0123456789abcdef"[c & 15];
    } else {
      if (c == '"' || c == '\\') out_ += '\\';
      out_ += c;
    }
  }
  out_ += '"';
}

void JsonWriter::name(std::string_view name) {
  if (!out_.empty() && out_.back() != '{' && out_.back() != '[') out_ += ',';
  if (name.empty()) return;
  quoted(name);
  out_ += ':';
}

JsonWriter& JsonWriter::open(std::string_view of, char bracket) {
  name(of);
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view of, std::string_view value) {
  name(of);
  quoted(value);
  return *this;
}

JsonWriter& JsonWriter::number(std::string_view of, double value) {
  name(of);
  const std::string digits = number_text(value);
  out_ += digits;
  if (digits.find_first_of(".e") == std::string::npos) out_ += ".0";
  return *this;
}

JsonWriter& JsonWriter::integer(std::string_view of, long long value) {
  name(of);
  out_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::flag(std::string_view of, bool value) {
  name(of);
  out_ += value ? "true" : "false";
  return *this;
}

}  // namespace foyer
