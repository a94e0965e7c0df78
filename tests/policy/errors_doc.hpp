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
      return "stops all calls until you press Try again";
    case Move::mark_offline:
      return "shows the devices as offline, looks again after 1, 5, 15 and then every 30 min";
    case Move::again_once:
      return "repeats the request once after " + wait;
    case Move::later:
      return "keeps the tokens, asks again after a pause, at most " + std::to_string(rule.max) +
             " times in 5 min";
    case Move::sign_in:
      return "asks you to sign in again";
  }
  return "";
}

// A message for reading: substitutes instead of placeholders, optional parts kept.
inline std::string readable(std::string_view text) {
  const Filling filling{.gateway = "Garden gateway",
                        .since = "14:02",
                        .until = "00:00",
                        .detail = "…",
                        .wait = "5 min",
                        .again = "5 min",
                        .status = 0,
                        .used = "400",
                        .limit = "500",
                        .least = "7",
                        .most = "40",
                        .step = "0.5"};
  std::string out = fill(text, filling);
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

inline void describe(std::string& out, const Message& text) {
  out += "**" + readable(text.what) + "**";
  if (!text.doing.empty()) out += " " + readable(text.doing);
  out += "\n";
  if (!text.remedy.empty()) out += "\nWhat you can do: " + readable(text.remedy) + "\n";
}

inline void section(std::string& out, const Row& row) {
  out += "\n## " + std::string(row.id) + " – " + std::string(row.name) + "\n\n";
  describe(out, message(row.condition));
  out += "\n";
  const std::string token = does(row.rule(CommandClass::token));
  if (row.id.starts_with('X')) {
    out += "What Foyer does: " + token + ".\n";
    return;
  }
  out += "| what Foyer does with a | |\n|---|---|\n";
  const std::string read = does(row.rule(CommandClass::read)),
                    setting = does(row.rule(CommandClass::absolute_write)),
                    momentary = does(row.rule(CommandClass::momentary_write));
  if (read == setting && setting == momentary) {
    out += "| read, setting, momentary command | " + read + " |\n";
  } else {
    out +=
        "| read | " + read + " |\n| setting | " + setting + " |\n| momentary command | " + momentary + " |\n";
  }
  out += "| renewal of the sign-in | " + token + " |\n";
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
      "Rules `E1`…`E22` are the rows of the error policy, `X1`…`X11` those of the sign-in, `L1`…`L4` those "
      "of which nothing was sent; the\n"
      "journal and the details of a problem name them. A *read* may be repeated. A *setting* (on, 21.5 °C) "
      "may be repeated while it is "
      "still wanted.\n"
      "A *momentary* command (scene, stop) is never repeated when it may have acted.\n"
      "\n"
      "Repetitions come out of a bucket of 20 (each costs 5, after a timeout 10; a good answer gives 1 back) "
      "and take at\n"
      "most a tenth of the calls that are left of the day (N3). A host that fails five times in a row, or "
      "half "
      "of its last\n"
      "ten calls, is left alone for 30 s, doubling to 5 min; then one read tries (N4).\n";
  for (const Row& row : table())
    if (row.condition != Condition::ok) section(out, row);
  out += "\n## Other words\n\nWhat else Foyer says about calls, keys, sign-in and storage.\n";
  for (const Message& text : messages().subspan(conditions)) {
    out += "\n### `" + std::string(text.key) + "`\n\n";
    describe(out, text);
  }
  return out;
}

}  // namespace foyer::policy
