// Where every tile of a home lies, without building any: one pass over the modules, kept until the state or
// the width changes. The tiles near the view are then found by bisection, so that a frame costs the same for
// any number of modules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/state.hpp"
#include "shell/builder.hpp"

namespace foyer::shell {

struct HomePlan {
  struct Room {
    int ambient = -1;                    // index in the plant, −1 for devices in no room
    float top = 0, bottom = 0;           // heading to last tile
    std::uint32_t first = 0, count = 0;  // tiles
    int on = 0;
    double watts = 0, metered = 0;
    std::optional<double> temperature{};
    bool all_offline = false;
    bool can_switch_off = false;
  };
  struct Row {
    float top = 0, height = 0;
    std::uint32_t room = 0, first = 0, count = 0;
  };
  std::vector<Room> rooms{};
  std::vector<Row> rows{};
  std::vector<std::uint32_t> tiles{};  // indices of the plant's modules
  int columns = 1;
  float tile_width = 0, small = 0, tall = 0, heading = 0;
  float height = 0;

  // First row that ends below `top`.
  std::size_t row_at(float top) const;
};

// `query` filters by the names of module and room; a non-empty `only` keeps one room. Tops begin at 0.
HomePlan plan_home(const Plant& plant, std::string_view query, const AmbientId& only, const Metrics& m,
                   float width);

// Every word of `query` is in `text`; their order, case, accents of Latin-1 and spaces do not matter.
bool matches(std::string_view text, std::string_view query);
// Is it shown among the rooms' tiles? Scenes and gateways have views of their own.
bool has_tile(const Module& module);

}  // namespace foyer::shell
