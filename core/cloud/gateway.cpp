#include "core/cloud/gateway.hpp"

#include <algorithm>

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

ErrorKind kind_of(Condition condition) {
  switch (condition) {
    case Condition::offline:
      return ErrorKind::offline;
    case Condition::opaque:
    case Condition::captive_portal:
      return ErrorKind::transport;
    case Condition::no_answer_in_time:
    case Condition::request_timeout:
      return ErrorKind::timeout;
    case Condition::malformed_answer:
      return ErrorKind::malformed;
    case Condition::token_expired:
      return ErrorKind::signed_out;
    case Condition::quota_exceeded:
    case Condition::rate_limited:
      return ErrorKind::parked;
    case Condition::wrong_parameters:
      return ErrorKind::invalid_input;
    case Condition::redirected:
      return ErrorKind::protocol;
    default:
      return ErrorKind::refused;
  }
}

// §4.1: it may have acted. A read has nothing to act on.
bool may_have_acted(Condition condition) {
  switch (condition) {
    case Condition::opaque:
    case Condition::request_timeout:
    case Condition::no_answer_in_time:
    case Condition::malformed_answer:
    case Condition::captive_portal:
    case Condition::server_error:
    case Condition::gateway_trouble:
      return true;
    default:
      return false;
  }
}

CallFailure failure_of(policy::Failure failure, ErrorKind kind) {
  std::string text = policy::fill(policy::message(failure.condition).what,
                                  {.detail = failure.server_message, .status = failure.status});
  CallFailure out{.failure = std::move(failure), .error = {kind, {}, std::move(text)}};
  out.error.code = policy::rule_id(out.failure.condition);
  return out;
}

// The session's own errors in the terms of the table, so that callers have one list to look at.
CallFailure no_token(const Error& error) {
  Condition condition = policy::condition_of_sign_in(error.code);
  if (condition == Condition::ok) {
    condition = Condition::token_expired;
    if (error.kind == ErrorKind::offline) condition = Condition::offline;
    if (error.kind == ErrorKind::transport) condition = Condition::opaque;
    if (error.kind == ErrorKind::timeout) condition = Condition::no_answer_in_time;
    if (error.kind == ErrorKind::malformed) condition = Condition::malformed_answer;
  }
  return {.failure = {.condition = condition}, .error = error};
}

// A whole look costs a second parse; the ends tell a cut or foreign body apart well enough (E15).
bool looks_like_json(std::string_view body) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = body.find_first_not_of(space), last = body.find_last_not_of(space);
  if (first == std::string_view::npos) return true;  // empty is an answer: 204, or 200 without content
  return (body[first] == '{' && body[last] == '}') || (body[first] == '[' && body[last] == ']');
}

}  // namespace

// What one send() carries from attempt to attempt.
struct CloudGateway::Flow {
  Call call;
  std::function<bool()> still_wanted;
  Steady started{};
  policy::Attempt attempt{};
  std::size_t key = 0;  // the subscription key of the running attempt
  Instant sent_at{};
  Steady sent{};
  Answer answer{};

  bool wanted() const { return !still_wanted || still_wanted(); }
  bool is_read() const { return call.operation == CommandClass::read; }
};

CloudGateway::CloudGateway(Host& host, oauth::Session& session, ApiConfig config)
    : CloudGateway(
          host,
          [&session](std::optional<SecretText> refused) { return session.access_token(std::move(refused)); },
          std::move(config)) {}

CloudGateway::CloudGateway(Host& host, Tokens tokens, ApiConfig config)
    : host_(host), tokens_(std::move(tokens)), config_(std::move(config)) {
  ledger.limit = config_.daily_limit;
}

// Everything that forbids sending at this moment, except the gate after a 429.
CloudGateway::Refusal CloudGateway::refusal(const Flow& flow) {
  if (!flow.wanted()) return CallFailure{.error = {ErrorKind::cancelled, "", "no longer wanted"}};
  if (halted_) return failure_of({.condition = *halted_}, ErrorKind::parked);
  const Instant now = host_.clock.now();
  const policy::Grant grant = policy::ask(ledger, flow.call.purpose, now, host_.clock.utc_offset(now));
  if (grant.allowed) return std::nullopt;
  CallFailure out = failure_of({.condition = Condition::quota_exceeded}, ErrorKind::parked);
  if (!ledger.blocked_until) out.error.code = "Q1";  // our own plan, not the service's word
  out.again_at = grant.again_at;
  return out;
}

// Waits at the closed gate when that fits (E13), then says whether to go on.
Task<CloudGateway::Refusal> CloudGateway::admit(const Flow& flow) {
  for (;;) {
    if (auto refused = refusal(flow)) co_return refused;
    const Steady now = host_.clock.steady();
    if (!closed_until_ || now >= opens_) {
      closed_until_.reset();
      co_return std::nullopt;
    }
    const Millis wait = opens_ - now;
    const bool fits = now - flow.started + wait <= flow.attempt.deadline;
    if (!fits || (!flow.is_read() && wait > longest_wait_of_a_write)) {
      CallFailure out = failure_of({.condition = Condition::rate_limited, .wait = wait}, ErrorKind::parked);
      out.again_at = host_.clock.now() + wait;
      co_return out;
    }
    co_await host_.timers.sleep(wait);
  }
}

