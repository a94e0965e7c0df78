// The plans of a home: which there are, the week of one as a picture, and what can be changed in it.
#include "shell/views/plans.hpp"

#include <algorithm>
#include <cstdlib>

#include "shell/layout/week.hpp"
#include "shell/views/amounts.hpp"
#include "shell/views/plan_words.hpp"
#include "shell/views/tools_parts.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

constexpr const char* kPlace = "plans/at";

// The plans by what they are for, each a choice; the one in force says so.
void plan_choice(Builder& b, const Plant& plant, const PlanSheet& sheet) {
  std::vector<std::string> types;
  for (const Schedule& one : plant.schedules)
    if (plan::is_editable(one) && std::ranges::find(types, one.type) == types.end())
      types.push_back(one.type);
  for (const std::string& type : types)
    b.inside({.id = "plans/type/" + type, .role = Role::radiogroup, .name = type_text(type)}, [&] {
      b.wrap({}, [&] {
        if (types.size() > 1) b.text(Type::small, Token::ink2, type_text(type));
        for (const Schedule& one : plant.schedules) {
          if (one.type != type) continue;
          const bool chosen = one.id == sheet.read.id;
          Node& made = b.button({.id = "plans/choice/" + one.id,
                                 .label = one.selected ? say(W::plan_in_force, {one.name}) : one.name,
                                 .look = chosen ? Builder::Look::primary : Builder::Look::plain},
                                Intent{intent::ShowPlan{one.id}});
          made.role = Role::radio;
          made.checked = chosen;
        }
      });
    });
  if (!sheet.read.selected)
    b.button({.id = "plans/use",
              .label = say(W::plan_use, {sheet.read.name}),
              .icon = Icon::check,
              .look = Builder::Look::primary,
              .disabled = plan::state_of(b.state.plans, plant.id).busy || !b.state.online},
             Intent{intent::UsePlan{sheet.read.id}});
}

Week::Span picture_of(const PlanSheet& sheet, const plan::Span& span, std::size_t number) {
  const Zone* zone = sheet.now.zone(span.zone);
  const ZoneLook look = look_of(sheet.now, zone);
  const std::string asks = zone_asks(zone), name = zone_name(zone);
  Week::Span out{.from = span.from,
                 .to = span.to,
                 .line = asks.empty() ? name : asks,
                 .more = asks.empty() ? "" : name,
                 .fill = look.fill,
                 .ink = look.ink};
  out.chosen = sheet.place.day == span.day && sheet.place.span == number;
  out.node = {.id = "plans/week/" + std::to_string(span.day) + "/" + std::to_string(number),
              .name = minute_text(span.from) + "–" + minute_text(span.to) + ": " + name +
                      (asks.empty() ? "" : ", " + asks)};
  out.node.current = out.chosen;
  out.action = choose_place({span.day, number});
  return out;
}

void week_picture(Builder& b, const PlanSheet& sheet) {
  Week what;
  const int minute = minute_of_week(b.times.now(), b.times.offset(b.times.now()));
  const int today = minute / plan::minutes_a_day;
  what.now = minute % plan::minutes_a_day;
  for (int day = 0; day < plan::days_a_week; ++day) {
    Week::Day one{.name = std::string(word_at(W::days, day)), .today = day == today};
    one.node = {.id = "plans/day/" + std::to_string(day), .role = Role::button, .name = day_name(day)};
    one.node.current = day == sheet.place.day;
    one.action = choose_place({day, {}});
    std::size_t number = 0;
    for (const plan::Span& span : plan::spans_of_day(sheet.now, day))
      one.spans.push_back(picture_of(sheet, span, number++));
    what.days.push_back(std::move(one));
  }
  b.card({.pad = Space::gap,
          .parent = {.id = "plans/week", .role = Role::region, .name = say(W::plan_week, {sheet.now.name})}},
         [&] { week(b, what); });
}

// One line where seven buttons have room in it.
void day_tabs(Builder& b, const PlanSheet& sheet) {
  std::vector<Builder::Choice> all;
  float widest = b.m.target;
  for (int day = 0; day < plan::days_a_week; ++day) {
    all.push_back({.id = "plans/day/" + std::to_string(day),
                   .name = day_name(day),
                   .label = std::string(word_at(W::days, day)),
                   .chosen = day == sheet.place.day,
                   .action = choose_place({day, {}})});
    widest =
        std::max(widest, text_width(all.back().label, Type::small_strong, b.m.scale) + 2 * b.px(Space::gap));
  }
  const float each = (b.room() - 6 * b.px(Space::thin)) / plan::days_a_week;
  if (each < widest) return b.choices("plans/days", std::string(word(W::plan_days)), all);
  b.inside({.id = "plans/days", .role = Role::radiogroup, .name = std::string(word(W::plan_days))}, [&] {
    b.row({.gap = Space::thin}, [&] {
      for (const Builder::Choice& one : all) {
        Builder::Button what{.id = one.id, .name = one.name, .label = one.label};
        what.look = one.chosen ? Builder::Look::primary : Builder::Look::plain;
        what.high = Size::choice;
        what.width = each;
        Node& made = b.button(what, one.action);
        made.role = Role::radio;
        made.checked = one.chosen;
      }
    });
  });
}

