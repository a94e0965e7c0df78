// What a call costs beside the network: one classification and decision, one transaction's worth of the
// ledger, both with a long day behind them (10,000 calls). And what a virtual day costs in calls, and how old
// the state is that people see.
#include <emscripten/emscripten.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "core/policy/breaker.hpp"
#include "core/policy/quota.hpp"
#include "tests/soak/days.hpp"

namespace {

using namespace foyer;
using namespace foyer::policy;

constexpr int calls = 10'000, rounds = 11;

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<long>(values.size() / 2));
  return values[values.size() / 2];
}

// Microseconds for one of them.
template <class Work>
double each(Work work) {
  std::vector<double> spent;
  for (int round = 0; round < rounds; ++round) {
    const double start = emscripten_get_now();
    for (int i = 0; i < calls; ++i) work(i);
    spent.push_back((emscripten_get_now() - start) * 1000 / calls);
  }
  return median(spent);
}

void print(const char* name, double value, const char* unit) {
  std::printf("{\"name\": \"%s\", \"value\": %.4f, \"unit\": \"%s\"}\n", name, value, unit);
}

}  // namespace

int main() {
  const Instant now = instant_from_ms(1'767'268'800'000);
  const std::string bodies[] = {
      R"({"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 03:25:41."})",
      R"({"statusCode":404,"message":"Gateway Offline"})", R"({"error":{"code":26,"message":"User usage"}})",
      ""};
  const int status[] = {403, 404, 429, 500};
  long long done = 0;
  const double decision = each([&](int i) {
    const auto at = static_cast<std::size_t>(i % 4);
    const HttpOutcome outcome = HttpResponse{.status = status[at], .headers = {}, .body = bodies[at]};
    const Failure failure = classify(outcome, {.now = now, .token_age = Minutes(5)});
    done += static_cast<int>(decide(failure, {}, static_cast<CommandClass>(i % 4)).action);
  });
  Ledger ledger;
  ledger.limit = 1'000'000;
  ledger.used = calls;
  std::string stored = to_json(ledger);
  const double transaction = each([&](int i) {
    Ledger read = ledger_from_json(stored).value_or(Ledger());
    const Instant at = now + Seconds(i);
    if (ask(read, Purpose::poll, at, Minutes(0)).allowed) count(read, at);
    stored = to_json(read);
    done += read.used;
  });
  if (done == 0) return 1;
  print("decision_us", decision, "us");
  print("ledger_transaction_us", transaction, "us");

  soak::Account all;
  for (const soak::Usage usage : {soak::Usage::glances, soak::Usage::evenings, soak::Usage::wall})
    for (const int tabs : {1, 3}) all.add(soak::live({.usage = usage, .tabs = tabs, .days = 2}));
  print("calls_per_day", all.most(), "calls");
  print("state_age_median_s", all.median_age(), "s");
  return 0;
}
