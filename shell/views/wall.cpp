// For a display on the wall: the hour, what needs somebody, and what is used, large. Everything else is the
// interface's: it is drawn larger there and dimmed at night (shell/input/interface.cpp), and the page keeps
// the screen on (web/page/awake.mjs).
#include "shell/views/home_tiles.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

constexpr std::size_t kMostTiles = 12;

// The favourites; who has chosen none is shown what is usually switched and set.
std::vector<const Module*> used(const Builder& b, const Plant& plant) {
  std::vector<const Module*> out;
  for (const std::string& id : b.state.arrangement.favourites)
    if (const Module* module = plant.module(ModuleId(id))) out.push_back(module);
  if (!out.empty()) return out;
  for (const Kind kind : {Kind::light, Kind::thermostat, Kind::shutter})
    for (const std::uint32_t at : b.plan.tiles)
      if (const Module& module = plant.modules[at]; module.kind == kind && out.size() < kMostTiles)
        out.push_back(&module);
  return out;
}

void head(Builder& b, const Plant* plant) {
  std::string line = b.times.today();
  if (plant != nullptr) line += " · " + shown_name(b.state, *plant);
  b.split(
      [&] {
        b.column({}, [&] {
          b.heading("wall/clock", 1, Type::huge, b.times.clock());
          b.paragraph("wall/day", Type::section, Token::ink2, line);
        });
      },
      [&] {
        b.button({.id = "wall/leave",
                  .name = std::string(word(W::wall_leave)),
                  .icon = Icon::close,
                  .look = Builder::Look::quiet},
                 Local{Local::What::back, {}, {}});
      });
}

}  // namespace

void build_wall(Builder& b) {
  const Plant* plant = b.state.plant();
  b.sheet(Layer::main, b.main_area, Token::none, {}, [&] {
    b.inside({.id = "main", .role = Role::main, .name = std::string(word(W::wall))}, [&] {
      b.column({.gap = Space::wide}, [&] {
        head(b, plant);
        if (plant == nullptr) return;
        build_chips(b, *plant);
        if (const auto modules = used(b, *plant); !modules.empty())
          b.inside({.id = "wall", .role = Role::list, .name = std::string(word(W::wall))},
                   [&] { build_tile_grid(b, modules, "wall/"); });
        build_quick_scenes(b, *plant);
        if (!b.plan.attention.empty()) build_attention(b);
      });
    });
  });
}

}  // namespace foyer::shell
