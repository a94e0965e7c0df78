// The parts of the simulated cloud that cloud.cpp puts together. Internal to core/sim.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/url.hpp"
#include "core/sim/cloud.hpp"
#include "core/sim/state/state.hpp"

namespace foyer::sim {

// One request, taken apart. Lives in the frame of Cloud::handle for as long as any part works on it.
struct Call {
  Request request;
  std::string path;                   // below base, without query: "/cloud/api/…"
  std::vector<std::string> segments;  // of `path` behind "/cloud/", percent-decoded; no empty last one
  Fields query;
  Ms now = 0;  // on the cloud's clock

  std::string header(std::string_view name) const;  // first value or ""
  std::string issuer() const { return request.base + "/cloud/oauth"; }
};

struct Core {
  Ports ports;
  State& state;
};

// --- answers.cpp ---
Response json_answer(int status, std::string body);
Response plain_answer(int status, std::string type, std::string body);
// The gateway's {"statusCode","message"} (shape A).
Response gateway_error(const State& state, int status, std::string_view message);
// The vendor's own text for that status, or "" when it has none.
std::string_view documented_message(int status);
Response documented_error(const State& state, int status);
Response quota_refusal(const State& state, Ms now);
Response rate_refusal(const State& state, int seconds);
Response expired_token(const State& state);
// What `fault` answers; `real` is the true answer when the call was carried out.
Response faulty(const State& state, const Call& call, const Fault& fault, Response real);
// A refusal of the sign-in host, in the style of Azure AD B2C.
Response oauth_error(int status, std::string_view error, std::string_view description, Ms now);
// First value of that name or "".
std::string value_of(const Fields& fields, std::string_view name);
// Two lower-case digits per byte.
std::string hex_of(std::string_view bytes);
// base64url of the SHA-256 of `text`: how codes and tokens are remembered.
Task<std::string> key_of(const Core& core, std::string text);

// --- oauth.cpp, tokens.cpp, pages.cpp: everything under /cloud/oauth ---
Task<Response> oauth(const Core& core, const Call& call);
Task<Response> token_endpoint(const Core& core, const Call& call);
Task<Response> key_set(const Core& core);
// 302 or 303 back to the client.
Response send_back(const Call& call, const std::string& redirect, const Fields& fields);
Task<Response> finish_login(const Core& core, const Call& call, Login login, bool accepted);
// Remembers a login while its pages are open, at most 20 for 30 min each; answers the first page.
Response open_login(State& state, Login login, Ms now);
// A login that the person decided about; it is no longer remembered.
struct Decided {
  Login login;
  bool accepted = false;
};
// The next step of the login that a request to the login or `consent` page is about: what to show, or the
// decision. `folder` of the sign-in host: "/cloud/oauth".
std::variant<Response, Decided> login_step(State& state, const Call& call, bool consent,
                                           std::string_view folder);
Response login_page(const Login& login);
Response consent_page(const Login& login);
Response lost_page();
Response style_sheet();
// Granted scopes for a requested `scope` text.
std::string granted_scopes(std::string_view requested);
bool has_scope(std::string_view scopes, std::string_view wanted);

// --- gateway.cpp: everything under /cloud/api ---
// Who calls, once the token is accepted.
struct Caller {
  std::string user, scopes;
};
// Nothing found by the token: empty user.
Task<std::string> user_behind(const Core& core, const Call& call);
Task<Response> gateway(const Core& core, const Call& call);
// The APIs behind the gateway, with the path segments behind their base. `known` tells whether that path and
// method exist; when false nothing is done (order of checks: route first).
bool smarther_knows(const Call& call, const std::vector<std::string>& path);
Response smarther(State& state, const Call& call, const std::vector<std::string>& path, const Caller& caller,
                  std::string fresh_id);
// Webhook events are data: the control interface shows the last 50.
void queue_event(State& state, NetEvent event);
// What a subscription of that plant would be sent now.
void tell_c2c(State& state, const Call& call, Chalet& plant, const Thermostat& thermostat,
              const std::string& id);
void tell_c2c_handshake(State& state, const Call& call, const Chalet& plant, const Webhook& hook);
// The smaller APIs: Multisocket, MyHOME_Up, and the app-private paths that take no partner's
// key.
bool small_api_knows(const Call& call);
Response small_api(State& state, const Call& call, const Caller& caller);
bool app_private(const Call& call);
bool home_control_knows(const Call& call, const std::vector<std::string>& path);
Response home_control(State& state, const Call& call, const std::vector<std::string>& path,
                      const Caller& caller);

// --- netatmo/oauth.cpp, netatmo/gate.cpp: everything under /cloud/netatmo ---
Task<Response> net_oauth(const Core& core, const Call& call);
Task<Response> net_gate(const Core& core, const Call& call);
// Nothing found by the token: empty.
Task<std::string> net_user_behind(const Core& core, const Call& call);
// The documented error of that HTTP status in Netatmo's form; `code` 0: the usual one.
Response net_documented_error(int status, int code);

// --- control.cpp: /cloud/_control ---
// GET _control/webhooks: what webhooks would have been sent, with the headers that sign it
// (netatmo/control.cpp).
Task<Response> webhooks(const Core& core);
Response control(State& state, const Call& call);
void note(State& state, const Call& call, std::string_view user, const Response& response);
int quota_used(const State& state, std::string_view user, Ms now);

}  // namespace foyer::sim
