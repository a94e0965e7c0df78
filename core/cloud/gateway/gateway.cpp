#include "core/cloud/gateway/gateway.hpp"

#include <algorithm>
#include <utility>

#include "core/cloud/gateway/failures.hpp"
#include "core/policy/messages.hpp"

namespace foyer {
namespace {

using policy::Action;
using policy::CommandClass;
using policy::Condition;

constexpr std::size_t journal_length = 500;
constexpr Millis read_timeout = Seconds(10), write_timeout = Seconds(15);  // E15
constexpr Millis shortest_timeout = Seconds(1);
constexpr Millis longest_wait_of_a_write = Seconds(10);  // E13
// E13: what nobody pressed keeps that distance to other calls after a 429, and lets others go first for so
// long.
constexpr Millis aside = Seconds(10), longest_aside = Seconds(30);

// A whole look costs a second parse; the ends tell a cut or foreign body apart well enough (E15).
bool looks_like_json(std::string_view body) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = body.find_first_not_of(space), last = body.find_last_not_of(space);
  if (first == std::string_view::npos) return true;  // empty is an answer: 204, or 200 without content
  return (body[first] == '{' && body[last] == '}') || (body[first] == '[' && body[last] == ']');
}

policy::Plan plan_of(const ApiConfig& config) {
  policy::Plan plan = config.plan;
  plan.limit = config.daily_limit;
  return plan;
}

}  // namespace

// One probe at a time; the others of this program wait for what it brings.
struct CloudGateway::Probe {
  CloudGateway* gateway = nullptr;
  Probe() = default;
  Probe(Probe&&) = delete;
  ~Probe() { end(); }
  void begin(CloudGateway& from) {
    if (gateway || from.probing_) return;
    gateway = &from;
    from.probing_.emplace();
  }
  void end() {
    if (!gateway) return;
    const Completion<bool> done = *std::exchange(gateway->probing_, std::nullopt);
    gateway = nullptr;
    done.resolve(true);
  }
};

// What one send() carries from attempt to attempt.
struct CloudGateway::Flow {
  Call call;
  std::function<bool()> still_wanted;
  std::function<void(const CallFailure&)> waits{};
  Steady started{};
  Millis aside{};  // it has let others go before it
  policy::Attempt attempt{};
  bool retry = false;   // the running attempt came out of the bucket (N3)
  std::size_t key = 0;  // the subscription key of the running attempt
  std::optional<std::size_t> only_key{};
  Instant sent_at{};
  Steady sent{};
  Answer answer{};
  Probe probe{};

  bool wanted() const { return !still_wanted || still_wanted(); }
  bool is_read() const { return call.operation == CommandClass::read; }
};

CloudGateway::CloudGateway(Host& host, oauth::Session& session, ApiConfig config)
    : CloudGateway(
          host,
          [&session](std::optional<SecretText> refused) { return session.access_token(std::move(refused)); },
          std::move(config)) {}

CloudGateway::CloudGateway(Host& host, Tokens tokens, ApiConfig config)
    : ledger(host, plan_of(config), mark_of(config.keys)),
      host_(host),
      tokens_(std::move(tokens)),
      config_(std::move(config)) {}

std::optional<Condition> CloudGateway::halted() const {
  const Condition halt = ledger.value().halt;
  return halt == Condition::ok ? std::nullopt : std::optional(halt);
}

std::optional<Instant> CloudGateway::closed_until() const {
  const Instant now = host_.clock.now();
  std::optional<Instant> until = policy::closed_until(ledger.value(), now);
  if (breaker->open) {
    const Instant opens = now + std::max(Millis(0), breaker->open_until - host_.clock.steady());
    until = std::max(until.value_or(opens), opens);
  }
  return until;
}

CallFailure CloudGateway::refused(const policy::Grant& grant) const {
  CallFailure out = failure_of({.condition = grant.why}, ErrorKind::parked);
  if (grant.own_plan) out.error.code = "Q1";  // not the service's word
  out.key = policy::message(grant.why).key;
  name_window(out);
  if (grant.own_plan) out.key = policy::message(policy::Notice::quota_planned).key;
  if (ledger.value().probing) out.key = policy::message(policy::Notice::probing).key;
  if (grant.why == Condition::rate_limited) out.failure.wait = *grant.again_at - host_.clock.now();
  out.again_at = grant.again_at;
  return out;
}

// Not every cloud counts by the day.
void CloudGateway::name_window(CallFailure& failure) const {
  if (failure.failure.condition != Condition::quota_exceeded || ledger.value().window >= Hours(24)) return;
  const policy::Message& words = policy::message(policy::Notice::quota_window);
  failure.key = words.key;
  failure.error.message = words.what;
}

