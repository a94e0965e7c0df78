// Where every tile of a home lies, without building any: one pass over the modules, kept until the state or
// the width changes. The tiles near the view are then found by bisection, so that a frame costs the same for
// any number of modules.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/state/state.hpp"

namespace foyer::shell {

// How large the parts of a home are: measured once, by laying one of each out (home_tiles.hpp).
struct TileSizes {
  int columns = 1;
  float width = 0, gap = 0;
  float small = 0, tall = 0;  // heights of the two kinds of tiles
  float heading = 0;          // of a room, with what parts it from its tiles
  float between = 0;          // rooms
};

// What of a home needs somebody. Problems of gateways and clouds are State::problems.
struct Attention {
  enum class What : std::uint8_t { offline, battery, unconfirmed };
  What what = What::offline;
  std::uint32_t plant = 0, module = 0;  // indices
};
// Of all homes; what hangs on a gateway that is out of reach is that gateway's problem.
std::vector<Attention> needing_attention(const State& state);

// What a search found beside the devices of the home on show.
struct Found {
  enum class What : std::uint8_t { view, home, scene, room, device, help };
  What what = What::view;
  std::uint32_t plant = 0, at = 0;  // `at`: of the view, room, module or question
};

struct HomePlan {
  struct Room {
    int ambient = -1;                    // index in the plant, −1 for devices in no room
    float top = 0, bottom = 0;           // heading to last tile
    std::uint32_t first = 0, count = 0;  // tiles
    int on = 0;
    double watts = 0, metered = 0;
    std::optional<double> temperature{}, humidity{};
    bool open_window = false, folded = false;
    bool all_offline = false;
    bool can_switch_off = false;  // a light of it is on
  };
  struct Row {
    float top = 0, height = 0;
    std::uint32_t room = 0, first = 0, count = 0;
  };
  std::vector<Room> rooms{};
  std::vector<Row> rows{};
  std::vector<std::uint32_t> tiles{};  // indices of the plant's modules
  std::vector<Attention> attention{};
  std::vector<Found> found{};
  std::vector<std::uint32_t> lights_on{};  // indices; of the whole home, with what the person added
  int on = 0;                              // lamps and devices
  double watts = 0;
  std::vector<std::uint32_t> open_windows{};  // modules that tell of one
  TileSizes sizes{};
  float height = 0;

  // First row that ends below `top`.
  std::size_t row_at(float top) const;
};

struct SearchIndex;
// `query` filters, and finds elsewhere what is not of this home; a non-empty `only` keeps one room. Tops
// begin at 0. `index` is kept between calls (search.hpp).
HomePlan plan_home(const State& state, const Plant& plant, std::string_view query, const AmbientId& only,
                   const TileSizes& sizes, std::unique_ptr<SearchIndex>& index);

// Is it shown among the rooms' tiles? Scenes and gateways have views of their own.
bool has_tile(const Module& module);

}  // namespace foyer::shell
