// Every word a person reads or hears of the interface, by key; the texts of problems are core/policy's.
// words/<language>.json translates them by key. Places for values are {0}, {1} …
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace foyer::shell {

enum class W : std::uint16_t {
#define WORD(name, text) name,
#include "shell/words.def"
#undef WORD
  count
};

std::string_view word(W key);
// The text with {0}, {1} … replaced.
std::string say(W key, std::initializer_list<std::string_view> values);
// The languages that are spoken, English first, each by its own name.
struct LanguageName {
  std::string_view code, name;
};
std::span<const LanguageName> languages();
// The file that tools/words.mjs made for a language, or "" for English; false when it is of another edition.
bool use_words(std::string file);

}  // namespace foyer::shell