// N4: what it was that made the host rest.
CallFailure CloudGateway::resting() const {
  CallFailure out = failure_of({.condition = breaker->cause}, ErrorKind::parked);
  out.error.code = "N4";
  out.key = policy::message(policy::Notice::host_resting).key;
  out.again_at = host_.clock.now() + std::max<Millis>(breaker->open_until - host_.clock.steady(), Seconds(1));
  return out;
}

// A probe of this program is in the way, and there is time to wait for it.
bool CloudGateway::waits_for_probe(const Flow& flow) const {
  return probing_ && host_.clock.steady() - flow.started < flow.attempt.deadline;
}

// Without counting: what is refused anyway needs no token. Other tabs may have lifted it meanwhile.
Task<CloudGateway::Refusal> CloudGateway::refusal(Flow& flow) {
  if (!flow.wanted()) co_return CallFailure{.error = {ErrorKind::cancelled, "", "no longer wanted"}};
  for (const bool newest : {false, true}) {
    if (newest) co_await ledger.refresh();
    policy::Ledger now_shown = ledger.value();
    const Instant now = host_.clock.now();
    const policy::Grant grant = policy::ask(now_shown, flow.call.purpose, now, host_.clock.utc_offset(now));
    const bool may_pass = grant.allowed || grant.why == Condition::rate_limited || probing_ ||
                          (ledger.pressed() && grant.why != Condition::quota_exceeded);
    if (may_pass) co_return std::nullopt;
    if (newest) co_return refused(grant);
  }
  co_return std::nullopt;
}

// A cloud that refused for its rate may allow a handful of calls in some seconds: after that they are the
// person's. Polls and the reading back of a command go when nothing else wants to. Their own deadline does
// not hurry them – they would take the place of what is pressed next –, it begins when they go.
Millis CloudGateway::steps_aside(const Flow& flow) const {
  const bool own = flow.call.purpose == policy::Purpose::poll || flow.call.purpose == policy::Purpose::write;
  if (!flow.is_read() || !own || host_.clock.now() >= ledger.value().slow_until) return Millis(0);
  const Steady now = host_.clock.steady();
  Millis wait = last_sent_ ? std::max<Millis>(*last_sent_ + aside - now, Millis(0)) : Millis(0);
  if (writes_ > 0) wait = std::max<Millis>(wait, Seconds(1));
  return flow.aside + wait <= longest_aside ? wait : Millis(0);
}

// Waits at a closed gate or for a probe when that fits, then counts the call or says why not.
Task<CloudGateway::Refusal> CloudGateway::admit(Flow& flow) {
  for (;;) {
    if (!flow.wanted()) co_return CallFailure{.error = {ErrorKind::cancelled, "", "no longer wanted"}};
    if (const Millis wait = steps_aside(flow); wait > Millis(0)) {
      co_await host_.timers.sleep(wait);
      flow.aside += wait;
      flow.started += wait;
      continue;
    }
    const Steady now = host_.clock.steady();
    // Only the first attempt is what the person asked for.
    const auto purpose = flow.attempt.number == 1 ? flow.call.purpose : policy::Purpose::poll;
    const auto passage = policy::passage(*breaker, now, flow.call.operation, purpose);
    policy::Grant grant;
    if (passage != policy::Passage::closed) {
      if (passage == policy::Passage::probe) policy::begin_probe(*breaker, now);
      grant = co_await ledger.spend(flow.call.purpose, flow.retry);
      if (on_change) on_change();
      if (grant.allowed) {
        if (grant.probe || passage == policy::Passage::probe) flow.probe.begin(*this);
        co_return std::nullopt;
      }
      if (passage == policy::Passage::probe) breaker->probe_until = now;
    }
    const bool rate = passage != policy::Passage::closed && grant.why == Condition::rate_limited;
    if (!rate && waits_for_probe(flow)) {
      const Completion<bool> over = *probing_;
      co_await over;
      continue;
    }
    if (passage == policy::Passage::closed) co_return resting();
    const Millis wait = *grant.again_at - host_.clock.now();
    const bool fits = host_.clock.steady() - flow.started + wait <= flow.attempt.deadline;
    if (!rate || !fits || (!flow.is_read() && wait > longest_wait_of_a_write)) co_return refused(grant);
    if (flow.waits) flow.waits(refused(grant));
    co_await host_.timers.sleep(wait);
  }
}

