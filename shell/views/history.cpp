#include "shell/views/history.hpp"

#include <algorithm>
#include <cmath>

#include "core/app/history/kept.hpp"
#include "shell/layout/plot.hpp"
#include "shell/views/amounts.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

using history::Period;
using history::Quantity;
using history::Series;

struct PeriodRow {
  Period period;
  W name, before;
};
constexpr PeriodRow kPeriods[] = {{Period::day, W::period_day, W::before_day},
                                  {Period::week, W::period_week, W::before_week},
                                  {Period::month, W::period_month, W::before_month},
                                  {Period::year, W::period_year, W::before_year}};
const PeriodRow& row_of_period(Period period) { return kPeriods[static_cast<std::size_t>(period)]; }

// Everything that one picture of a history needs, made once for plot, summary, table and file.
struct Picture {
  Builder& b;
  const Plant& plant;
  const Module& subject;
  std::string id;
  history::Shown shown{};
  history::Stretch of{};
  const history::Kept* kept = nullptr;
  std::vector<Quantity> quantities{};
  Series now{}, before{};
  std::vector<Series> others{};  // drawn over the first: what was wanted

  Picture(Builder& build, const Plant& home, const Module& module, std::string name)
      : b(build), plant(home), subject(module), id(std::move(name)) {
    shown = b.state.history.shown;
    if (shown.subject != subject.id) shown.back = shown.subject.empty() ? shown.back : 0;
    shown.subject = subject.id;
    of = history::stretch_of(shown, b.times.now(), b.times.utc_offset());
    if (const auto at = b.state.history.kept.find(history::key_of(subject.id, shown.period));
        at != b.state.history.kept.end())
      kept = &at->second;
    quantities = history::quantities_of(subject);
    if (quantities.empty()) return;
    now = series(quantities.front(), "", of);
    before = series(quantities.front(), "", history::shifted(of, shown.period, -1, b.times.utc_offset()));
    for (std::size_t at = 1; at < quantities.size(); ++at) others.push_back(series(quantities[at], "", of));
  }
  Series series(Quantity quantity, std::string_view tariff, const history::Stretch& stretch) const {
    return history::series_of(kept, quantity, tariff, shown.period, stretch, b.times.utc_offset());
  }
  Quantity quantity() const { return quantities.front(); }
  bool known() const { return history::total(now).has_value(); }
  std::string title() const { return period_text(shown.period, of, b.times.utc_offset()); }
  Action show(Period period, int back) const {
    return Intent{intent::ShowHistory{{.subject = subject.id, .period = period, .back = back}}};
  }

  std::string total_text() const;
  std::string change_text() const;
  std::string cost_text() const;
  std::string summary() const;
  void periods(Body beside) const;
  void steps() const;
  void number() const;
  void draw() const;
  void table() const;
  void table_row(std::size_t at) const;
  std::string file() const;
};

std::string Picture::total_text() const {
  const auto all = history::total(now);
  return all ? amount(quantity(), *all) : "–";
}

std::string Picture::change_text() const {
  const auto part = history::change(now, before);
  if (!part) return {};
  const auto percent = std::lround(std::abs(*part) * 100);
  const std::string than(word(row_of_period(shown.period).before));
  if (percent == 0) return say(W::history_same, {than});
  return say(*part > 0 ? W::history_more : W::history_less, {std::to_string(percent), than});
}

// What the tariffs of the contract make of it.
std::string Picture::cost_text() const {
  std::string text;
  for (const std::string& tariff :
       kept == nullptr ? std::vector<std::string>{} : history::tariffs_of(*kept)) {
    const auto part = history::total(series(quantity(), tariff, of));
    if (!part) continue;
    const W name = tariff == "peak"       ? W::tariff_peak
                   : tariff == "off_peak" ? W::tariff_off_peak
                                          : W::tariff_basic;
    text += (text.empty() ? "" : " · ") + std::string(word(name)) + " " + amount(quantity(), *part);
  }
  return text;
}

std::string Picture::summary() const {
  std::string text = title() + ": ";
  if (!known()) return text + std::string(word(W::history_empty));
  text += adds_up(quantity()) ? total_text() : say(W::history_mean, {total_text()});
  if (const std::string change = change_text(); !change.empty()) text += ", " + change;
  text += ". ";
  if (const history::Bar* most = history::peak(now))
    text += say(W::history_most, {step_text(shown.period, most->from, b.times.utc_offset()),
                                  amount(quantity(), *most->value)});
  const auto holes = std::ranges::count_if(
      now.bars, [&](const history::Bar& bar) { return !bar.value && bar.to <= b.times.now(); });
  if (holes > 0)
    text += " " + say(W::history_holes, {std::to_string(holes), std::to_string(now.bars.size())});
  return text;
}

