// What helps to understand: the doctor; the console, where an operation is chosen, sent and copied; the
// journal to take away.
#pragma once

#include "core/app/session/account.hpp"
#include "core/app/state/intent.hpp"
#include "core/app/state/store.hpp"

namespace foyer {

// Belongs to Part::tools.
class Desk {
 public:
  Desk(Host& host, TaskScope& scope, Store& store, Accounts& accounts)
      : host_(host), scope_(scope), store_(store), accounts_(accounts) {}
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  void handle(const intent::OpenOperation& wanted);
  // A request that does not pass the catalogue's checks says why and sends nothing.
  void handle(const intent::SendOperation& wanted);
  void handle(const intent::CopyCurl& wanted);
  // The doctor, unless it is at work.
  void handle(const intent::Examine& wanted);
  void handle(const intent::SaveText& file);
  void handle(const intent::SaveJournal& wanted);
  // Who left takes along what their homes answered and what was found out about them.
  void forget(const std::string& account);
  // The findings are in the state as they are made.
  Task<void> examine(bool ask_api, std::string only);

 private:
  Task<void> exchange(Account& account, Call call, Instant at);
  Task<void> curl(Account& account, Call call);

  Host& host_;
  TaskScope& scope_;
  Store& store_;
  Accounts& accounts_;
};

}  // namespace foyer
