// Energy: what was used, beside the period before, and what is used at this moment.
#include <algorithm>

#include "core/app/history/kept.hpp"
#include "shell/views/history.hpp"
#include "shell/views/tile.hpp"
#include "shell/views/tools_parts.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

struct Consumer {
  const Module* module;
  double watts;
};

// What reports its power now.
struct Live {
  std::vector<const Module*> meters{};
  std::vector<Consumer> consumers{};
  double metered = 0, used = 0;
  bool reports = false;
};

Live live_of(const Plant& plant) {
  Live out;
  for (const Module& module : plant.modules) {
    const auto watts = module.number(Aspect::power);
    if (module.kind == Kind::energy_meter) {
      out.meters.push_back(&module);
      out.metered += watts.value_or(0);
    } else if (watts) {
      out.reports = true;
      out.used += *watts;
      if (*watts >= 0.5) out.consumers.push_back({&module, *watts});
    }
  }
  std::ranges::sort(out.consumers, std::ranges::greater{}, &Consumer::watts);
  return out;
}

// What is used now. Sub-meters measure what the main meter measures too, so one sort is shown: the meter that
// the history is of, the only one, or all devices.
void live_total(Builder& b, const Live& live, const Module* subject) {
  const auto own = subject == nullptr ? std::nullopt : subject->number(Aspect::power);
  const bool meter = own || live.meters.size() == 1;
  const std::string number = quantity(own.value_or(meter ? live.metered : live.used), Unit::watt);
  const std::string_view of = word(meter ? W::energy_total : W::energy_total_devices);
  b.inside({.id = "energy/total", .role = Role::text, .name = number + " " + std::string(of)}, [&] {
    b.wrap({.gap = Space::pad}, [&] {
      b.text(subject == nullptr ? Type::huge : Type::panel, Token::ink, number);
      b.text(Type::body, Token::ink2, of);
    });
  });
}

// Which meter the history is of, where there are several: a button, and what it opens.
struct Subjects {
  Builder& b;
  const Module& subject;
  std::vector<const Module*> all;

  Subjects(Builder& build, const Plant& plant, const Module& module)
      : b(build), subject(module), all(history::meters_of(plant)) {
    std::erase_if(all, [&](const Module* one) { return one->kind != Kind::energy_meter && one != &subject; });
  }
  static constexpr const char* id = "energy/of";
  bool open() const { return b.memory.expanded.contains(id); }
  void button() const {
    if (all.size() < 2) return;
    Node& made = b.button({.id = id,
                           .name = say(W::energy_of, {shown_name(b.state, subject)}),
                           .label = shown_name(b.state, subject),
                           .icon = open() ? Icon::chevron_up : Icon::chevron_down},
                          Local{Local::What::expand, id, {}});
    made.expanded = open();
  }
  void choices() const {
    if (all.size() < 2 || !open()) return;
    std::vector<Builder::Choice> rows;
    for (const Module* one : all) {
      history::Shown shown = b.state.history.shown;
      shown.subject = one->id;
      rows.push_back({.id = std::string(id) + "/" + one->id.text,
                      .name = {},
                      .label = shown_name(b.state, *one),
                      .chosen = one == &subject,
                      .action = Intent{intent::ShowHistory{shown}}});
    }
    b.choices(std::string(id) + "/choice", std::string(word(W::energy_meters)), rows);
  }
};

void live_lists(Builder& b, const Plant& plant, const Live& live) {
  if (!live.meters.empty()) b.section("energy/meters", W::energy_meters);
  b.list({}, live.meters.size(), [&](std::size_t at) {
    const Module& meter = *live.meters[at];
    const auto watts = meter.number(Aspect::power), today = meter.number(Aspect::energy_today);
    std::string line = room_name(b.state, plant, meter.ambient);
    if (today)
      line += (line.empty() ? "" : " · ") + say(W::today_energy, {quantity(*today, Unit::watt_hour)});
    module_row(b, meter, line, watts ? quantity(*watts, Unit::watt) : std::string{}, false);
  });
  b.section("energy/consumers", W::energy_consumers);
  if (live.consumers.empty()) hint(b, W::energy_idle);
  b.list({}, live.consumers.size(), [&](std::size_t at) {
    const Consumer& one = live.consumers[at];
    module_row(b, *one.module, room_name(b.state, plant, one.module->ambient),
               quantity(one.watts, Unit::watt), true);
  });
}

}  // namespace

void build_energy(Builder& b) {
  const Plant* plant = b.state.plant();
  const Live live = plant == nullptr ? Live{} : live_of(*plant);
  const Module* subject = plant == nullptr ? nullptr : history::subject_of(*plant, b.state.history.shown);
  if (subject != nullptr && history::quantities_of(*subject).empty()) subject = nullptr;
  b.view({.title = W::energy, .most = Size::both}, [&] {
    if (live.meters.empty() && !live.reports && subject == nullptr) return hint(b, W::energy_none);
    if (subject != nullptr) {
      const Subjects meters(b, *plant, *subject);
      meters.choices();
      build_history(b, *plant, *subject, "history", [&] { meters.button(); });
      b.section("energy/now", W::energy_now);
      live_total(b, live, subject);
    } else {
      live_total(b, live, nullptr);
      hint(b, W::history_none, "energy/none");
    }
    live_lists(b, *plant, live);
  });
}

}  // namespace foyer::shell
