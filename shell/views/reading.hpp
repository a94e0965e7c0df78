// What a reading says to people: its word, and its value in words and units.
#pragma once

#include <string>

#include "core/model/home.hpp"
#include "shell/look/format.hpp"

namespace foyer::shell {

// "Temperature"; of a field that only its cloud knows the word for it, or its wire name when there is none.
std::string reading_name(const Reading& reading);
// Has it a word? What has none is for developers.
bool has_word(const Reading& reading);
// "20.5 °C", "Good (56)", "Locked", "today 18:02".
std::string reading_value(const Module& module, const Reading& reading, Times& times);
// signal_good, signal_fair or signal_weak, of a radio or Wi-Fi strength; nothing when it is no number.
std::optional<W> signal_word(const Reading& reading);

}  // namespace foyer::shell
