// The stored form of the ledger (Q6): numbers by name, so that a reader of an older version still finds its
// own.
#include <array>

#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/policy/quota.hpp"

namespace foyer::policy {
namespace {

constexpr long long latest = 1LL << 48;  // the year 10889: beyond it, arithmetic with time is not safe

struct Field {
  const char* name;
  long long least, most;
  bool required;
};
// In the order of numbers() and put_numbers().
constexpr Field fields[] = {
    {"limit", 1, 1'000'000, true},          {"used", 0, 1'000'000, true},
    {"windowStart", -latest, latest, true}, {"windowEnd", -latest, latest, true},
    {"parkedFor", 0, latest, false},        {"planned", 0, 1'000'000, false},
    {"retries", 0, 1'000'000, false},       {"burstUsed", 0, 1'000'000, false},
    {"burstEnd", -latest, latest, false},   {"slowUntil", -latest, latest, false},
    {"gateUntil", -latest, latest, false},  {"halt", 0, conditions - 1, false},
    {"haltUntil", -latest, latest, false},  {"keyId", 0, 1, false},
    {"keysMark", 0, 0xFFFFFFFF, false},     {"flags", 0, 15, false},
    {"gateFor", 0, latest, false},
};
using Numbers = std::array<long long, std::size(fields)>;

Numbers numbers(const Ledger& from) {
  const int flags = from.shared | from.probing << 1 | from.learned << 2 | from.assumed << 3;
  return {from.limit,
          from.used,
          to_ms(from.window_start),
          to_ms(from.window_end),
          from.parked_for.count(),
          from.planned,
          from.retries,
          from.burst_used,
          to_ms(from.burst_end),
          to_ms(from.slow_until),
          to_ms(from.gate_until),
          static_cast<long long>(from.halt),
          to_ms(from.halt_until),
          from.key,
          from.keys_mark,
          flags,
          from.gate_for.count()};
}

Ledger of_numbers(const Numbers& from) {
  Ledger to;
  to.limit = static_cast<int>(from[0]);
  to.used = static_cast<int>(from[1]);
  to.window_start = instant_from_ms(from[2]);
  to.window_end = instant_from_ms(from[3]);
  to.parked_for = Millis(from[4]);
  to.planned = static_cast<int>(from[5]);
  to.retries = static_cast<int>(from[6]);
  to.burst_used = static_cast<int>(from[7]);
  to.burst_end = instant_from_ms(from[8]);
  to.slow_until = instant_from_ms(from[9]);
  to.gate_until = instant_from_ms(from[10]);
  to.halt = static_cast<Condition>(from[11]);
  to.halt_until = instant_from_ms(from[12]);
  to.key = static_cast<int>(from[13]);
  to.keys_mark = static_cast<std::uint32_t>(from[14]);
  to.shared = (from[15] & 1) != 0;
  to.probing = (from[15] & 2) != 0;
  to.learned = (from[15] & 4) != 0;
  to.assumed = (from[15] & 8) != 0;
  to.gate_for = Millis(from[16]);
  return to;
}

}  // namespace

std::string to_json(const Ledger& ledger) {
  JsonWriter json;
  json.object().integer("schema", 1).text("lastServerText", ledger.last_server_text);
  const Numbers all = numbers(ledger);
  for (std::size_t i = 0; i < all.size(); ++i) json.integer(fields[i].name, all[i]);
  if (ledger.blocked_until) json.integer("blockedUntil", to_ms(*ledger.blocked_until));
  return json.end_object().take();
}

Result<Ledger> ledger_from_json(std::string_view text) {
  const auto parsed = JsonText::parse(text, 64U << 10, Repeated::refused);
  if (!parsed) return std::unexpected(parsed.error());
  const JsonView json = parsed->root();
  const auto number = [&json](const Field& field) -> std::optional<long long> {
    const auto value = json.find(field.name).integer();
    return value && *value >= field.least && *value <= field.most ? value : std::nullopt;
  };
  const auto refuse = [](const char* name) {
    return fail(ErrorKind::malformed, "Q6", std::string(name) + ": expected a number", name);
  };
  if (json.find("schema").integer() != 1) return refuse("schema");
  Numbers all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto value = number(fields[i]);
    if (!value && fields[i].required) return refuse(fields[i].name);
    all[i] = value.value_or(0);
  }
  Ledger ledger = of_numbers(all);
  if (const auto until = number({"blockedUntil", -latest, latest, false}))
    ledger.blocked_until = instant_from_ms(*until);
  ledger.last_server_text = json.find("lastServerText").text().value_or("");
  return ledger;
}

}  // namespace foyer::policy
