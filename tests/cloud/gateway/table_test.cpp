// The release gate of the error policy: every row × {R, WS, WN} × {headers readable, not} × {JSON, text,
// empty, truncated}, driven through the gateway in virtual time, with exact attempts, delays and message
// keys. What is expected is written down here on its own; decide() is not asked.
#include <array>

#include "core/policy/messages.hpp"
#include "tests/cloud/gateway/support.hpp"

namespace foyer::test {
namespace {

using policy::Action;
using policy::CommandClass;
using policy::Condition;

// What an answer is, and what it must be taken for: whole, cut in the middle, without a body; `by_header`
// when the header is readable and the text is gone (ok: no difference).
struct Reply {
  const char* name;
  int status;
  const char* message;
  const char* header;
  const char* value;
  Condition whole, cut, empty;
  Condition by_header = Condition::ok;
};

constexpr Reply replies[] = {
    {"E3_400", 400, "Bad request", "", "", Condition::bad_request, Condition::bad_request,
     Condition::bad_request},
    {"E3_expired", 400, "The access token has expired", "", "", Condition::token_expired,
     Condition::bad_request, Condition::bad_request},
    {"E4_401", 401, "Unauthorized", "", "", Condition::token_expired, Condition::token_expired,
     Condition::token_expired},
    {"E4_scope", 401, "error insufficient_scope", "WWW-Authenticate", "Bearer error=\"insufficient_scope\"",
     Condition::scope_missing, Condition::token_expired, Condition::token_expired, Condition::scope_missing},
    {"E5_key", 401,
     "Access denied due to invalid subscription key. Make sure to provide a valid key for an active one.", "",
     "", Condition::key_refused, Condition::token_expired, Condition::token_expired},
    {"E6_403", 403, "Out of call volume quota. Quota will be replenished in 03:25:41.", "Retry-After",
     "12341", Condition::quota_exceeded, Condition::forbidden, Condition::forbidden,
     Condition::quota_exceeded},
    {"E6_429", 429, "Out of call volume quota. Quota will be replenished in 03:25:41.", "", "",
     Condition::quota_exceeded, Condition::rate_limited, Condition::rate_limited},
    {"E7_403", 403, "You have no permission for this home", "", "", Condition::forbidden,
     Condition::forbidden, Condition::forbidden},
    {"E8_404", 404, "Gateway Offline", "", "", Condition::gateway_offline, Condition::not_found,
     Condition::not_found},
    {"E9_404", 404, "Resource not found", "", "", Condition::not_found, Condition::not_found,
     Condition::not_found},
    {"E10_406", 406, "Not acceptable", "", "", Condition::not_acceptable, Condition::not_acceptable,
     Condition::not_acceptable},
    {"E11_408", 408, "Request timeout", "", "", Condition::request_timeout, Condition::request_timeout,
     Condition::request_timeout},
    {"E12_430", 430, "Wrong input parameters", "", "", Condition::wrong_parameters,
     Condition::wrong_parameters, Condition::wrong_parameters},
    {"E13_429", 429, "Rate limit is exceeded. Try again in 7 seconds.", "Retry-After", "7",
     Condition::rate_limited, Condition::rate_limited, Condition::rate_limited},
    {"E14_409", 409, "Subscription already exists", "", "", Condition::conflict, Condition::conflict,
     Condition::conflict},
    {"E16_500", 500, "Server internal error", "", "", Condition::server_error, Condition::server_error,
     Condition::server_error},
    {"E16_599", 599, "Unknown", "", "", Condition::server_error, Condition::server_error,
     Condition::server_error},
    {"E17_469", 469, "The password has expired", "", "", Condition::password_expired,
     Condition::password_expired, Condition::password_expired},
    {"E18_470", 470, "The terms have expired", "", "", Condition::terms_expired, Condition::terms_expired,
     Condition::terms_expired},
    {"E19_418", 418, "I am a teapot", "", "", Condition::refused, Condition::refused, Condition::refused},
    {"E20_486", 486, "Busy visual user interface", "", "", Condition::busy_device, Condition::busy_device,
     Condition::busy_device},
    {"E21_502", 502, "Bad gateway, upstream unreachable", "", "", Condition::gateway_trouble,
     Condition::gateway_trouble, Condition::gateway_trouble},
    {"E21_503", 503, "Service unavailable", "Retry-After", "3", Condition::gateway_trouble,
     Condition::gateway_trouble, Condition::gateway_trouble},
    {"E21_504", 504, "Gateway timeout", "", "", Condition::gateway_trouble, Condition::gateway_trouble,
     Condition::gateway_trouble},
    {"E22_302", 302, "Moved", "Location", "https://elsewhere.example/", Condition::redirected,
     Condition::redirected, Condition::redirected},
    {"E2_opaque", -1, "", "", "", Condition::opaque, Condition::opaque, Condition::opaque},
    {"E15_timeout", -2, "", "", "", Condition::no_answer_in_time, Condition::no_answer_in_time,
     Condition::no_answer_in_time},
    {"E1_offline", -3, "", "", "", Condition::offline, Condition::offline, Condition::offline},
    {"E15_page", 200, "<!doctype html><html><body>Sign in to the hotel</body></html>", "", "",
     Condition::captive_portal, Condition::malformed_answer, Condition::ok},
};

enum class Shape { json, text, empty, truncated };
constexpr std::array<const char*, 4> shape_names{"json", "text", "empty", "truncated"};
constexpr std::array<const char*, 3> class_names{"R", "WS", "WN"};

struct Expected {
  std::vector<int> gaps{};         // seconds between attempts
  const char* key = "";            // of the last decision; "" when nothing is said
  Condition told = Condition::ok;  // ok: the call succeeded
  bool ambiguous = false, may_resend = false;
  Action last = Action::give_up;
};

// `named`: the wait in seconds that could be read, 0 when none.
Expected ambiguous_row(Condition condition, const char* key, CommandClass operation, int named) {
  if (operation == CommandClass::read) return {{named + 1, named + 2}, key, condition};
  const bool absolute = operation == CommandClass::absolute_write;
  return {.key = absolute ? "command.checking" : "command.not_sure",
          .told = condition,
          .ambiguous = true,
          .may_resend = absolute,
          .last = Action::read_back};
}

Expected expected(Condition condition, CommandClass operation, int named) {
  const bool read = operation == CommandClass::read, absolute = operation == CommandClass::absolute_write;
  switch (condition) {
    case Condition::ok:
      return {.last = Action::done};
    case Condition::opaque:
      return ambiguous_row(condition, "problem.opaque", operation, named);
    case Condition::no_answer_in_time:
      return ambiguous_row(condition, "problem.no_answer_in_time", operation, named);
    case Condition::malformed_answer:
      return ambiguous_row(condition, "problem.malformed_answer", operation, named);
    case Condition::captive_portal:
      return ambiguous_row(condition, "problem.captive_portal", operation, named);
    case Condition::server_error:
      return ambiguous_row(condition, "problem.server_error", operation, named);
    case Condition::gateway_trouble:
      return ambiguous_row(condition, "problem.gateway_trouble", operation, named);
    case Condition::request_timeout:
      if (read) return {{2, 4}, "problem.request_timeout", condition};
      return {.gaps = absolute ? std::vector{3} : std::vector<int>(),
              .key = absolute ? "command.checking" : "command.not_sure",
              .told = condition,
              .ambiguous = true,
              .last = Action::read_back};
    case Condition::rate_limited:
      return {{read || named == 0 ? 10 : named}, "problem.rate_limited", condition};
    case Condition::busy_device:
      return {read ? std::vector<int>() : std::vector{12, 12}, "problem.busy_device", condition};
    case Condition::conflict:
      if (absolute) return {.last = Action::done};
      return {{}, "problem.conflict", condition};
    case Condition::offline:
      return {{},
              operation == CommandClass::momentary_write ? "command.not_sent_offline" : "problem.offline",
              condition};
    case Condition::key_refused:
      return {{0}, "problem.key_refused", condition, false, false, Action::halt_account};
    case Condition::password_expired:
      return {{}, "problem.password_expired", condition, false, false, Action::halt_account};
    case Condition::terms_expired:
      return {{}, "problem.terms_expired", condition, false, false, Action::halt_account};
    case Condition::quota_exceeded:
      return {{}, "problem.quota_exceeded", condition, false, false, Action::park_account};
    case Condition::gateway_offline:
      return {{}, "problem.gateway_offline", condition, false, false, Action::mark_offline};
    case Condition::bad_request:
      return {{}, "problem.bad_request", condition};
    case Condition::scope_missing:
      return {{}, "problem.scope_missing", condition};
    case Condition::forbidden:
      return {{}, "problem.forbidden", condition};
    case Condition::not_found:
      return {{}, "problem.nothing_there", condition};
    case Condition::not_acceptable:
      return {{}, "problem.not_acceptable", condition};
    case Condition::wrong_parameters:
      return {{}, "problem.wrong_parameters", condition};
    case Condition::refused:
      return {{}, "problem.refused", condition};
    case Condition::redirected:
      return {{}, "problem.redirected", condition};
    default:
      ADD_FAILURE() << "no expectation";
      return {};
  }
}

using Case = std::tuple<Reply, int, bool, int>;  // class, headers readable, shape

class EveryAnswer : public GatewayTest, public testing::WithParamInterface<Case> {
 protected:
  const Reply& reply() const { return std::get<0>(GetParam()); }
  CommandClass operation() const { return static_cast<CommandClass>(std::get<1>(GetParam())); }
  bool readable() const { return std::get<2>(GetParam()); }
  Shape shape() const { return static_cast<Shape>(std::get<3>(GetParam())); }
  bool page() const { return reply().status == 200; }

