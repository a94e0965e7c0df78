// One call, from intent to answer.
//
// is it still wanted → quota ledger grants → fresh token → send with deadline → classify → decide (done,
// refresh and replay, other key, wait and retry, park, halt, read back, tell) → answer and journal entry.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/task.hpp"
#include "core/cloud/provider.hpp"
#include "core/oauth/session.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/quota.hpp"
#include "core/ports/host.hpp"

namespace foyer {

// A journal entry; redacted by type: no header, body or query is in it.
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
};

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
};

using CallResult = std::expected<Answer, CallFailure>;

struct ApiConfig {
  std::string base{};              // absolute, no trailing slash
  std::vector<SecretText> keys{};  // primary, secondary; empty behind a relay
  int daily_limit = 500;
};

class CloudGateway {
 public:
  // Lends access tokens; `refused` asks for another one than that (oauth::Session::access_token).
  using Tokens = std::function<Task<Result<oauth::AccessToken>>(std::optional<SecretText> refused)>;

  CloudGateway(Host& host, oauth::Session& session, ApiConfig config);
  CloudGateway(Host& host, Tokens tokens, ApiConfig config);

  // `still_wanted` is asked before each attempt; a "no" ends with ErrorKind::cancelled.
  Task<CallResult> send(Call call, std::function<bool()> still_wanted = {}, Millis deadline = Seconds(15));

  // The last 500 entries, oldest first.
  const std::deque<JournalEntry>& journal() const { return journal_; }
  policy::Ledger ledger{};          // loaded and saved by the caller
  std::function<void()> on_change;  // after each journal entry and each change of the halts

  // The account's halt (E5, E17, E18), if any; lifted by the person.
  std::optional<policy::Condition> halted() const { return halted_; }
  void lift_halt() { halted_.reset(); }
  // Open until then after a 429 (E13).
  std::optional<Instant> closed_until() const { return closed_until_; }

 private:
  struct Flow;
  using Refusal = std::optional<CallFailure>;
  Refusal refusal(const Flow& flow);
  Task<Refusal> admit(const Flow& flow);
  HttpRequest request(const Flow& flow, const oauth::AccessToken& token) const;
  Task<policy::Failure> exchange(Flow& flow, const oauth::AccessToken& token);
  policy::Decision conclude(Flow& flow, const policy::Failure& failure);
  Millis drawn(const policy::Decision& decision);
  CallFailure tell(const Flow& flow, const policy::Failure& failure, const policy::Decision& decision);

  Host& host_;
  Tokens tokens_;
  ApiConfig config_;
  std::deque<JournalEntry> journal_{};
  std::optional<policy::Condition> halted_{};
  std::optional<Instant> closed_until_{};
  Steady opens_{};                // the same as closed_until_ on the clock that does not jump
  std::set<std::string> worked_;  // paths that were answered (E8 against E9)
  std::size_t key_ = 0;           // the subscription key that worked last
  std::uint64_t next_ = 1;
};

}  // namespace foyer
