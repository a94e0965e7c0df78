// What a person means. The shell, the mirror and the headless client send these; nothing else changes the
// state.
#pragma once

#include <string>
#include <variant>

#include "core/app/state.hpp"

namespace foyer::intent {

struct SignIn {
  std::string account;
};
struct SignOut {
  std::string account;
};
struct Go {
  Route route;
};  // navigation inside the program
struct Send {
  ModuleId module;
  Command command;
};
struct AllOff {
  AmbientId ambient;
};  // every light, dimmer and plug of the room that is on
struct Refresh {};  // the person pressed refresh
struct LookAgain {
  ModuleId module;
};  // read one module back
struct Retry {
  std::string problem;
};  // "Try again", "I've done it"
struct Dismiss {
  std::string problem;
};
struct SetTheme {
  Theme theme;
};
struct CopyText {
  std::string text;
  std::string what;
};  // `what` names it in the notice ("Module id")

}  // namespace foyer::intent

namespace foyer {

using Intent =
    std::variant<intent::SignIn, intent::SignOut, intent::Go, intent::Send, intent::AllOff, intent::Refresh,
                 intent::LookAgain, intent::Retry, intent::Dismiss, intent::SetTheme, intent::CopyText>;

}  // namespace foyer
