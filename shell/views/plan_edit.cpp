// What can be changed in a plan: a day's spans, the temperatures of its zones, its name – and what becomes of
// the changes.
#include <algorithm>

#include "shell/views/amounts.hpp"
#include "shell/views/plan_words.hpp"
#include "shell/views/plans.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

constexpr int kStep = 15;  // minutes
constexpr double kDegrees = 0.5, kLeast = 5, kMost = 35;

Action edit(Schedule to) { return Intent{intent::EditPlan{std::move(to)}}; }

// A square of the zone's colour.
void chip(Builder& b, const Schedule& schedule, const Zone* zone) {
  b.plate(Icon::none, look_of(schedule, zone).fill, look_of(schedule, zone).ink, Size::plate_small,
          Size::glyph_text);
}

struct Day {
  Builder& b;
  const PlanSheet& sheet;
  std::vector<plan::Span> spans{};

  std::string id(std::size_t at) const { return "plans/span/" + std::to_string(at); }
  void row(std::size_t at) const;
  void open(std::size_t at) const;
  void times(std::size_t at) const;
  void zones(std::size_t at) const;
  void split_and_remove(std::size_t at) const;
};

void Day::row(std::size_t at) const {
  const plan::Span& span = spans[at];
  const Zone* zone = sheet.now.zone(span.zone);
  const bool chosen = sheet.place.span == at;
  const std::string asks = zone_asks(zone), when = minute_text(span.from) + "–" + minute_text(span.to);
  Node link{.id = id(at),
            .role = Role::button,
            .name = when + " " + zone_name(zone) + (asks.empty() ? "" : " " + asks)};
  link.expanded = chosen;
  b.card({.fill = chosen ? Token::raised : Token::surface,
          .edge = Token::line,
          .pad = Space::gap,
          .over = Space::small,
          .radius = 12,
          .least = Size::big,
          .link = std::move(link),
          .action = choose_place({sheet.place.day, chosen ? std::nullopt : std::optional(at)})},
         [&] {
           b.row({.gap = Space::gap}, [&] {
             chip(b, sheet.now, zone);
             b.split(
                 {.least = Size::words}, [&] { b.line(Type::name, Token::ink, zone_name(zone)); },
                 [&] { b.text(Type::small, Token::ink2, when + (asks.empty() ? "" : " · " + asks)); });
           });
         });
  if (chosen && sheet.editable) open(at);
}

// When it begins: ± 15 minutes, as far as its neighbours let it.
void Day::times(std::size_t at) const {
  const plan::Span& span = spans[at];
  if (span.from == 0)
    return b.paragraph(id(at) + "/from", Type::small, Token::ink2, word(W::plan_from_midnight));
  const auto step = [&](const char* part, W name, Icon icon, int by) {
    const int to = span.from + by;
    const int least = spans[at - 1].from + kStep, most = span.to - kStep;
    const bool can = to >= least && to <= most;
    b.button({.id = id(at) + part,
              .name = std::string(word(name)),
              .icon = icon,
              .disabled = !can,
              .high = Size::field,
              .width = b.px(Size::field)},
             edit(plan::moved_boundary(sheet.now, span.day, span.from, to)));
  };
  b.split(
      {.least = Size::words},
      [&] {
        b.paragraph(id(at) + "/from", Type::small_strong, Token::ink,
                    say(W::plan_from, {minute_text(span.from)}));
      },
      [&] {
        step("/sooner", W::plan_sooner, Icon::minus, -kStep);
        step("/later", W::plan_later, Icon::plus, kStep);
      });
}

void Day::zones(std::size_t at) const {
  const plan::Span& span = spans[at];
  std::vector<Builder::Choice> all;
  for (const Zone& zone : sheet.now.zones)
    all.push_back({.id = id(at) + "/zone/" + std::to_string(zone.id),
                   .name = {},
                   .label = zone_name(&zone),
                   .chosen = zone.id == span.zone,
                   .action = edit(plan::painted(sheet.now, {span.day, span.from, span.to, zone.id}))});
  b.choices(id(at) + "/zone", std::string(word(W::plan_zone)), all);
}

