// The catalogue of the clouds' documented operations: what a request console, the headless client's `call`
// and the table in docs/apis.md are made of. Tables of plain values; nothing here sends anything.
//
// Facts from the pages that Legrand and Netatmo publish. An operation whose address the vendor's pages hide
// behind their own sign-in has a parameter `address` that the person copies from there.
//
// Example (compiled by tests/cloud):
//   const auto* operation = catalog::find("hc.light.set");
//   const auto call = catalog::make_call(*operation, {{"plant", "p1"}, {"module", "m1"}, {"level", "40"}});
//   call->path;  // "/hc/api/v1.0/light/lighting/addressLocation/plants/p1/modules/parameter/id/value/m1"
//   call->body;  // {"level":40}
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/cloud/provider.hpp"

namespace foyer::catalog {

// Where a value goes. `address`: it is the whole path below the API's base.
enum class Place : std::uint8_t { path, query, body, address };
std::string_view to_string(Place place);

// `constant`: not asked for; `preset` is sent as JSON as it stands. `json`: an array or object in the
// person's own text.
enum class Type : std::uint8_t { text, integer, number, boolean, enumeration, json, constant };
std::string_view to_string(Type type);

// What of the home the console may put in by itself. A room of Netatmo is an ambient.
enum class Source : std::uint8_t { none, plant, module, gateway, ambient };
std::string_view to_string(Source source);

struct Parameter {
  std::string_view name;  // unique in its operation
  Place place = Place::body;
  Type type = Type::text;
  bool required = false;
  Source source = Source::none;
  // Name on the wire when it is another; in a body the path to it: "setPoint.value", "home.modules[].on".
  std::string_view wire{};
  std::string_view only_when{};          // "mode=manual|off": not to be given otherwise
  std::string_view needed_when{};        // "mode=manual": required then
  std::string_view preset{};             // what to propose; of a constant, its JSON
  std::string_view options{};            // of an enumeration, parted by '|'
  double least = 0, most = 0, step = 0;  // of numbers; step 0: no limits
  std::string_view unit{};               // "%", "°C", "min", "s" (Unix time)
};

struct Operation {
  std::string_view id;     // "<api>.<words>", stable
  std::string_view title;  // what people understand
  std::string_view method;
  std::string_view path;  // below the API's base, with {placeholders}
  std::span<const Parameter> parameters{};
  policy::CommandClass command = policy::CommandClass::read;
  std::string_view scope{};  // that the token needs, or empty
  std::string_view note{};   // what is good to know before sending it; may be empty
  int cost = 1;              // calls of the day's budget

  // The id of its API: "smarther".
  std::string_view api() const { return id.substr(0, id.find('.')); }
};

struct Api {
  std::string_view id;     // "smarther", "hc", "netatmo", "multisocket", "myhome", "classe", "emergency"
  std::string_view title;  // "Smarther v2.0"
  std::string_view note;   // its state, and whom it is for
  std::span<const Operation> operations{};
};

// All of them; they live as long as the program.
std::span<const Api> apis();
// Null for an id that is none.
const Operation* find(std::string_view id);

// Names and values as a person typed them. A value may carry the prefix of Foyer's own ids ("hc:…"). An empty
// value counts as not given.
using Values = Fields;

// Everything that is wrong, one ErrorKind::invalid_input for each name, which is its field: unknown, twice,
// missing, no number, out of its range or off its step, no option, no JSON. Empty: a call can be made.
std::vector<Error> faults(const Operation& operation, const Values& values);
// The request, or what faults() finds in one error: all messages, parted by "; ", and the first one's field.
// The body is compact JSON in the catalogue's order; ids are percent-encoded.
Result<Call> make_call(const Operation& operation, const Values& values);

}  // namespace foyer::catalog
