// The whole house: what the plan does now, and away or frost guard until a moment that somebody chooses.
#include <algorithm>
#include <cstdlib>

#include "shell/views/amounts.hpp"
#include "shell/views/comfort.hpp"
#include "shell/views/plan_words.hpp"
#include "shell/views/plans.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

constexpr int kMostDays = 180;

int number_in(const Builder& b, const char* field, int usual, int least, int most) {
  return std::clamp(std::atoi(typed(b, field, std::to_string(usual)).c_str()), least, most);
}

struct House {
  Builder& b;
  const Module& house;

  std::string mode() const { return house.word(Aspect::mode).value_or(""); }
  Action send(const char* mode, std::optional<Minutes> lasting = {}) const {
    return Intent{intent::Send{house.id, Command{Aspect::mode, std::string(mode), lasting}}};
  }
  void now(const PlanSheet* sheet) const;
  void buttons(const PlanSheet* sheet) const;
  void until() const;
};

void House::now(const PlanSheet* sheet) const {
  std::string text;
  Icon icon = Icon::flame;
  Token ink = Token::warm, ground = Token::warmbg;
  if (mode() != "automatic" && !mode().empty()) {
    text = value_text(Aspect::mode, mode(), Unit::none);
    if (house.mode_until && *house.mode_until > b.times.now())
      text = say(W::house_until, {text, b.times.until(*house.mode_until)});
    icon = mode() == "away" ? Icon::room : mode() == "off" ? Icon::power : Icon::snow;
    ink = Token::cool, ground = Token::coolbg;
  } else if (sheet != nullptr && sheet->read.selected) {
    text = now_text(sheet->read, b);
  }
  if (text.empty()) return;
  b.card({.fill = ground, .pad = Space::gap, .over = Space::small, .radius = 12, .fit = true}, [&] {
    b.row({}, [&] {
      b.icon(icon, Size::glyph_line, ink, Type::small_strong);
      b.column({}, [&] { b.paragraph("plans/now", Type::small_strong, ink, text); });
    });
  });
}

// A day and an hour, changed by buttons: no calendar is needed for a few days.
void House::until() const {
  const Instant now = b.times.now();
  const Minutes offset = b.times.offset(now);
  const int days = number_in(b, "plans/away/days", 2, 0, kMostDays),
            hour = number_in(b, "plans/away/hour", 18, 0, 23);
  LocalTime day = to_local(now + Hours(24 * days), offset);
  day.hour = hour, day.minute = day.second = 0;
  const Instant guess = from_local(day, offset), at = guess + offset - b.times.offset(guess);
  const auto step = [&](const char* field, const char* part, W name, Icon icon, int to, int least, int most) {
    b.button({.id = std::string(field) + part,
              .name = std::string(word(name)),
              .icon = icon,
              .disabled = to < least || to > most,
              .high = Size::field,
              .width = b.px(Size::field)},
             Local{Local::What::put, field, std::to_string(to)});
  };
  b.card({.pad = Space::gap,
          .gap = Space::gap,
          .parent = {.id = "plans/away/card", .role = Role::group, .name = std::string(word(W::away_until))}},
         [&] {
           b.split(
               {.least = Size::words},
               [&] {
                 b.paragraph("plans/away/day", Type::name, Token::ink,
                             period_text(history::Period::day,
                                         history::stretch(history::Period::day, at, b.times.utc_offset()),
                                         b.times.utc_offset()));
               },
               [&] {
                 step("plans/away/days", "/less", W::day_before, Icon::minus, days - 1, 0, kMostDays);
                 step("plans/away/days", "/more", W::day_after, Icon::plus, days + 1, 0, kMostDays);
               });
           b.split(
               {.least = Size::words},
               [&] {
                 b.paragraph("plans/away/clock", Type::name, Token::ink, clock_text(at, b.times.offset(at)));
               },
               [&] {
                 step("plans/away/hour", "/less", W::hour_before, Icon::minus, hour - 1, 0, 23);
                 step("plans/away/hour", "/more", W::hour_after, Icon::plus, hour + 1, 0, 23);
               });
           const bool ahead = at > now;
           b.wrap({}, [&] {
             b.button({.id = "plans/away/leave",
                       .label = say(W::away_leave, {b.times.until(at)}),
                       .icon = Icon::check,
                       .look = Builder::Look::primary,
                       .disabled = !ahead || !b.state.online},
                      send("away", std::chrono::ceil<Minutes>(at - now)));
             b.button({.id = "plans/away/open",
                       .label = std::string(word(W::away_open)),
                       .disabled = !b.state.online},
                      send("away"));
           });
         });
}

void House::buttons(const PlanSheet* sheet) const {
  const Capability* can = house.commandable(Aspect::mode);
  if (can == nullptr) return now(sheet);
  const auto offers = [&](std::string_view one) {
    return std::ranges::find(can->options, one) != can->options.end();
  };
  const std::string id = "plans/away";
  const bool open = b.memory.expanded.contains(id) && offers("away");
  b.wrap({}, [&] {
    now(sheet);
    if (mode() != "automatic" && offers("automatic"))
      b.button({.id = "plans/house/automatic",
                .label = std::string(word(W::house_back)),
                .icon = Icon::plans,
                .look = Builder::Look::primary,
                .disabled = !b.state.online},
               send("automatic"));
    if (offers("away")) {
      Node& made = b.button({.id = id,
                             .label = std::string(word(W::away_until)),
                             .icon = open ? Icon::chevron_up : Icon::sign_out},
                            Local{Local::What::expand, id, {}});
      made.expanded = open;
    }
    if (mode() != "protection" && offers("protection"))
      b.button({.id = "plans/house/protection",
                .label = std::string(word(W::mode_protection)),
                .icon = Icon::snow,
                .disabled = !b.state.online},
               send("protection"));
  });
  if (open) b.narrow(Size::narrow, [&] { until(); });
}

}  // namespace

void build_house(Builder& b, const Plant& plant, const PlanSheet* sheet) {
  const Module* house = house_heating(plant);
  if (house == nullptr) return;
  const House all{b, *house};
  all.buttons(sheet);
}

}  // namespace foyer::shell
