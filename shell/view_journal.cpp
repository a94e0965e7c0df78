// The journal: the last calls of each account, newest first, and the file to take away.
#include <algorithm>
#include <array>

#include "shell/tools_parts.hpp"

namespace foyer::shell::tools {
namespace {

constexpr std::size_t kFirst = 50;  // rows until all are asked for
constexpr std::array kDecisions = {W::done,       W::act_refreshed, W::act_other_key,
                                   W::act_waits,  W::act_read_back, W::act_parked,
                                   W::act_halted, W::act_offline,   W::act_gave_up};

float entry(Builder& b, const JournalEntry& one, const std::string& id, float x, float y, float width) {
  const float line = line_height(Type::small, b.m.scale), high = 2 * line + 12;
  const bool good = one.condition == policy::Condition::ok;
  const LocalTime at = to_local(one.at, b.times.offset());
  std::string second = std::to_string(at.second);
  const std::string first = b.times.at(one.at) + (at.second < 10 ? ":0" : ":") + second + " · " + one.method +
                            " " + one.path_template;
  std::string rest =
      (one.status == 0 ? std::string(word(W::journal_no_answer)) : std::to_string(one.status)) + " · " +
      std::to_string(one.duration.count()) + " ms · " +
      std::string(word(kDecisions[static_cast<std::size_t>(one.action)]));
  if (!good) rest += " (" + std::string(policy::rule_id(one.condition)) + ")";
  if (one.attempt > 1) rest += " · " + say(W::journal_attempt, {std::to_string(one.attempt)});
  rest += " · " + say(W::console_cost, {std::to_string(one.cost)});
  b.group(y, y + high);
  b.node(id, Role::listitem, first + ", " + rest, {x, y, width, high});
  b.box({x, y, width, high}, Token::surface, 8);
  b.box({x, y + 6, 4, high - 12}, good ? Token::ok : Token::bad, 2);
  b.text(x + 14, y + 6, width - 24, Type::small, Token::ink, first);
  b.text(x + 14, y + 6 + line, width - 24, Type::small, good ? Token::ink2 : Token::bad, rest);
  return y + high + 4;
}

float account_journal(Builder& b, const AccountState& account, float x, float y, float width) {
  const std::string id = "journal/" + account.id;
  b.group(y, y + 200);
  b.heading(id, 2, x, y, width, Type::section, account.name);
  y += line_height(Type::section, b.m.scale) + 8;
  if (account.session.status == oauth::Status::signed_in) y = build_calls(b, account, id, x, y, width);
  if (account.journal == nullptr || account.journal->empty())
    return y + b.paragraph(id + "/none", x, y, width, Type::body, Token::ink2, word(W::journal_none)) + 24;
  const Builder::Button save{
      .id = id + "/har", .name = {}, .label = std::string(word(W::journal_save)), .icon = Icon::download};
  b.button(save, {x, y, b.button_width(save), b.button_height()}, Intent{intent::SaveJournal{account.id}});
  y += b.button_height() + 12;
  const auto& entries = *account.journal;
  const bool all = b.memory.expanded.contains(id);
  const std::size_t count = all ? entries.size() : std::min(entries.size(), kFirst);
  b.parent(id + "/list", Role::list, say(W::journal_of, {account.name}), {x, y, width, 0});
  const auto list = static_cast<std::size_t>(b.last());
  const float top = y;
  for (std::size_t n = 0; n < count; ++n) {
    const JournalEntry& one = entries[entries.size() - 1 - n];
    y = entry(b, one, id + "/" + std::to_string(one.number), x, y, width);
  }
  b.page.places[list].rect.h = y - top;
  b.end_parent();
  if (count < entries.size()) {
    b.group(y, y + b.button_height());
    const Builder::Button more{
        .id = id + "/all", .name = {}, .label = say(W::journal_all, {std::to_string(entries.size())})};
    b.button(more, {x, y + 4, b.button_width(more), b.button_height()}, Local{Local::What::expand, id, {}});
    y += b.button_height() + 4;
  }
  return y + 24;
}

}  // namespace

float build_journal(Builder& b, Rect area) {
  const float x = area.x + b.m.margin, width = std::min(area.w - 2 * b.m.margin, b.m.em(720));
  b.open_layer(Layer::main, area);
  b.parent("main", Role::main, std::string(word(W::journal)), area);
  float y = page_title(b, x, 24, width, word(W::journal), true);
  b.group(y, y + 80);
  y += b.paragraph("journal/hint", x, y, width, Type::small, Token::ink2, word(W::journal_hint)) + 16;
  for (const AccountState& account : b.state.accounts) y = account_journal(b, account, x, y, width);
  b.end_parent();
  b.close_layer(y + 32);
  return 0;
}

}  // namespace foyer::shell::tools