  HttpOutcome outcome() const {
    if (reply().status == -1) return std::unexpected(HttpFailure::opaque);
    if (reply().status == -2) return std::unexpected(HttpFailure::timeout);
    if (reply().status == -3) return std::unexpected(HttpFailure::offline);
    HttpResponse out{.status = reply().status};
    if (readable() && *reply().header != 0) out.headers.push_back({reply().header, reply().value});
    const std::string text = reply().message;
    const std::string json =
        page() ? text
               : R"({"statusCode":)" + std::to_string(reply().status) + R"(,"message":")" + text + "\"}";
    if (shape() == Shape::json) out.body = json;
    if (shape() == Shape::text) out.body = text;
    if (shape() == Shape::truncated) {
      out.body = json.substr(0, json.size() / 2);
      out.truncated = true;
    }
    return out;
  }

  Condition condition() const {
    const bool whole = shape() == Shape::json || shape() == Shape::text;
    const Condition by_body = whole                         ? reply().whole
                              : shape() == Shape::truncated ? reply().cut
                                                            : reply().empty;
    return !whole && readable() && reply().by_header != Condition::ok ? reply().by_header : by_body;
  }

  // Seconds that the service named and that could be read.
  int named() const {
    const bool whole = shape() == Shape::json || shape() == Shape::text;
    const bool header = readable() && std::string_view(reply().header) == "Retry-After";
    if (header) return std::atoi(reply().value);
    if (whole && condition() == Condition::rate_limited) return 7;
    return whole && condition() == Condition::quota_exceeded ? 12341 : 0;
  }
};

TEST_P(EveryAnswer, IsTakenForWhatItIsAndLeadsToTheAttemptsDelaysAndWordsOfItsRow) {
  memory.random.broken = true;  // without randomness every wait is its longest: exact
  CloudGateway gateway(host, tokens(), keys({"k1", "k2"}));
  script({outcome()});
  const Call call = operation() == CommandClass::read ? read() : write(operation());
  const Instant start = memory.time.now();
  const CallResult result = run(gateway, call, {}, Seconds(60));

  Condition wanted = condition();
  Expected expect =
      expected(wanted == Condition::token_expired ? Condition::refused : wanted, operation(), named());
  if (wanted == Condition::token_expired) {  // E4: one refresh, one replay, then it is told
    const bool by_text = reply().whole == Condition::token_expired && reply().status == 400;
    expect = {{0},
              by_text ? "problem.token_expired" : "problem.not_allowed_here",
              by_text ? Condition::token_expired : Condition::not_allowed_here};
  }
  std::vector<Millis> gaps_wanted;
  for (const int seconds : expect.gaps) gaps_wanted.push_back(Seconds(seconds));
  EXPECT_EQ(gaps(), gaps_wanted);
  EXPECT_EQ(attempts(), gaps_wanted.size() + 1);
  EXPECT_EQ(
      gateway.ledger.value().used == static_cast<int>(attempts()) || wanted == Condition::quota_exceeded,
      true)
      << "Q6: each attempt costs one call";
  ASSERT_EQ(gateway.journal().size(), attempts());
  EXPECT_EQ(gateway.journal().back().action, expect.last);
  EXPECT_EQ(result.has_value(), expect.told == Condition::ok);
  if (result) return;

  const CallFailure& failure = result.error();
  EXPECT_EQ(failure.failure.condition, expect.told);
  EXPECT_EQ(failure.ambiguous, expect.ambiguous);
  EXPECT_EQ(failure.may_resend, expect.may_resend);
  EXPECT_EQ(failure.key, expect.key);
  if (wanted == Condition::quota_exceeded)
    EXPECT_EQ(failure.again_at, start + Seconds(named() > 0 ? named() : 3600) + Seconds(60));
  EXPECT_EQ(gateway.halted().has_value(), expect.last == Action::halt_account);
  if (expect.last == Action::halt_account || wanted == Condition::quota_exceeded) {
    EXPECT_FALSE(run(gateway, call)) << "and nothing more is sent";
    EXPECT_EQ(attempts(), gaps_wanted.size() + 1);
  }
}

INSTANTIATE_TEST_SUITE_P(Table, EveryAnswer,
                         testing::Combine(testing::ValuesIn(replies), testing::Range(0, 3), testing::Bool(),
                                          testing::Range(0, 4)),
                         [](const auto& info) {
                           return std::string(std::get<0>(info.param).name) + "_" +
                                  class_names[static_cast<std::size_t>(std::get<1>(info.param))] + "_" +
                                  (std::get<2>(info.param) ? "headers_" : "opaque_headers_") +
                                  shape_names[static_cast<std::size_t>(std::get<3>(info.param))];
                         });

}  // namespace
}  // namespace foyer::test
