// What may be shown about a session, and why there is none: no secret in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"

namespace foyer::oauth {

enum class Status { unknown, signed_out, signed_in };

// Why there is no session; explained to the person.
// While signed in, `secret_expired` says that the tokens can no longer be renewed until the client's
// credentials are (X5); anything else is `never`.
enum class SignedOutBecause {
  never,
  by_user,
  expired,
  revoked,
  scope_changed,
  storage_lost,
  secret_expired,
  denied,
  lost_reply
};
std::string_view to_string(SignedOutBecause because);

// What may be shown about a session: no secret in it.
struct SessionInfo {
  Status status = Status::unknown;
  SignedOutBecause because = SignedOutBecause::never;
  std::string subject{};  // sub of the id_token
  std::string name{};     // name claim or empty
  std::vector<std::string> scopes{};
  std::vector<std::string> missing_scopes{};  // C4: partial consent
  std::optional<Instant> access_expires{};
  std::optional<Instant> refresh_expires{};
  std::optional<Instant> warn_from{};  // T8: day 80 of 90
  std::optional<Instant> refreshed_at{};
  bool storage_degraded = false;  // S3: memory only
};

}  // namespace foyer::oauth
