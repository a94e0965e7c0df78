// One call, from intent to answer.
//
// Overview: a gateway belongs to one account of one cloud. send() asks whether the call is still wanted, lets
// the ledger of the day's calls grant it, borrows a fresh token, sends with a deadline, classifies what came
// back and decides: done, refresh and replay, other key, wait and try again, park, halt, read back, or tell.
// Each attempt is counted and leaves an entry in the journal.
//
// Example (compiled by tests/cloud):
//   CloudGateway gateway(host, session, {.base = "https://api.example"});  // 1. one per account
//   co_await gateway.ledger.open("ledger/demo/user-1");                    // 2. counts with the other tabs
//   const CallResult answer = co_await gateway.send(std::move(call));      // 3. from intent to answer
//   co_return answer ? answer->body : answer.error().error.message;        // 4. what came, or why not
//
// States, each with the time when it ends (closed_until): open; parked, the day's calls are used up (E6);
// closed for a moment by the service's rate limit (E13); at rest because the host keeps failing (N4); halted
// until the person has done something elsewhere (E5, E17, E18; halted()). They outlive a reload, as the
// ledger does.
//
// Errors: CallFailure. `error` is for people, with the rule as its code; `failure` is what the classifier
// saw; `again_at` says when a repetition makes sense; `ambiguous` that a command may have acted although
// nothing came back. Nothing is thrown, nothing is sent twice that must not be.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/task.hpp"
#include "core/cloud/gateway/journal.hpp"
#include "core/cloud/gateway/ledger.hpp"
#include "core/cloud/provider.hpp"
#include "core/oauth/session.hpp"
#include "core/policy/breaker.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/messages.hpp"
#include "core/policy/quota.hpp"
#include "core/ports/host.hpp"

namespace foyer {

struct Answer {
  int status = 0;
  std::string body{};
  std::vector<Header> headers{};
};

// Why a call brought no answer. `ambiguous`: the command may have acted; read back before anything else.
struct CallFailure {
  policy::Failure failure{};
  Error error{};
  bool ambiguous = false;
  bool may_resend = false;  // ambiguous: once more when the state read back differs
  std::optional<Instant> again_at{};
  std::string_view key{};  // of the message that says it (policy::messages); empty: `error` says it
};

using CallResult = std::expected<Answer, CallFailure>;

struct ApiConfig {
  std::string account{};           // whose calls these are: HttpRequest::account
  std::string base{};              // absolute, no trailing slash
  std::vector<SecretText> keys{};  // primary, secondary; empty behind a relay
  int daily_limit = 500;           // calls per window of `plan`: a day, at Netatmo an hour
  policy::Plan plan{};             // window and bursts of this cloud; its limit is daily_limit
};

// What one subscription key is worth (doctor, and the assistant that changes keys).
struct KeyCheck {
  bool there = false;  // it is in the configuration
  bool in_use = false;
  policy::Condition condition = policy::Condition::ok;  // key_refused, or what hindered the look
};
// Changing a key without downtime, in the vendor's four steps.
enum class KeyStep { use_other, deploy, regenerate, use_new, done };
// Where a change of the primary key stands: what is checked is what is configured, first and second.
KeyStep key_step(const KeyCheck& first, const KeyCheck& second, bool deployed, bool regenerated);
const policy::Message& message_of(KeyStep step);
// What the doctor says of two checked keys; nothing when there are none (the relay brings them).
const policy::Message* message_of(const KeyCheck& first, const KeyCheck& second);

class CloudGateway {
 public:
  // Lends access tokens; `refused` asks for another one than that (oauth::Session::access_token).
  using Tokens = std::function<Task<Result<oauth::AccessToken>>(std::optional<SecretText> refused)>;

  CloudGateway(Host& host, oauth::Session& session, ApiConfig config);
  CloudGateway(Host& host, Tokens tokens, ApiConfig config);

  // `still_wanted` is asked before each attempt; a "no" ends with ErrorKind::cancelled. `waits` hears why the
  // next attempt has to wait, and until when (`again_at`).
  Task<CallResult> send(Call call, std::function<bool()> still_wanted = {}, Millis deadline = Seconds(15),
                        std::function<void(const CallFailure&)> waits = {});

  // Why the last call that brought no answer brought none: errors that are passed on carry less.
  const std::optional<CallFailure>& last_failure() const { return last_failure_; }

  // One read per key with nothing but that key changed; costs a call each. Never switches the key in use.
  Task<std::vector<KeyCheck>> check_keys(Call read);

  // The last 500 entries, oldest first.
  const std::deque<JournalEntry>& journal() const { return journal_; }
  // How many calls were sent since the start of the program.
  std::uint64_t sent() const { return next_ - 1; }
  SharedLedger ledger;  // opened by the caller, once it is known whose it is
  std::shared_ptr<policy::Breaker> breaker = std::make_shared<policy::Breaker>();  // one per host (N4)
  std::function<void()> on_change;  // after each journal entry and each change of ledger or halts

  // The account's halt (E5, E17, E18), if any. A press lets one probe through (N5).
  std::optional<policy::Condition> halted() const;
  void lift_halt() { ledger.press(); }
  // Nothing is sent before: daily limit (E6), halt, rate limit (E13), a host at rest (N4).
  std::optional<Instant> closed_until() const;

 private:
  struct Flow;
  struct Probe;
  using Refusal = std::optional<CallFailure>;
  Task<CallResult> carry(Flow& flow);
  Task<Refusal> refusal(Flow& flow);
  Task<Refusal> admit(Flow& flow);
  bool waits_for_probe(const Flow& flow) const;
  Millis steps_aside(const Flow& flow) const;
  CallFailure refused(const policy::Grant& grant) const;
  CallFailure resting() const;
  void name_window(CallFailure& failure) const;
  HttpRequest request(const Flow& flow, const oauth::AccessToken& token) const;
  Task<policy::Failure> exchange(Flow& flow, const oauth::AccessToken& token);
  Task<policy::Decision> conclude(Flow& flow, policy::Failure failure);
  void keep(policy::Ledger& to, const Flow& flow, const policy::Failure& failure,
            const policy::Decision& decision, Millis spread) const;
  void write_down(const Flow& flow, const policy::Failure& failure, const policy::Decision& decision);
  Millis drawn(const policy::Decision& decision);
  CallFailure tell(const Flow& flow, const policy::Failure& failure, const policy::Decision& decision);

  Host& host_;
  Tokens tokens_;
  ApiConfig config_;
  std::deque<JournalEntry> journal_{};
  policy::RetryBucket bucket_{};
  std::optional<Completion<bool>> probing_{};  // a probe of ours is under way
  std::optional<CallFailure> last_failure_{};
  std::uint64_t next_ = 1;
  std::optional<Steady> last_sent_{};
  int writes_ = 0;  // calls of commands that have no answer yet
};

}  // namespace foyer
