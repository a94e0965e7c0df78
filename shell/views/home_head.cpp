// What matters now, above the rooms of a home: its heating, what is on, favourites, what needs somebody,
// scenes.
#include <algorithm>

#include "shell/views/home_tiles.hpp"
#include "shell/views/search.hpp"
#include "shell/views/tile.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

constexpr std::size_t kMostScenes = 8, kMostAttention = 4, kMostOnPhone = 2;

struct Chip {
  std::string id{}, words{};
  Icon icon = Icon::none;
  std::optional<Route> open{};  // nothing: it opens the list of what is on
  Token ground = Token::surface;
};

void chip(Builder& b, const Chip& one) {
  Builder::Button what{.id = one.id, .label = one.words, .icon = one.icon};
  what.fill = one.ground;
  Node& made = b.button(what, one.open ? go(*one.open) : Action{Local{Local::What::menu, one.id, {}}});
  if (!one.open) {
    made.expanded = b.memory.menu == one.id;
    return;
  }
  made.role = Role::link;
  made.place = to_text(*one.open);
}

// Mode and plan of the whole house, where its cloud has such a thing.
void heating(Builder& b, const Plant& plant) {
  for (const Module& module : plant.modules) {
    const bool of_house = module.kind == Kind::thermostat && module.ambient.empty() &&
                          module.capability(Aspect::setpoint) == nullptr;
    if (!of_house) continue;
    const auto mode = module.word(Aspect::mode), plan = module.word(Aspect::program);
    std::string words = mode ? value_text(module, Aspect::mode, *mode, Unit::none) : std::string();
    if (plan)
      words = value_text(module, Aspect::program, *plan, Unit::none) + (words.empty() ? "" : " · ") + words;
    if (words.empty()) continue;
    const bool cold = mode && (*mode == "off" || *mode == "protection" || *mode == "away");
    chip(b, {.id = "chip/" + module.id.text,
             .words = std::move(words),
             .icon = cold ? Icon::snow : Icon::flame,
             .open = route_to(plant, module),
             .ground = cold ? Token::coolbg : Token::warmbg});
  }
}

}  // namespace

void build_chips(Builder& b, const Plant& plant) {
  const HomePlan& plan = b.plan;
  b.wrap({}, [&] {
    heating(b, plant);
    if (plan.on > 0)
      chip(b, {.id = "chip/on", .words = say(W::home_on, {std::to_string(plan.on)}), .icon = Icon::lamp_on});
    if (plan.watts >= 1)
      chip(b, {.id = "chip/power",
               .words = say(W::home_power, {quantity(plan.watts, Unit::watt)}),
               .icon = Icon::bolt,
               .open = route_to(b.state, Route::View::energy)});
    for (const std::uint32_t at : plan.open_windows) {
      const Module& module = plant.modules[at];
      const Ambient* room = plant.ambient(module.ambient);
      chip(b,
           {.id = "chip/window/" + module.id.text,
            .words = say(W::home_window, {room ? shown_name(b.state, *room) : shown_name(b.state, module)}),
            .icon = Icon::window,
            .open = route_to(plant, module)});
    }
  });
}

