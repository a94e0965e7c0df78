// What helps to understand: the doctor; the console, where an operation is chosen, sent and copied; the
// journal to take away; a report that reproduces itself.
#pragma once

#include "core/app/reading/reader.hpp"
#include "core/app/report/maker.hpp"
#include "core/app/report/tap.hpp"
#include "core/app/session/account.hpp"
#include "core/app/state/intent.hpp"
#include "core/app/state/store.hpp"

namespace foyer {

// Belongs to Part::tools.
class Desk {
 public:
  Desk(Host& host, TaskScope& scope, Store& store, Accounts& accounts, Reader& reader, report::Tap& tap)
      : host_(host), scope_(scope), store_(store), accounts_(accounts), reader_(reader), tap_(tap) {}
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  // [[gnu::noinline]]: called by what is there at once. Inlined into it, they would no longer come later.
  [[gnu::noinline]] void handle(const intent::OpenOperation& wanted);
  // A request that does not pass the catalogue's checks says why and sends nothing.
  [[gnu::noinline]] void handle(const intent::SendOperation& wanted);
  [[gnu::noinline]] void handle(const intent::CopyCurl& wanted);
  // The doctor, unless it is at work.
  [[gnu::noinline]] void handle(const intent::Examine& wanted);
  [[gnu::noinline]] void handle(const intent::SaveText& file);
  [[gnu::noinline]] void handle(const intent::SaveJournal& wanted);
  // A report, unless one is being made. It is in the state until it is dropped.
  [[gnu::noinline]] void handle(const intent::MakeReport& wanted);
  [[gnu::noinline]] void handle(const intent::SaveReport& wanted);
  [[gnu::noinline]] void handle(const intent::DropReport& wanted);
  // Who left takes along what their homes answered and what was found out about them.
  [[gnu::noinline]] void forget(const std::string& account);
  // The findings are in the state as they are made.
  Task<void> examine(bool ask_api, std::string only);
  // Reads the homes of who is signed in anew, asks the doctor, and makes a report of what was answered.
  // `only`: id of the one account; empty: all. Errors: signed_out when nobody is, else that of the first
  // account when none was answered.
  Task<Result<report::Made>> report(std::string only);

 private:
  Task<void> exchange(Account& account, Call call, Instant at);
  Task<void> curl(Account& account, Call call);
  Task<void> make_report();

  Host& host_;
  TaskScope& scope_;
  Store& store_;
  Accounts& accounts_;
  Reader& reader_;
  report::Tap& tap_;
};

}  // namespace foyer
