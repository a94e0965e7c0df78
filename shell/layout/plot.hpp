// A plot: steps of time from left to right, their values as bars or as curves, with a scale that people read.
// Everything in it is drawn once and stays; what it says stands in its node and in the table beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/history/series.hpp"
#include "shell/layout/builder.hpp"

namespace foyer::shell {

struct Plot {
  struct Step {
    std::string label{};                      // "06:00"; those that have no room are left out
    std::optional<double> value{}, before{};  // a bar, and what it is compared with
  };
  struct Curve {
    std::vector<std::optional<double>> values{};  // one for each step
    Token ink = Token::accent;
    bool stepped = false;  // holds its value over the step: what was wanted
  };
  Node node{};  // an image with a name and, as its description, the summary
  history::Axis axis{};
  std::string unit{};  // of the axis
  std::vector<Step> steps{};
  std::vector<Curve> curves{};  // instead of bars
};
void plot(Builder& b, const Plot& what);

}  // namespace foyer::shell