HttpRequest CloudGateway::request(const Flow& flow, const oauth::AccessToken& token) const {
  HttpRequest out{.method = flow.call.method, .url = config_.base + flow.call.path};
  if (!flow.call.query.empty()) out.url += "?" + form_encode(flow.call.query);
  out.headers.push_back({"Accept", "application/json"});
  if (!flow.call.body.empty())
    out.headers.push_back(
        {"Content-Type", flow.call.form ? "application/x-www-form-urlencoded" : "application/json"});
  out.body = flow.call.body;
  out.secret_headers.push_back({"Authorization", SecretText("Bearer " + token.token.expose())});
  if (flow.key < config_.keys.size())
    out.secret_headers.push_back({"Ocp-Apim-Subscription-Key", config_.keys[flow.key]});
  const Millis left = flow.attempt.deadline - (flow.sent - flow.started);
  out.deadline = std::clamp(left, shortest_timeout, flow.is_read() ? read_timeout : write_timeout);
  out.account = config_.account;
  return out;
}

// One attempt: sent, classified. A good answer is left in the flow.
Task<policy::Failure> CloudGateway::exchange(Flow& flow, const oauth::AccessToken& token) {
  flow.key = flow.only_key.value_or(static_cast<std::size_t>(ledger.value().key));
  if (flow.key >= config_.keys.size()) flow.key = 0;
  flow.sent_at = host_.clock.now();
  flow.sent = host_.clock.steady();
  last_sent_ = flow.sent;
  HttpOutcome outcome = co_await host_.http.send(request(flow, token));
  const policy::Ledger& seen = ledger.value();
  policy::Failure failure = policy::classify(outcome, {.now = host_.clock.now(),
                                                       .token_age = token.age,
                                                       .listed = flow.call.listed,
                                                       .near_limit = seen.used * 5 >= seen.limit * 4});
  if (failure.ok() && flow.is_read() && !looks_like_json(outcome->body))
    failure.condition = Condition::malformed_answer;
  if (outcome) flow.answer = {outcome->status, std::move(outcome->body), std::move(outcome->headers)};
  policy::note(*breaker, failure.condition, host_.clock.steady());
  co_return failure;
}

// What a decision means for the account, into the shared record.
void CloudGateway::keep(policy::Ledger& to, const Flow& flow, const policy::Failure& failure,
                        const policy::Decision& decision, Millis spread) const {
  const Instant now = host_.clock.now();
  const auto key = static_cast<int>(flow.key);
  if (failure.ok()) policy::answered(to, flow.sent_at);
  if (failure.condition == Condition::rate_limited) policy::close_gate(to, flow.sent_at, now, decision.delay);
  if (decision.action == Action::other_key && to.key == key)
    to.key = static_cast<int>((flow.key + 1) % config_.keys.size());
  if (decision.action == Action::halt_account) policy::halt(to, failure.condition, now);
  if (decision.action == Action::park_account)
    policy::park(to, now, failure.wait, failure.server_message, spread);
}

// Decides, keeps what the decision means, and writes the journal.
Task<policy::Decision> CloudGateway::conclude(Flow& flow, policy::Failure failure) {
  const Steady now = host_.clock.steady();
  flow.attempt.elapsed = now - flow.started;
  flow.attempt.newest = flow.wanted();
  flow.attempt.may_retry = policy::may_retry(bucket_, ledger.value(), failure.condition);
  policy::Decision decision = policy::decide(failure, flow.attempt, flow.call.operation);
  if (failure.ok()) policy::give_back(bucket_);
  flow.retry = decision.action == Action::wait_and_retry;
  if (flow.retry || decision.resend) policy::take_retry(bucket_, failure.condition);
  const Millis spread = drawn({.spread = decision.spread});
  if (flow.retry) decision.delay = drawn(decision);

  const policy::Ledger& seen = ledger.value();
  const bool concerns_all =
      failure.condition == Condition::rate_limited || decision.action == Action::other_key ||
      decision.action == Action::halt_account || decision.action == Action::park_account ||
      (failure.ok() && (seen.probing || seen.halt != Condition::ok ||
                        (seen.gate_for > Millis(0) && flow.sent_at >= seen.gate_until)));
  if (concerns_all && !flow.only_key)
    co_await ledger.change([&](policy::Ledger& to) { keep(to, flow, failure, decision, spread); });
  flow.probe.end();
  write_down(flow, failure, decision);
  co_return decision;
}

