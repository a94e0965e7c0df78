#include "core/policy/messages.hpp"

#include <iterator>
#include <optional>

namespace foyer::policy {
namespace {

// In the order of the enum. The remedies are those of the vendor's FAQ, in our words.
constexpr Message texts[] = {
    {"problem.none", "All is well.", "", ""},
    {"problem.offline", "You are offline.",
     "[Showing values from {since}. ]Nothing is sent, nothing is sent later.",
     "Check the network of this device."},
    {"problem.opaque", "Legrand's service can't be reached.", "[We look again in {wait}.]",
     "Check your network. If other pages work, the browser or a firewall may block the service."},
    {"problem.bad_request", "The request was not accepted.", "[The service says: {detail}]",
     "Refresh the home: the device may have changed. If it stays, report it with the details."},
    {"problem.token_expired", "Your sign-in is no longer accepted.", "", "Please sign in again."},
    {"problem.not_allowed_here", "This account may not use this device.", "",
     "Sign in with the account that owns this home, and check that your subscription covers this product."},
    {"problem.scope_missing", "A permission is missing.", "", "Sign in again and accept all permissions."},
    {"problem.key_refused", "Your subscription key was refused.", "No calls are made until it is changed.",
     "Check the key in the developer portal, then press Retry."},
    {"problem.quota_exceeded", "The daily limit of calls is reached.",
     "[Available again at {until} (in {wait}). ]Until then the last known values are shown.",
     "Wait until then, or use the switches at home."},
    {"problem.forbidden", "Your account may not do this.", "",
     "Check which permissions you have for this home, or ask its owner."},
    {"problem.gateway_offline", "{gateway|The gateway} is offline[ since {since}].",
     "[We look again in {wait}.]", "Check its power and network."},
    {"problem.not_found", "This device is no longer part of the home.", "We read the list of devices again.",
     "If it should be there, check it in the Legrand or BTicino app."},
    {"problem.not_acceptable", "The service can't give the answer we asked for.", "",
     "Nothing you can change: please report it with the details."},
    {"problem.request_timeout", "The connection to the device is slow.", "[We try again in {wait}.]",
     "Wait a few seconds and try again."},
    {"problem.wrong_parameters", "{detail|This value is not allowed.}", "",
     "Choose a value within the limits of the device."},
    {"problem.rate_limited", "Too many requests in a short time.", "[We continue in {wait}.]",
     "Wait a moment before you try again."},
    {"problem.conflict", "This exists already.", "", "Nothing to do."},
    {"problem.no_answer_in_time", "Legrand's service did not answer in time.", "[We look again in {wait}.]",
     "Wait a few seconds and try again."},
    {"problem.malformed_answer", "Legrand's service sent an answer that can't be read.",
     "[We look again in {wait}.]",
     "Wait a few minutes and try again. If it stays, report it with the details."},
    {"problem.captive_portal", "Your network asks you to sign in first.", "[We look again in {wait}.]",
     "Open any web page, sign in to the network, then try again."},
    {"problem.server_error", "Legrand's service has a problem.", "[We look again in {wait}.]",
     "Wait until the service works again; your devices still obey their own switches."},
    {"problem.password_expired", "The password used in the Legrand or BTicino app has expired.",
     "No calls are made until it is renewed.", "Renew it in that app, then press Retry."},
    {"problem.terms_expired", "New terms and conditions wait to be accepted.",
     "No calls are made until they are accepted.",
     "Accept them in the Legrand or BTicino app, then press Retry."},
    {"problem.refused", "The service refused this.", "[It says: {detail}]", "The details say more."},
    {"problem.busy_device", "Someone is using the thermostat.", "[Trying again in {wait}…]",
     "Wait until nobody uses its screen, about 10 seconds."},
    {"problem.gateway_trouble", "Legrand's service is not available at the moment.",
     "[We look again in {wait}.]", "Wait a few minutes and try again."},
    {"problem.redirected", "The service pointed to another address, and we did not follow.", "",
     "Check the addresses in the configuration."},
};
static_assert(std::size(texts) == static_cast<std::size_t>(Condition::redirected) + 1);

std::string value_of(std::string_view name, const Filling& filling) {
  if (name == "gateway") return filling.gateway;
  if (name == "since") return filling.since;
  if (name == "wait") return filling.wait;
  if (name == "until") return filling.until;
  if (name == "detail") return filling.detail;
  if (name == "status" && filling.status != 0) return std::to_string(filling.status);
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

}  // namespace

const Message& message(Condition condition) { return texts[static_cast<std::size_t>(condition)]; }

std::string fill(std::string_view text, const Filling& filling) {
  std::string out;
  append(out, text, filling);
  return out;
}

}  // namespace foyer::policy
