// From an answer to a condition, in the order: transport, words of the body, status, the rest.
#include <algorithm>

#include "core/base/json_view.hpp"
#include "core/base/number.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/text.hpp"

namespace foyer::policy {
namespace {

constexpr std::size_t readable = 64U << 10;     // of an error body
constexpr Millis fresh_token = Seconds(60);     // E4
constexpr Millis shortest_quota = Minutes(30);  // a limit of less is one of seconds, not of the day
constexpr Millis short_wait = Seconds(60);      // … and so is one that is over so soon

// What an error body says, whatever its shape (four of the services, one of the gateway before them).
struct Said {
  std::string text{};      // for classification
  bool page = false;       // HTML: not for showing
  long long code = 0;      // shape B: 10 no token, 11 token expired
  long long netatmo = -1;  // of {"error":{"code":…}}
  long long status = 0;    // shape A's own, for a 200 with an error inside
  bool error = false;      // one of the known shapes
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
  if (const auto parsed = JsonText::parse(body, readable)) {
    const JsonView json = parsed->root(), error = json.find("error"), errors = json.find("errors");
    const JsonView message = json.find("message");
    add(said.text, message.text());
    if (error.is_object()) {
      add(said.text, error.find("message").text());
      if (said.text.empty()) add(said.text, error.find("code").text());
      said.netatmo = error.find("code").integer().value_or(-1);
    } else {
      add(said.text, error.text());
      add(said.text, json.find("error_description").text());
    }
    for (const JsonView one : errors.elements()) {
      add(said.text, one.find("userMessage").text());
      add(said.text, one.find("internalMessage").text());
    }
    said.code = json.find("code").integer().value_or(0);
    said.status = json.find("statusCode").integer().value_or(0);
    said.error = !error.is_nothing() || said.status >= 400 ||
                 (errors.is_array() && errors.size() > 0 && json.size() == 1) ||
                 (said.code != 0 && message.type() != JsonType::missing && json.size() == 2);
  }
  if (said.text.empty()) said.text = body.substr(0, 512);
  return said;
}

bool has(const Said& said, std::string_view word) { return contains_no_case(said.text, word); }

bool try_again_named(const Said& said) {
  return has(said, "try again in") && has(said, "second") && parse_wait(said.text).has_value();
}

// The vendor's own numbers mean one thing each: "match on the number, never on the text".
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

// 404: what the home lists is out of reach, all else is not there.
Condition absent(const Context& context) {
  return context.listed ? Condition::gateway_offline : Condition::not_found;
}

Condition usage_limit(const Said& said, const Context& context) {
  const auto window = parse_window(said.text);
  const bool long_one = window ? *window >= shortest_quota : context.near_limit;
  return long_one ? Condition::quota_exceeded : Condition::rate_limited;
}

// Netatmo's codes; what is missing here is told by its status.
std::optional<Condition> by_netatmo_code(const Said& said, const Context& context) {
  switch (said.netatmo) {
    case 1:
    case 2:
    case 3:  // 401, or 403 as seen in public
      return Condition::token_expired;
    case 5:
    case 22:
      return Condition::client_unknown;
    case 7:  // nothing to modify: it is as wanted
      return Condition::conflict;
    case 9:
      return absent(context);
    case 10:
    case 25:
    case 31:
    case 36:
    case 40:
      return Condition::bad_request;
    case 11:
    case 28:
    case 29:
      return Condition::rate_limited;
    case 13:
      return has(said, "scope") ? Condition::scope_missing : Condition::forbidden;
    case 21:  // an id that it does not know, or a value that it does not take
      return has(said, "id") && !has(said, "mode") ? Condition::bad_request : Condition::wrong_parameters;
    case 23:
    case 30:
      return Condition::sign_in_wanted;
    case 26:  // "usage reached": of some seconds, unless it or our own count says otherwise
      return usage_limit(said, context);
    case 35:
    case 37:
      return Condition::refused;
    case 41:
      return Condition::gateway_offline;
    default:
      return std::nullopt;
  }
}

// E6 in the vendor's words, in other words or cut off: what a 403 says about a quota or a time to wait, or
// says nothing while our own count nears the limit.
bool speaks_of_quota(int status, const Said& said, const Context& context, bool retry_after) {
  if (has(said, "quota") && (status == 403 || status == 429)) return true;
  if (status != 403 || said.page) return false;
  return retry_after || parse_wait(said.text) || (context.near_limit && said.text.empty());
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
      return absent(context);
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

// The limit that it names, when it is one of seconds or minutes.
std::optional<Millis> window_of(const Said& said) {
  const auto window = parse_window(said.text);
  return window && *window < shortest_quota ? window : std::nullopt;
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
    case HttpFailure::certificate:
      return Condition::certificate;
  }
  return Condition::opaque;
}

// Text, code and status of an error answer into `failure`.
void tell(const HttpResponse& response, int status, const Said& said, const Context& context,
          Failure& failure) {
  const auto challenge = response.header("WWW-Authenticate");
  const bool scope =
      has(said, "insufficient_scope") || (challenge && contains_no_case(*challenge, "insufficient_scope"));
  const auto named = retry_after(response, context.now);
  auto condition = vendor_number(status);
  if (!condition) condition = by_text(status, said);
  if (!condition) condition = by_netatmo_code(said, context);
  if (!condition && !scope && speaks_of_quota(status, said, context, named.has_value()))
    condition = Condition::quota_exceeded;
  const bool by_text_or_number = condition.has_value() && said.netatmo != 9;
  failure.condition = condition ? *condition : by_status(status, context, scope);
  failure.maybe_gone = failure.condition == Condition::gateway_offline && !by_text_or_number;
  const auto in_text = announces_wait(failure.condition, said) ? parse_wait(said.text) : std::nullopt;
  failure.wait = longer(in_text, named);
  if (failure.condition == Condition::rate_limited && !failure.wait) failure.wait = window_of(said);
  if (failure.condition == Condition::quota_exceeded && failure.wait && *failure.wait <= short_wait)
    failure.condition = Condition::rate_limited;
  if (!said.page) failure.server_message = showable(said.text, 512);
}

// A 200 with an error inside is short; a long answer is not looked through for one.
bool may_be_error(std::string_view body) {
  return body.size() <= 2048 && (body.contains("\"error\"") || body.contains("\"statusCode\"") ||
                                 body.contains("\"errors\"") || body.contains("\"code\""));
}

void read_inner_error(const HttpResponse& response, const Context& context, Failure& failure) {
  const Said said = read_body(response.body);
  if (!said.error) return;
  // Without a status of its own it is a service that contradicts itself: it may have acted (E15).
  const int status = said.status >= 400 && said.status <= 599 ? static_cast<int>(said.status) : 0;
  tell(response, status != 0 ? status : 500, said, context, failure);
  if (status == 0 && failure.condition == Condition::server_error)
    failure.condition = Condition::malformed_answer;
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
    else if (may_be_error(response.body))
      read_inner_error(response, context, failure);
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
  tell(response, response.status, read_body(response.body), context, failure);
  return failure;
}

}  // namespace foyer::policy
