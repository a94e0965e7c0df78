// What helps to understand: the doctor; the console, where an operation is chosen, sent and copied; the
// journal to take away.
#pragma once

#include "core/app/account.hpp"
#include "core/app/intent.hpp"
#include "core/app/store.hpp"

// Part of what the page fetches later (Tools): entered through the members of Desk only. They are virtual for
// that: Binaryen merges a function that is called from one place into the caller, and the link could not cut
// here (web/page/later.txt).
namespace foyer::tools {

class Desk {
 public:
  Desk(Host& host, TaskScope& scope, Store& store, Accounts& accounts)
      : host_(host), scope_(scope), store_(store), accounts_(accounts) {}
  virtual ~Desk() = default;
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  virtual void open(const intent::OpenOperation& wanted);
  // A request that does not pass the catalogue's checks says why and sends nothing.
  virtual void send(const intent::SendOperation& wanted);
  virtual void copy_curl(const intent::CopyCurl& wanted);
  // The doctor; the findings are in the state as they are made.
  virtual Task<void> examine(bool ask_api);
  virtual void save_journal(const std::string& account);

 private:
  Task<void> exchange(Account& account, Call call, Instant at);
  Task<void> curl(Account& account, Call call);

  Host& host_;
  TaskScope& scope_;
  Store& store_;
  Accounts& accounts_;
};

}  // namespace foyer::tools