void Picture::periods(Body beside) const {
  std::vector<Builder::Choice> all;
  for (const PeriodRow& row : kPeriods)
    all.push_back({.id = id + "/" + std::string(to_string(row.period)),
                   .name = {},
                   .label = std::string(word(row.name)),
                   .chosen = row.period == shown.period,
                   .action = show(row.period, 0)});
  b.split(
      {},
      [&] { b.narrow(Size::narrow, [&] { b.choices(id + "/period", std::string(word(W::period)), all); }); },
      beside);
}

// A period back and on, and what else there is of this one.
void Picture::steps() const {
  const std::string list = id + "/table";
  const auto step = [&](const char* part, W name, Icon icon, int back) {
    b.button({.id = id + part,
              .name = std::string(word(name)),
              .icon = icon,
              .disabled = back < 0,
              .high = Size::field,
              .width = b.px(Size::field)},
             show(shown.period, std::max(0, back)));
  };
  b.split(
      {.least = Size::menu},
      [&] {
        b.row({.gap = Space::gap}, [&] {
          step("/earlier", W::earlier, Icon::earlier, shown.back + 1);
          step("/later", W::later, Icon::chevron_right, shown.back - 1);
          b.column({}, [&] { b.heading(id + "/title", 2, Type::section, title()); });
        });
      },
      [&] {
        Node& made = b.button(
            {.id = list, .label = std::string(word(W::table)), .icon = Icon::table, .disabled = !known()},
            Local{Local::What::expand, list, {}});
        made.expanded = b.memory.expanded.contains(list);
        b.button(
            {.id = id + "/csv",
             .name = std::string(word(W::csv_save)),
             .label = "CSV",
             .icon = Icon::download,
             .disabled = !known()},
            known()
                ? Action{Intent{intent::SaveText{file(), history::csv(now, unit_text(quantity())), "CSV"}}}
                : Action{});
      });
}

std::string Picture::file() const {
  const LocalTime from = to_local(of.from, b.times.offset(of.from));
  const auto two = [](int value) { return (value < 10 ? "-0" : "-") + std::to_string(value); };
  return "foyer-" + std::string(to_string(quantity())) + "-" + std::string(to_string(shown.period)) + "-" +
         std::to_string(from.year) + two(from.month) + two(from.day) + ".csv";
}

// The one number this is about, with what it cost.
void Picture::number() const {
  std::string how = adds_up(quantity()) ? change_text() : std::string(word(W::on_average));
  const auto cost = history::total_cost(now);
  b.split(
      {.gap = Space::columns, .align = Align::start},
      [&] {
        const Type type =
            text_width(total_text(), Type::huge, b.m.scale) <= b.room() ? Type::huge : Type::panel;
        b.inside(
            {.id = id + "/total", .role = Role::text, .name = total_text() + (how.empty() ? "" : ", " + how)},
            [&] {
              b.text(type, Token::ink, total_text());
              if (!how.empty()) b.text(Type::small, Token::ink2, how);
            });
      },
      [&] {
        if (!cost) return;
        const std::string price = money(*cost, plant.country), parts = cost_text();
        b.column({}, [&] {
          const Rect first = b.text(Type::panel, Token::ink, price);
          b.node(
              {.id = id + "/cost",
               .role = Role::text,
               .name = price + (parts.empty() ? "" : ", " + parts) + ", " + std::string(word(W::cost_hint))},
              first);
          if (!parts.empty()) b.text(Type::small, Token::ink2, parts);
          b.text(Type::small, Token::ink2, word(W::cost_hint));
        });
      });
}

