#include "shell/tools_parts.hpp"

#include <algorithm>

namespace foyer::shell::tools {

Node& Row::add(const Builder::Button& what, Action action) {
  const float wide = std::min(b.button_width(what), width);
  if (at > x && at + wide > x + width) at = x, y += b.button_height() + 8;
  Node& made = b.button(what, {at, y, wide, b.button_height()}, std::move(action));
  at += wide + 8;
  return made;
}

float section(Builder& b, const std::string& id, float x, float y, float width, W title) {
  b.group(y, y + 40);
  b.heading(id, 2, x, y, width, Type::section, word(title));
  return y + line_height(Type::section, b.m.scale) + 10;
}

std::string missing_scopes(const AccountState& account) {
  std::string names;
  for (const std::string& scope : account.session.missing_scopes)
    names += (names.empty() ? "" : ", ") + scope;
  return names;
}

float field(Builder& b, const std::string& id, std::string name, float x, float y, float width,
            const std::string& hint, const std::string& value, std::string_view wrong) {
  const float line = line_height(Type::small, b.m.scale), high = std::max(b.m.em(40), b.m.target);
  b.text(x, y, width, Type::small_strong, Token::ink, name);
  const Rect rect{x, y + line + 4, width, high};
  Node& made = b.node(id, Role::textbox, std::move(name), rect, Local{Local::What::text, id, {}});
  made.value_text = value;
  made.description = wrong.empty() ? hint : std::string(wrong);
  b.box(rect, Token::surface, 10, wrong.empty() ? Token::edge : Token::bad, b.last());
  Item& input = b.box({x + 12, rect.y, width - 24, high}, Token::none, 0, Token::none, b.last());
  input.kind = Item::Kind::field;
  input.text = ellipsize(hint, Type::body, b.m.scale, width - 24);
  y = rect.y + high;
  if (!wrong.empty()) y += 4 + b.paragraph(id + "/wrong", x, y + 4, width, Type::small, Token::bad, wrong);
  return y + 12;
}

float code(Builder& b, const std::string& id, float x, float y, float width, const std::string& words,
           std::size_t most) {
  const float line = line_height(Type::small, b.m.scale);
  std::vector<std::pair<float, std::string>> lines;
  for (std::string_view rest = words; !rest.empty() && lines.size() < most;) {
    const auto end = rest.find('\n');
    std::string_view one = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    const auto indent = std::min(one.find_first_not_of(' '), one.size());
    const float left = 14 + std::min(static_cast<float>(indent) * b.m.em(7), width / 2);
    for (std::string& part : wrap(one.substr(indent), Type::small, b.m.scale, width - left - 14))
      lines.emplace_back(left, std::move(part));
  }
  const float tall = static_cast<float>(lines.size()) * line + 24;
  b.group(y, y + tall);
  b.box({x, y, width, tall}, Token::surface, 12, Token::line);
  b.node(id, Role::text, words, {x, y, width, tall});
  y += 12;
  for (const auto& [left, part] : lines) {
    b.group(y, y + line);
    b.text(x + left, y, width - left, Type::small, Token::ink, part);
    y += line;
  }
  b.group(y, y + 400);
  return y + 12;
}

const Mark& mark_of(Finding::State state) {
  static constexpr Mark kMarks[] = {{Icon::check, Token::ok, Token::okbg, W::finding_good},
                                    {Icon::problems, Token::bad, Token::badbg, W::finding_trouble},
                                    {Icon::clock, Token::ink2, Token::raised, W::finding_unknown}};
  return kMarks[static_cast<int>(state)];
}

float mark(Builder& b, const std::string& id, float x, float y, float width, Finding::State state,
           std::string_view words) {
  const Mark& one = mark_of(state);
  const float glyph = b.m.em(16);
  b.icon({x, y, glyph, line_height(Type::small, b.m.scale)}, one.icon, glyph, one.ink);
  return y +
         b.paragraph(id, x + glyph + 8, y, width - glyph - 8, Type::small,
                     state == Finding::State::trouble ? Token::bad : Token::ink, words) +
         4;
}

float build_calls(Builder& b, const AccountState& account, const std::string& id, float x, float y,
                  float width) {
  const policy::Ledger& ledger = account.ledger;
  const Instant now = b.times.now();
  const float small = line_height(Type::small, b.m.scale);
  const std::string text = say(W::calls_today, {std::to_string(ledger.used), std::to_string(ledger.limit)});
  Node& node =
      b.node(id + "/calls", Role::progressbar, std::string(word(W::calls_meter)), {x, y, width, small + 12});
  node.value = ledger.used;
  node.least = 0;
  node.most = ledger.limit;
  node.value_text = text;
  const float part = ledger.limit > 0
                         ? std::min(1.0F, static_cast<float>(ledger.used) / static_cast<float>(ledger.limit))
                         : 0;
  const bool much = part >= 0.8F;  // Q10
  if (much) b.icon({x, y, 18, small}, Icon::warning, 16, Token::bad);
  b.text(x + (much ? 24 : 0), y, width - 24, Type::small, much ? Token::bad : Token::ink2, text);
  y += small + 6;
  b.box({x, y, width, 6}, Token::raised, 3);
  if (part > 0) b.box({x, y, std::max(6.0F, width * part), 6}, much ? Token::bad : Token::accent, 3);
  y += 14;
  if (ledger.blocked_until && *ledger.blocked_until > now)
    return y +
           b.paragraph(id + "/parked", x, y, width, Type::small, Token::bad,
                       say(W::calls_parked, {b.times.at(*ledger.blocked_until)})) +
           12;
  if (ledger.window_end <= now) return y;
  y += b.paragraph(id + "/resets", x, y, width, Type::small, Token::ink2,
                   say(W::calls_resets, {b.times.at(ledger.window_end)}));
  // What the rest of the day allows: how often it is looked, how often it can be switched.
  y += b.paragraph(
      id + "/rest", x, y, width, Type::small, Token::ink2,
      say(W::calls_rest, {std::to_string((policy::poll_interval(ledger, now) + Seconds(59)) / Minutes(1)),
                          std::to_string(std::max(0, policy::left_for(ledger, policy::Purpose::write)))}));
  return y + 12;
}

bool has_columns(const Builder& b, Rect area) { return area.w - 2 * b.m.margin >= b.m.em(1000); }

}  // namespace foyer::shell::tools
