// From the login page to the decision on the consent page: the same for both sign-in hosts.
#include <algorithm>

#include "core/sim/state/parts.hpp"

namespace foyer::sim {
namespace {

constexpr Ms login_life = 30 * minute;
constexpr std::size_t most_logins = 20;

// The form fields of a POST, the query of a GET.
Fields fields_of(const Call& call) {
  return call.request.method == "POST" ? form_decode(call.request.body) : call.query;
}

}  // namespace

Response open_login(State& state, Login login, Ms now) {
  std::erase_if(state.logins, [&](const Login& old) { return now - old.at > login_life; });
  if (state.logins.size() >= most_logins) state.logins.erase(state.logins.begin());
  state.logins.push_back(std::move(login));
  return login_page(state.logins.back());
}

std::variant<Response, Decided> login_step(State& state, const Call& call, bool consent,
                                           std::string_view folder) {
  const Fields fields = fields_of(call);
  const auto at = std::ranges::find(state.logins, value_of(fields, "tx"), &Login::id);
  if (at == state.logins.end() || call.now - at->at > login_life) return lost_page();
  if (call.request.method != "POST")
    return !consent || at->user.empty() ? login_page(*at) : consent_page(*at);
  if (!consent) {
    const User* user = find_user(value_of(fields, "user"));
    if (user == nullptr) return login_page(*at);
    at->user = user->name;
    Response moved = plain_answer(303, "text/plain", "");
    moved.headers.push_back({"Location", call.request.base + std::string(folder) + "/consent?tx=" + at->id});
    return moved;
  }
  if (at->user.empty()) return login_page(*at);
  const std::string decision = value_of(fields, "decision");
  if (decision != "accept" && decision != "deny") return consent_page(*at);
  Decided decided{std::move(*at), decision == "accept"};
  state.logins.erase(at);
  return decided;
}

}  // namespace foyer::sim
