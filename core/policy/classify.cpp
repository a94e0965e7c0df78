// From an answer to a condition, in the order of security-and-errors §4.2.
#include <algorithm>

#include "core/base/json.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/text.hpp"

namespace foyer::policy {
namespace {

constexpr std::size_t readable = 64U << 10;  // of an error body
constexpr Millis fresh_token = Seconds(60);  // E4

// What an error body says, whatever its shape (eliot-api §2.3 A–D and the gateway's own).
struct Said {
  std::string text{};  // for classification
  bool page = false;   // HTML: not for showing
  long long code = 0;  // shape B: 10 no token, 11 token expired
};

bool is_html(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  const auto at = body.find_first_not_of(" \t\r\n");
  if (at == std::string_view::npos || body[at] != '<') return false;
  const std::string_view head = body.substr(at, 512);
  return contains_no_case(head, "<!doctype html") || contains_no_case(head, "<html") ||
         contains_no_case(head, "<head") || contains_no_case(head, "<body");
}

void add(std::string& text, const std::optional<std::string>& part) {
  if (!part || part->empty()) return;
  if (!text.empty()) text += ". ";
  text += *part;
}

Said read_body(std::string_view body) {
  Said said{.page = is_html(body)};
  body = body.substr(0, readable);
  const auto json = parse_json(body, readable, Duplicates::last_wins);
  if (json && json->is_object()) {
    add(said.text, text_of(*json, "message"));
    if (const Json* error = find(*json, "error"); error && error->is_object()) {
      add(said.text, text_of(*error, "message"));
      if (said.text.empty()) add(said.text, text_of(*error, "code"));
    } else {
      add(said.text, text_of(*json, "error"));
      add(said.text, text_of(*json, "error_description"));
    }
    if (const Json* errors = find(*json, "errors"); errors && errors->is_array())
      for (const Json& one : *errors) {
        add(said.text, text_of(one, "userMessage"));
        add(said.text, text_of(one, "internalMessage"));
      }
    said.code = integer_of(*json, "code").value_or(0);
  }
  if (said.text.empty()) said.text = body.substr(0, 512);
  return said;
}

bool has(const Said& said, std::string_view word) { return contains_no_case(said.text, word); }

bool try_again_named(const Said& said) {
  return has(said, "try again in") && has(said, "second") && parse_wait(said.text).has_value();
}

// The vendor's own numbers mean one thing each: "match on the number, never on the text" (eliot-api §2.4).
std::optional<Condition> vendor_number(int status) {
  switch (status) {
    case 430:
      return Condition::wrong_parameters;
    case 469:
      return Condition::password_expired;
    case 470:
      return Condition::terms_expired;
    case 486:
      return Condition::busy_device;
    default:
      return std::nullopt;
  }
}

std::optional<Condition> by_text(int status, const Said& said) {
  if (has(said, "quota") && has(said, "replenish")) return Condition::quota_exceeded;
  // "Try again in 5 seconds" on a 5xx or 408 does not say that nothing was done.
  const bool definite = status < 500 && status != 408;
  if (has(said, "rate limit") || (definite && try_again_named(said))) return Condition::rate_limited;
  if (has(said, "subscription key") && (has(said, "missing") || has(said, "invalid")))
    return Condition::key_refused;
  if (status == 400 || status == 401)
    if ((has(said, "expired") && has(said, "token")) || said.code == 10 || said.code == 11)
      return Condition::token_expired;
  // "Bad gateway … unreachable" of a proxy (502–504) speaks of another gateway.
  if (status <= 500 && has(said, "gateway") &&
      (has(said, "offline") || has(said, "unreachable") || has(said, "disconnected")))
    return Condition::gateway_offline;
  return std::nullopt;
}

Condition by_status(int status, const Context& context, bool scope) {
  if (scope && (status == 401 || status == 403)) return Condition::scope_missing;
  switch (status) {
    case 400:
      return Condition::bad_request;
    case 401:
      return context.token_age > fresh_token ? Condition::token_expired : Condition::not_allowed_here;
    case 403:
      return Condition::forbidden;
    case 404:
      return context.known_target ? Condition::gateway_offline : Condition::not_found;
    case 406:
      return Condition::not_acceptable;
    case 408:
      return Condition::request_timeout;
    case 409:
      return Condition::conflict;
    case 429:
      return Condition::rate_limited;
    case 502:
    case 503:
    case 504:
      return Condition::gateway_trouble;
    default:
      return status < 500 ? Condition::refused : Condition::server_error;
  }
}

std::optional<Millis> retry_after(const HttpResponse& response, Instant now) {
  const auto value = response.header("Retry-After");
  if (!value) return std::nullopt;
  Millis wait{0};
  if (!value->empty() && value->find_first_not_of("0123456789") == std::string::npos)
    wait = Seconds(static_cast<long long>(std::min(parse_number(*value).value_or(1e9), 1e9)));
  else if (const auto at = parse_http_date(*value))
    wait = *at - now;
  else
    return std::nullopt;
  return std::clamp<Millis>(wait, Seconds(1), Hours(24 * 31));
}

// A duration in the text counts only where the text announces one; "2 days" elsewhere may mean anything.
bool announces_wait(Condition condition, const Said& said) {
  return condition == Condition::quota_exceeded || condition == Condition::rate_limited ||
         try_again_named(said);
}

std::optional<Millis> longer(std::optional<Millis> a, std::optional<Millis> b) {
  if (!a || !b) return a ? a : b;
  return std::max(*a, *b);
}

Condition of_failure(HttpFailure failure) {
  switch (failure) {
    case HttpFailure::offline:
      return Condition::offline;
    case HttpFailure::opaque:
      return Condition::opaque;
    case HttpFailure::timeout:
      return Condition::no_answer_in_time;
    case HttpFailure::redirected:
      return Condition::redirected;
  }
  return Condition::opaque;
}

}  // namespace

Failure classify(const HttpOutcome& outcome, const Context& context) {
  if (!outcome) return {.condition = of_failure(outcome.error())};
  const HttpResponse& response = *outcome;
  Failure failure{.status = response.status};
  if (response.status >= 200 && response.status < 300) {
    if (response.truncated)
      failure.condition = Condition::malformed_answer;
    else if (is_html(response.body))
      failure.condition = Condition::captive_portal;
    return failure;
  }
  if (response.status >= 300 && response.status < 400) {
    failure.condition = Condition::redirected;
    return failure;
  }
  if (response.status < 400 || response.status > 599) {
    failure.condition = Condition::malformed_answer;
    return failure;
  }
  const Said said = read_body(response.body);
  const auto challenge = response.header("WWW-Authenticate");
  const bool scope =
      has(said, "insufficient_scope") || (challenge && contains_no_case(*challenge, "insufficient_scope"));
  auto condition = vendor_number(response.status);
  if (!condition) condition = by_text(response.status, said);
  failure.condition = condition ? *condition : by_status(response.status, context, scope);
  const auto in_text = announces_wait(failure.condition, said) ? parse_wait(said.text) : std::nullopt;
  failure.wait = longer(in_text, retry_after(response, context.now));
  if (!said.page) failure.server_message = showable(said.text, 512);
  return failure;
}

}  // namespace foyer::policy
