// One module: controls, every reading with its age and origin, ids to copy, the cloud's own JSON.
#include <algorithm>

#include "shell/builder.hpp"
#include "shell/tile.hpp"

namespace foyer::shell {
namespace tools {
namespace {

std::string reading_age(Builder& b, const Reading& reading) {
  switch (reading.origin) {
    case Origin::optimistic:
      return std::string(word(W::our_wish));
    case Origin::cached:
      return std::string(word(W::from_cache)) + ", " + b.times.ago(reading.received);
    case Origin::cloud:
      break;
  }
  std::string text = b.times.ago(reading.received);
  if (reading.measured) text += " · " + say(W::measured, {b.times.at(*reading.measured)});
  return text;
}

std::string subtitle(Builder& b, const Module& module) {
  std::string text;
  auto add = [&](std::string_view more) {
    if (more.empty()) return;
    if (!text.empty()) text += " · ";
    text += more;
  };
  const Plant* plant = b.state.plant();
  if (plant != nullptr)
    if (const Ambient* ambient = plant->ambient(module.ambient)) add(ambient->name);
  add(word(kind_word(module.kind)));
  if (module.reach == Reach::unreachable) {
    add(module.unreachable_since ? say(W::offline_since, {b.times.at(*module.unreachable_since)})
                                 : std::string(word(W::offline)));
    return text;
  }
  std::optional<Instant> newest;
  for (const Reading& reading : module.readings)
    if (reading.origin != Origin::optimistic && (!newest || reading.received > *newest))
      newest = reading.received;
  if (newest) add(say(W::updated, {b.times.ago(*newest)}));
  return text;
}

// Of use to whoever mends it; listed after what the house is about.
bool is_technical(Aspect aspect) {
  using enum Aspect;
  return aspect == firmware || aspect == wifi_strength || aspect == radio_strength || aspect == other;
}

float readings(Builder& b, float x, float y, float width, const Module& module, const std::string& id) {
  if (module.readings.empty()) return y;
  b.group(y, y + 40);
  b.heading(id + "/readings", 2, x, y + 8, width, Type::section, word(W::readings));
  y += line_height(Type::section, b.m.scale) + 16;
  const float small = line_height(Type::small, b.m.scale);
  int number = 0;
  const auto show = [&](const Reading& reading) {
    const std::string name =
        reading.aspect == Aspect::other ? reading.name : std::string(word(aspect_word(reading.aspect)));
    const std::string value = value_text(module, reading.aspect, reading.value, reading.unit);
    const std::string age = reading_age(b, reading);
    const float high = 2 * small + 12;
    b.group(y, y + high);
    const float wide = std::min(text_width(value, Type::small_strong, b.m.scale), width * 0.6F);
    b.text(x, y + 6, width - wide - 12, Type::small, Token::ink, name);
    b.text(x + width - wide, y + 6, wide + 1, Type::small_strong, Token::ink, value);
    b.text(x, y + 6 + small, width, Type::small, Token::ink2, age);
    b.node(id + "/reading/" + std::to_string(number++), Role::text, name + ": " + value + ", " + age,
           {x, y, width, high});
    b.rule(x, y + high - 1, width);
    y += high;
  };
  for (const bool technical : {false, true})
    for (const Reading& reading : module.readings)
      if (is_technical(reading.aspect) == technical) show(reading);
  return y + 16;
}

// The cloud's own text, opened on demand.
float raw(Builder& b, float x, float y, float width, const std::string& id, W title,
          const std::string& json) {
  if (json.empty()) return y;
  const bool open = b.memory.expanded.contains(id);
  const float high = std::max(b.m.em(40), b.m.target);
  b.group(y, y + high);
  const std::string name = say(W::raw_answer, {word(title)});
  Node& node = b.node(id, Role::button, name, {x, y, width, high}, Local{Local::What::expand, id, {}});
  node.expanded = open;
  b.box({x - 8, y, width + 16, high}, Token::none, 10, Token::none, b.last());
  b.icon({x, y, 20, high}, open ? Icon::chevron_up : Icon::chevron_down, 20, Token::ink2);
  b.text(x + 28, y + (high - line_height(Type::small, b.m.scale)) / 2, width - 28, Type::small_strong,
         Token::ink, name);
  y += high;
  if (!open) return y;
  const float line = line_height(Type::small, b.m.scale);
  const auto lines = wrap(json, Type::small, b.m.scale, width - 24, 400);
  const float tall = static_cast<float>(lines.size()) * line + 24;
  b.group(y, y + tall);
  b.box({x, y, width, tall}, Token::raised, 12);
  b.node(id + "/text", Role::text, json, {x, y, width, tall});
  float at = y + 12;
  for (const std::string& part : lines) {
    b.group(at, at + line);
    b.text(x + 12, at, width - 22, Type::small, Token::ink, part);
    at += line;
  }
  y += tall + 8;
  b.group(y, y + b.button_height());
  Builder::Button copy{
      .id = id + "/copy", .name = say(W::copy, {name}), .label = say(W::copy, {"JSON"}), .icon = Icon::copy};
  b.button(copy, {x, y, b.button_width(copy), b.button_height()}, Intent{intent::CopyText{json, name}});
  return y + b.button_height() + 12;
}

float technical(Builder& b, float x, float y, float width, const Module& module, const std::string& id) {
  b.group(y, y + 400);
  b.heading(id + "/technical", 2, x, y + 8, width, Type::section, word(W::technical));
  y += line_height(Type::section, b.m.scale) + 14;
  if (!module.device.empty()) y += b.row(id + "/kind", x, y, width, word(W::device_kind), module.device);
  if (!module.hardware.empty()) y += b.row(id + "/hardware", x, y, width, word(W::hardware), module.hardware);
  if (const Plant* plant = b.state.plant())
    y += b.copy_row(id + "/plant_id", x, y, width, word(W::plant_id), plant->id.remote());
  if (!module.ambient.empty())
    y += b.copy_row(id + "/ambient_id", x, y, width, word(W::ambient_id), module.ambient.remote());
  if (!module.gateway.empty())
    y += b.copy_row(id + "/gateway_id", x, y, width, word(W::gateway_id), module.gateway.remote());
  y += b.copy_row(id + "/module_id", x, y, width, word(W::module_id), module.id.remote());
  y += 8;
  y = raw(b, x, y, width, id + "/raw_topology", W::raw_topology, module.raw_topology);
  return raw(b, x, y, width, id + "/raw_status", W::raw_status, module.raw_status);
}

}  // namespace

void build_module(Builder& b, Rect area, const Module& module, bool as_panel) {
  const float margin = b.m.margin, available = area.w - 2 * margin;
  const float width = as_panel ? available : std::min(available, b.m.em(560));
  const float x = as_panel ? area.x + margin : area.x + margin + (available - width) / 2;
  const std::string id = "detail/" + module.id.text;
  const std::string name = module.name.empty() ? std::string(word(kind_word(module.kind))) : module.name;
  b.open_layer(as_panel ? Layer::panel : Layer::main, area, as_panel ? Token::surface : Token::none);
  b.parent(as_panel ? "panel" : "main", as_panel ? Role::complementary : Role::main, name, area);
  float y = 24;
  const float small = line_height(Type::small, b.m.scale);
  if (as_panel) {
    b.group(0, 80);
    const float line = line_height(Type::panel, b.m.scale);
    b.heading("heading/module", 2, x, y, width - 48, Type::panel, name);
    b.button({.id = "panel/close",
              .name = std::string(word(W::close)),
              .label = {},
              .icon = Icon::close,
              .look = Builder::Look::quiet},
             {x + width - 32, y - 2, 36, 36}, Local{Local::What::back, {}, {}});
    y += line + 2;
  } else {
    y = page_title(b, x, y, width, name, true) - 12;
  }
  b.group(y, y + 40);
  b.label(id + "/subtitle", x, y, width, Type::small, Token::ink2, subtitle(b, module));
  y += small + 20;
  y = build_controls(b, x, y, width, module);
  if (module.mode_until && *module.mode_until > b.times.now()) {
    b.group(y, y + 40);
    y += b.row(id + "/until", x, y, width, word(W::until), b.times.until(*module.mode_until));
  }
  y = readings(b, x, y, width, module, id);
  y = technical(b, x, y, width, module, id);
  b.end_parent();
  b.close_layer(y + 32);
}

}  // namespace tools

void build_module_missing(Builder& b, Rect area) {
  const float x = area.x + b.m.margin, width = area.w - 2 * b.m.margin;
  b.open_layer(Layer::main, area);
  b.parent("main", Role::main, std::string(word(W::home)), area);
  float y = page_title(b, x, 24, width, word(W::details), true);
  b.group(y, y + 60);
  y += b.paragraph("module/gone", x, y, width, Type::body, Token::ink2, word(W::module_gone));
  b.end_parent();
  b.close_layer(y + 32);
}

}  // namespace foyer::shell