HttpRequest CloudGateway::request(const Flow& flow, const oauth::AccessToken& token) const {
  HttpRequest out{.method = flow.call.method, .url = config_.base + flow.call.path};
  if (!flow.call.query.empty()) out.url += "?" + form_encode(flow.call.query);
  out.headers.push_back({"Accept", "application/json"});
  if (!flow.call.body.empty()) out.headers.push_back({"Content-Type", "application/json"});
  out.body = flow.call.body;
  out.secret_headers.push_back({"Authorization", SecretText("Bearer " + token.token.expose())});
  if (flow.key < config_.keys.size())
    out.secret_headers.push_back({"Ocp-Apim-Subscription-Key", config_.keys[flow.key]});
  const Millis left = flow.attempt.deadline - (flow.sent - flow.started);
  out.deadline = std::clamp(left, shortest_timeout, flow.is_read() ? read_timeout : write_timeout);
  return out;
}

// One attempt: counted, sent, classified. A good answer is left in the flow.
Task<policy::Failure> CloudGateway::exchange(Flow& flow, const oauth::AccessToken& token) {
  flow.key = key_;
  flow.sent_at = host_.clock.now();
  flow.sent = host_.clock.steady();
  policy::count(ledger);
  HttpOutcome outcome = co_await host_.http.send(request(flow, token));
  policy::Failure failure = policy::classify(
      outcome,
      {.now = host_.clock.now(), .token_age = token.age, .known_target = worked_.contains(flow.call.path)});
  if (failure.ok() && flow.is_read() && !looks_like_json(outcome->body))
    failure.condition = Condition::malformed_answer;
  if (outcome) flow.answer = {outcome->status, std::move(outcome->body), std::move(outcome->headers)};
  if (failure.ok()) worked_.insert(flow.call.path);
  co_return failure;
}

// Decides, keeps what the decision means for the account, and writes the journal.
policy::Decision CloudGateway::conclude(Flow& flow, const policy::Failure& failure) {
  const Steady now = host_.clock.steady();
  flow.attempt.elapsed = now - flow.started;
  flow.attempt.newest = flow.wanted();
  policy::Decision decision = policy::decide(failure, flow.attempt, flow.call.operation);
  if (decision.action == Action::wait_and_retry || decision.action == Action::park_account)
    decision = {.action = decision.action, .delay = drawn(decision)};
  if (failure.condition == Condition::rate_limited) {
    opens_ = now + decision.delay;
    closed_until_ = host_.clock.now() + decision.delay;
  }
  if (decision.action == Action::other_key && key_ == flow.key) key_ = (key_ + 1) % config_.keys.size();
  if (decision.action == Action::halt_account) halted_ = failure.condition;
  if (decision.action == Action::park_account)
    policy::park(ledger, host_.clock.now(), decision.delay, failure.server_message);

  journal_.push_back({.number = next_++,
                      .at = flow.sent_at,
                      .method = flow.call.method,
                      .path_template = flow.call.path_template,
                      .status = flow.answer.status,
                      .duration = now - flow.sent,
                      .condition = failure.condition,
                      .action = decision.action,
                      .attempt = flow.attempt.number});
  if (journal_.size() > journal_length) journal_.pop_front();
  if (on_change) on_change();
  return decision;
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
  if (decision.action == Action::park_account) {
    out.again_at = ledger.blocked_until;
  } else if (decision.delay > Millis(0)) {
    out.again_at = host_.clock.now() + decision.delay;
  }
  return out;
}

Task<CallResult> CloudGateway::send(Call call, std::function<bool()> still_wanted, Millis deadline) {
  Flow flow{.call = std::move(call),
            .still_wanted = std::move(still_wanted),
            .started = host_.clock.steady(),
            .attempt = {.key_switched = config_.keys.size() < 2, .deadline = deadline}};
  std::optional<SecretText> refused;  // the access token that the API just refused
  for (;; ++flow.attempt.number) {
    if (auto stop = co_await admit(flow)) co_return std::unexpected(std::move(*stop));
    auto token = co_await tokens_(std::exchange(refused, std::nullopt));
    if (!token) co_return std::unexpected(no_token(token.error()));
    // While the token was fetched, the intent may have changed and the last call may have been spent.
    if (auto stop = co_await admit(flow)) co_return std::unexpected(std::move(*stop));

    flow.answer = {};
    const policy::Failure failure = co_await exchange(flow, *token);
    const policy::Decision decision = conclude(flow, failure);
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
        co_await host_.timers.sleep(decision.delay);
        break;
      default:
        co_return std::unexpected(tell(flow, failure, decision));
    }
  }
}

}  // namespace foyer
