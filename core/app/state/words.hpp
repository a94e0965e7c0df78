// Sentences for people, made of the words of core/policy and what this program knows. Times are local.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/app/state/state.hpp"
#include "core/app/state/store.hpp"
#include "core/base/words.hpp"
#include "core/cloud/gateway/gateway.hpp"
#include "core/policy/messages.hpp"

namespace foyer {

enum class Phrase : std::uint16_t {
#define PHRASE(name, text) name,
#include "core/app/state/phrases.def"
#undef PHRASE
  count
};
// In the language in use, {0} … replaced.
std::string phrase(Phrase key, std::initializer_list<std::string_view> values = {});
// Lines of a translation before the shell's: the messages and these.
std::size_t phrase_lines();

// "26 s", "5 min", "3 h 12 min"; at least "1 s".
std::string wait_text(Millis wait);
// "40 %", "20.5 °C", "on".
std::string value_text(const Value& value, Unit unit);
// What a command wants, after the module's name: "on", "40 %", "opening", "manual".
std::string wish_text(const Module& module, const Command& command);
// What a shutter does on its way to the position that was sent.
std::string moving_text(const Module& module, const Command& command);

// Placeholders for a failure at this moment; `since` is when the cause began.
policy::Filling filling(const Store& store, const policy::Failure& failure, std::optional<Instant> again_at,
                        std::optional<Instant> since = std::nullopt, const std::string& gateway = {});
// The words of a failed call: those that CallFailure::key names, else those of its condition.
policy::Message words_of(const CallFailure& failure);
// A text whose waits are written when it is shown ("{wait}"), so that a countdown moves.
std::string at_this_moment(std::string_view text, std::optional<Instant> again_at, Instant now);
constexpr std::string_view live_wait = "{wait}";
// What is, what we do, what you can do, in one line.
std::string sentence(const policy::Message& words, const policy::Filling& filling);
// The sentence of a failed call; the error's own message when the failure is none of the service's. It
// promises no other try: who makes one fills in `again` (policy::Filling).
std::string sentence(const Store& store, const CallFailure& failure, const std::string& gateway = {});
// What core/oauth says of a sign-in, in the language in use; its own English for what has no words here.
std::string sign_in_text(const Error& error);
// Technical, without secrets: "E16 · status 500 · …".
std::string details(const CallFailure& failure);

// A good answer that its reader refused (E15).
CallFailure malformed_answer(const Error& error);

// Why an account shows no home, and what helps: another thing with each vendor. `providers` as in the
// configuration.
std::string no_homes_text(const std::vector<std::string>& providers);

// The name of the gateway a module hangs on, else the plant's; as the person named them.
std::string gateway_name(const Arrangement& arranged, const Plant& plant, const Module* module);

}  // namespace foyer
