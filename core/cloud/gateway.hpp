// One call, from intent to answer.
//
// is it still wanted → quota ledger grants → fresh token → send with deadline → classify → decide (done,
// refresh and replay, other key, wait and retry, park, halt, read back, tell) → answer and journal entry.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/task.hpp"
#include "core/cloud/gateway_ledger.hpp"
#include "core/cloud/provider.hpp"
#include "core/oauth/session.hpp"
#include "core/policy/breaker.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/messages.hpp"
#include "core/policy/quota.hpp"
#include "core/ports/host.hpp"

namespace foyer {

// One call that was sent; redacted by type: no header, body or query is in it.
struct JournalEntry {
  std::uint64_t number = 0;
  Instant at{};
  std::string method{};
  std::string path_template{};
  int status = 0;  // 0: no answer
  Millis duration{0};
  policy::Condition condition = policy::Condition::ok;
  policy::Action action = policy::Action::done;
  int attempt = 1;
  int cost = 1;  // calls of the quota
};
// The journal as HAR 1.2 (JSON), for reports: "{base}" + path template, no header, body, query or cookie;
// rule, action, attempt and cost in fields with an underscore, as that format asks for.
std::string to_har(const std::deque<JournalEntry>& journal, std::string_view base);

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
  std::string base{};              // absolute, no trailing slash
  std::vector<SecretText> keys{};  // primary, secondary; empty behind a relay
  int daily_limit = 500;           // of plan.limit, as the configuration says it
  policy::Plan plan{};             // window and bursts of this cloud; its limit is daily_limit
};
// Of the keys together: tells that they were edited, and nothing else about them.
std::uint32_t mark_of(const std::vector<SecretText>& keys);

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

  // One read per key with nothing but that key changed; costs a call each. Never switches the key in use.
  Task<std::vector<KeyCheck>> check_keys(Call read);

  // The last 500 entries, oldest first.
  const std::deque<JournalEntry>& journal() const { return journal_; }
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
  Task<Refusal> refusal(Flow& flow);
  Task<Refusal> admit(Flow& flow);
  bool waits_for_probe(const Flow& flow) const;
  CallFailure refused(const policy::Grant& grant) const;
  CallFailure resting() const;
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
  std::set<std::string> worked_;               // paths that were answered (E8 against E9)
  std::uint64_t next_ = 1;
};

}  // namespace foyer
