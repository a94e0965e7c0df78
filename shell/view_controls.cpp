// The controls of one module at full size: dial, mode, boost, programme; sliders; shutter buttons; run.
#include <algorithm>
#include <cmath>

#include "shell/builder.hpp"
#include "shell/tile.hpp"

namespace foyer::shell::tools {
namespace {

const Capability* commandable(const Module& module, Aspect aspect) {
  const Capability* found = module.capability(aspect);
  return found != nullptr && found->commandable ? found : nullptr;
}

std::string prefix(const Module& module) { return "control/" + module.id.text; }

Action send(const Module& module, Aspect aspect, Value value, std::optional<Minutes> lasting = {}) {
  return Intent{intent::Send{module.id, Command{aspect, std::move(value), lasting}}};
}

struct Row {
  float x, y, width;
};

void centered(Builder& b, float middle, float y, Type type, Token ink, std::string_view words) {
  const float size = text_width(words, type, b.m.scale);
  b.text(middle - size / 2, y, size + 1, type, ink, words);
}

std::string reading_line(const Module& module) {
  std::string line;
  if (auto temperature = module.number(Aspect::temperature)) line = quantity(*temperature, Unit::celsius);
  if (auto humidity = module.number(Aspect::humidity))
    line += (line.empty() ? "" : " · ") + quantity(*humidity, Unit::percent);
  return line.empty() ? line : say(W::now_reading, {line});
}

// The dial with the one number the view is about. Answers the next y.
float dial(Builder& b, Row at, const Module& module, bool enabled) {
  const Capability& capability = *module.capability(Aspect::setpoint);
  const Range range = capability.range.value_or(Range{5, 30, 0.5});
  const float size = std::min({at.width, 260.0F});
  const Rect rect{at.x + (at.width - size) / 2, at.y, size, size};
  const std::string id = prefix(module) + "/setpoint";
  const bool dragged = b.memory.dragged == id;
  const auto known = module.number(Aspect::setpoint);
  const double value = dragged ? b.memory.value : known.value_or(range.least);
  const std::string mode = module.word(Aspect::mode).value_or("");
  const bool off = mode == "off", cooling = module.word(Aspect::function).value_or("") == "cooling";
  const bool can = enabled && capability.commandable;
  b.group(at.y, at.y + size);
  Adjust what{module.id, Aspect::setpoint, range, value};
  what.now = known.value_or(range.least);
  Node& node =
      b.node(id, Role::slider, say(W::setpoint_name, {module.name}), rect, can ? Action{what} : Action{});
  node.value = value;
  node.least = range.least;
  node.most = range.most;
  node.step = range.step;
  node.value_text = quantity(value, Unit::celsius);
  node.disabled = !can;
  Item& ring = b.box(rect, Token::none, size / 2, Token::none, b.last());
  ring.kind = Item::Kind::dial;
  ring.on = can && known.has_value();
  ring.ink = off || !enabled ? Token::edge : cooling ? Token::cool : Token::warm;
  ring.value =
      !known ? 0
             : static_cast<float>(std::clamp((value - range.least) / (range.most - range.least), 0.0, 1.0));
  const float middle = rect.x + size / 2;
  float y =
      rect.y + size / 2 - line_height(Type::huge, b.m.scale) / 2 - line_height(Type::body, b.m.scale) - 2;
  const W verb = off                           ? W::thermostat_off
                 : dragged || !working(module) ? W::set_word
                 : cooling                     ? W::cooling_word
                                               : W::heating_word;
  centered(b, middle, y, Type::body, Token::ink2, word(verb));
  y += line_height(Type::body, b.m.scale);
  centered(b, middle, y, Type::huge, off ? Token::ink2 : Token::ink, known ? degrees(value) : "–");
  y += line_height(Type::huge, b.m.scale);
  if (std::string now = reading_line(module); !now.empty()) {
    centered(b, middle, y, Type::body, Token::ink2, now);
    b.node(id + "/now", Role::text, now, {rect.x + 40, y, size - 80, line_height(Type::body, b.m.scale)});
  }
  const float step = 44, low = rect.y + size - step - 2;
  const std::string why = enabled ? std::string{} : std::string(word(W::offline_remedy));
  b.button({.id = id + "/less",
            .name = std::string(word(W::cooler)),
            .label = {},
            .icon = Icon::minus,
            .disabled = !can,
            .why = why},
           {middle - step - 6, low, step, step}, Nudge{id, -range.step});
  b.button({.id = id + "/more",
            .name = std::string(word(W::warmer)),
            .label = {},
            .icon = Icon::plus,
            .disabled = !can,
            .why = why},
           {middle + 6, low, step, step}, Nudge{id, range.step});
  return at.y + size + 20;
}

float modes(Builder& b, Row at, const Module& module, bool enabled) {
  const Capability* mode = commandable(module, Aspect::mode);
  if (mode == nullptr) return at.y;
  const std::string now = module.word(Aspect::mode).value_or("");
  std::vector<Builder::Choice> all;
  for (const std::string& option : mode->options) {
    const W key = mode_word(option);
    Action action =
        send(module, Aspect::mode, option, option == "boost" ? std::optional(Minutes(30)) : std::nullopt);
    all.push_back({prefix(module) + "/mode/" + option,
                   {},
                   key == W::count ? option : std::string(word(key)),
                   option == now,
                   enabled ? std::move(action) : Action{}});
  }
  b.group(at.y, at.y + 200);
  float y =
      at.y + b.choices(prefix(module) + "/mode", std::string(word(W::mode)), at.x, at.y, at.width, all) + 12;
  if (std::find(mode->options.begin(), mode->options.end(), "boost") == mode->options.end()) return y;
  const float line = line_height(Type::small, b.m.scale);
  b.group(y, y + line + 60);
  b.text(at.x, y, at.width, Type::small, Token::ink2, word(W::boost_for));
  y += line + 6;
  std::optional<Minutes> left;
  if (now == "boost" && module.mode_until)
    left = std::chrono::duration_cast<Minutes>(*module.mode_until - b.times.now() + Seconds(59));
  std::vector<Builder::Choice> spans;
  for (int minutes : {30, 60, 90}) {
    const std::string text = say(W::minutes, {std::to_string(minutes)});
    const bool chosen = left && left->count() <= minutes && left->count() > minutes - 30;
    spans.push_back(
        {prefix(module) + "/boost/" + std::to_string(minutes), std::string(word(W::boost_for)) + " " + text,
         text, chosen,
         enabled ? send(module, Aspect::mode, std::string("boost"), Minutes(minutes)) : Action{}});
  }
  return y + b.choices(prefix(module) + "/boost", std::string(word(W::boost_for)), at.x, y, at.width, spans) +
         12;
}

// Choices among words: programmes, season.
float options(Builder& b, Row at, const Module& module, Aspect aspect, W title, bool enabled) {
  const Capability* capability = commandable(module, aspect);
  if (capability == nullptr || capability->options.empty()) return at.y;
  const float line = line_height(Type::small, b.m.scale);
  b.group(at.y, at.y + 300);
  b.text(at.x, at.y, at.width, Type::small, Token::ink2, word(title));
  std::vector<Builder::Choice> all;
  all.reserve(capability->options.size());
  const std::string now = module.word(aspect).value_or("");
  for (const std::string& option : capability->options)
    all.push_back({prefix(module) + "/" + std::string(to_string(aspect)) + "/" + option,
                   {},
                   value_text(module, aspect, Value(option), Unit::none),
                   option == now,
                   enabled ? send(module, aspect, option) : Action{}});
  return at.y + line + 6 +
         b.choices(prefix(module) + "/" + std::string(to_string(aspect)), std::string(word(title)), at.x,
                   at.y + line + 6, at.width, all) +
         16;
}

float switch_row(Builder& b, Row at, const Module& module, const std::string& name, bool enabled) {
  if (commandable(module, Aspect::on_off) == nullptr) return at.y;
  const bool on = module.flag(Aspect::on_off).value_or(false);
  const float high = 64;
  b.group(at.y, at.y + high);
  b.box({at.x, at.y, at.width, high}, on && enabled ? Token::lit : Token::raised, 16,
        on && enabled ? Token::litline : Token::none);
  b.icon({at.x + 16, at.y, 24, high}, Icon::power, 22, on && enabled ? Token::litink : Token::ink2);
  b.text(at.x + 52, at.y + (high - line_height(Type::name, b.m.scale)) / 2, at.width - 130, Type::name,
         Token::ink, word(on ? W::on : W::off));
  Node& node = b.toggle(prefix(module) + "/on_off", name, at.x + at.width - 64, at.y + 18, on, !enabled,
                        send(module, Aspect::on_off, !on));
  if (!enabled) node.description = word(W::offline_remedy);
  return at.y + high + 16;
}

float range_row(Builder& b, Row at, const Module& module, Aspect aspect, const std::string& name,
                bool enabled) {
  const Capability* capability = commandable(module, aspect);
  if (capability == nullptr) return at.y;
  const Range range = capability->range.value_or(Range{});
  if (range.least + range.step >= range.most) return at.y;  // its ends have buttons of their own
  const float line = line_height(Type::small, b.m.scale);
  const std::string id = prefix(module) + "/" + std::string(to_string(aspect));
  const bool on = aspect != Aspect::level || module.flag(Aspect::on_off).value_or(true);
  Adjust what{module.id, aspect, range, on ? module.number(aspect).value_or(0) : 0};
  const double value = b.memory.dragged == id ? b.memory.value : what.now;
  b.group(at.y, at.y + line + 60);
  const std::string shown =
      quantity(value, capability->unit == Unit::none ? Unit::percent : capability->unit);
  b.text(at.x, at.y, at.width / 2, Type::small, Token::ink2, word(aspect_word(aspect)));
  const float size = text_width(shown, Type::small_strong, b.m.scale);
  b.text(at.x + at.width - size, at.y, size + 1, Type::small_strong, Token::ink, shown);
  Node& node = b.slider(id, name, {at.x, at.y + line + 8, at.width, 40}, what, Unit::percent, shines(module),
                        !enabled);
  if (!enabled) node.description = word(W::offline_remedy);
  return at.y + line + 8 + 40 + 16;
}

float shutter_row(Builder& b, Row at, const Module& module, const std::string& name, bool enabled) {
  const Capability* position = commandable(module, Aspect::position);
  if (position == nullptr) return at.y;
  const Range range = position->range.value_or(Range{});
  const bool stops = commandable(module, Aspect::stop) != nullptr;
  const float count = stops ? 3 : 2, wide = (at.width - (count - 1) * 8) / count, high = 48;
  b.group(at.y, at.y + high);
  auto one = [&](const char* part, W key, Icon which, float index, Action action) {
    Builder::Button what{
        .id = prefix(module) + "/" + part, .name = say(key, {name}), .label = {}, .icon = which};
    what.disabled = !enabled;
    b.button(what, {at.x + index * (wide + 8), at.y, wide, high}, std::move(action));
  };
  one("open", W::shutter_open, Icon::chevron_up, 0, send(module, Aspect::position, range.most));
  if (stops) one("stop", W::shutter_stop, Icon::stop, 1, send(module, Aspect::stop, true));
  one("close", W::shutter_close, Icon::chevron_down, count - 1, send(module, Aspect::position, range.least));
  return at.y + high + 16;
}

// The few speeds of a fan, each a choice.
float speeds(Builder& b, Row at, const Module& module, bool enabled) {
  const Capability* speed = commandable(module, Aspect::fan_speed);
  if (speed == nullptr) return at.y;
  const Range range = speed->range.value_or(Range{1, 2, 1});
  std::vector<Builder::Choice> all;
  for (double value = range.least; value <= range.most && all.size() < 8; value += range.step)
    all.push_back({prefix(module) + "/fan_speed/" + quantity(value, Unit::none),
                   {},
                   quantity(value, Unit::none),
                   module.number(Aspect::fan_speed) == value,
                   enabled ? send(module, Aspect::fan_speed, value) : Action{}});
  const float line = line_height(Type::small, b.m.scale);
  b.group(at.y, at.y + 100);
  b.text(at.x, at.y, at.width, Type::small, Token::ink2, word(W::aspect_fan_speed));
  return at.y + line + 6 +
         b.choices(prefix(module) + "/fan_speed", std::string(word(W::aspect_fan_speed)), at.x,
                   at.y + line + 6, at.width, all) +
         16;
}

// Buttons for what is done at once: a shutter's preferred position, a lock.
float deeds(Builder& b, Row at, const Module& module, const std::string& name, bool enabled) {
  auto one = [&](const char* part, W key, Icon which, Action action) {
    b.group(at.y, at.y + 48);
    Builder::Button what{
        .id = prefix(module) + "/" + part, .name = {}, .label = say(key, {name}), .icon = which};
    what.disabled = !enabled;
    b.button(what, {at.x, at.y, at.width, 48}, std::move(action));
    at.y += 64;
  };
  if (commandable(module, Aspect::preferred) != nullptr)
    one("preferred", W::preferred, Icon::check, send(module, Aspect::preferred, true));
  if (commandable(module, Aspect::lock) == nullptr) return at.y;
  one("unlock", W::unlock, Icon::shield, send(module, Aspect::lock, false));
  one("lock", W::lock, Icon::shield, send(module, Aspect::lock, true));
  return at.y;
}

// What became of the last command, and the way on. Answers the next y.
float command_note(Builder& b, Row at, const Module& module) {
  const CommandState* command = open_command(b.state, module.id);
  if (command == nullptr) return at.y;
  const bool waiting = command->picture == CommandState::Picture::sent;
  const bool unclear = command->picture == CommandState::Picture::not_confirmed;
  std::string text = command->text;
  if (text.empty()) text = word(waiting ? W::sent : unclear ? W::not_confirmed : W::failed);
  const Token ink = waiting ? Token::ink : Token::bad;
  const float line = line_height(Type::small, b.m.scale), room = at.width - 58;
  const auto lines = wrap(text, Type::small, b.m.scale, room);
  const bool action = unclear || (!waiting && !momentary(command->command));
  const float high = static_cast<float>(lines.size()) * line + 24 + (action ? b.button_height() + 10 : 0);
  b.group(at.y, at.y + high);
  b.parent(prefix(module) + "/command", Role::status, {}, {at.x, at.y, at.width, high});
  b.box({at.x, at.y, at.width, high}, waiting ? Token::raised : Token::badbg, 12);
  b.icon({at.x + 12, at.y + 12, 20, line}, waiting ? Icon::clock : Icon::problems, 18,
         waiting ? Token::ink2 : Token::bad);
  const float used =
      b.paragraph(prefix(module) + "/command/text", at.x + 44, at.y + 12, room, Type::small, ink, text);
  if (action) {
    Builder::Button again{.id = prefix(module) + "/command/again",
                          .name = {},
                          .label = std::string(word(unclear ? W::look_again : W::try_again)),
                          .icon = Icon::refresh};
    Action what = unclear ? Action{Intent{intent::LookAgain{module.id}}}
                          : Action{Intent{intent::Send{module.id, command->command}}};
    b.button(again, {at.x + 44, at.y + 12 + used + 8, b.button_width(again), b.button_height()},
             std::move(what));
  }
  b.end_parent();
  return at.y + high + 16;
}

}  // namespace

float build_controls(Builder& b, float x, float y, float width, const Module& module) {
  const bool enabled = b.state.online && module.reach != Reach::unreachable;
  const std::string name = module.name.empty() ? std::string(word(kind_word(module.kind))) : module.name;
  if (module.capability(Aspect::setpoint) != nullptr) {
    y = dial(b, {x, y, width}, module, enabled);
    y = modes(b, {x, y, width}, module, enabled);
    y = options(b, {x, y, width}, module, Aspect::program, W::programme, enabled);
    y = options(b, {x, y, width}, module, Aspect::function, W::function, enabled);
  }
  y = options(b, {x, y, width}, module, Aspect::pilot_wire, W::aspect_pilot_wire, enabled);
  y = switch_row(b, {x, y, width}, module, name, enabled);
  y = range_row(b, {x, y, width}, module, Aspect::level, say(W::brightness, {name}), enabled);
  y = shutter_row(b, {x, y, width}, module, name, enabled);
  y = range_row(b, {x, y, width}, module, Aspect::position, say(W::position, {name}), enabled);
  y = deeds(b, {x, y, width}, module, name, enabled);
  y = speeds(b, {x, y, width}, module, enabled);
  if (commandable(module, Aspect::run) != nullptr) {
    b.group(y, y + 48);
    Builder::Button run{.id = prefix(module) + "/run",
                        .name = say(W::scene_run, {name}),
                        .label = std::string(word(W::run)),
                        .icon = Icon::play,
                        .look = Builder::Look::primary,
                        .type = Type::strong,
                        .disabled = !enabled};
    b.button(run, {x, y, width, 48}, send(module, Aspect::run, true));
    y += 64;
  }
  if (module.capability(Aspect::setpoint) == nullptr) {
    y = options(b, {x, y, width}, module, Aspect::mode, W::mode, enabled);
    y = options(b, {x, y, width}, module, Aspect::program, W::programme, enabled);
  }
  return command_note(b, {x, y, width}, module);
}

}  // namespace foyer::shell::tools
