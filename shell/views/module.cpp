// One module, for people first: controls, every reading with its word and age, how it is shown here; below,
// folded, ids to copy and the cloud's own JSON.
#include <algorithm>

#include "core/cloud/netatmo/meters.hpp"
#include "shell/views/history.hpp"
#include "shell/views/reading.hpp"
#include "shell/views/tile.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
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
    if (const Ambient* ambient = plant->ambient(module.ambient)) add(shown_name(b.state, *ambient));
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

void reading_row(Builder& b, const Module& module, const Reading& reading, const std::string& id) {
  const std::string name = reading_name(reading), value = reading_value(module, reading, b.times);
  const std::string age = reading_age(b, reading);
  b.inside({.id = id, .role = Role::text, .name = name + ": " + value + ", " + age}, [&] {
    b.skip(Space::tight);
    b.split(
        {.least = Size::words}, [&] { b.text(Type::small, Token::ink, name); },
        [&] { b.text(Type::small_strong, Token::ink, value); });
    b.text(Type::small, Token::ink2, age);
    b.skip(Space::tight);
    b.rule();
  });
}

void reading_rows(Builder& b, const Module& module, const std::string& id, bool with_word) {
  b.column({}, [&] {
    for (std::size_t at = 0; at < module.readings.size(); ++at)
      if (has_word(module.readings[at]) == with_word)
        reading_row(b, module, module.readings[at], id + "/reading/" + std::to_string(at));
  });
}

void readings(Builder& b, const Module& module, const std::string& id) {
  if (std::ranges::none_of(module.readings, has_word)) return;
  b.section(id + "/readings", W::readings);
  reading_rows(b, module, id, true);
}

// The cloud's own text, opened on demand.
void raw(Builder& b, const std::string& id, W title, const std::string& json) {
  if (json.empty()) return;
  const bool open = b.memory.expanded.contains(id);
  const std::string name = say(W::raw_answer, {word(title)});
  Node link{.id = id, .role = Role::button, .name = name};
  link.expanded = open;
  b.card({.fill = Token::none,
          .pad = Space::none,
          .radius = 10,
          .least = Size::choice,
          .link = std::move(link),
          .action = Local{Local::What::expand, id, {}}},
         [&] {
           b.row({}, [&] {
             b.icon(open ? Icon::chevron_up : Icon::chevron_down, Size::glyph, Token::ink2);
             b.text(Type::small_strong, Token::ink, name);
           });
         });
  if (!open) return;
  b.code(id + "/text", json, 400);
  b.button(
      {.id = id + "/copy", .name = say(W::copy, {name}), .label = say(W::copy, {"JSON"}), .icon = Icon::copy},
      Intent{intent::CopyText{json, name}});
}

// Ids, fields without a word, the cloud's own text: folded until somebody wants them.
void technical(Builder& b, const Module& module, const std::string& id) {
  const std::string part = id + "/technical";
  const bool open = b.memory.expanded.contains(part);
  b.skip(Space::gap);
  b.button({.id = part,
            .label = std::string(word(W::technical)),
            .icon = open ? Icon::chevron_up : Icon::chevron_down,
            .look = Builder::Look::quiet},
           Local{Local::What::expand, part, {}})
      .expanded = open;
  if (!open) return;
  reading_rows(b, module, id, false);
  b.column({}, [&] {
    if (!module.device.empty()) b.fact(id + "/kind", word(W::device_kind), module.device);
    if (!module.hardware.empty()) b.fact(id + "/hardware", word(W::hardware), module.hardware);
    if (const Plant* plant = b.state.plant())
      b.copy_fact(id + "/plant_id", word(W::plant_id), plant->id.remote());
    if (!module.ambient.empty())
      b.copy_fact(id + "/ambient_id", word(W::ambient_id), module.ambient.remote());
    if (!module.gateway.empty())
      b.copy_fact(id + "/gateway_id", word(W::gateway_id), module.gateway.remote());
    b.copy_fact(id + "/module_id", word(W::module_id), module.id.remote());
  });
  raw(b, id + "/raw_topology", W::raw_topology, module.raw_topology);
  raw(b, id + "/raw_status", W::raw_status, module.raw_status);
}

void content(Builder& b, const Module& module) {
  const std::string id = "detail/" + module.id.text;
  b.paragraph(id + "/subtitle", Type::small, Token::ink2, subtitle(b, module));
  b.skip(Space::gap);
  build_controls(b, module);
  if (module.mode_until && *module.mode_until > b.times.now())
    b.fact(id + "/until", word(W::until), b.times.until(*module.mode_until));
  readings(b, module, id);
  if (const Plant* plant = b.state.plant()) build_module_history(b, *plant, module, "history");
  build_arrangement(b, module);
  technical(b, module, id);
}

}  // namespace

// Where there is room it is a panel beside the home, otherwise a page.
void build_module(Builder& b) {
  const Module* module = b.state.plant() == nullptr ? nullptr : b.state.plant()->module(b.state.route.module);
  if (module == nullptr) return;
  const std::string name = shown_name(b.state, *module);
  if (!b.m.wide)
    return b.view({.name = name, .back = true, .most = Size::reading, .gap = Space::tight},
                  [&] { content(b, *module); });
  b.sheet(Layer::panel, b.main_area, Token::surface, {}, [&] {
    b.inside({.id = "panel", .role = Role::complementary, .name = name}, [&] {
      b.column({.gap = Space::tight}, [&] {
        b.split(
            {.align = Align::start}, [&] { b.heading("heading/module", 2, Type::panel, name); },
            [&] {
              b.button({.id = "panel/close",
                        .name = std::string(word(W::close)),
                        .icon = Icon::close,
                        .look = Builder::Look::quiet},
                       Local{Local::What::back, {}, {}});
            });
        content(b, *module);
      });
    });
  });
}

void build_module_missing(Builder& b) {
  b.view({.title = W::details, .back = true},
         [&] { b.paragraph("module/gone", Type::body, Token::ink2, word(W::module_gone)); });
}

}  // namespace foyer::shell
