// The controls of one module at full size: dial, mode, boost, programme; sliders; shutter buttons; run.
#include <algorithm>

#include "shell/views/home_tiles.hpp"
#include "shell/views/tile.hpp"
#include "shell/views/views.hpp"
#include "shell/views/why.hpp"

namespace foyer::shell {
namespace {

std::string reading_line(const Module& module) {
  std::string line;
  if (auto temperature = module.number(Aspect::temperature)) line = quantity(*temperature, Unit::celsius);
  if (auto humidity = module.number(Aspect::humidity))
    line += (line.empty() ? "" : " · ") + quantity(*humidity, Unit::percent);
  return line.empty() ? line : say(W::now_reading, {line});
}

// One control, and what all of them need to know.
struct Controls {
  Builder& b;
  const Module& module;
  std::string id, name;
  bool enabled;

  std::string why() const { return enabled ? std::string{} : std::string(word(W::offline_remedy)); }
  // What a press does; nothing while it cannot.
  Action send(Aspect aspect, Value value, std::optional<Minutes> lasting = {}) const {
    if (!enabled) return {};
    return Intent{intent::Send{module.id, Command{aspect, std::move(value), lasting}}};
  }
  void dial() const;
  void dial_words(double value, bool dragged) const;
  void modes() const;
  void boost() const;
  void hold(const Plant& plant) const;
  void options(Aspect aspect, W title) const;
  void on_off() const;
  void range(Aspect aspect, std::string label) const;
  void shutter() const;
  void speeds() const;
  void deeds() const;
  void run() const;
  void note() const;
};

// In the middle of the dial, or below it where the person's text has no room there.
void Controls::dial_words(double value, bool dragged) const {
  const bool off = module.word(Aspect::mode).value_or("") == "off",
             known = module.number(Aspect::setpoint).has_value();
  const W verb = off                           ? W::thermostat_off
                 : dragged || !working(module) ? W::set_word
                 : cools(module)               ? W::cooling_word
                                               : W::heating_word;
  b.text(Type::body, Token::ink2, word(verb));
  b.text(Type::huge, off ? Token::ink2 : Token::ink, known ? degrees(value) : "–");
  if (std::string now = reading_line(module); !now.empty()) b.text(Type::body, Token::ink2, now);
}

// The dial with the one number the view is about.
void Controls::dial() const {
  const Capability* capability = module.capability(Aspect::setpoint);
  if (capability == nullptr) return;
  const std::string slider = id + "/setpoint";
  const bool dragged = b.memory.dragged == slider, can = enabled && capability->commandable;
  const auto known = module.number(Aspect::setpoint);
  const Range range = capability->range.value_or(Range{5, 30, 0.5});
  Adjust what{.module = module.id,
              .aspect = Aspect::setpoint,
              .range = range,
              .now = known.value_or(range.least),
              .round = true};
  const double value = dragged ? b.memory.value : what.now;
  const bool off = module.word(Aspect::mode).value_or("") == "off";
  Node made{.id = slider,
            .role = Role::slider,
            .name = say(W::setpoint_name, {name}),
            .value_text = quantity(value, Unit::celsius),
            .description = reading_line(module)};
  made.disabled = !can;
  const Token ink = off || !enabled || !working(module) ? Token::edge
                    : cools(module)                     ? Token::cool
                                                        : Token::warm;
  b.dial(std::move(made), what, value, {.known = known.has_value(), .can = can, .ink = ink},
         [&] { dial_words(value, dragged); });
  b.column({.align = Align::middle}, [&] {
    b.row({.gap = Space::gap}, [&] {
      const auto one = [&](const char* part, W key, Icon which, double by) {
        b.button({.id = slider + part,
                  .name = std::string(word(key)),
                  .icon = which,
                  .disabled = !can,
                  .why = why(),
                  .high = Size::field,
                  .width = b.px(Size::field)},
                 Nudge{slider, by});
      };
      one("/less", W::cooler, Icon::minus, -range.step);
      one("/more", W::warmer, Icon::plus, range.step);
    });
  });
}

void Controls::modes() const {
  const Capability* mode = module.commandable(Aspect::mode);
  if (mode == nullptr) return;
  const std::string now = module.word(Aspect::mode).value_or("");
  std::vector<Builder::Choice> all;
  for (const std::string& option : mode->options) {
    const W key = mode_word(option);
    all.push_back(
        {id + "/mode/" + option,
         {},
         key == W::count ? option : std::string(word(key)),
         option == now,
         send(Aspect::mode, option, option == "boost" ? std::optional(Minutes(30)) : std::nullopt)});
  }
  b.choices(id + "/mode", std::string(word(W::mode)), all);
  if (std::ranges::find(mode->options, "boost") != mode->options.end()) boost();
}

void Controls::boost() const {
  std::optional<Minutes> left;
  if (module.word(Aspect::mode).value_or("") == "boost" && module.mode_until)
    left = std::chrono::duration_cast<Minutes>(*module.mode_until - b.times.now() + Seconds(59));
  std::vector<Builder::Choice> spans;
  for (int minutes : {30, 60, 90}) {
    const std::string text = say(W::minutes, {std::to_string(minutes)});
    const bool chosen = left && left->count() <= minutes && left->count() > minutes - 30;
    spans.push_back({id + "/boost/" + std::to_string(minutes), std::string(word(W::boost_for)) + " " + text,
                     text, chosen, send(Aspect::mode, std::string("boost"), Minutes(minutes))});
  }
  b.titled_choices(id + "/boost", word(W::boost_for), spans);
}

// When the plan would change this room next, were it not set by hand.
std::optional<Instant> planned_change(const Plant& plant, const Module& module, const Times& times) {
  Module as_planned = module;
  as_planned.set_reading({.aspect = Aspect::mode, .value = std::string("automatic")});
  as_planned.mode_until.reset();
  const auto next = outlook_of(plant, as_planned, times).next;
  return next && next->of_plan ? std::optional(next->at) : std::nullopt;
}

// How long what was set by hand holds. A cloud that ends it by itself offers no "for good".
void Controls::hold(const Plant& plant) const {
  constexpr Millis close = Minutes(2);  // the cloud rounds
  const plan::Outlook outlook = outlook_of(plant, module, b.times);
  const auto degrees = module.number(Aspect::setpoint);
  if (outlook.why != plan::Why::by_hand || !degrees || module.commandable(Aspect::setpoint) == nullptr)
    return;
  std::vector<Builder::Choice> all;
  const auto one = [&](const char* part, std::string label, std::optional<Minutes> lasting, bool chosen) {
    all.push_back(
        {id + "/hold/" + part, {}, std::move(label), chosen, send(Aspect::setpoint, *degrees, lasting)});
  };
  if (const auto change = planned_change(plant, module, b.times)) {
    const Minutes left = std::chrono::ceil<Minutes>(*change - b.times.now());
    one("change", say(W::hold_change, {b.times.at(*change)}), left,
        outlook.until && std::chrono::abs(*outlook.until - *change) < close);
  }
  for (const int hours : {1, 3})
    one(hours == 1 ? "1h" : "3h", say(W::hours, {std::to_string(hours)}), Hours(hours), false);
  if (!plant.setpoint_lasting) one("always", std::string(word(W::hold_always)), {}, !outlook.until);
  b.titled_choices(id + "/hold", word(W::hold_until), all);
}

// Choices among words: programmes, season.
void Controls::options(Aspect aspect, W title) const {
  const Capability* capability = module.commandable(aspect);
  if (capability == nullptr || capability->options.empty()) return;
  const std::string group = id + "/" + std::string(to_string(aspect)), now = module.word(aspect).value_or("");
  std::vector<Builder::Choice> all;
  for (const std::string& option : capability->options)
    all.push_back({group + "/" + option,
                   {},
                   value_text(module, aspect, Value(option), Unit::none),
                   option == now,
                   send(aspect, option)});
  b.titled_choices(group, word(title), all);
}

void Controls::on_off() const {
  if (module.commandable(Aspect::on_off) == nullptr) return;
  const bool on = module.flag(Aspect::on_off).value_or(false), lit = on && enabled;
  b.card({.fill = lit ? Token::lit : Token::raised,
          .edge = lit ? Token::litline : Token::none,
          .over = Space::small,
          .least = Size::switch_row},
         [&] {
           b.row({.gap = Space::gap}, [&] {
             b.icon(Icon::power, Size::glyph, lit ? Token::litink : Token::ink2);
             b.split(
                 {.least = Size::none}, [&] { b.text(Type::name, Token::ink, word(on ? W::on : W::off)); },
                 [&] {
                   b.toggle(id + "/on_off", name, on, !enabled, send(Aspect::on_off, !on)).description =
                       why();
                 });
           });
         });
}

void Controls::range(Aspect aspect, std::string label) const {
  const Capability* capability = module.commandable(aspect);
  if (capability == nullptr) return;
  const Range range = capability->range.value_or(Range{});
  if (range.least + range.step >= range.most) return;  // its ends have buttons of their own
  const std::string slider = id + "/" + std::string(to_string(aspect));
  const bool on = aspect != Aspect::level || module.flag(Aspect::on_off).value_or(true);
  const Adjust what{module.id, aspect, range, on ? module.number(aspect).value_or(0) : 0};
  const double value = b.memory.dragged == slider ? b.memory.value : what.now;
  const Unit unit = capability->unit == Unit::none ? Unit::percent : capability->unit;
  b.column({.gap = Space::small}, [&] {
    b.split(
        {.least = Size::words}, [&] { b.text(Type::small, Token::ink2, word(aspect_word(aspect))); },
        [&] { b.text(Type::small_strong, Token::ink, quantity(value, unit)); });
    b.slider(slider, std::move(label), Size::track_big, what, Unit::percent, shines(module), !enabled)
        .description = why();
  });
}

void Controls::shutter() const {
  if (module.commandable(Aspect::position) != nullptr)
    shutter_buttons(b, module, id, name, Size::big, Space::small, enabled);
}

// The few speeds of a fan, each a choice.
void Controls::speeds() const {
  const Capability* speed = module.commandable(Aspect::fan_speed);
  if (speed == nullptr) return;
  const Range range = speed->range.value_or(Range{1, 2, 1});
  std::vector<Builder::Choice> all;
  for (double value = range.least; value <= range.most && all.size() < 8; value += range.step) {
    const std::string text = quantity(value, Unit::none);
    all.push_back({id + "/fan_speed/" + text,
                   {},
                   text,
                   module.number(Aspect::fan_speed) == value,
                   send(Aspect::fan_speed, value)});
  }
  b.titled_choices(id + "/fan_speed", word(W::aspect_fan_speed), all);
}

// Buttons for what is done at once: a shutter's preferred position, a lock.
void Controls::deeds() const {
  const auto one = [&](const char* part, W key, Icon which, Aspect aspect, bool value) {
    if (module.commandable(aspect) != nullptr)
      b.button({.id = id + part,
                .label = say(key, {name}),
                .icon = which,
                .disabled = !enabled,
                .wide = true,
                .high = Size::big},
               send(aspect, value));
  };
  one("/preferred", W::preferred, Icon::check, Aspect::preferred, true);
  // A door that opened can't be taken back: asked once, in words (popups.cpp).
  if (module.commandable(Aspect::lock) == nullptr) return;
  for (const bool unlock : {true, false}) {
    const std::string ask = std::string(kAsk) + (unlock ? "unlock/" : "lock/") + module.id.text;
    b.button({.id = ask,
              .label = say(unlock ? W::unlock : W::lock, {name}),
              .icon = unlock ? Icon::lock_open : Icon::lock,
              .disabled = !enabled,
              .wide = true,
              .high = Size::big},
             enabled ? Action{Local{Local::What::menu, ask, {}}} : Action{})
        .expanded = b.memory.menu == ask;
  }
}

void Controls::run() const {
  if (module.commandable(Aspect::run) == nullptr) return;
  b.button({.id = id + "/run",
            .name = say(W::scene_run, {name}),
            .label = std::string(word(W::run)),
            .icon = Icon::play,
            .look = Builder::Look::primary,
            .type = Type::strong,
            .disabled = !enabled,
            .wide = true,
            .high = Size::big},
           send(Aspect::run, true));
}

// What became of the last command, and the way on.
void Controls::note() const {
  const CommandState* command = open_command(b.state, module.id);
  if (command == nullptr) return;
  const bool waiting = command->picture == CommandState::Picture::sent;
  const bool unclear = command->picture == CommandState::Picture::not_confirmed;
  std::string text = b.times.live(command->text, command->again_at);
  if (text.empty()) text = word(waiting ? W::sent : unclear ? W::not_confirmed : W::failed);
  b.card({.fill = waiting ? Token::raised : Token::badbg,
          .pad = Space::gap,
          .radius = 12,
          .parent = {.id = id + "/command", .role = Role::status}},
         [&] {
           b.row({.gap = Space::gap, .align = Align::start}, [&] {
             b.icon(waiting ? Icon::clock : Icon::problems, Size::glyph_line,
                    waiting ? Token::ink2 : Token::bad, Type::small);
             b.column({.gap = Space::small}, [&] {
               b.paragraph(id + "/command/text", Type::small, waiting ? Token::ink : Token::bad, text);
               if (!unclear && (waiting || momentary(command->command))) return;
               b.button({.id = id + "/command/again",
                         .label = std::string(word(unclear ? W::look_again : W::try_again)),
                         .icon = Icon::refresh},
                        unclear ? Action{Intent{intent::LookAgain{module.id}}}
                                : Action{Intent{intent::Send{module.id, command->command}}});
             });
           });
         });
}

}  // namespace

void build_controls(Builder& b, const Module& module) {
  const Controls all{b, module, "control/" + module.id.text, shown_name(b.state, module),
                     b.state.online && module.reach != Reach::unreachable};
  const bool thermostat = module.capability(Aspect::setpoint) != nullptr;
  b.column({.gap = Space::card}, [&] {
    all.dial();
    if (const Plant* plant = b.state.plant(); plant != nullptr && has_outlook(module))
      build_outlook(b, *plant, module, all.id);
    if (thermostat) {
      if (const Plant* plant = b.state.plant(); plant != nullptr) all.hold(*plant);
      all.modes();
      all.options(Aspect::program, W::programme);
      all.options(Aspect::function, W::function);
    }
    all.options(Aspect::pilot_wire, W::aspect_pilot_wire);
    all.on_off();
    all.range(Aspect::level, say(W::brightness, {all.name}));
    all.shutter();
    all.range(Aspect::position, say(W::position, {all.name}));
    all.deeds();
    all.speeds();
    all.run();
    if (!thermostat) {
      all.options(Aspect::mode, W::mode);
      all.options(Aspect::program, W::programme);
    }
    all.note();
  });
}

}  // namespace foyer::shell
