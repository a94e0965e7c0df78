// The headless client: one order from the command line, carried out by the same core as the page.
//
// Contract: run() ends with one JSON text for standard output and an exit code (exit_code of the error's
// kind, 0 when all went well). While it runs, each call that was made is one event for standard error.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/session/client_config.hpp"
#include "core/ports/host.hpp"
#include "web/headless/history.hpp"

namespace foyer::headless {

// What the command line said. `account` is the id of a cloud in config.json, or empty for the first (sign-in,
// call) or all of them.
struct Order {
  std::string command{};
  std::vector<std::string> arguments{};
  std::string account{};
  std::string redirect{};  // stands in place of the configuration's redirect_uri when not empty
  std::string body{};      // JSON of `call` and `schedule`
  std::string config{};    // text of config.json
  std::string file{};      // how the person calls that file
  std::string base{};      // where its relative addresses belong to, or empty
  bool fresh = false;      // asks the clouds for homes that are kept
  bool any_clock = false;  // of `sign-in` (K3)
  Seconds every{60};       // of `watch`
  std::optional<Millis> lasting{};
  HistoryWish history{};  // of `measures`
  std::string hook{};     // the bytes that were posted, base64url
  std::string signature{};
  SecretText secret{};  // client_secret of the environment
  std::string words{};  // a file of tools/words.mjs, or empty: English
};

struct Outcome {
  std::string json{};
  int exit = 0;
};

// What the program around the client lends.
class Console {
 public:
  virtual ~Console() = default;
  virtual void print(const std::string& json) = 0;
  virtual void event(const std::string& json) = 0;
  // May that many calls of the day be spent on an examination?
  virtual Task<bool> may_spend(int calls) = 0;
  // The text of the file that the order is about (`replay`).
  virtual Task<Result<std::string>> file() = 0;
  // The next answer that arrives at the redirect address, as a whole URL; timeout when nobody came.
  virtual Task<Result<std::string>> redirect() = 0;
};

Result<Order> read_order(std::string_view json);
Task<Outcome> run(Host host, Signer& signer, Order order, Console& console);

}  // namespace foyer::headless