void Picture::draw() const {
  Plot what{.node = {.id = id + "/plot",
                     .role = Role::image,
                     .name = shown_name(b.state, subject) + ", " + title(),
                     .description = summary()}};
  // One scale for everything that is drawn.
  Series all = now;
  for (const history::Bar& bar : before.bars)
    if (adds_up(quantity())) all.bars.push_back(bar);
  for (const Series& other : others) all.bars.insert(all.bars.end(), other.bars.begin(), other.bars.end());
  double most = 0;
  for (const history::Bar& bar : all.bars) most = std::max(most, std::abs(bar.value.value_or(0)));
  const Measure how = measure_of(quantity(), most);
  for (history::Bar& bar : all.bars)
    if (bar.value) *bar.value *= how.factor;
  what.axis = history::axis(all);
  what.unit = how.unit;
  if (adds_up(quantity()) && history::total(before))
    what.unit += " · " + say(W::history_grey, {word(row_of_period(shown.period).before)});
  const auto scaled = [&](const std::optional<double>& value) {
    return value ? std::optional(*value * how.factor) : value;
  };
  for (std::size_t at = 0; at < now.bars.size(); ++at) {
    Plot::Step step{.label = step_text(shown.period, now.bars[at].from, b.times.utc_offset()),
                    .value = scaled(now.bars[at].value)};
    if (adds_up(quantity()) && at < before.bars.size()) step.before = scaled(before.bars[at].value);
    what.steps.push_back(std::move(step));
  }
  if (!adds_up(quantity())) {
    for (const Series& other : others) {
      what.curves.push_back({.ink = Token::edge, .stepped = true});
      for (const history::Bar& bar : other.bars) what.curves.back().values.push_back(bar.value);
    }
    what.curves.push_back({.ink = Token::warm});
    for (const history::Bar& bar : now.bars) what.curves.back().values.push_back(bar.value);
  }
  plot(b, what);
}

void Picture::table_row(std::size_t at) const {
  const history::Bar& bar = now.bars[at];
  const std::string when = step_text(shown.period, bar.from, b.times.utc_offset());
  std::string value = bar.value ? amount(quantity(), *bar.value) : std::string(word(W::not_known)), more;
  const auto add = [&](const std::string& text) { more += (more.empty() ? "" : " · ") + text; };
  for (const Series& other : others)
    if (other.bars[at].value) add(say(W::history_wanted, {amount(other.quantity, *other.bars[at].value)}));
  if (adds_up(quantity()) && at < before.bars.size() && before.bars[at].value)
    add(say(W::history_then, {amount(quantity(), *before.bars[at].value)}));
  if (bar.cost) add(money(*bar.cost, plant.country));
  b.inside({.id = id + "/row/" + std::to_string(at),
            .role = Role::listitem,
            .name = when + ": " + value + (more.empty() ? "" : ", " + more)},
           [&] {
             b.skip(Space::fine);
             b.split(
                 {.least = Size::words}, [&] { b.text(Type::small, Token::ink2, when); },
                 [&] {
                   if (!more.empty()) b.text(Type::small, Token::ink2, more);
                   b.text(Type::small_strong, Token::ink, value);
                 });
             b.skip(Space::fine);
             b.rule();
           });
}

void Picture::table() const {
  if (!b.memory.expanded.contains(id + "/table") || !known()) return;
  b.inside({.id = id + "/rows", .role = Role::list, .name = std::string(word(W::table)) + ", " + title()},
           [&] {
             for (std::size_t at = 0; at < now.bars.size(); ++at)
               if (now.bars[at].from < b.times.now()) table_row(at);
           });
}

}  // namespace

void build_history(Builder& b, const Plant& plant, const Module& subject, const std::string& id,
                   Body beside) {
  const Picture picture(b, plant, subject, id);
  if (picture.quantities.empty()) return;
  const history::HistoryState& state = b.state.history;
  b.inside({.id = id, .role = Role::region, .name = say(W::history_of, {shown_name(b.state, subject)})}, [&] {
    b.column({.gap = Space::gap}, [&] {
      picture.periods(beside);
      picture.steps();
      if (!state.trouble.empty())
        b.note(id + "/trouble", Icon::warning, Token::bad, Token::badbg, state.trouble, Type::small);
      if (!picture.known()) {
        const bool asking = state.busy || (!history::is_read(picture.kept, picture.of) &&
                                           state.trouble.empty() && b.state.online);
        b.paragraph(id + "/empty", Type::body, Token::ink2,
                    word(asking ? W::history_asking : W::history_empty));
        return;
      }
      b.card({.gap = Space::gap}, [&] {
        picture.number();
        picture.draw();
        b.paragraph(id + "/summary", Type::small, Token::ink2, picture.summary());
        picture.table();
      });
    });
  });
}

void build_module_history(Builder& b, const Plant& plant, const Module& subject, const std::string& id) {
  if (history::quantities_of(subject).empty()) return;
  b.section(id + "/section", W::history);
  if (b.state.history.shown.subject == subject.id) return build_history(b, plant, subject, id, [] {});
  b.button({.id = id + "/show", .label = std::string(word(W::show_history)), .icon = Icon::energy},
           Intent{intent::ShowHistory{{.subject = subject.id}}});
}

}  // namespace foyer::shell
