// docs/errors.md, made from the decision table and the messages, so that it cannot say anything else than the
// program does.
#pragma once

#include <string>

#include "core/policy/messages.hpp"
#include "core/policy/table.hpp"

namespace foyer::policy {

inline std::string seconds_text(Millis span) {
  const auto seconds = span.count() / 1000;
  if (seconds >= 3600) return std::to_string(seconds / 3600) + " h";
  return std::to_string(seconds) + " s";
}

inline std::string does(const Rule& rule) {
  const std::string attempts = rule.max > 1 ? ", at most " + std::to_string(rule.max) + " attempts" : "";
  const std::string wait = seconds_text(rule.wait);
  switch (rule.move) {
    case Move::done:
      return "counts as done";
    case Move::give_up:
      return "tells you, no repetition";
    case Move::back_off:
      return "tries again after a random wait of up to 1 s, then 2 s" + attempts;
    case Move::wait:
      return "tries again after " + wait + " times the attempt" + attempts;
    case Move::wait_busy:
      return "tries again after " + wait + " to 12 s" + attempts + " within 40 s";
    case Move::wait_gate:
      return "no calls for " + wait + " or as long as the service says, then again" + attempts;
    case Move::wait_short:
      return "again after the announced wait if that is at most " + wait + attempts;
    case Move::read_back:
      return rule.max > 1 ? "looks whether it worked, sends again only if not" + attempts
                          : "looks whether it worked, never sends again";
    case Move::refresh:
      return "renews the token and repeats the call once";
    case Move::switch_key:
      return "repeats the call once with the other key, then stops all calls";
    case Move::park:
      return "stops all calls until the time the service named (else " + wait + ")";
    case Move::halt:
      return "stops all calls until you press Retry";
    case Move::mark_offline:
      return "shows the devices as offline, looks again later";
  }
  return "";
}

// A message for reading: substitutes instead of placeholders, optional parts kept.
inline std::string readable(std::string_view text) {
  const Filling filling{.gateway = "Garden gateway",
                        .since = "14:02",
                        .wait = "5 min",
                        .until = "00:00",
                        .detail = "…",
                        .status = 0};
  std::string out = fill(text, filling);
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

inline std::string errors_document() {
  std::string out =
      "# Errors: what they mean, what to do, what Foyer does\n"
      "\n"
      "Made from the decision table (`core/policy/decide.cpp`) and the messages "
      "(`core/policy/messages.cpp`); a test of\n"
      "`policy_tests` compares this file with them. After a change of either, run that program with\n"
      "`FOYER_WRITE_DOCS=1` in the environment to write this file again.\n"
      "\n"
      "Rules `E1`…`E22` are the rows of the error policy; the journal and the details of a problem name "
      "them.\n"
      "A *read* may be repeated. A *setting* (on, 21.5 °C) may be repeated while it is still wanted. A "
      "*momentary*\n"
      "command (scene, stop) is never repeated when it may have acted.\n";
  for (const Row& row : table()) {
    if (row.condition == Condition::ok) continue;
    const Message& text = message(row.condition);
    out += "\n## " + std::string(row.id) + " – " + std::string(row.name) + "\n\n";
    out += "**" + readable(text.what) + "**";
    if (!text.doing.empty()) out += " " + readable(text.doing);
    out += "\n\nWhat you can do: " + readable(text.remedy) + "\n\n";
    const std::string read = does(row.rules[0]), setting = does(row.rules[1]), momentary = does(row.rules[2]);
    if (read == setting && setting == momentary) {
      out += "What Foyer does: " + read + ".\n";
    } else {
      out += "| what Foyer does with a | |\n|---|---|\n| read | " + read + " |\n| setting | " + setting +
             " |\n| momentary command | " + momentary + " |\n";
    }
  }
  return out;
}

}  // namespace foyer::policy
