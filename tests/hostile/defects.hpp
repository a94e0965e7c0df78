// The hostile provider: the provider of tests/oauth/world.hpp with one switch per defect.
//
// Each row of the table is a switch. `turn_on` falsifies one thing in one place of an otherwise honest
// provider, whose id_tokens are signed in earnest; everything else stays right, so that only the check of
// that row can refuse the answer. `code` is what the client must say then.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/oauth/world.hpp"

namespace foyer::oauth::hostile {

enum class Place { redirect, token, header, claims, signature, keys, refresh };
// strict: what RFC 6749, 7515, 7517, 9207 or OpenID Connect tell a client to refuse. hardening: what careful
// clients refuse beyond that.
enum class Kind { strict, hardening };
inline constexpr auto strict = Kind::strict, hardening = Kind::hardening;

struct Defect {
  const char* name;
  Kind kind;
  Place place;
  const char* code;  // begins with the rule
  std::function<void(World&)> turn_on;
  int requests = 1;     // of the token endpoint, at most
  int key_fetches = 1;  // at most
  bool ends = false;    // a refresh after which the session is over
};

// Those of a sign-in, then those of a refresh.
std::vector<Defect> defects_of_answers();
std::vector<Defect> defects_of_id_tokens();
std::vector<Defect> defects_of_keys();
std::vector<Defect> defects_of_refresh();

// Switches: they set what the provider sends. `json` is the new value; null takes the member away.
using Switch = std::function<void(World&)>;
Switch member(const char* name, const char* json);      // of the token answer
Switch header(const char* name, const char* json);      // of the id_token
Switch claim(const char* name, const char* json);       // of the id_token
Switch answer(int status, const char* body);            // the whole token answer; body null: as it is
Switch answer_text(std::function<void(std::string&)>);  // the text of a good token answer
Switch redirect(const char* name, const char* value);   // null: without; of the authorization answer
Switch id_token(std::function<void(std::string&)>);     // its text, after signing
Switch key(const char* name, const char* json);         // a member of the provider's one key
Switch keys_text(const char* body, int status = 200);
// "name":value pairs behind the opening brace, so that a member can be there twice.
Switch twice_in_header(const char* text);
Switch twice_in_claims(const char* text);

}  // namespace foyer::oauth::hostile
