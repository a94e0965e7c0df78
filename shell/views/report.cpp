// Problems → Report a fault: what a report will cost, what is in one, and the file.
#include <algorithm>

#include "core/app/report/maker.hpp"
#include "shell/views/tools_parts.hpp"

namespace foyer::shell {
namespace {

constexpr std::size_t kFirst = 20;  // lines until all are asked for

std::string answer_text(const ReportedAnswer& one) {
  const std::string bytes = std::to_string(one.bytes);
  const std::string rest = one.status == 0 ? say(W::report_no_answer, {bytes})
                                           : say(W::report_answer, {std::to_string(one.status), bytes});
  return one.request + " · " + rest;
}

void lines(Builder& b, const std::string& id, W name, const std::vector<std::string>& all) {
  if (all.empty()) return;
  const std::size_t count = b.memory.expanded.contains(id) ? all.size() : std::min(all.size(), kFirst);
  b.paragraph(id + "/title", Type::small_strong, Token::ink, word(name));
  b.inside({.id = id, .role = Role::list, .name = std::string(word(name))}, [&] {
    b.column({.gap = Space::fine}, [&] {
      for (std::size_t i = 0; i < count; ++i)
        b.inside({.id = id + "/" + std::to_string(i), .role = Role::listitem, .name = all[i]}, [&] {
          b.paragraph(id + "/" + std::to_string(i) + "/text", Type::small, Token::ink2, all[i]);
        });
    });
  });
  if (count < all.size())
    b.button({.id = id + "/all", .label = say(W::journal_all, {std::to_string(all.size())})},
             Local{Local::What::expand, id, {}});
}

void contents(Builder& b, const MadeReport& made) {
  b.card({.pad = Space::pad,
          .gap = Space::gap,
          .parent = {.id = "report/made", .role = Role::region, .name = std::string(word(W::report_look))}},
         [&] {
           b.paragraph(
               "report/holds", Type::body, Token::ink,
               say(W::report_holds, {std::to_string(made.answers.size()), std::to_string(made.journal.size()),
                                     std::to_string(made.replaced)}));
           b.wrap({}, [&] {
             b.button({.id = "report/save",
                       .label = std::string(word(W::report_save)),
                       .icon = Icon::download,
                       .look = Builder::Look::primary},
                      Intent{intent::SaveReport{}});
             b.button({.id = "report/drop", .label = std::string(word(W::report_drop))},
                      Intent{intent::DropReport{}});
           });
           std::vector<std::string> answers;
           for (const ReportedAnswer& one : made.answers) answers.push_back(answer_text(one));
           lines(b, "report/answers", W::report_answers, answers);
           lines(b, "report/journal", W::report_journal, made.journal);
         });
}

}  // namespace

void build_report(Builder& b) {
  const ReportState& report = b.state.report;
  const int cost = report::report_cost(b.state);
  if (cost == 0 && !report.made) return;  // nobody's homes can be read
  b.skip(Space::gap);
  b.heading("report", 2, Type::section, word(W::report));
  b.paragraph("report/hint", Type::small, Token::ink2, word(W::report_hint));
  if (report.made) return contents(b, *report.made);
  if (!report.trouble.empty()) b.paragraph("report/trouble", Type::small, Token::bad, report.trouble);
  b.wrap({}, [&] {
    b.button({.id = "report/make",
              .label = report.making ? std::string(word(W::report_making))
                                     : say(W::report_make, {std::to_string(cost)}),
              .icon = Icon::problems,
              .disabled = report.making},
             Intent{intent::MakeReport{}})
        .busy = report.making;
  });
}

}  // namespace foyer::shell
