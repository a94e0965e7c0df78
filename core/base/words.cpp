#include "core/base/words.hpp"

#include <utility>
#include <vector>

namespace foyer {
namespace {

struct Language {
  std::string file{};
  std::vector<std::string_view> lines{};
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

Language& in_use() {
  static Language one;
  return one;
}

}  // namespace

bool use_words(std::string file, std::size_t expected) {
  if (!file.empty() && lines_of(file).size() != expected + 1) return false;
  Language& language = in_use();
  language.file = std::move(file);
  language.lines = lines_of(language.file);  // of the text where it stays: a short one moves with its string
  return true;
}

std::string_view language() { return in_use().lines.empty() ? "en" : in_use().lines.front(); }

std::string_view translated(std::size_t line, std::string_view english) {
  const auto& lines = in_use().lines;
  return line + 1 < lines.size() ? lines[line + 1] : english;
}

std::string fill_places(std::string_view text, std::initializer_list<std::string_view> values) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}') {
      const auto index = static_cast<std::size_t>(text[at + 1] - '0');
      if (index < values.size()) out += values.begin()[index];
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

}  // namespace foyer