void Day::split_and_remove(std::size_t at) const {
  const plan::Span& span = spans[at];
  const int middle = (span.from + span.to) / 2 / kStep * kStep;
  // The second half becomes another zone, best one that does not begin right after it anyway.
  const int next = at + 1 < spans.size() ? spans[at + 1].zone : span.zone;
  const Zone* other = nullptr;
  for (const bool strict : {true, false})
    for (const Zone& zone : sheet.now.zones)
      if (other == nullptr && zone.id != span.zone && (!strict || zone.id != next)) other = &zone;
  const bool splits = other != nullptr && middle - span.from >= kStep && span.to - middle >= kStep;
  b.wrap({}, [&] {
    b.button({.id = id(at) + "/split",
              .label = say(W::plan_split, {minute_text(middle)}),
              .icon = Icon::plus,
              .disabled = !splits},
             splits ? edit(plan::painted(sheet.now, {span.day, middle, span.to, other->id})) : Action{});
    const bool removable = at > 0 || spans.size() > 1;
    const int before = at > 0 ? spans[at - 1].zone : spans.size() > 1 ? spans[1].zone : span.zone;
    b.button({.id = id(at) + "/remove",
              .label = std::string(word(W::plan_remove)),
              .icon = Icon::remove,
              .disabled = !removable},
             removable ? edit(plan::painted(sheet.now, {span.day, span.from, span.to, before})) : Action{});
  });
}

void Day::open(std::size_t at) const {
  b.card({.fill = Token::none,
          .edge = Token::line,
          .pad = Space::gap,
          .gap = Space::gap,
          .radius = 12,
          .parent = {.id = id(at) + "/edit",
                     .role = Role::group,
                     .name = say(W::plan_change, {minute_text(spans[at].from)})}},
         [&] {
           times(at);
           zones(at);
           split_and_remove(at);
         });
}

void copy_day(Builder& b, const PlanSheet& sheet) {
  opened(b, "plans/copy", say(W::plan_copy, {day_name(sheet.place.day)}), Icon::copy, [&] {
    const auto one = [&](const std::string& id, std::string label, const std::vector<int>& days) {
      b.button({.id = "plans/copy/" + id, .label = std::move(label)},
               edit(plan::copied_day(sheet.now, sheet.place.day, days)));
    };
    b.wrap({}, [&] {
      one("work", std::string(word(W::plan_copy_work)), {0, 1, 2, 3, 4});
      one("all", std::string(word(W::plan_copy_all)), {0, 1, 2, 3, 4, 5, 6});
      for (int day = 0; day < plan::days_a_week; ++day)
        if (day != sheet.place.day) one(std::to_string(day), day_name(day), {day});
    });
  });
}

// The zone of the chosen span, or the one that was asked for.
const Zone* zone_on_show(const Builder& b, const PlanSheet& sheet) {
  const std::string chosen = typed(b, "plans/zone", "");
  for (const Zone& zone : sheet.now.zones)
    if (std::to_string(zone.id) == chosen) return &zone;
  const auto spans = plan::spans_of_day(sheet.now, sheet.place.day);
  if (sheet.place.span && *sheet.place.span < spans.size())
    return sheet.now.zone(spans[*sheet.place.span].zone);
  return sheet.now.zones.empty() ? nullptr : &sheet.now.zones.front();
}

