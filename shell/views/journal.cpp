// The journal: the last calls of each account, newest first, and the file to take away.
#include <algorithm>
#include <array>

#include "shell/views/tools_parts.hpp"

namespace foyer::shell {
namespace {

constexpr std::size_t kFirst = 50;  // rows until all are asked for
constexpr std::array kDecisions = {W::done,       W::act_refreshed, W::act_other_key,
                                   W::act_waits,  W::act_read_back, W::act_parked,
                                   W::act_halted, W::act_offline,   W::act_gave_up};

void entry(Builder& b, const JournalEntry& one, const std::string& id) {
  const bool good = one.condition == policy::Condition::ok;
  const LocalTime at = to_local(one.at, b.times.offset(one.at));
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
  b.card({.pad = Space::pad,
          .over = Space::tight,
          .radius = 8,
          .stripe = good ? Token::ok : Token::bad,
          .link = {.id = id, .role = Role::listitem, .name = first + ", " + rest}},
         [&] {
           b.text(Type::small, Token::ink, first);
           b.text(Type::small, good ? Token::ink2 : Token::bad, rest);
         });
}

void account_journal(Builder& b, const AccountState& account) {
  const std::string id = "journal/" + account.id;
  b.skip(Space::gap);
  b.heading(id, 2, Type::section, account.name);
  if (account.session.status == oauth::Status::signed_in) build_calls(b, account, id);
  if (account.journal == nullptr || account.journal->empty())
    return b.paragraph(id + "/none", Type::body, Token::ink2, word(W::journal_none));
  b.button({.id = id + "/har", .label = std::string(word(W::journal_save)), .icon = Icon::download},
           Intent{intent::SaveJournal{account.id}});
  const auto& entries = *account.journal;
  const std::size_t count =
      b.memory.expanded.contains(id) ? entries.size() : std::min(entries.size(), kFirst);
  b.inside({.id = id + "/list", .role = Role::list, .name = say(W::journal_of, {account.name})}, [&] {
    b.column({.gap = Space::fine}, [&] {
      for (std::size_t n = 0; n < count; ++n) {
        const JournalEntry& one = entries[entries.size() - 1 - n];
        entry(b, one, id + "/" + std::to_string(one.number));
      }
    });
  });
  if (count < entries.size())
    b.button({.id = id + "/all", .label = say(W::journal_all, {std::to_string(entries.size())})},
             Local{Local::What::expand, id, {}});
}

}  // namespace

void build_journal(Builder& b) {
  b.view({.title = W::journal, .back = true, .most = Size::column}, [&] {
    b.paragraph("journal/hint", Type::small, Token::ink2, word(W::journal_hint));
    for (const AccountState& account : b.state.accounts) account_journal(b, account);
  });
}

}  // namespace foyer::shell
