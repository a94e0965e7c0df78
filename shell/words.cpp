#include "shell/words.hpp"

#include <array>

#include "core/app/state/words.hpp"

namespace foyer::shell {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(W::count)> kEnglish{
#define WORD(name, text) text,
#include "shell/words.def"
#undef WORD
};

constexpr LanguageName kLanguages[] = {
    {"en", "English"},
#include "generated/languages.inc"
};

}  // namespace

std::span<const LanguageName> languages() { return kLanguages; }

std::string_view word(W key) {
  const auto index = static_cast<std::size_t>(key);
  return translated(phrase_lines() + index, kEnglish[index]);
}

std::string say(W key, std::initializer_list<std::string_view> values) {
  return fill_places(word(key), values);
}

bool use_words(std::string file) {
  return foyer::use_words(std::move(file), phrase_lines() + kEnglish.size());
}

}  // namespace foyer::shell
