// What people read about a condition: what is, what we do, what they can do – no codes, no blame.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/policy/failure.hpp"

namespace foyer::policy {

struct Message {
  std::string_view key;     // "problem.gateway_offline", for translations
  std::string_view what;    // "{gateway} is offline since {since}."
  std::string_view doing;   // "We look again in {wait}." or empty
  std::string_view remedy;  // "Check its power and network." – the vendor's remedy
};

// What is said without a failed call being the reason.
enum class Notice {
  not_sent_offline,  // E1, writes
  not_sent_signed_out,
  not_sent,  // after what hindered it
  checking,  // an ambiguous write is read back
  sending_again,
  not_sure,       // {detail}: what the state says now
  not_confirmed,  // {detail}: as above
  limits,         // E12: {detail} is the value, {least} {most} {step} what is allowed
  quota_used,     // Q10: {used} of {limit}
  quota_shared,   // Q7
  quota_assumed,  // Q9
  quota_planned,  // Q1: what is left is kept for switching
  probing,        // E6, N4, N5: one call asks whether it works again
  host_resting,   // N4
  session_expired,
  session_revoked,
  session_scopes,
  session_storage,
  session_secret,
  session_denied,
  session_lost,
  session_ending,       // T8: {wait}
  session_memory,       // S3
  storage_refused,      // S3, homes and ledger
  sign_in_unknown,      // B3
  sign_in_failed,       // {detail}: why
  part_unreadable,      // {detail}: name of the home
  key_primary_refused,  // doctor: one of two keys is refused, the other one works
  key_secondary_refused,
  key_both_work,
  key_step_other,  // changing keys: the vendor's four steps
  key_step_deploy,
  key_step_regenerate,
  key_step_return,
  quota_window,   // E6 of a cloud that counts by the hour
  nothing_there,  // E9 of an address that no home names
  home_gone,      // E9 of a home
};

// In the language in use (core/base/words.hpp). Placeholders in braces: {gateway} {since} {wait} {again}
// {until} {status} {detail}, with a substitute after a bar: {gateway|The gateway}. A part in square brackets
// is left out when one of its placeholders is empty.
const Message& message(Condition condition);
const Message& message(Notice notice);
// All of them in English, conditions first; keys are unique and stable (translations are found by key).
std::span<const Message> messages();
// Lines of a translation that are messages: what, doing and remedy of each.
std::size_t message_lines();

// Fills placeholders; empty and unknown ones stay out. Example:
//   fill("{gateway|The gateway} is offline[ since {since}].", {.since = "14:02"})
//     == "The gateway is offline since 14:02."
struct Filling {
  std::string gateway{}, since{}, until{}, detail{};
  std::string wait{};   // how long it lasts, whoever acts then
  std::string again{};  // when Foyer itself looks or tries again; only who will do it fills this in
  int status = 0;
  std::string used{}, limit{}, least{}, most{}, step{};
};
std::string fill(std::string_view text, const Filling& filling);

}  // namespace foyer::policy
