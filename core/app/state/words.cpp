#include "core/app/state/words.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace foyer {
namespace {

constexpr std::string_view english[] = {
#define PHRASE(name, text) text,
#include "core/app/state/phrases.def"
#undef PHRASE
};

std::string join(std::initializer_list<std::string> parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += ' ';
    out += part;
  }
  return out;
}

// One decimal at most, without ".0".
std::string short_number(double value) {
  const auto tenths = std::lround(value * 10);
  std::string text = (tenths < 0 ? "-" : "") + std::to_string(std::labs(tenths) / 10);
  if (tenths % 10 != 0) text += phrase(Phrase::decimal) + std::to_string(std::labs(tenths) % 10);
  return text;
}

}  // namespace

std::string phrase(Phrase key, std::initializer_list<std::string_view> values) {
  const auto index = static_cast<std::size_t>(key);
  return fill_places(translated(policy::message_lines() + index, english[index]), values);
}

std::size_t phrase_lines() { return policy::message_lines() + static_cast<std::size_t>(Phrase::count); }

std::string wait_text(Millis wait) {
  const auto seconds = std::max<std::int64_t>(1, (wait.count() + 999) / 1000);
  if (seconds < 90) return std::to_string(seconds) + " s";
  const auto minutes = (seconds + 30) / 60;
  if (minutes < 90) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h" +
         (minutes % 60 != 0 ? " " + std::to_string(minutes % 60) + " min" : std::string());
}

std::string value_text(const Value& value, Unit unit) {
  if (const auto* number = std::get_if<double>(&value)) {
    const auto sign = symbol(unit);
    return short_number(*number) + (sign.empty() ? "" : " " + std::string(sign));
  }
  if (const auto* flag = std::get_if<bool>(&value)) return phrase(*flag ? Phrase::on : Phrase::off);
  return to_text(value);
}

std::string wish_text(const Module& module, const Command& command) {
  if (command.aspect == Aspect::stop) return phrase(Phrase::stopped);
  if (command.aspect == Aspect::run) return phrase(Phrase::started);
  if (command.aspect == Aspect::preferred) return phrase(Phrase::moving);
  if (command.aspect == Aspect::lock)
    return phrase(command.value == Value(true) ? Phrase::locked : Phrase::unlocked);
  if (command.aspect == Aspect::position) {
    const auto* target = std::get_if<double>(&command.value);
    const auto now = module.number(Aspect::position);
    if (target && now && std::abs(*target - *now) < 1)
      return phrase(*target > 0 ? Phrase::open : Phrase::closed);
    return phrase(target && *target > now.value_or(0) ? Phrase::opening : Phrase::closing);
  }
  const Capability* capability = module.capability(command.aspect);
  return value_text(command.value, capability ? capability->unit : Unit::none);
}

std::string moving_text(const Module& module, const Command& command) {
  const auto* target = std::get_if<double>(&command.value);
  const bool opens = target && *target > module.number(Aspect::position).value_or(0);
  return phrase(opens ? Phrase::shutter_opening : Phrase::shutter_closing);
}

policy::Filling filling(const Store& store, const policy::Failure& failure, std::optional<Instant> again_at,
                        std::optional<Instant> since, const std::string& gateway) {
  policy::Filling out;
  out.gateway = gateway;
  out.status = failure.status;
  out.detail = failure.server_message;
  if (since) out.since = store.clock(*since);
  if (again_at) {
    out.until = store.clock(*again_at);
    out.wait = wait_text(*again_at - store.now());
  } else if (failure.wait) {
    out.until = store.clock(store.now() + *failure.wait);
    out.wait = wait_text(*failure.wait);
  }
  return out;
}

policy::Message words_of(const CallFailure& failure) {
  using enum policy::Notice;
  for (const policy::Notice one :
       {nothing_there, home_gone, quota_window, quota_planned, probing, host_resting})
    if (failure.key == policy::message(one).key) return policy::message(one);
  return policy::message(failure.failure.condition);
}

std::string at_this_moment(std::string_view text, std::optional<Instant> again_at, Instant now) {
  std::string out(text);
  for (auto at = out.find(live_wait); at != std::string::npos; at = out.find(live_wait, at))
    out.replace(at, live_wait.size(), wait_text(again_at.value_or(now) - now));
  return out;
}

std::string sentence(const policy::Message& words, const policy::Filling& filling) {
  return join({policy::fill(words.what, filling), policy::fill(words.doing, filling),
               policy::fill(words.remedy, filling)});
}

std::string sign_in_text(const Error& error) {
  const std::string_view code = error.code;
  if (code == "K3.behind") return phrase(Phrase::clock_behind, {error.field});
  if (code == "K3.ahead") return phrase(Phrase::clock_ahead, {error.field});
  if (code == "B4.iss" || code == "D6.iss") return phrase(Phrase::sign_in_issuer);
  if (code == "D4.fetch") return phrase(Phrase::doctor_unreachable, {phrase(Phrase::part_discovery)});
  if (code == "X7") return phrase(Phrase::sign_in_later);
  const char rules = code.empty() ? ' ' : code.front();
  switch (error.kind) {
    case ErrorKind::storage:
      return phrase(Phrase::sign_in_storage);
    case ErrorKind::parked:
      return rules == 'T' || rules == 'S' || rules == 'X' ? phrase(Phrase::sign_in_later) : error.message;
    case ErrorKind::signed_out:
    case ErrorKind::cancelled:
      return phrase(Phrase::sign_in_ended);
    case ErrorKind::protocol:
    case ErrorKind::malformed:
      if (rules == 'A' || rules == 'B') return phrase(Phrase::sign_in_foreign);
      if (rules == 'C' || rules == 'D' || rules == 'R') return phrase(Phrase::sign_in_untrusted);
      return error.message;
    default:
      return error.message;
  }
}

std::string sentence(const Store& store, const CallFailure& failure, const std::string& gateway) {
  if (failure.failure.ok()) return sign_in_text(failure.error);
  return sentence(words_of(failure), filling(store, failure.failure, failure.again_at, store.now(), gateway));
}

std::string details(const CallFailure& failure) {
  std::string out(failure.failure.ok() ? std::string_view(failure.error.code)
                                       : policy::rule_id(failure.failure.condition));
  if (failure.failure.status != 0) out += " · status " + std::to_string(failure.failure.status);
  const std::string& more =
      failure.failure.server_message.empty() ? failure.error.message : failure.failure.server_message;
  if (!more.empty()) out += (out.empty() ? "" : " · ") + more;
  return out;
}

CallFailure malformed_answer(const Error& error) {
  return {.failure = {.condition = policy::Condition::malformed_answer, .status = 200}, .error = error};
}

std::string no_homes_text(const std::vector<std::string>& providers) {
  const bool netatmo = std::ranges::find(providers, "netatmo") != providers.end();
  return phrase(netatmo ? Phrase::no_homes_netatmo : Phrase::no_homes_legrand);
}

std::string gateway_name(const Arrangement& arranged, const Plant& plant, const Module* module) {
  for (const Gateway& one : plant.gateways)
    if (const auto name = name_of(arranged, one);
        !name.empty() && (plant.gateways.size() == 1 || (module && one.id == module->gateway)))
      return std::string(name);
  return std::string(name_of(arranged, plant));
}

}  // namespace foyer
