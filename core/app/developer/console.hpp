// The request console: any documented operation of any cloud, from a form to the answer.
#pragma once

#include <string>
#include <string_view>

#include "core/app/state/state.hpp"
#include "core/cloud/catalog/catalog.hpp"

namespace foyer {

// The account whose sign-in opens that API, who is signed in before who is not; the small APIs of Legrand's
// gateway belong to any account of it. Null: there is none.
const AccountState* console_account(const State& state, std::string_view api);
// What the home at hand and the catalogue propose.
Fields console_defaults(const State& state, const catalog::Operation& operation);
// "curl -X PUT 'https://…' …"; `token` and `key` as they are to be shown ("•••" for a masked one, empty:
// none).
std::string curl_text(const Call& call, const std::string& base, std::string_view token,
                      std::string_view key);
// Line breaks and two spaces per level; a text that is no JSON comes out as it went in.
std::string pretty_json(std::string_view text);

}  // namespace foyer
