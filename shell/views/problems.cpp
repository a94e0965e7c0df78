// Problems: what is, what we do, what you can do – and the buttons for it.
#include <algorithm>
#include <utility>

#include "shell/views/help.hpp"
#include "shell/views/home_plan.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

Icon problem_icon(const Problem& problem) {
  switch (problem.condition) {
    case policy::Condition::offline:
      return Icon::cloud_off;
    case policy::Condition::gateway_offline:
      return Icon::gateway_offline;
    case policy::Condition::quota_exceeded:
    case policy::Condition::rate_limited:
      return Icon::clock;
    default:
      return problem.needs_sign_in ? Icon::person : Icon::problems;
  }
}

// The question of the help that such a problem raises; its answer opens in place.
constexpr std::pair<policy::Condition, W> kRaised[] = {
    {policy::Condition::offline, W::help_local_q},
    {policy::Condition::scope_missing, W::help_declined_q},
    {policy::Condition::scopes_changed, W::help_declined_q},
    {policy::Condition::declined, W::help_declined_q},
    {policy::Condition::key_refused, W::help_keys_q},
    {policy::Condition::quota_exceeded, W::help_calls_q},
    {policy::Condition::rate_limited, W::help_calls_q},
    {policy::Condition::gateway_offline, W::help_offline_q},
    {policy::Condition::password_expired, W::help_password_q},
    {policy::Condition::sign_in_over, W::help_lasts_q},
};

const HelpRow* help_for(const Problem& problem) {
  const auto raised = std::ranges::find(kRaised, problem.condition, &std::pair<policy::Condition, W>::first);
  if (raised == std::end(kRaised)) return nullptr;
  return &*std::ranges::find(kHelp, raised->second, &HelpRow::question);
}

void help(Builder& b, const Problem& problem, const std::string& id) {
  const HelpRow* known = help_for(problem);
  if (known == nullptr) return;
  const bool open = b.memory.expanded.contains(id + "/help");
  b.column({.gap = Space::small}, [&] {
    b.button({.id = id + "/help",
              .label = std::string(word(known->question)),
              .icon = open ? Icon::chevron_up : Icon::chevron_down,
              .look = Builder::Look::quiet},
             Local{Local::What::expand, id + "/help", {}})
        .expanded = open;
    if (open) b.paragraph(id + "/help/text", Type::body, Token::ink2, word(known->answer));
  });
}

void actions(Builder& b, const Problem& problem, const std::string& id) {
  const auto one = [&](const char* part, W label, bool primary, Icon which, Action action) {
    b.button({.id = id + part,
              .name = std::string(word(label)) + ": " + problem.what,
              .label = std::string(word(label)),
              .icon = which,
              .look = primary ? Builder::Look::primary : Builder::Look::plain},
             std::move(action));
  };
  b.wrap({}, [&] {
    if (problem.needs_sign_in && !problem.account.empty())
      one("/sign_in", W::sign_in_again, true, Icon::sign_in, Intent{intent::SignIn{problem.account}});
    if (problem.clock)
      one("/anyway", W::continue_anyway, false, Icon::clock, Intent{intent::ContinueAnyway{problem.account}});
    if (problem.can_retry)
      one("/retry", W::try_again, !problem.needs_sign_in, Icon::refresh, Intent{intent::Retry{problem.key}});
    if (!problem.details.empty())
      one("/details", W::technical_details, false,
          b.memory.expanded.contains(id) ? Icon::chevron_up : Icon::chevron_down,
          Local{Local::What::expand, id, {}});
    one("/dismiss", W::dismiss, false, Icon::none, Intent{intent::Dismiss{problem.key}});
  });
}

void words(Builder& b, const Problem& problem, const std::string& id) {
  b.column({.gap = Space::fine}, [&] {
    b.heading(id + "/what", 2, Type::strong, problem.what);
    if (!problem.doing.empty())
      b.paragraph(id + "/doing", Type::body, Token::ink2, b.times.live(problem.doing, problem.again_at));
    if (!problem.remedy.empty()) b.paragraph(id + "/remedy", Type::body, Token::ink, problem.remedy);
    std::string when = say(W::problem_since, {b.times.at(problem.since)});
    if (problem.again_at && *problem.again_at > b.times.now() && problem.doing.empty())
      when += " · " + say(W::problem_again, {b.times.in(*problem.again_at)});
    b.paragraph(id + "/since", Type::small, Token::ink2, when);
  });
}

}  // namespace

void build_problem(Builder& b, const Problem& problem) {
  const std::string id = "problem/" + to_text(problem.key);
  b.card({.parent = {.id = id + "/card", .role = Role::region, .name = problem.what}}, [&] {
    b.row({.gap = Space::gap, .align = Align::start}, [&] {
      b.plate(problem_icon(problem), Token::badbg, Token::bad);
      b.column({.gap = Space::gap}, [&] {
        words(b, problem, id);
        help(b, problem, id);
        actions(b, problem, id);
        if (problem.details.empty() || !b.memory.expanded.contains(id)) return;
        b.card({.fill = Token::raised, .pad = Space::gap, .radius = 10},
               [&] { b.paragraph(id + "/details/text", Type::small, Token::ink, problem.details); });
        b.button({.id = id + "/copy", .label = std::string(word(W::copy_details)), .icon = Icon::copy},
                 Intent{intent::CopyText{problem.details, std::string(word(W::technical_details))}});
      });
    });
  });
}

void build_problems(Builder& b) {
  b.view({.title = W::problems, .most = Size::column}, [&] {
    if (open_problems(b) == 0)
      b.card({}, [&] {
        b.row({.gap = Space::pad, .align = Align::start}, [&] {
          b.plate(Icon::check, Token::okbg, Token::ok);
          b.column({}, [&] {
            b.paragraph("problems/none", Type::strong, Token::ink, word(W::problems_none));
            b.paragraph("problems/none/more", Type::body, Token::ink2, word(W::problems_none_more));
          });
        });
      });
    for (const Problem& problem : b.state.problems) build_problem(b, problem);
    if (!b.plan.attention.empty()) build_attention(b);
    b.skip(Space::small);
    if (!b.state.has(Part::tools)) return build_wait(b, Part::tools);
    build_doctor(b);
    build_report(b);
  });
}

}  // namespace foyer::shell
