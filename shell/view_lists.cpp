// Scenes, energy and topology: three ways to read the same plant.
#include <algorithm>

#include "shell/builder.hpp"
#include "shell/tile.hpp"
#include "shell/tools_parts.hpp"

namespace foyer::shell::tools {
namespace {

// Opens the main layer with a title; answers the next y.
float open_view(Builder& b, Rect area, W title) {
  b.open_layer(Layer::main, area);
  b.parent("main", Role::main, std::string(word(title)), area);
  return page_title(b, area.x + b.m.margin, 24, area.w - 2 * b.m.margin, word(title), false);
}

float close_view(Builder& b, float y) {
  b.end_parent();
  b.close_layer(y + 32);
  return 0;
}

float hint(Builder& b, float x, float y, float width, W text) {
  b.group(y, y + 60);
  return y + b.paragraph("hint", x, y, std::min(width, b.m.em(560)), Type::body, Token::ink2, word(text)) +
         20;
}

Route module_route(const Plant& plant, const Module& module) {
  return {.view = Route::View::module, .plant = plant.id, .ambient = {}, .module = module.id};
}

std::string room_name(const Plant& plant, const Module& module) {
  const Ambient* ambient = plant.ambient(module.ambient);
  return ambient == nullptr ? std::string{} : ambient->name;
}

// A card-like row that leads to a module, with something at its right end. Answers the next y.
float module_row(Builder& b, const Plant& plant, const Module& module, float x, float y, float width,
                 std::string_view line, std::string_view right, bool lit) {
  const float high = std::max(b.m.em(64), 64.0F);
  const std::string id = "row/" + module.id.text;
  if (b.near(y, y + high)) {
    b.group(y, y + high);
    Node& node = b.node(id, Role::link, module.name, {x, y, width, high}, go(module_route(plant, module)));
    node.description = right.empty() ? std::string(line)
                                     : std::string(right) + (line.empty() ? "" : ", ") + std::string(line);
    b.box({x, y, width, high}, lit ? Token::lit : Token::surface, 16, lit ? Token::litline : Token::none,
          b.last());
    b.box({x + 12, y + (high - 40) / 2, 40, 40}, lit ? Token::litline : Token::raised, 12);
    b.icon({x + 12, y + (high - 40) / 2, 40, 40}, module_icon(module), 22, lit ? Token::ink : Token::ink2);
    const float wide = text_width(right, Type::section, b.m.scale), room = width - 66 - wide - 28;
    const float words =
        line_height(Type::name, b.m.scale) + (line.empty() ? 0 : line_height(Type::small, b.m.scale));
    float at = y + (high - words) / 2;
    b.text(x + 66, at, room, Type::name, Token::ink, module.name);
    at += line_height(Type::name, b.m.scale);
    if (!line.empty()) b.text(x + 66, at, room, Type::small, lit ? Token::litink : Token::ink2, line);
    if (!right.empty())
      b.text(x + width - 16 - wide, y + (high - line_height(Type::section, b.m.scale)) / 2, wide + 1,
             Type::section, Token::ink, right);
  }
  return y + high + 8;
}

void scene_card(Builder& b, const Module& module, Rect rect) {
  const Tile tile = make_tile(b.state, module, b.times);
  const std::string id = "scene/" + module.id.text;
  Builder::Button run{.id = id + "/run",
                      .name = say(W::scene_run, {tile.name}),
                      .label = std::string(word(W::run)),
                      .icon = Icon::play,
                      .disabled = !tile.enabled};
  const float wide = b.button_width(run);
  b.group(rect.y, rect.y + rect.h);
  b.parent(id + "/item", Role::listitem, {}, rect);
  const bool bad = tile.picture == TilePicture::failed || tile.picture == TilePicture::not_confirmed;
  Node& link = b.node(
      id, Role::link, tile.name, rect,
      go({.view = Route::View::module, .plant = b.state.plant()->id, .ambient = {}, .module = module.id}));
  link.description = tile.line;
  b.box(rect, Token::surface, 16, bad ? Token::bad : Token::none, b.last());
  b.box({rect.x + 14, rect.y + (rect.h - 40) / 2, 40, 40}, Token::raised, 12);
  b.icon({rect.x + 14, rect.y + (rect.h - 40) / 2, 40, 40}, Icon::scenes, 22, Token::ink2);
  const float room = rect.w - 68 - wide - 28,
              words = line_height(Type::name, b.m.scale) + line_height(Type::small, b.m.scale);
  float y = rect.y + (rect.h - words) / 2;
  b.text(rect.x + 68, y, room, Type::name, Token::ink, tile.name);
  y += line_height(Type::name, b.m.scale);
  float x = rect.x + 68;
  if (tile.line_icon != Icon::none) {
    b.icon({x, y, b.m.em(14), line_height(Type::small, b.m.scale)}, tile.line_icon, b.m.em(14),
           tile.line_ink);
    x += b.m.em(14) + 5;
  }
  b.text(x, y, rect.x + 68 + room - x, Type::small, tile.line_ink, tile.line);
  b.button(run,
           {rect.x + rect.w - 14 - wide, rect.y + (rect.h - b.button_height()) / 2, wide, b.button_height()},
           Intent{intent::Send{module.id, Command{Aspect::run, true, {}}}});
  b.end_parent();
}

// One line of the tree with an id to copy.
float tree_row(Builder& b, const std::string& id, float x, float y, float width, int depth, Icon which,
               std::string_view name, std::string_view more, const std::string& remote, Action open,
               bool faint) {
  const float high = std::max(b.m.em(40), b.m.target);
  if (!b.near(y, y + high)) return y + high;
  const float left = x + static_cast<float>(depth) * (b.m.phone ? 16.0F : 28.0F);
  b.group(y, y + high);
  const float mid = y + (high - line_height(Type::body, b.m.scale)) / 2;
  const float copy = std::min(150.0F * b.m.scale, width * 0.38F), room = x + width - copy - left - 36;
  const Token ink = faint ? Token::ink2 : Token::ink;
  if (depth > 0) b.box({left - 14, y, 1, high}, Token::line, 0);
  b.icon({left, y, 22, high}, which, 20, Token::ink2);
  const float size = b.text(left + 32, mid, room,
                            depth == 0   ? Type::strong
                            : depth == 1 ? Type::name
                                         : Type::body,
                            ink, name);
  if (open.index() != 0) {
    Rect hit{left - 6, y, size + 44, high};
    b.node(id, Role::link, std::string(name), hit, std::move(open)).description = more;
    b.box({left - 6, y + 2, size + 44, high - 4}, Token::none, 8, Token::none, b.last());
  } else {
    b.node(id, Role::text, std::string(name) + (more.empty() ? "" : ", " + std::string(more)),
           {left, y, size + 32, high});
  }
  const float gap = size + 44;
  if (room - gap > 40)
    b.text(left + gap, y + (high - line_height(Type::small, b.m.scale)) / 2, room - gap + 24, Type::small,
           Token::ink2, more);
  if (remote.empty()) return y + high;
  const float line = line_height(Type::small, b.m.scale), glyph = b.m.em(14);
  const std::string cut = short_id(remote);
  const float wide = std::min(text_width(cut, Type::small, b.m.scale), copy - glyph - 16);
  Rect hit{x + width - wide - glyph - 18, y, wide + glyph + 18, high};
  Node& node = b.node(id + "/copy", Role::button, say(W::copy, {name}), hit,
                      Intent{intent::CopyText{remote, std::string(name)}});
  node.description = remote;
  b.box({hit.x, y + (high - line - 8) / 2, hit.w, line + 8}, Token::none, 8, Token::none, b.last());
  b.text(hit.x + 6, y + (high - line) / 2, wide + 1, Type::small, Token::ink2, cut);
  b.icon({x + width - glyph - 4, y, glyph, high}, Icon::copy, glyph, Token::ink2);
  return y + high;
}

struct Consumer {
  const Module* module;
  double watts;
};

}  // namespace

float build_scenes(Builder& b, Rect area) {
  const float x = area.x + b.m.margin, width = area.w - 2 * b.m.margin;
  float y = open_view(b, area, W::scenes);
  const Plant* plant = b.state.plant();
  std::vector<const Module*> scenes;
  if (plant != nullptr)
    for (const Module& module : plant->modules)
      if (const Capability* run = module.capability(Aspect::run);
          module.kind == Kind::scene || (run != nullptr && run->commandable))
        scenes.push_back(&module);
  y = hint(b, x, y, width, scenes.empty() ? W::scenes_none : W::scenes_hint);
  const int columns = std::max(1, static_cast<int>((width + b.m.gap) / (b.m.em(320) + b.m.gap)));
  const float wide = (width - static_cast<float>(columns - 1) * b.m.gap) / static_cast<float>(columns);
  const float high = std::max(76.0F, b.m.em(76));
  const auto rows = (static_cast<int>(scenes.size()) + columns - 1) / columns;
  if (!scenes.empty())
    b.parent("scenes", Role::list, std::string(word(W::scenes)),
             {x, y, width, static_cast<float>(rows) * (high + b.m.gap)});
  for (std::size_t at = 0; at < scenes.size(); ++at) {
    const int column = static_cast<int>(at) % columns, row = static_cast<int>(at) / columns;
    Rect rect{x + static_cast<float>(column) * (wide + b.m.gap),
              y + static_cast<float>(row) * (high + b.m.gap), wide, high};
    if (b.near(rect.y, rect.y + rect.h)) scene_card(b, *scenes[at], rect);
  }
  if (!scenes.empty()) b.end_parent();
  return close_view(b, y + static_cast<float>(rows) * (high + b.m.gap));
}

float build_energy(Builder& b, Rect area) {
  const float x = area.x + b.m.margin, width = std::min(area.w - 2 * b.m.margin, b.m.em(720));
  float y = open_view(b, area, W::energy);
  const Plant* plant = b.state.plant();
  std::vector<const Module*> meters;
  std::vector<Consumer> consumers;
  double metered = 0, used = 0;
  bool reports = false;
  if (plant != nullptr)
    for (const Module& module : plant->modules) {
      const auto watts = module.number(Aspect::power);
      if (module.kind == Kind::energy_meter) {
        meters.push_back(&module);
        metered += watts.value_or(0);
      } else if (watts) {
        reports = true;
        used += *watts;
        if (*watts >= 0.5) consumers.push_back({&module, *watts});
      }
    }
  if (meters.empty() && !reports) {
    return close_view(b, hint(b, x, y, width, W::energy_none));
  }
  // Sub-meters measure what the main meter measures too, so sums are shown of one sort only: devices.
  const bool one_meter = meters.size() == 1;
  const double total = one_meter ? metered : used;
  b.group(y, y + 100);
  const std::string number = quantity(total, Unit::watt);
  const float size = b.text(x, y, width, Type::huge, Token::ink, number);
  const W of = one_meter ? W::energy_total : W::energy_total_devices;
  b.text(x + size + 14, y + line_height(Type::huge, b.m.scale) - line_height(Type::body, b.m.scale) - 8,
         width - size - 14, Type::body, Token::ink2, word(of));
  b.node("energy/total", Role::text, number + " " + std::string(word(of)),
         {x, y, width, line_height(Type::huge, b.m.scale)});
  y += line_height(Type::huge, b.m.scale) + 20;
  if (!meters.empty()) y = section(b, "energy/meters", x, y, width, W::energy_meters);
  for (const Module* meter : meters) {
    auto watts = meter->number(Aspect::power);
    auto today = meter->number(Aspect::energy_today);
    std::string line = room_name(*plant, *meter);
    if (today)
      line += (line.empty() ? "" : " · ") + say(W::today_energy, {quantity(*today, Unit::watt_hour)});
    y = module_row(b, *plant, *meter, x, y, width, line, watts ? quantity(*watts, Unit::watt) : std::string{},
                   false);
  }
  y = section(b, "energy/consumers", x, y + 14, width, W::energy_consumers);
  std::sort(consumers.begin(), consumers.end(),
            [](const Consumer& one, const Consumer& two) { return one.watts > two.watts; });
  for (const Consumer& one : consumers)
    y = module_row(b, *plant, *one.module, x, y, width, room_name(*plant, *one.module),
                   quantity(one.watts, Unit::watt), true);
  if (consumers.empty()) y = hint(b, x, y, width, W::energy_idle);
  return close_view(b, y);
}

float build_topology(Builder& b, Rect area) {
  const float x = area.x + b.m.margin, width = std::min(area.w - 2 * b.m.margin, b.m.em(880));
  float y = open_view(b, area, W::topology);
  y = hint(b, x, y, width, W::topology_hint);
  for (const Plant& plant : b.state.plants) {
    const std::string id = "tree/" + plant.id.text;
    auto count = [](auto number) {
      return number == 1 ? std::string(word(W::module_one)) : say(W::modules_count, {std::to_string(number)});
    };
    y = tree_row(b, id, x, y, width, 0, Icon::home, plant.name, count(plant.modules.size()),
                 plant.id.remote(),
                 go({.view = Route::View::home, .plant = plant.id, .ambient = {}, .module = {}}), false);
    for (const Gateway& gateway : plant.gateways)
      y = tree_row(
          b, "tree/" + gateway.id.text, x, y, width, 1, Icon::gateway,
          gateway.name.empty() ? std::string(word(W::kind_gateway)) : gateway.name,
          gateway.offline_since ? say(W::offline_since, {b.times.at(*gateway.offline_since)}) : std::string{},
          gateway.id.remote(), {}, gateway.offline_since.has_value());
    auto members = [&](const AmbientId& ambient, bool orphans) {
      for (const Module& module : plant.modules) {
        if (orphans ? plant.ambient(module.ambient) != nullptr : module.ambient != ambient) continue;
        const bool gone = module.reach == Reach::unreachable;
        std::string more = module.hardware.empty() ? module.device : module.hardware;
        if (gone) more += (more.empty() ? "" : " · ") + std::string(word(W::offline_word));
        y = tree_row(b, "tree/" + module.id.text, x, y, width, 2, module_icon(module), module.name, more,
                     module.id.remote(), go(module_route(plant, module)), gone);
      }
    };
    for (const Ambient& ambient : plant.ambients) {
      y = tree_row(b, "tree/" + ambient.id.text, x, y, width, 1, Icon::room, ambient.name, ambient.type,
                   ambient.id.remote(),
                   go({.view = Route::View::ambient, .plant = plant.id, .ambient = ambient.id, .module = {}}),
                   false);
      members(ambient.id, false);
    }
    const bool loose = std::any_of(plant.modules.begin(), plant.modules.end(), [&](const Module& module) {
      return plant.ambient(module.ambient) == nullptr;
    });
    if (loose) {
      y = tree_row(b, id + "/none", x, y, width, 1, Icon::unknown, word(W::room_none), {}, {}, {}, false);
      members({}, true);
    }
    if (!plant.complaints.empty()) {
      y = section(b, id + "/complaints", x, y + 16, width, W::topology_complaints);
      int number = 0;
      for (const std::string& complaint : plant.complaints) {
        b.group(y, y + 60);
        y += b.paragraph(id + "/complaint/" + std::to_string(number++), x, y, width, Type::small, Token::ink2,
                         complaint) +
             6;
      }
    }
    y += 24;
  }
  // Where a person looks for it: it is in no cloud's topology, and set-up says why.
  const Builder::Button intercom{
      .id = "tree/intercom", .name = {}, .label = std::string(word(W::setup_intercom)), .icon = Icon::info};
  b.group(y, y + b.button_height());
  b.button(intercom, {x, y, b.button_width(intercom), b.button_height()},
           go({.view = Route::View::setup, .plant = {}, .ambient = {}, .module = {}}));
  return close_view(b, y + b.button_height());
}

}  // namespace foyer::shell::tools
