// Defects of the answer to a refresh: none of its tokens is used, and only a definite word ends the session.
#include "tests/hostile/defects.hpp"

namespace foyer::oauth::hostile {
namespace {

constexpr auto place_refresh = Place::refresh;
constexpr int once = 1, repeated = 2;  // T6, X8: the same token once more
constexpr bool ends = true;

}  // namespace

std::vector<Defect> defects_of_refresh() {
  return {
      {"refreshed_sub_other", strict, place_refresh, "R3.sub", claim("sub", "\"user-2\""), once, 0, ends},
      {"refreshed_iss_other", strict, place_refresh, "R3.iss", claim("iss", "\"https://evil.example/\""),
       once, 0, ends},
      {"refreshed_aud_other", strict, place_refresh, "R3.aud", claim("aud", "\"client-2\""), once, 0},
      {"refreshed_aud_with_another", strict, place_refresh, "R3.aud",
       claim("aud", R"(["client-1","client-2"])"), once, 0},
      {"refreshed_azp_other", strict, place_refresh, "R3.azp", claim("azp", "\"client-2\""), once, 0},
      {"refreshed_nonce_other", strict, place_refresh, "R3.nonce", claim("nonce", "\"other\""), once, 0},
      {"refreshed_auth_time_later", hardening, place_refresh, "R3.auth_time",
       claim("auth_time", "1767229200"), once, 0},
      {"refreshed_at_hash_wrong", strict, place_refresh, "D11.hash",
       claim("at_hash", "\"AAAAAAAAAAAAAAAAAAAAAA\""), once, 0},
      {"refreshed_id_token_unsigned", strict, place_refresh, "D2.none", header("alg", "\"none\""), once, 0},
      {"refreshed_id_token_of_another_key", strict, place_refresh, "D4.signature",
       [](World& w) { w.signer = other_signing_key(); }, once, 0},
      {"refreshed_kid_unknown", strict, place_refresh, "D5.kid", header("kid", "\"k9\""), once, 1},
      {"refreshed_claims_twice", strict, place_refresh, "D1.claims.twice",
       twice_in_claims(R"("sub":"user-2",)"), once, 0},
      {"refreshed_token_type_mac", strict, place_refresh, "X7.C2.token_type", member("token_type", "\"mac\""),
       repeated, 0},
      {"refreshed_access_token_missing", strict, place_refresh, "X7.C2.access_token",
       member("access_token", nullptr), repeated, 0},
      {"refreshed_refresh_token_with_space", strict, place_refresh, "X7.C2.refresh_token",
       member("refresh_token", "\"a canary\""), repeated, 0},
      {"refreshed_expires_in_zero", strict, place_refresh, "X7.C3.expires_in", member("expires_in", "0"),
       repeated, 0},
      {"refreshed_with_error", strict, place_refresh, "X7.C5.error", member("error", "\"invalid_grant\""),
       repeated, 0},
      {"refreshed_page_200", strict, place_refresh, "X7.C2.json", answer(200, "<html>"), repeated, 0},
      {"refreshed_201", strict, place_refresh, "X7.201", answer(201, nullptr), repeated, 0},
      {"refreshed_302", strict, place_refresh, "X7.302", answer(302, ""), once, 0},
      {"refreshed_307", strict, place_refresh, "X7.307", answer(307, ""), once, 0},
      {"refresh_quota_403", hardening, place_refresh, "X7.403",
       answer(403, R"({"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in )"
                   R"(01:53:44."})"),
       once, 0},
      {"refresh_quota_403_as_text", hardening, place_refresh, "X7.403",
       answer(403, "Out of call volume quota. Quota will be replenished in 2.12 days."), once, 0},
      {"refresh_rate_401", hardening, place_refresh, "X7.401",
       answer(401, "Rate limit is exceeded. Try again in 26 seconds."), once, 0},
      {"refresh_gateway_401", hardening, place_refresh, "X7.401",
       answer(401, R"({"statusCode":401,"message":"Access denied due to missing subscription key."})"), once,
       0},
      {"refresh_portal_403", hardening, place_refresh, "X7.403", answer(403, "<html>Please sign in</html>"),
       once, 0},
      {"refresh_invalid_grant", strict, place_refresh, "X3", answer(400, R"({"error":"invalid_grant"})"),
       once, 0, ends},
      {"refresh_invalid_scope", strict, place_refresh, "X4", answer(400, R"({"error":"invalid_scope"})"),
       once, 0, ends},
      {"refresh_invalid_client", strict, place_refresh, "X5", answer(401, R"({"error":"invalid_client"})"),
       once, 0},
      {"refresh_unauthorized_client", strict, place_refresh, "X6",
       answer(400, R"({"error":"unauthorized_client"})"), once, 0},
      {"refresh_empty_400", hardening, place_refresh, "X8", answer(400, ""), repeated, 0, ends},
  };
}

}  // namespace foyer::oauth::hostile
