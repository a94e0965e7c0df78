// What hangs on what, as a picture: a hub at the top left, a line that leads down from it, and for each
// branch a line to the right from which its ends hang. A thick line is a strong signal, a dashed one is out
// of reach.
//
// However many ends there are, each keeps its size; only those near the window are built.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "shell/layout/builder.hpp"

namespace foyer::shell {

struct Wiring {
  struct Line {
    Icon icon = Icon::none;
    Token ink = Token::ink2;
    std::string text{};
  };
  struct End {
    Node node{};      // what it is, for everybody
    Action action{};  // where it leads
    Icon icon = Icon::unknown;
    std::string name{};
    std::vector<Line> lines{};  // below the name; at most `Wiring::lines`
    int signal = 0;             // 1 weak … 3 strong; 0: nobody tells
    bool reached = true;
  };
  struct Branch {
    std::string id{}, name{};  // of a list
    std::size_t count = 0;     // ends
  };
  End hub{};
  std::vector<Branch> branches{};
  std::size_t lines = 1;  // room below the name of every end
  std::function<End(std::size_t branch, std::size_t at)> end{};
};
void wiring(Builder& b, const Wiring& what);

}  // namespace foyer::shell
