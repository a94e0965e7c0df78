// What a person means. The shell, the mirror and the headless client send these; nothing else changes the
// state.
#pragma once

#include <string>
#include <variant>

#include "core/app/state/state.hpp"

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
struct AllOff {         // what of it is on and goes off with the lights (arrangement.hpp); Undo takes it back
  PlantId plant;        // the whole home …
  AmbientId ambient{};  // … or one room of it …
  std::optional<std::vector<ModuleId>> among{};  // … or only these, where a search shows a part
};
struct Undo {};  // State::undo: everything as it was
struct Arrange {
  ArrangementChange wish;
};
// To where the person was before; `otherwise` where nobody knows that.
struct Back {
  Route otherwise;
};
struct ShowPlan {
  std::string schedule;  // id
};
struct EditPlan {
  Schedule draft;
};
struct DropPlan {};      // all changes that were not sent
struct SavePlan {};      // what was changed
struct TakeBackPlan {};  // the last save
struct UsePlan {
  std::string schedule;  // id; comes into force
};
struct CopyPlan {
  std::string schedule;  // id; a new plan with the same contents is made
  std::string name;
};
struct DeletePlan {
  std::string schedule;  // id; not one in force
};
struct ShowHistory {
  history::Shown shown;
};
struct Refresh {};  // the person pressed refresh
struct LookAgain {
  ModuleId module;
};  // read one module back
struct Retry {
  ProblemKey problem;
};  // "Try again", "I've done it"
struct Dismiss {
  ProblemKey problem;
};
struct SetTheme {
  Theme theme;
};
struct OpenLock {};  // the page of the passphrase (lock.html), beside this one
struct BringPart {
  Part part;
};  // "Try again" of a view that needs it
struct OpenNotices {};  // the licences of all parts (THIRD_PARTY_NOTICES.txt), beside the program
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
struct SaveText {  // as a file, or on the clipboard where there are none
  std::string name, text;
  std::string what;  // names it in the notice ("CSV")
};
struct SaveJournal {
  std::string account;
};  // as HAR
struct MakeReport {};  // of all accounts; spends calls of the day
struct SaveReport {};  // as a file
struct DropReport {};
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

using Intent = std::variant<
    intent::SignIn, intent::ContinueAnyway, intent::SignOut, intent::Go, intent::Send, intent::AllOff,
    intent::Undo, intent::Arrange, intent::Back, intent::ShowPlan, intent::EditPlan, intent::DropPlan,
    intent::SavePlan, intent::TakeBackPlan, intent::UsePlan, intent::CopyPlan, intent::DeletePlan,
    intent::ShowHistory, intent::Refresh, intent::LookAgain, intent::Retry, intent::Dismiss, intent::SetTheme,
    intent::SetLanguage, intent::BringPart, intent::Examine, intent::OpenOperation, intent::SendOperation,
    intent::CopyCurl, intent::SaveText, intent::SaveJournal, intent::MakeReport, intent::SaveReport,
    intent::DropReport, intent::OpenLock, intent::OpenNotices, intent::KeyStep, intent::CopyText>;

}  // namespace foyer
