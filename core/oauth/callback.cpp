#include "core/oauth/callback.hpp"

#include <set>

#include "core/base/url.hpp"
#include "core/oauth/text.hpp"

namespace foyer::oauth {
namespace {

Error refusal(std::string_view error, const std::string& description) {
  const std::string said = description.empty() ? "" : " The service says: " + description;
  if (error == "access_denied")
    return {ErrorKind::refused, "X9",
            "You declined. All listed permissions are needed to show and to switch your devices." + said};
  if (error == "login_required" || error == "consent_required" || error == "interaction_required" ||
      error == "account_selection_required")
    return {ErrorKind::refused, "X10", "The service wants you to sign in again." + said};
  if (error == "server_error" || error == "temporarily_unavailable")
    return {ErrorKind::refused, "X11",
            "The sign-in service has a problem. Try again in a few seconds." + said};
  return {ErrorKind::refused, "B5.error",
          "The sign-in was refused (" + showable(error) + "). Check the application's registration." + said};
}

}  // namespace

Result<Callback> read_callback(std::string_view address, const ClientConfig& config) {
  const auto url = parse_url(address);
  const auto expected = parse_url(config.redirect_uri);
  if (!url || !expected || url->origin() != expected->origin() || url->path != expected->path)
    return fail(ErrorKind::protocol, "A6", "This address is not the registered reply address.");
  Callback callback;
  std::set<std::string> seen;
  for (auto& [name, value] : form_decode(url->query)) {
    if (!seen.insert(name).second)
      return fail(ErrorKind::protocol, "B2", "The sign-in answer names a parameter twice.");
    if (name == "state")
      callback.state = SecretText(std::move(value));
    else if (name == "code")
      callback.code = SecretText(std::move(value));
    else if (name == "error")
      callback.error = std::move(value);
    else if (name == "error_description")
      callback.error_description = showable(value);
    else if (name == "iss") {
      callback.issuer = std::move(value);
      callback.has_issuer = true;
    }
  }
  if (callback.state.empty())
    return fail(ErrorKind::protocol, "B3.state",
                "This sign-in answer belongs to no open sign-in. Please sign in again.");
  return callback;
}

Result<void> check_callback(const Callback& callback, std::string_view issuer, const ClientConfig& config) {
  if (config.require_iss_parameter && !callback.has_issuer)
    return fail(ErrorKind::protocol, "B4.absent", "The sign-in answer does not say who sent it.");
  if (callback.has_issuer && callback.issuer != issuer)
    return fail(ErrorKind::protocol, "B4.iss", "The sign-in answer comes from another service.");
  if (!callback.error.empty()) return std::unexpected(refusal(callback.error, callback.error_description));
  if (!is_token_text(callback.code.expose()))
    return fail(ErrorKind::protocol, "B5.code", "The sign-in answer holds neither a code nor an error.");
  return {};
}

}  // namespace foyer::oauth
