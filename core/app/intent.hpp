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
struct ContinueAnyway {
  std::string account;
};  // K3: signs in without comparing the clocks; until this tab is closed
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
struct OpenLock {};    // the page of the passphrase (lock.html), beside this one
struct FetchTools {};  // "Try again" of a view that needs them
struct Examine {
  bool ask_api;  // spends calls of the day
};
struct OpenOperation {
  std::string api, operation;  // empty operation: the list
  Fields values{};             // empty: proposed from the home at hand
};
struct SendOperation {
  std::string operation;
  Fields values;
};
struct CopyCurl {  // with the secrets, for a terminal
  std::string operation;
  Fields values;
};
struct SaveJournal {
  std::string account;
};  // as HAR
struct SetLanguage {
  std::string language;  // as State::language
};
struct KeyStep {
  int done;  // 0…4
};  // of changing the subscription keys
struct CopyText {
  std::string text;
  std::string what;
};  // `what` names it in the notice ("Module id")

}  // namespace foyer::intent

namespace foyer {

using Intent = std::variant<intent::SignIn, intent::ContinueAnyway, intent::SignOut, intent::Go, intent::Send,
                            intent::AllOff, intent::Refresh, intent::LookAgain, intent::Retry,
                            intent::Dismiss, intent::SetTheme, intent::SetLanguage, intent::FetchTools,
                            intent::Examine, intent::OpenOperation, intent::SendOperation, intent::CopyCurl,
                            intent::SaveJournal, intent::OpenLock, intent::KeyStep, intent::CopyText>;

}  // namespace foyer
