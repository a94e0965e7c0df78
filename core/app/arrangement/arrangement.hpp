// How a person wants the homes on this device: favourites and rooms in their order, what is hidden or folded,
// names of their own, and what goes off with the lights. Kept here, told to no cloud.
//
// Ids are those of the model in text ("hc:0a"). What is no longer part of a home stays and does no harm: it
// may come back. Texts are at most 100 characters, each list at most 2,000 entries; more is not taken.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/home.hpp"

namespace foyer {

struct Arrangement {
  std::vector<std::string> favourites{};                    // modules, first first
  std::set<std::string, std::less<>> hidden{};              // modules
  std::set<std::string, std::less<>> folded{};              // rooms
  std::map<std::string, std::string, std::less<>> names{};  // of modules, rooms and homes, by named()
  std::map<std::string, std::vector<std::string>, std::less<>> rooms{};  // of a home: rooms, first first
  std::map<std::string, bool, std::less<>> lights{};  // modules that go off with the lights, or do not
  friend bool operator==(const Arrangement&, const Arrangement&) = default;

  bool is_favourite(std::string_view module) const;
};

// One wish. `text` is the name of `rename`; empty: the cloud's again. `rooms` are those of `order`, whose id
// is the home's; none: the cloud's order again.
struct ArrangementChange {
  enum class What { favourite, earlier, later, hide, fold, rename, with_lights, order };
  What what = What::favourite;
  std::string id{};
  std::string text{};
  std::vector<std::string> rooms{};
};
// The same wish twice takes favourite, hide, fold and with_lights back. False: nothing changed.
bool change(Arrangement& all, const ArrangementChange& wish, const Module* module);

// Under which id it has its name: rooms of one cloud may be numbered like devices of another.
std::string named(const Module& module);
std::string named(const Ambient& room);
std::string named(const Plant& home);
// The person's name of it, else the cloud's; may be empty. A gateway has that of its module.
std::string_view name_of(const Arrangement& all, const Module& module);
std::string_view name_of(const Arrangement& all, const Ambient& room);
std::string_view name_of(const Arrangement& all, const Plant& home);
std::string_view name_of(const Arrangement& all, const Gateway& gateway);
// Indices of the home's rooms as the person ordered them; rooms that came later stand last, in the cloud's
// order.
std::vector<std::size_t> room_order(const Arrangement& all, const Plant& home);
// The same as a wish to move one of them by a place; a room at the end, or of another home: as it is.
ArrangementChange room_moved(const Arrangement& all, const Plant& home, const AmbientId& room, bool earlier);
// Does "lights off" mean it? Lamps and dimmers do; of sockets, relays and fans only what the cloud says is a
// lamp: a fridge, a router and a boiler hang on sockets, too. What the person says of a module counts more
// than all of that.
bool goes_off_with_lights(const Arrangement& all, const Module& module);
// Is it one that a person may want to add: can be switched off at all?
bool can_go_off(const Module& module);

std::string to_json(const Arrangement& all);
// What cannot be read is left out.
Arrangement arrangement_from_json(std::string_view text);

}  // namespace foyer
