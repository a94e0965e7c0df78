// What opens above a view: the homes to choose from, what is on, a question before what can't be taken back;
// and the word on what was done, with its way back.
#include <algorithm>

#include "shell/views/home_plan.hpp"
#include "shell/views/search.hpp"
#include "shell/views/tile.hpp"
#include "shell/views/views.hpp"
#include "shell/views/why.hpp"

namespace foyer::shell {
namespace {

constexpr std::size_t kSearchFrom = 9;  // homes; fewer are seen at once

void home_entry(Builder& b, const Plant& plant) {
  const bool current = &plant == b.state.plant();
  const std::string name = shown_name(b.state, plant), cloud = cloud_name(b.state, plant);
  Node link{.id = "menu/" + plant.id.text, .role = Role::link, .name = name, .description = cloud};
  link.current = current;
  b.card({.fill = current ? Token::raised : Token::none,
          .pad = Space::pad,
          .over = Space::small,
          .radius = 10,
          .least = Size::entry,
          .link = std::move(link),
          .action = go({.view = Route::View::home, .plant = plant.id, .ambient = {}, .module = {}})},
         [&] {
           b.split(
               {.least = Size::none},
               [&] {
                 b.column({}, [&] {
                   b.text(Type::name, Token::ink, name);
                   if (!cloud.empty()) b.text(Type::small, Token::ink2, cloud);
                 });
               },
               [&] {
                 if (current) b.icon(Icon::check, Size::glyph, Token::accent);
               });
         });
}

void field(Builder& b, const std::string& id, W name) {
  const auto typed = b.memory.fields.find(id);
  b.card({.fill = Token::raised, .pad = Space::none, .radius = 10}, [&] {
    b.row({}, [&] {
      b.take(b.px(Space::fine), 0);
      b.icon(Icon::search, Size::glyph_line, Token::ink2);
      b.input(id, std::string(word(name)), std::string(word(name)),
              typed == b.memory.fields.end() ? std::string() : typed->second, b.px(Size::field));
    });
  });
}

void homes(Builder& b) {
  b.inside({.id = "menu", .role = Role::group, .name = std::string(word(W::choose_home))}, [&] {
    std::string query;
    if (b.state.plants.size() >= kSearchFrom) {
      field(b, "menu/search", W::homes_search);
      if (const auto typed = b.memory.fields.find("menu/search"); typed != b.memory.fields.end())
        query = typed->second;
    }
    std::size_t shown = 0;
    for (const Plant& plant : b.state.plants)
      if (query.empty() || matches(shown_name(b.state, plant) + " " + cloud_name(b.state, plant), query))
        home_entry(b, plant), ++shown;
    if (shown == 0) b.paragraph("menu/none", Type::small, Token::ink2, say(W::search_none, {query}));
    if (!query.empty()) return;  // Enter opens what was found, and nothing else
    const Route all{.view = Route::View::homes};
    Node& made = b.button({.id = "menu/all",
                           .label = std::string(word(W::homes)),
                           .icon = Icon::home,
                           .look = Builder::Look::quiet,
                           .wide = true},
                          go(all));
    made.role = Role::link;
    made.place = to_text(all);
  });
}

// Everything that shines, each with its switch.
void on_now(Builder& b) {
  const Plant& plant = *b.state.plant();
  b.inside({.id = "menu", .role = Role::group, .name = say(W::home_on, {std::to_string(b.plan.on)})}, [&] {
    b.column({.gap = Space::fine}, [&] {
      b.button({.id = "menu/lights_off",
                .label = std::string(word(W::home_lights_off)),
                .icon = Icon::lamp,
                .disabled = b.plan.lights_on.empty() || !b.state.online,
                .wide = true},
               Intent{intent::AllOff{.plant = plant.id}});
      for (const HomePlan::Room& room : b.plan.rooms)
        for (std::uint32_t at = room.first; at < room.first + room.count; ++at) {
          const Module& module = plant.modules[b.plan.tiles[at]];
          if (!shines(module) || module.reach == Reach::unreachable) continue;
          const std::string name = shown_name(b.state, module), id = "on/" + module.id.text;
          const Capability* can = module.commandable(Aspect::on_off);
          b.card({.fill = Token::none, .pad = Space::gap, .over = Space::fine, .least = Size::entry}, [&] {
            b.split(
                {.least = Size::words},
                [&] {
                  b.column({}, [&] {
                    b.line(Type::name, Token::ink, name);
                    const std::string where =
                        room.ambient < 0
                            ? std::string()
                            : shown_name(b.state, plant.ambients[static_cast<std::size_t>(room.ambient)]);
                    b.label(id + "/state", Type::small, Token::ink2,
                            where + (where.empty() ? "" : " · ") + state_line(module));
                  });
                },
                [&] {
                  if (can != nullptr)
                    b.toggle(id + "/on_off", name, true, !b.state.online,
                             Intent{intent::Send{module.id, Command{Aspect::on_off, false, {}}}});
                });
          });
        }
    });
  });
}

// What is asked before something that can't be taken back, and what yes does.
struct Question {
  std::string words{}, yes{};
  Action action{};
};

Question about_lock(const Builder& b, const Plant& plant, const std::string& id, bool unlock) {
  const Module* module = plant.module(ModuleId(id));
  if (module == nullptr) return {};
  return {say(unlock ? W::ask_unlock : W::ask_lock, {shown_name(b.state, *module)}),
          std::string(word(unlock ? W::unlock_yes : W::lock_yes)),
          Intent{intent::Send{module->id, Command{Aspect::lock, !unlock, {}}}}};
}

Question about_plan(const Plant& plant, const std::string& id) {
  const auto found = std::ranges::find(plant.schedules, id, &Schedule::id);
  if (found == plant.schedules.end()) return {};
  return {say(W::ask_delete, {found->name}), std::string(word(W::delete_yes)),
          Intent{intent::DeletePlan{id}}};
}

// "ask/unlock/<module>", "ask/delete/<plan>". Nothing when it is gone.
Question question_of(const Builder& b, std::string_view anchor) {
  const Plant* plant = b.state.plant();
  anchor.remove_prefix(kAsk.size());
  const std::size_t end = anchor.find('/');
  if (plant == nullptr || end == anchor.npos) return {};
  const std::string_view what = anchor.substr(0, end);
  const std::string id(anchor.substr(end + 1));
  return what == "delete" ? about_plan(*plant, id) : about_lock(b, *plant, id, what == "unlock");
}

void question(Builder& b, std::string_view anchor) {
  const Question asked = question_of(b, anchor);
  if (asked.words.empty()) return;
  b.inside({.id = "menu", .role = Role::group, .name = asked.words}, [&] {
    b.card({.fill = Token::none, .pad = Space::small, .gap = Space::gap}, [&] {
      b.paragraph("menu/question", Type::strong, Token::ink, asked.words);
      b.shares(Space::small, 2, [&](std::size_t at) {
        Builder::Button what{.id = at == 0 ? "menu/no" : "menu/yes",
                             .label = at == 0 ? std::string(word(W::cancel)) : asked.yes,
                             .look = at == 0 ? Builder::Look::plain : Builder::Look::primary,
                             .wide = true,
                             .high = Size::big};
        b.button(what, at == 0 ? Action{Local{Local::What::menu, {}, {}}} : asked.action);
      });
    });
  });
}

// "why/tile/<module>": what comes next, why, and the ways on.
void reason(Builder& b, std::string_view anchor) {
  anchor.remove_prefix(kWhy.size());
  const Plant* plant = b.state.plant();
  const Module* module =
      plant == nullptr ? nullptr : plant->module(ModuleId(std::string(anchor.substr(anchor.find('/') + 1))));
  if (module == nullptr) return;
  const std::string name = shown_name(b.state, *module);
  b.inside({.id = "menu", .role = Role::group, .name = say(W::why_name, {name})}, [&] {
    b.card({.fill = Token::none, .pad = Space::small, .gap = Space::gap}, [&] {
      b.split(
          {.least = Size::words, .align = Align::start}, [&] { b.text(Type::strong, Token::ink, name); },
          [&] {
            b.button({.id = "menu/close",
                      .name = std::string(word(W::close)),
                      .icon = Icon::close,
                      .look = Builder::Look::quiet},
                     Local{Local::What::menu, {}, {}});
          });
      build_outlook(b, *plant, *module, "menu");
      const Route to = route_to(*plant, *module, b.state.route.ambient);
      Node& made = b.button({.id = "menu/details",
                             .label = std::string(word(W::details)),
                             .icon = Icon::thermostat,
                             .wide = true},
                            go(to));
      made.role = Role::link;
      made.place = to_text(to);
    });
  });
}

}  // namespace

void build_popup(Builder& b, int anchor) {
  const std::string id = b.page.nodes[static_cast<std::size_t>(anchor)].id;
  const auto content = [&] {
    if (id.starts_with(kAsk))
      question(b, id);
    else if (id.starts_with(kWhy))
      reason(b, id);
    else if (has_tile_menu(id))
      build_tile_menu(b, id);
    else if (id == "chip/on")
      on_now(b);
    else
      homes(b);
  };
  b.popup(anchor, Size::menu, content);
}

void build_toast(Builder& b) {
  const Undo& undo = *b.state.undo;
  const auto body = [&] {
    b.split(
        {.least = Size::words}, [&] { b.paragraph("toast/text", Type::body, Token::ground, undo.text); },
        [&] {
          Builder::Button what{.id = "toast/undo", .label = std::string(word(W::undo))};
          what.fill = Token::surface;
          b.button(what, Intent{intent::Undo{}});
        });
  };
  const float margin = b.px(Space::margin), pad = b.px(Space::card), over = b.px(Space::gap);
  const float most = b.main_area.w - 2 * margin;
  const Flow::Extent used = b.measure_row({.gap = Space::gap}, body);
  const float width = b.m.phone ? most : std::min(most, used.w + 2 * pad);
  const float high = b.measure(width - 2 * pad, body).h + 2 * over;
  const Rect area{b.main_area.x + (b.main_area.w - width) / 2,
                  b.main_area.y + b.main_area.h - high - b.px(Space::gap), width, high};
  b.sheet(Layer::toast, area, Token::ink, {.top = Space::gap, .bottom = Space::gap, .margin = Space::card},
          [&] { b.inside({.id = "toast", .role = Role::status}, body); });
}

}  // namespace foyer::shell
