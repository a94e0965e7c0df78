#include "shell/words.hpp"

#include <array>

namespace foyer::shell {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(W::count)> kEnglish{
#define WORD(name, text) text,
#include "shell/words.def"
#undef WORD
};

}  // namespace

std::string_view word(W key) { return kEnglish[static_cast<std::size_t>(key)]; }

std::string say(W key, std::initializer_list<std::string_view> values) {
  std::string_view text = word(key);
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}') {
      auto index = static_cast<std::size_t>(text[at + 1] - '0');
      if (index < values.size()) out += values.begin()[index];
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

}  // namespace foyer::shell