// Weekly programmes of which the cloud tells the names alone.
void programmes(Builder& b, const Plant& plant) {
  bool first = true;
  for (const Module& module : plant.modules) {
    const Capability* can = module.commandable(Aspect::program);
    if (can == nullptr || can->options.empty()) continue;
    if (std::exchange(first, false)) hint(b, W::programmes_hint, "plans/programmes");
    const std::string id = "plans/programme/" + module.id.text,
                      now = module.word(Aspect::program).value_or("");
    std::vector<Builder::Choice> all;
    for (const std::string& option : can->options)
      all.push_back({.id = id + "/" + option,
                     .name = {},
                     .label = value_text(module, Aspect::program, Value(option), Unit::none),
                     .chosen = option == now,
                     .action = Intent{intent::Send{module.id, Command{Aspect::program, option, {}}}}});
    b.narrow(Size::column, [&] { b.titled_choices(id, shown_name(b.state, module), all); });
  }
  if (first) hint(b, W::plans_none, "plans/none");
}

void editor(Builder& b, const PlanSheet& sheet) {
  build_plan_day(b, sheet);
  build_plan_zones(b, sheet);
  build_plan_changes(b, sheet);
}

}  // namespace

PlanPlace plan_place(const Builder& b) {
  const Instant now = b.times.now();
  PlanPlace out{.day = minute_of_week(now, b.times.offset(now)) / plan::minutes_a_day};
  const auto kept = b.memory.fields.find(kPlace);
  if (kept == b.memory.fields.end() || kept->second.empty()) return out;
  out.day = std::clamp(kept->second.front() - '0', 0, plan::days_a_week - 1);
  if (kept->second.size() > 2) out.span = static_cast<std::size_t>(std::atoi(kept->second.c_str() + 2));
  return out;
}

Action choose_place(const PlanPlace& place) {
  return Local{Local::What::put, kPlace,
               std::to_string(place.day) + (place.span ? "/" + std::to_string(*place.span) : std::string{})};
}

std::optional<PlanSheet> plan_sheet(const Builder& b) {
  const Plant* plant = b.state.plant();
  if (plant == nullptr) return std::nullopt;
  const Schedule* read = plan::shown_plan(*plant, plan::state_of(b.state.plans, plant->id));
  const Schedule* now = plan::drafted_plan(*plant, plan::state_of(b.state.plans, plant->id));
  if (read == nullptr || now == nullptr) return std::nullopt;
  return PlanSheet{*plant, *read, *now, plan_place(b),
                   plan::faults(*read).empty() && !plan::state_of(b.state.plans, plant->id).busy};
}

void opened(Builder& b, const std::string& id, std::string label, Icon icon, Body body) {
  const bool open = b.memory.expanded.contains(id);
  Node& made = b.button({.id = id, .label = std::move(label), .icon = open ? Icon::chevron_up : icon},
                        Local{Local::What::expand, id, {}});
  made.expanded = open;
  if (open) b.column({.gap = Space::small}, body);
}

std::string typed(const Builder& b, const std::string& id, const std::string& usual) {
  const auto at = b.memory.fields.find(id);
  return at == b.memory.fields.end() ? usual : at->second;
}

bool shows_plan_panel(const State& state, const Metrics& m) {
  const Plant* plant = state.plant();
  return plant != nullptr && plan::shown_plan(*plant, plan::state_of(state.plans, plant->id)) != nullptr &&
         m.width >= m.px(Size::rail) + m.px(Size::panel) + 2 * m.px(Space::margin) + 2 * m.px(Space::gap) +
                        7.5F * m.px(Size::day);
}

void build_plan_panel(Builder& b) {
  const auto sheet = plan_sheet(b);
  if (!sheet) return;
  const std::string name = day_name(sheet->place.day);
  b.sheet(Layer::panel, b.main_area, Token::surface, {}, [&] {
    b.inside({.id = "panel", .role = Role::complementary, .name = name},
             [&] { b.column({.gap = Space::gap}, [&] { editor(b, *sheet); }); });
  });
}

void build_plans(Builder& b) {
  const Plant* plant = b.state.plant();
  const auto sheet = plan_sheet(b);
  const bool panel = shows_plan_panel(b.state, b.m);
  b.view({.title = W::plans, .most = panel ? Size::none : Size::tree}, [&] {
    if (plant == nullptr) return hint(b, W::loading);
    build_house(b, *plant, sheet ? &*sheet : nullptr);
    if (!sheet) return programmes(b, *plant);
    plan_choice(b, *plant, *sheet);
    if (const auto faults = plan::faults(sheet->read); !faults.empty()) {
      const bool empty = sheet->read.timetable.empty() || sheet->read.zones.empty();
      b.note("plans/fault", Icon::warning, Token::bad, Token::badbg,
             empty ? std::string(word(W::plan_empty))
                   : say(W::plan_broken,
                         {day_name(std::clamp(faults.front().minute, 0, 10'079) / plan::minutes_a_day)}),
             Type::small);
    }
    if (sheet->now.timetable.empty()) return;
    if (b.room() - 2 * b.px(Space::gap) >= week_width(b))
      week_picture(b, *sheet);
    else
      day_tabs(b, *sheet);
    if (!panel) editor(b, *sheet);
    build_plan_more(b, *sheet);
  });
}

}  // namespace foyer::shell