namespace {

void favourites(Builder& b, const Plant& plant) {
  std::vector<const Module*> chosen;
  for (const std::string& id : b.state.arrangement.favourites)
    if (const Module* module = plant.module(ModuleId(id))) chosen.push_back(module);
  if (chosen.empty()) return;
  b.column({.gap = Space::small}, [&] {
    b.heading("favourites/heading", 2, Type::section, word(W::favourites));
    b.inside({.id = "favourites", .role = Role::list, .name = std::string(word(W::favourites))},
             [&] { build_tile_grid(b, chosen, "favourite/"); });
  });
}

std::string attention_line(Builder& b, const Module& module, Attention::What what) {
  switch (what) {
    case Attention::What::offline:
      return module.unreachable_since ? say(W::offline_since, {b.times.at(*module.unreachable_since)})
                                      : std::string(word(W::offline));
    case Attention::What::battery:
      return std::string(
          word(module.word(Aspect::battery) == "very_low" ? W::battery_very_low : W::battery_low));
    case Attention::What::unconfirmed:
      break;
  }
  const CommandState* command = open_command(b.state, module.id);
  if (command == nullptr || command->text.empty()) return std::string(word(W::not_confirmed));
  return b.times.live(command->text, command->again_at);
}

Icon attention_icon(Attention::What what) {
  return what == Attention::What::offline   ? Icon::offline
         : what == Attention::What::battery ? Icon::battery_low
                                            : Icon::problems;
}

// A line of the list; which home, where there are several.
void attention_row(Builder& b, const Attention& one) {
  const Plant& plant = b.state.plants[one.plant];
  const Module& module = plant.modules[one.module];
  const std::string name = shown_name(b.state, module);
  std::string line = attention_line(b, module, one.what);
  if (&plant != b.state.plant()) line = shown_name(b.state, plant) + " · " + line;
  b.row({.gap = Space::gap}, [&] {
    b.icon(attention_icon(one.what), Size::glyph_big, Token::bad);
    b.split(
        [&] {
          b.column({}, [&] {
            b.text(Type::name, Token::ink, name);
            b.text(Type::small, Token::ink2, line);
          });
        },
        [&] {
          b.button({.id = "attention/" + std::to_string(static_cast<int>(one.what)) + "/" + module.id.text,
                    .name = say(W::attention_name, {name, line}),
                    .label = std::string(word(W::details))},
                   go(route_to(plant, module)));
        });
  });
}

void attention(Builder& b, std::size_t most) {
  const std::vector<Attention>& all = b.plan.attention;
  b.column({.gap = Space::small}, [&] {
    b.heading("attention/heading", 2, Type::section, word(W::attention));
    b.card({.over = Space::gap,
            .gap = Space::gap,
            .parent = {.id = "attention", .role = Role::group, .name = std::string(word(W::attention))}},
           [&] {
             for (std::size_t at = 0; at < std::min(most, all.size()); ++at) {
               if (at > 0) b.rule();
               attention_row(b, all[at]);
             }
             if (all.size() > most)
               b.button({.id = "attention/all", .label = say(W::attention_all, {std::to_string(all.size())})},
                        go(route_to(b.state, Route::View::problems)));
           });
  });
}

// What became of the last run is seen on its button.
Icon scene_icon(const State& state, const Module& scene) {
  const CommandState* run = state.command(scene.id, Aspect::run);
  if (run == nullptr) return Icon::play;
  switch (run->picture) {
    case CommandState::Picture::sent:
      return Icon::clock;
    case CommandState::Picture::confirmed:
      return Icon::check;
    default:
      return Icon::problems;
  }
}

}  // namespace

void build_quick_scenes(Builder& b, const Plant& plant) {
  std::vector<const Module*> all;
  for (const Module& module : plant.modules)
    if (module.kind == Kind::scene && !b.state.arrangement.hidden.contains(module.id.text))
      all.push_back(&module);
  if (all.empty()) return;
  b.column({.gap = Space::small}, [&] {
    b.heading("scenes/heading", 2, Type::section, word(W::scenes));
    b.wrap({}, [&] {
      for (std::size_t at = 0; at < std::min(all.size(), kMostScenes); ++at) {
        const std::string name = shown_name(b.state, *all[at]);
        Builder::Button what{.id = "scene/" + all[at]->id.text + "/run",
                             .name = say(W::scene_run, {name}),
                             .label = name,
                             .icon = scene_icon(b.state, *all[at]),
                             .disabled = !b.state.online || all[at]->reach == Reach::unreachable,
                             .why = std::string(word(W::offline_remedy))};
        what.fill = Token::surface;
        b.button(what, Intent{intent::Send{all[at]->id, Command{Aspect::run, true, {}}}});
      }
      if (all.size() > kMostScenes)
        b.button({.id = "scenes/all", .label = say(W::attention_all, {std::to_string(all.size())})},
                 go(route_to(b.state, Route::View::scenes)));
    });
  });
}

void build_home_head(Builder& b, const Plant& plant) {
  build_chips(b, plant);
  favourites(b, plant);
  if (!b.plan.attention.empty()) attention(b, b.m.phone ? kMostOnPhone : kMostAttention);
  build_quick_scenes(b, plant);
}

void build_attention(Builder& b) { attention(b, b.plan.attention.size()); }

}  // namespace foyer::shell