void room_row(Builder& b, const PlanSheet& sheet, const Zone& zone, const ZoneRoom& room) {
  const Ambient* ambient = sheet.plant.ambient(room.ambient);
  const std::string name =
      ambient == nullptr ? short_id(room.ambient.remote()) : shown_name(b.state, *ambient);
  const std::string id = "plans/room/" + room.ambient.text;
  const auto step = [&](const char* part, W what, Icon icon, double by) {
    const double to = room.temperature.value_or(0) + by;
    b.button({.id = id + part,
              .name = name + ": " + std::string(word(what)),
              .icon = icon,
              .disabled = !sheet.editable || !room.temperature || to < kLeast || to > kMost,
              .high = Size::field,
              .width = b.px(Size::field)},
             edit(plan::with_temperature(sheet.now, zone.id, room.ambient, to)));
  };
  const std::string value =
      room.temperature ? degrees(*room.temperature) : value_text(Aspect::pilot_wire, room.order, Unit::none);
  b.inside({.id = id, .role = Role::group, .name = name + ": " + value}, [&] {
    b.skip(Space::fine);
    b.split(
        {.least = Size::words}, [&] { b.text(Type::body, Token::ink, name); },
        [&] {
          if (room.temperature) step("/less", W::cooler, Icon::minus, -kDegrees);
          b.text(Type::strong, Token::ink, value);
          if (room.temperature) step("/more", W::warmer, Icon::plus, kDegrees);
        });
    b.skip(Space::fine);
    b.rule();
  });
}

void zone_more(Builder& b, const PlanSheet& sheet, const Zone& zone) {
  opened(b, "plans/zone/more", std::string(word(W::zone_more)), Icon::chevron_down, [&] {
    const std::string field = "plans/zone/name/" + std::to_string(zone.id), name = typed(b, field, zone.name);
    b.field(field, std::string(word(W::name_word)), zone.name, name, "");
    b.wrap({}, [&] {
      b.button({.id = "plans/zone/rename",
                .label = std::string(word(W::rename)),
                .disabled = name.empty() || name == zone.name},
               edit(plan::renamed_zone(sheet.now, zone.id, name)));
      b.button({.id = "plans/zone/add", .label = say(W::zone_add, {zone_name(&zone)}), .icon = Icon::plus},
               edit(plan::added_zone(sheet.now, zone.id, say(W::copy_of, {zone_name(&zone)})).schedule));
      const auto without = plan::removed_zone(sheet.now, zone.id);
      b.button({.id = "plans/zone/remove",
                .label = std::string(word(W::plan_remove)),
                .icon = Icon::remove,
                .disabled = !without,
                .why = without ? std::string{} : std::string(word(W::zone_in_use))},
               without ? edit(*without) : Action{});
    });
  });
}

}  // namespace

void build_plan_day(Builder& b, const PlanSheet& sheet) {
  const Day day{b, sheet, plan::spans_of_day(sheet.now, sheet.place.day)};
  b.heading("plans/heading", 2, Type::panel, day_name(sheet.place.day));
  b.inside(
      {.id = "plans/spans", .role = Role::group, .name = say(W::plan_spans, {day_name(sheet.place.day)})},
      [&] {
        b.column({.gap = Space::small}, [&] {
          for (std::size_t at = 0; at < day.spans.size(); ++at) day.row(at);
        });
      });
  if (sheet.editable) copy_day(b, sheet);
}

void build_plan_zones(Builder& b, const PlanSheet& sheet) {
  const Zone* zone = zone_on_show(b, sheet);
  if (zone == nullptr) return;
  const bool heats = sheet.now.type != "event";
  b.section("plans/zones", heats ? W::temperatures : W::plan_zone);
  std::vector<Builder::Choice> all;
  for (const Zone& one : sheet.now.zones)
    all.push_back({.id = "plans/zones/" + std::to_string(one.id),
                   .name = {},
                   .label = zone_name(&one),
                   .chosen = &one == zone,
                   .action = Local{Local::What::put, "plans/zone", std::to_string(one.id)}});
  b.choices("plans/zones/choice", std::string(word(W::plan_zone)), all);
  b.column({}, [&] {
    for (const ZoneRoom& room : zone->rooms) room_row(b, sheet, *zone, room);
  });
  if (!heats)
    b.paragraph("plans/zone/actions", Type::small, Token::ink2,
                say(W::zone_actions, {std::to_string(zone->actions.size())}));
  if (sheet.editable) zone_more(b, sheet, *zone);
}

