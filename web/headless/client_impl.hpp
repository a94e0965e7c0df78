// What carries one order out. The walks of the commands are in client.cpp (sign-in and dispatch),
// client_reads.cpp (homes and what is in them), client_writes.cpp (what changes something or is sent as it
// stands) and client_watch.cpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/app/controller.hpp"
#include "core/app/report/report.hpp"
#include "web/headless/client.hpp"
#include "web/headless/report.hpp"

namespace foyer::headless {

// The words of a mistake on the command line; `command` is the one whose help says more.
std::unexpected<Error> usage(std::string message, const std::string& command = {});
// For what needs somebody who is signed in.
Error nobody();

class Client {
 public:
  Client(Host host, Config config, Order order, Console& console);
  Task<Outcome> run();

 private:
  using Done = Task<Result<Outcome>>;
  Done carry_out();
  // client.cpp
  Done sign_in();
  Done sign_out();
  Done session();
  Done quota();
  Done retry();
  Done doctor();
  Task<Result<void>> storage_works();
  Task<Result<void>> tokens_kept();
  // client_reads.cpp
  Done homes();
  Done topology();
  Done state();
  Done plan(Result<Json> (*report)(const Plant&));
  Done measures();
  // recording.cpp
  Done record();  // {"report": text of the file, "summary": {…}}
  // client_watch.cpp
  Done watch();
  // client_writes.cpp
  Done set();
  Done schedule();
  Done call();

  // Makes the homes of every cloud known: those that are kept, and one call or two for a cloud of which
  // nothing is, or when `fresh`. What could not be had is in troubles_.
  Task<void> know(bool fresh);
  // The home of the first argument. A name that no kept home has costs nothing.
  Task<Result<PlantId>> home(bool fresh);
  // A good answer, with what is missing beside it and the exit code of that.
  Outcome partial(Json json) const;
  // An error with all that is known of it: what the service said, what helps, when it may work again.
  Json told(const Error& error) const;
  Outcome failure(const Error& error) const;
  Outcome failure(const CallFailure& why) const;
  const CallFailure* last_failure(const Error& error) const;

  const Plant& plant(const PlantId& id) const;
  std::string account_of(const PlantId& id) const;
  std::string account_of_api(std::string_view api) const;
  const std::string& account() const;  // of orders that need exactly one
  bool concerns(const std::string& id) const { return order_.account.empty() || order_.account == id; }
  std::string account_ids() const;
  std::vector<std::string> signed_in() const;  // of those the order is about
  void tell_events();
  void warn(std::string text) const;

  Host host_;
  Config config_;
  Order order_;
  Console& console_;
  Controller controller_;
  std::map<std::string, std::uint64_t> told_{};
  std::vector<Trouble> troubles_{};  // clouds without an answer
  bool wrote_ = false;               // something may wait to be written to the storage
};

}  // namespace foyer::headless
