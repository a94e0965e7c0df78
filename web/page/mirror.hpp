// The difference between two semantic trees as compact JSON for mirror.mjs, which keeps the elements.
//
//   {"gone": [id…],                      removed, children after parents
//    "set":  [[id, parent, role, {…}]…]  new or changed in anything but the place
//    "at":   [[id, x, y, w, h]…]         whole CSS pixels, relative to the parent
//    "order":[id…]}                      reading order of all, only when it changed
//
// Members of {…} are left out when they have their default: name, value_text → text, description → more,
// title, place → to, value, least, most, step, checked, expanded, current, disabled, busy, level, position →
// pos, set_size → of.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shell/layout/semantics.hpp"

namespace foyer::web {

class MirrorDiff {
 public:
  // Empty when nothing changed. `nodes` in reading order with unique ids, parents before children.
  std::string push(const std::vector<shell::Node>& nodes);
  // Was it in the tree of the last push?
  bool knows(const std::string& id) const { return known_.contains(id); }

 private:
  struct Place {
    int x = 0, y = 0, w = 0, h = 0;
    friend bool operator==(const Place&, const Place&) = default;
  };
  struct Known {
    std::size_t index = 0;  // in last_
    Place place{};
  };
  std::vector<shell::Node> last_{};
  std::unordered_map<std::string, Known> known_{};
};

}  // namespace foyer::web