void build_plan_changes(Builder& b, const PlanSheet& sheet) {
  const plan::PlanState& state = plan::state_of(b.state.plans, sheet.plant.id);
  if (!state.trouble.empty())
    b.note("plans/trouble", Icon::problems, Token::bad, Token::badbg, state.trouble, Type::small);
  if (state.busy) return b.paragraph("plans/busy", Type::small, Token::ink2, word(W::plan_busy));
  const auto changes = plan::differences(sheet.read, sheet.now);
  if (changes.empty()) {
    if (state.former && state.former->id == sheet.read.id)
      b.button(
          {.id = "plans/take_back", .label = std::string(word(W::plan_take_back)), .icon = Icon::refresh},
          Intent{intent::TakeBackPlan{}});
    return;
  }
  b.card({.fill = Token::raised,
          .pad = Space::gap,
          .gap = Space::small,
          .radius = 12,
          .parent = {.id = "plans/changes",
                     .role = Role::region,
                     .name = say(W::plan_changes, {std::to_string(changes.size())})}},
         [&] {
           b.text(Type::small_strong, Token::ink, say(W::plan_changes, {std::to_string(changes.size())}));
           int number = 0;
           for (const plan::Difference& one : changes)
             b.paragraph("plans/change/" + std::to_string(number++), Type::small, Token::ink,
                         difference_text(b.state, sheet.plant, sheet.now, one));
         });
  b.wrap({}, [&] {
    b.button({.id = "plans/save",
              .label = std::string(word(W::plan_save)),
              .icon = Icon::check,
              .look = Builder::Look::primary,
              .disabled = !b.state.online,
              .why = b.state.online ? "" : std::string(word(W::offline_remedy))},
             Intent{intent::SavePlan{}});
    b.button({.id = "plans/drop", .label = std::string(word(W::plan_drop))}, Intent{intent::DropPlan{}});
  });
}

void build_plan_more(Builder& b, const PlanSheet& sheet) {
  if (!sheet.editable) return;
  opened(b, "plans/more", std::string(word(W::plan_more)), Icon::chevron_down, [&] {
    const std::string field = "plans/name/" + sheet.read.id, name = typed(b, field, sheet.now.name);
    b.narrow(Size::narrow,
             [&] { b.field(field, std::string(word(W::name_word)), sheet.now.name, name, ""); });
    Schedule renamed = sheet.now;
    renamed.name = name;
    b.wrap({}, [&] {
      b.button({.id = "plans/rename",
                .label = std::string(word(W::rename)),
                .disabled = name.empty() || name == sheet.now.name},
               edit(std::move(renamed)));
      const bool other =
          std::ranges::none_of(sheet.plant.schedules, [&](const Schedule& one) { return one.name == name; });
      const std::string copy = other && !name.empty() ? name : say(W::copy_of, {sheet.read.name});
      b.button({.id = "plans/create",
                .label = say(W::plan_create, {copy}),
                .icon = Icon::copy,
                .disabled = !b.state.online},
               Intent{intent::CopyPlan{sheet.read.id, copy}});
      // A plan that is gone can't be brought back: asked once, in words (popups.cpp).
      const std::string ask = std::string(kAsk) + "delete/" + sheet.read.id;
      const bool can = !sheet.read.selected && !sheet.read.standard && b.state.online;
      b.button({.id = ask,
                .label = say(W::plan_delete, {sheet.read.name}),
                .icon = Icon::remove,
                .look = Builder::Look::danger,
                .disabled = !can,
                .why = sheet.read.selected ? std::string(word(W::plan_delete_not)) : std::string{}},
               can ? Action{Local{Local::What::menu, ask, {}}} : Action{})
          .expanded = b.memory.menu == ask;
    });
  });
}

}  // namespace foyer::shell
