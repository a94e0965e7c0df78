// How a device, a room or a home is shown on this device: its name and place; of devices also favourite,
// hidden, and whether it goes off with the lights.
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

using What = ArrangementChange::What;

Action arrange(What what, const Module& module, std::string text = {}) {
  return Intent{intent::Arrange{{what, module.id.text, std::move(text)}}};
}

void choice(Builder& b, const std::string& id, W name, bool on, const Action& action) {
  b.card({.fill = Token::none, .pad = Space::none, .least = Size::entry}, [&] {
    b.split(
        {.least = Size::words}, [&] { b.text(Type::body, Token::ink, word(name)); },
        [&] { b.toggle(id, std::string(word(name)), on, false, action); });
  });
}

template <class Moved>
void earlier_later(Builder& b, const std::string& id, bool earlier, bool later, const Moved& moved) {
  b.wrap({}, [&] {
    b.button({.id = id + "/earlier",
              .label = std::string(word(W::favourite_earlier)),
              .icon = Icon::chevron_up,
              .disabled = !earlier},
             earlier ? Action{moved(true)} : Action{});
    b.button({.id = id + "/later",
              .label = std::string(word(W::favourite_later)),
              .icon = Icon::chevron_down,
              .disabled = !later},
             later ? Action{moved(false)} : Action{});
  });
}

void order(Builder& b, const Module& module, const std::string& id) {
  const std::vector<std::string>& all = b.state.arrangement.favourites;
  if (all.size() < 2) return;
  earlier_later(b, id, all.front() != module.id.text, all.back() != module.id.text, [&](bool earlier) {
    return Intent{intent::Arrange{{earlier ? What::earlier : What::later, module.id.text, {}}}};
  });
}

// `key`: under which the arrangement has the name (core/app/arrangement); `of_cloud`: what it is called
// without one.
void name(Builder& b, const std::string& id, const std::string& key, const std::string& of_cloud,
          const std::string& now) {
  const std::string field = id + "/name";
  const auto typed = b.memory.fields.find(field);
  const std::string& wanted = typed == b.memory.fields.end() ? now : typed->second;
  b.field(field, std::string(word(W::own_name)), of_cloud, wanted, {});
  b.button({.id = id + "/rename", .label = std::string(word(W::own_name_use)), .disabled = wanted == now},
           Intent{intent::Arrange{{What::rename, key, wanted == of_cloud ? std::string() : wanted}}});
}

}  // namespace

void build_arrangement(Builder& b, const Module& module) {
  const std::string id = "arrange/" + module.id.text;
  const Arrangement& all = b.state.arrangement;
  const bool favourite = all.is_favourite(module.id.text);
  b.section(id, W::here);
  b.column({.gap = Space::small}, [&] {
    choice(b, id + "/favourite", W::favourite, favourite, arrange(What::favourite, module));
    if (favourite) order(b, module, id);
    if (can_go_off(module))
      choice(b, id + "/with_lights", W::with_lights, goes_off_with_lights(all, module),
             arrange(What::with_lights, module));
    const bool hidden = all.hidden.contains(module.id.text);
    choice(b, id + "/hidden", W::hidden, hidden, arrange(What::hide, module));
    if (hidden) b.paragraph(id + "/hidden/more", Type::small, Token::ink2, word(W::hidden_more));
    name(b, id, named(module), module.name, std::string(name_of(all, module)));
  });
}

void build_tile_menu(Builder& b, std::string_view id) {
  const Plant* plant = b.state.plant();
  const Module* module = plant == nullptr
                             ? nullptr
                             : plant->module(ModuleId(std::string(id.substr(id.find(kTile) + kTile.size()))));
  if (module == nullptr) return;
  const Arrangement& all = b.state.arrangement;
  const bool favourite = all.is_favourite(module->id.text);
  const std::string name = shown_name(b.state, *module);
  b.inside({.id = "menu", .role = Role::group, .name = name}, [&] {
    b.card({.fill = Token::none, .pad = Space::small, .gap = Space::small}, [&] {
      b.text(Type::strong, Token::ink, name);
      choice(b, "menu/favourite", W::favourite, favourite, arrange(What::favourite, *module));
      if (favourite) order(b, *module, "menu");
      choice(b, "menu/hidden", W::hidden, all.hidden.contains(module->id.text), arrange(What::hide, *module));
      const Route to = route_to(*plant, *module, b.state.route.ambient);
      Node& made =
          b.button({.id = "menu/details", .label = std::string(word(W::details)), .wide = true}, go(to));
      made.role = Role::link;
      made.place = to_text(to);
    });
  });
}

void build_arrangement(Builder& b, const Plant& plant, const Ambient& room) {
  const std::string id = "arrange/" + named(room);
  const Arrangement& all = b.state.arrangement;
  const std::vector<std::size_t> order = room_order(all, plant);
  b.section(id, W::here);
  b.narrow(Size::narrow, [&] {
    b.column({.gap = Space::small}, [&] {
      if (order.size() > 1)
        earlier_later(
            b, id, &plant.ambients[order.front()] != &room, &plant.ambients[order.back()] != &room,
            [&](bool earlier) { return Intent{intent::Arrange{room_moved(all, plant, room.id, earlier)}}; });
      name(b, id, named(room), room.name, std::string(name_of(all, room)));
    });
  });
}

void build_arrangement(Builder& b, const Plant& plant) {
  name(b, "arrange/" + named(plant), named(plant), plant.name,
       std::string(name_of(b.state.arrangement, plant)));
}

}  // namespace foyer::shell