void CloudGateway::write_down(const Flow& flow, const policy::Failure& failure,
                              const policy::Decision& decision) {
  journal_.push_back({.number = next_++,
                      .at = flow.sent_at,
                      .method = flow.call.method,
                      .path_template = flow.call.path_template,
                      .status = flow.answer.status,
                      .duration = host_.clock.steady() - flow.sent,
                      .condition = failure.condition,
                      .action = decision.action,
                      .attempt = flow.attempt.number});
  if (journal_.size() > journal_length) journal_.pop_front();
  if (on_change) on_change();
}

// The jitter of a wait. Without randomness the longest wait is the safe one.
Millis CloudGateway::drawn(const policy::Decision& decision) {
  double uniform = 1;
  if (const auto bytes = host_.random.bytes(4)) {
    std::uint32_t number = 0;
    for (const char byte : *bytes) number = number << 8 | static_cast<unsigned char>(byte);
    uniform = number / 4294967296.0;
  }
  return policy::drawn_delay(decision, uniform);
}

CallFailure CloudGateway::tell(const Flow& flow, const policy::Failure& failure,
                               const policy::Decision& decision) {
  CallFailure out = failure_of(failure, kind_of(failure.condition));
  out.ambiguous = !flow.is_read() && may_have_acted(failure.condition);
  out.may_resend = out.ambiguous && decision.resend;
  if (failure.condition != Condition::not_found) out.key = decision.key;
  name_window(out);
  if (decision.action == Action::park_account) {
    out.again_at = ledger.value().blocked_until;
  } else if (failure.condition == Condition::rate_limited && !flow.only_key) {
    out.again_at = std::max(ledger.value().gate_until, host_.clock.now() + decision.delay);
  } else if (decision.delay > Millis(0)) {
    out.again_at = host_.clock.now() + decision.delay;
  }
  return out;
}

Task<CallResult> CloudGateway::send(Call call, std::function<bool()> still_wanted, Millis deadline,
                                    std::function<void(const CallFailure&)> waits) {
  Flow flow{.call = std::move(call),
            .still_wanted = std::move(still_wanted),
            .waits = std::move(waits),
            .started = host_.clock.steady(),
            .attempt = {.key_switched = config_.keys.size() < 2, .deadline = deadline}};
  struct Write {
    int& count;
    int one;
    Write(int& of, bool is) : count(of), one(is ? 1 : 0) { count += one; }
    Write(Write&&) = delete;
    ~Write() { count -= one; }
  };
  const Write write(writes_, !flow.is_read());
  CallResult result = co_await carry(flow);
  if (!result) last_failure_ = result.error();
  co_return result;
}

Task<CallResult> CloudGateway::carry(Flow& flow) {
  std::optional<SecretText> refused;  // the access token that the API just refused
  for (;; ++flow.attempt.number) {
    if (auto stop = co_await refusal(flow)) co_return std::unexpected(std::move(*stop));
    auto token = co_await tokens_(std::exchange(refused, std::nullopt));
    if (!token) co_return std::unexpected(no_token(token.error()));
    // While the token was fetched, the intent may have changed and the last call may have been spent.
    if (auto stop = co_await admit(flow)) co_return std::unexpected(std::move(*stop));

    flow.answer = {};
    const policy::Failure failure = co_await exchange(flow, *token);
    const policy::Decision decision = co_await conclude(flow, failure);
    switch (decision.action) {
      case Action::done:
        co_return std::move(flow.answer);
      case Action::refresh_and_replay:
        flow.attempt.refreshed = true;
        refused = std::move(token->token);
        break;
      case Action::other_key:
        flow.attempt.key_switched = true;
        break;
      case Action::wait_and_retry:
        if (flow.waits) flow.waits(tell(flow, failure, decision));
        co_await host_.timers.sleep(decision.delay);
        break;
      default:
        co_return std::unexpected(tell(flow, failure, decision));
    }
  }
}

Task<std::vector<KeyCheck>> CloudGateway::check_keys(Call read) {
  std::vector<KeyCheck> checks(config_.keys.size());
  for (std::size_t i = 0; i < checks.size(); ++i) {
    checks[i] = {.there = true, .in_use = ledger.value().key == static_cast<int>(i)};
    Flow flow{.call = read,
              .still_wanted = {},
              .started = host_.clock.steady(),
              .attempt = {.key_switched = true, .deadline = read_timeout},
              .only_key = i};
    auto token = co_await tokens_(std::nullopt);
    Refusal stop = token ? co_await admit(flow) : Refusal(no_token(token.error()));
    if (stop) {
      checks[i].condition = stop->failure.condition;
      continue;
    }
    const policy::Failure failure = co_await exchange(flow, *token);
    (void)co_await conclude(flow, failure);
    checks[i].condition = failure.condition;
  }
  co_return checks;
}

}  // namespace foyer
