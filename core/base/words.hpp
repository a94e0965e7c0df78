// The language that people read. English is compiled in; any other language is a file of lines, one per text
// in the order of the program's tables: core/policy's messages, core/app's phrases, the shell's words
// (tools/words.mjs makes it of words/<language>.json). It lives in the program as one text.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace foyer {

// Reads other words from now on; the first line is the language ("fr"), `expected` more follow. Empty:
// English again. False, and nothing changes, for a file of another edition. Texts handed out before are void.
bool use_words(std::string file, std::size_t expected);
// BCP 47, "en" without a file.
std::string_view language();
// The text of line `line` (from 0) in the language in use.
std::string_view translated(std::size_t line, std::string_view english);
// {0}, {1} … replaced.
std::string fill_places(std::string_view text, std::initializer_list<std::string_view> values);

}  // namespace foyer
