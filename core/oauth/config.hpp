// Where and as whom to sign in. Comes from config.json, read by core/app.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/secret.hpp"
#include "core/base/time.hpp"

namespace foyer::oauth {

struct ClientConfig {
  std::string account = "default";   // key of the vault record
  std::string issuer{};              // pinned (F3, D6)
  std::string authorize_endpoint{};  // absolute; https or loopback (A1)
  std::string token_endpoint{};
  std::string jwks_uri{};  // keys for D4
  // Both empty where third parties must revoke nothing (F7, Legrand).
  std::string revocation_endpoint{};   // RFC 7009: a sign-out takes the refresh token back there
  std::string end_session_endpoint{};  // RP-initiated logout, see logout_url()
  std::string client_id{};
  SecretText client_secret{};  // only without relay; empty for a public client or behind the relay
  std::string redirect_uri{};  // the one registered constant (A6)
  std::vector<std::string>
      scopes{};  // empty: the registration decides (vendor); "openid" asks for a nonce check
  bool send_scope = true;
  // False for a service without OpenID (Netatmo Connect): no id_token, no keys, no nonce; its
  // token answers may list scopes as an array and leave token_type out. `issuer` only names the service then.
  bool openid = true;
  bool require_iss_parameter = false;  // B4
  std::vector<std::string> algorithms{"RS256"};
  Millis tolerance = Minutes(5);  // K3
  // The program ends with its answer, so that what can't be stored is lost: then nothing is spent that can't
  // be had twice (a refresh token, a code). A page goes on in memory instead (S3).
  bool ends_at_once = false;
};

}  // namespace foyer::oauth
