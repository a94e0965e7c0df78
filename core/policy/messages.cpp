#include "core/policy/messages.hpp"

#include <iterator>
#include <optional>

#include "core/base/words.hpp"

namespace foyer::policy {
namespace {

// In the order of the enum. The remedies are those of the vendor's FAQ, in our words.
constexpr Message texts[] = {
    {"problem.none", "All is well.", "", ""},
    {"problem.offline", "You are offline.",
     "[Showing values from {since}. ]Nothing is sent, nothing is sent later.",
     "Check the network of this device."},
    {"problem.opaque", "Legrand's service can't be reached.", "[We look again in {again}.]",
     "Check your network. If other pages work, the browser or a firewall may block the service."},
    {"problem.bad_request", "The request was not accepted.", "[The service says: {detail}]",
     "Refresh the home: the device may have changed. If it stays, report it with the details."},
    {"problem.token_expired", "Your sign-in is no longer accepted.", "", "Please sign in again."},
    {"problem.not_allowed_here", "This account may not use this device.", "",
     "Sign in with the account that owns this home, and check that your subscription covers this product."},
    {"problem.scope_missing", "A permission is missing.", "", "Sign in again and accept all permissions."},
    {"problem.key_refused", "Your subscription key was refused.", "No calls are made until it is changed.",
     "Check the key in the developer portal, then press Try again."},
    {"problem.quota_exceeded", "The daily limit of calls is reached.",
     "[Available again at {until} (in {wait}). ]Until then the last known values are shown.",
     "Wait until then, or use the switches at home."},
    {"problem.forbidden", "Your account may not do this.", "",
     "Check which permissions you have for this home, or ask its owner."},
    {"problem.gateway_offline", "{gateway|The gateway} is offline[ since {since}].",
     "[We look again in {again}.]", "Check its power and network."},
    {"problem.not_found", "This device is no longer part of the home.", "We read the list of devices again.",
     "If it should be there, check it in the Legrand or BTicino app."},
    {"problem.not_acceptable", "The service can't give the answer we asked for.", "",
     "Nothing you can change: please report it with the details."},
    {"problem.request_timeout", "The connection to the device is slow.", "[We try again in {again}.]",
     "Wait a few seconds and try again."},
    {"problem.wrong_parameters", "The service did not accept what was asked for.", "[It says: {detail}]",
     "If it was a value, choose another one: this device may allow less than others."},
    {"problem.rate_limited", "Too many requests in a short time.", "[Calls are possible again in {wait}.]",
     "Wait a moment before you try again."},
    {"problem.conflict", "This exists already.", "", "Nothing to do."},
    {"problem.no_answer_in_time", "Legrand's service did not answer in time.", "[We look again in {again}.]",
     "Wait a few seconds and try again."},
    {"problem.malformed_answer", "Legrand's service sent an answer that can't be read.",
     "[We look again in {again}.]",
     "Wait a few minutes and try again. If it stays, report it with the details."},
    {"problem.captive_portal", "Your network asks you to sign in first.", "[We look again in {again}.]",
     "Open any web page, sign in to the network, then try again."},
    {"problem.server_error", "Legrand's service has a problem.", "[We look again in {again}.]",
     "Wait until the service works again; your devices still obey their own switches."},
    {"problem.password_expired", "The password used in the Legrand or BTicino app has expired.",
     "No calls are made until it is renewed.", "Renew it in that app, then press Try again."},
    {"problem.terms_expired", "New terms and conditions wait to be accepted.",
     "No calls are made until they are accepted.",
     "Accept them in the Legrand or BTicino app, then press Try again."},
    {"problem.refused", "The service refused this.", "[It says: {detail}]", "The details say more."},
    {"problem.busy_device", "Someone is using the thermostat.", "[Trying again in {again}…]",
     "Wait until nobody uses its screen, about 10 seconds."},
    {"problem.gateway_trouble", "Legrand's service is not available at the moment.",
     "[We look again in {again}.]", "Wait a few minutes and try again."},
    {"problem.redirected", "The service pointed to another address, and we did not follow.", "",
     "Check the addresses in the configuration."},

    {"sign_in.code_lost", "The sign-in was not finished: the service did not answer.",
     "Nothing of it was kept.", "Please sign in again."},
    {"sign_in.code_refused", "The sign-in took too long or was used twice.", "Nothing of it was kept.",
     "Please sign in again."},
    {"sign_in.over", "Your sign-in has ended.", "Your homes stay on this device.", "Please sign in again."},
    {"sign_in.scopes_changed", "The permissions of this application have changed.", "",
     "Please sign in again to accept them."},
    {"sign_in.client_refused", "The service no longer accepts this application's credentials.",
     "Your sign-in is kept until they are renewed.",
     "Whoever runs this installation has to renew the client secret in the developer portal."},
    {"sign_in.client_unknown", "The service does not accept how this application is registered.", "",
     "Whoever runs this installation has to compare the configuration with the developer portal."},
    {"sign_in.renewal_delayed", "Your sign-in can't be renewed at the moment.",
     "You stay signed in.[ We try again in {again}.]", "Wait a few minutes."},
    {"sign_in.refused_unclear", "The sign-in was refused without a reason.", "", "Please sign in again."},
    {"sign_in.declined", "Access was declined.", "",
     "Foyer needs the listed permissions to show and switch your home. Sign in again to allow them."},
    {"sign_in.wanted", "The service wants you to sign in again.", "", "Please sign in again."},
    {"sign_in.provider_trouble", "The sign-in service has a problem.", "",
     "Wait a few seconds, then sign in again."},
    {"local.storage", "This device does not let Foyer read or keep your sign-in.",
     "You stay signed in. Nothing was sent.", "Allow storage for Foyer or free some space, then try again."},
    {"local.renewed_elsewhere", "Another window or program is renewing this sign-in and has not finished.",
     "You stay signed in. Nothing was sent.", "Wait half a minute, then try again."},
    {"local.misconfigured", "The configuration of this installation can't be used.", "[{detail}]",
     "Whoever runs this installation has to correct it."},
    {"local.certificate", "The service's certificate is not accepted.",
     "Nothing was sent.[ We look again in {again}.]",
     "Check the clock of this device. If it is right, whoever runs the service or the relay has to renew the "
     "certificate, "
     "or something in between replaces it."},

    {"command.not_sent_offline", "Not sent: you are offline.", "", "Check the network of this device."},
    {"command.not_sent_signed_out", "Not sent: please sign in again.", "", "Please sign in again."},
    {"command.not_sent", "Not sent.", "", ""},
    {"command.checking", "Checking whether that worked…", "", ""},
    {"command.sending_again", "That did not arrive. Sending it again…", "", ""},
    {"command.not_sure", "Not sure that worked.[ It says {detail}.]", "", ""},
    {"command.not_confirmed", "Not confirmed.[ It says {detail}.]", "", "Press to look again."},
    {"command.limits", "{detail} is not allowed; use {least}–{most} in steps of {step}.", "", ""},
    {"quota.used", "{used} of {limit} calls are used.", "[Foyer looks less often until {until}.]",
     "Switching still works; values may be older than usual."},
    {"quota.shared", "Another program uses the same calls.", "[Foyer looks less often until {until}.]",
     "Stop it, or ask the vendor for a higher limit."},
    {"quota.assumed", "Foyer can't see how many calls are used already.", "It assumes half of them.",
     "Allow storage for this page, then reload it."},
    {"quota.planned", "The calls planned for looking are used; the rest is kept for switching.",
     "[Foyer looks again at {until}.]", "Switching still works."},
    {"service.probing", "One call asks whether the service works again.", "", "Wait a few seconds."},
    {"service.resting", "Legrand's service failed several times.",
     "[Nothing is sent for {wait}, then one look tries again.]", "Press Try again to ask at once."},
    {"session.expired", "Your sign-in has run out.", "", "Please sign in again."},
    {"session.revoked", "The permission for Foyer was withdrawn.", "", "Sign in again if you want to go on."},
    {"session.scopes", "The permissions of this application have changed.", "", "Please sign in again."},
    {"session.storage", "The stored sign-in can no longer be read on this device.", "",
     "Please sign in again."},
    {"session.secret", "The service no longer accepts this application's credentials.", "",
     "Whoever runs this installation has to renew the client secret."},
    {"session.denied", "Access was declined.", "",
     "Foyer needs the listed permissions to show and switch your home. Sign in again to allow them."},
    {"session.lost", "The sign-in was lost while it was being renewed.", "", "Please sign in again."},
    {"session.ending", "Your sign-in ends[ in {wait}].", "",
     "Sign in again before then; everything else stays."},
    {"session.memory", "This device does not let Foyer store anything.",
     "You stay signed in until this page is closed.",
     "Allow storage for this page to stay signed in longer."},
    {"storage.refused", "This device does not let Foyer store the last known home.",
     "Everything works until this page is closed.", "Allow storage for this page, or free some space."},
    {"sign_in.unknown", "This sign-in answer belongs to no sign-in of this page, or was used already.",
     "It was not used.", "Please sign in again."},
    {"sign_in.failed", "{detail|The sign-in failed.}", "Nothing of this answer was used.",
     "Please sign in again."},
    {"home.part_unreadable", "A part of {detail|the home} could not be understood.",
     "Everything else is shown.", "The details help whoever looks after this program."},
    {"keys.primary_refused", "Your primary subscription key is refused; the secondary one works.",
     "Foyer uses the secondary key.", "Regenerate or correct the primary key when you like."},
    {"keys.secondary_refused", "Your secondary subscription key is refused; the primary one works.",
     "Foyer uses the primary key.", "Correct the secondary key, so that there is one to change to."},
    {"keys.both_work", "Both subscription keys work.", "", ""},
    {"keys.step_other", "Let this application use the other key.",
     "The key that is used now goes on working.", "Make the other key the first in the configuration."},
    {"keys.step_deploy", "Bring that configuration to everyone who uses it.",
     "Until then both keys have to work.", "Publish it, then let every page load it once."},
    {"keys.step_regenerate", "Regenerate the old key in the developer portal.",
     "From now on the old key is refused.", "Open your subscription there and press Regenerate."},
    {"keys.step_return", "Use the new key, if you want to.", "This step is optional.",
     "Put the new key into the configuration."},
    {"problem.quota_window", "The limit of calls is reached for now.",
     "[Available again at {until} (in {wait}). ]Until then the last known values are shown.",
     "Wait until then, or use the switches at home."},
    {"problem.nothing_there", "The service found nothing under this address.", "[It says: {detail}]",
     "Check the address and the ids in it; a device may also be offline."},
    {"problem.home_gone", "This home no longer belongs to the account.", "",
     "If it should be there, check it in the Legrand or BTicino app."},
};
static_assert(std::size(texts) == conditions + static_cast<std::size_t>(Notice::home_gone) + 1);

std::string value_of(std::string_view name, const Filling& filling) {
  if (name == "gateway") return filling.gateway;
  if (name == "since") return filling.since;
  if (name == "wait") return filling.wait;
  if (name == "again") return filling.again;
  if (name == "until") return filling.until;
  if (name == "detail") return filling.detail;
  if (name == "status" && filling.status != 0) return std::to_string(filling.status);
  if (name == "used") return filling.used;
  if (name == "limit") return filling.limit;
  if (name == "least") return filling.least;
  if (name == "most") return filling.most;
  if (name == "step") return filling.step;
  return {};
}

// Appends `text` filled; false when a placeholder was empty.
bool append(std::string& out, std::string_view text, const Filling& filling) {
  bool whole = true;
  while (!text.empty()) {
    const auto open = text.find_first_of("{[");
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const char closing = text[open] == '{' ? '}' : ']';
    const auto close = text.find(closing, open);
    if (close == std::string_view::npos) break;
    const std::string_view inner = text.substr(open + 1, close - open - 1);
    if (closing == ']') {
      std::string part;
      if (append(part, inner, filling)) out += part;
    } else {
      const auto bar = inner.find('|');
      std::string value = value_of(inner.substr(0, bar), filling);
      if (value.empty() && bar != std::string_view::npos) value = inner.substr(bar + 1);
      whole = whole && !value.empty();
      out += value;
    }
    text.remove_prefix(close + 1);
  }
  return whole;
}

// A reference is good as long as the language.
const Message& in_use(std::size_t index) {
  static Message shown[std::size(texts)];
  const Message& english = texts[index];
  return shown[index] = {english.key, translated(3 * index, english.what),
                         translated(3 * index + 1, english.doing), translated(3 * index + 2, english.remedy)};
}

}  // namespace

const Message& message(Condition condition) { return in_use(static_cast<std::size_t>(condition)); }
const Message& message(Notice notice) { return in_use(conditions + static_cast<std::size_t>(notice)); }
std::size_t message_lines() { return 3 * std::size(texts); }
std::span<const Message> messages() { return texts; }

std::string fill(std::string_view text, const Filling& filling) {
  std::string out;
  append(out, text, filling);
  return out;
}

}  // namespace foyer::policy
