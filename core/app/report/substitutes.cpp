#include "core/app/report/substitutes.hpp"

#include <algorithm>
#include <optional>

#include "core/app/report/vocabulary.hpp"
#include "core/base/ascii.hpp"
#include "core/base/utf8.hpp"

namespace foyer::report {
namespace {

constexpr std::string_view vowels = "aeiou", consonants = "bcdfghjklmnpqrstvwxz", hex_letters = "abcdef";
constexpr int tries = 100;

// Letters that are digits of base 16 only, with a digit or a separator among them: an id, no word.
bool is_hex(std::string_view text) {
  const auto fits = [](char c) { return !is_letter(c) || c <= 'f'; };
  return std::ranges::all_of(text, fits) &&
         std::ranges::any_of(text, [](char c) { return is_digit(c) || c == ':'; });
}

void append_utf8(std::string& out, char32_t c) {
  const auto more = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    more(6);
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    more(12);
    more(6);
  }
  more(0);
}

// Signs, pictures and what has no form of its own say nothing about anybody.
bool is_sign(char32_t c) {
  return c < 0xC0 || (c >= 0x2000 && c < 0x2C00) || (c >= 0xFE00 && c < 0xFF00) || c >= 0x1F000;
}

}  // namespace

void Substitutes::reserve(std::string_view original) { taken_.insert(lowered(original)); }

void Substitutes::add(std::string_view original) { own_.insert(lowered(original)); }

bool Substitutes::known(std::string_view original) const { return own_.contains(lowered(original)); }

std::string Substitutes::scrambled(std::string_view text) {
  const bool hex = is_hex(lowered(text));
  std::string out;
  const auto pick = [&](std::string_view from) {
    return from[below(static_cast<std::uint32_t>(from.size()))];
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint one = code_point(text, at);
    const char c = lower(text[at]);
    if (is_digit(c)) {  // a number does not begin with 0 that did not before
      const bool first = at == 0 || !is_digit(text[at - 1]);
      const bool longer = at + 1 < text.size() && is_digit(text[at + 1]);
      out += first && longer && c != '0' ? static_cast<char>('1' + below(9))
                                         : static_cast<char>('0' + below(10));
    } else if (is_letter(c)) {
      const char drawn = pick(hex ? hex_letters : vowels.contains(c) ? vowels : consonants);
      out += c == text[at] ? drawn : static_cast<char>(drawn - 'a' + 'A');
    } else if (one.value < 0x80 || one.value == 0xFFFD || is_sign(one.value)) {
      out += text.substr(at, one.size);
    } else {
      append_utf8(out, (one.value & ~char32_t{0xF}) + below(16));
    }
    at += one.size;
  }
  return out;
}

std::string Substitutes::fresh(std::string_view original) {
  std::string form(original);
  for (int i = 0;; ++i) {
    std::string out = scrambled(form);
    if (out != original && !is_vocabulary(out) && taken_.insert(lowered(out)).second) return out;
    if (i % tries == tries - 1) form += form.find_last_not_of("0123456789") == std::string::npos ? '0' : 'a';
  }
}

std::string Substitutes::of(std::string_view original) {
  const std::string key = lowered(original);
  auto at = to_.find(key);
  if (at == to_.end()) {
    taken_.insert(key);
    bool changes = false;  // signs alone stay
    for (int i = 0; i < 16 && !changes; ++i) changes = scrambled(key) != key;
    at = to_.emplace(key, changes ? fresh(key) : key).first;
  }
  std::string out = at->second;
  for (std::size_t i = 0; i < std::min(out.size(), original.size()); ++i)
    if (original[i] >= 'A' && original[i] <= 'Z' && is_letter(out[i]))
      out[i] = static_cast<char>(out[i] - 'a' + 'A');
  return out;
}

}  // namespace foyer::report
