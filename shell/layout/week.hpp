// A week as a picture: a column for each day, its spans from midnight to midnight, and a line for now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shell/layout/builder.hpp"

namespace foyer::shell {

struct Week {
  struct Span {
    int from = 0, to = 24 * 60;  // minutes of the day
    std::string line{}, more{};  // "20°", "Comfort": as far as there is room
    Token fill = Token::raised, ink = Token::ink2;
    bool chosen = false;
    Node node{};      // what it is, for everybody
    Action action{};  // where it is high enough to be pressed
  };
  struct Day {
    std::string name{};
    Node node{};
    Action action{};
    bool today = false;
    std::vector<Span> spans{};
  };
  std::vector<Day> days{};
  std::optional<int> now{};  // minute of today
};
// A week needs so much room; with less a day is shown at a time.
float week_width(const Builder& b);
void week(Builder& b, const Week& what);

}  // namespace foyer::shell
