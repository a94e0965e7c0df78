#include "shell/views/tools_parts.hpp"

#include <algorithm>

#include "shell/views/tile.hpp"

namespace foyer::shell {

std::string missing_scopes(const AccountState& account) {
  std::string names;
  for (const std::string& scope : account.session.missing_scopes)
    names += (names.empty() ? "" : ", ") + scope;
  return names;
}

const Mark& mark_of(Finding::State state) {
  static constexpr Mark kMarks[] = {{Icon::check, Token::ok, Token::okbg, W::finding_good},
                                    {Icon::problems, Token::bad, Token::badbg, W::finding_trouble},
                                    {Icon::clock, Token::ink2, Token::raised, W::finding_unknown}};
  return kMarks[static_cast<int>(state)];
}

void mark(Builder& b, const std::string& id, Finding::State state, std::string_view words) {
  const Mark& one = mark_of(state);
  b.row({.align = Align::start}, [&] {
    b.icon(one.icon, Size::glyph_note, one.ink, Type::small);
    b.paragraph(id, Type::small, state == Finding::State::trouble ? Token::bad : Token::ink, words);
  });
}

void build_calls(Builder& b, const AccountState& account, const std::string& id) {
  const policy::Ledger& ledger = account.ledger;
  const Instant now = b.times.now();
  b.column({.gap = Space::tight}, [&] {
    b.meter(id + "/calls", word(W::calls_meter), ledger.used, ledger.limit,
            say(W::calls_today, {std::to_string(ledger.used), std::to_string(ledger.limit)}),
            ledger.limit > 0 && ledger.used * 5 >= ledger.limit * 4);  // Q10
    if (policy::parked(ledger, now))
      return b.paragraph(id + "/parked", Type::small, Token::bad,
                         say(W::calls_parked, {b.times.at(*ledger.blocked_until)}));
    if (ledger.window_end <= now) return;
    b.paragraph(id + "/resets", Type::small, Token::ink2,
                say(W::calls_resets, {b.times.at(ledger.window_end)}));
    // What the rest of the day allows: how often it is looked, how often it can be switched.
    b.paragraph(
        id + "/rest", Type::small, Token::ink2,
        say(W::calls_rest, {std::to_string((policy::poll_interval(ledger, now) + Seconds(59)) / Minutes(1)),
                            std::to_string(std::max(0, policy::left_for(ledger, policy::Purpose::write)))}));
  });
}

void hint(Builder& b, W text, const char* id) {
  b.narrow(Size::reading, [&] { b.paragraph(id, Type::body, Token::ink2, word(text)); });
}

// A line that leads to a module, with something at its right end.
void module_row(Builder& b, const Module& module, std::string_view line, std::string_view right, bool lit) {
  const std::string name = shown_name(b.state, module);
  Node link{
      .id = "row/" + module.id.text,
      .role = Role::link,
      .name = name,
      .description = std::string(right) + (right.empty() || line.empty() ? "" : ", ") + std::string(line)};
  b.card({.fill = lit ? Token::lit : Token::surface,
          .edge = lit ? Token::litline : Token::none,
          .pad = Space::gap,
          .over = Space::small,
          .least = Size::item,
          .link = std::move(link),
          .action = go(route_to(*b.state.plant(), module))},
         [&] {
           b.row({.gap = Space::pad}, [&] {
             b.plate(module_icon(module), lit ? Token::litline : Token::raised,
                     lit ? Token::ink : Token::ink2);
             b.split(
                 {.least = Size::none},
                 [&] {
                   b.line(Type::name, Token::ink, name);
                   if (!line.empty()) b.line(Type::small, lit ? Token::litink : Token::ink2, line);
                 },
                 [&] { b.line(Type::section, Token::ink, right); });
           });
         });
}

}  // namespace foyer::shell
