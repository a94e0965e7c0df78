// Problems: what is, what we do, what you can do – and the buttons for it.
#include <algorithm>

#include "shell/builder.hpp"

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

// Buttons in a row that wraps. Answers the next y.
float actions(Builder& b, const Problem& problem, const std::string& id, float x, float y, float width) {
  float at = x;
  auto one = [&](const char* part, W label, Builder::Look look, Icon which, Action action) {
    Builder::Button what{.id = id + "/" + part,
                         .name = std::string(word(label)) + ": " + problem.what,
                         .label = std::string(word(label)),
                         .icon = which,
                         .look = look};
    const float wide = b.button_width(what);
    if (at > x && at + wide > x + width) at = x, y += b.button_height() + 8;
    b.button(what, {at, y, wide, b.button_height()}, std::move(action));
    at += wide + 8;
  };
  if (problem.needs_sign_in && !problem.account.empty())
    one("sign_in", W::sign_in_again, Builder::Look::primary, Icon::sign_in,
        Intent{intent::SignIn{problem.account}});
  if (problem.clock)
    one("anyway", W::continue_anyway, Builder::Look::plain, Icon::clock,
        Intent{intent::ContinueAnyway{problem.account}});
  if (problem.can_retry)
    one("retry", W::try_again, problem.needs_sign_in ? Builder::Look::plain : Builder::Look::primary,
        Icon::refresh, Intent{intent::Retry{problem.key}});
  if (!problem.details.empty())
    one("details", W::technical_details, Builder::Look::plain,
        b.memory.expanded.contains(id) ? Icon::chevron_up : Icon::chevron_down,
        Local{Local::What::expand, id, {}});
  one("dismiss", W::dismiss, Builder::Look::plain, Icon::none, Intent{intent::Dismiss{problem.key}});
  return y + b.button_height();
}

}  // namespace

float build_problem(Builder& b, const Problem& problem, float x, float y, float width) {
  const std::string id = "problem/" + problem.key;
  const float left = x + 60, room = width - 80, top = y;
  b.group(y, y + 2000);
  const std::size_t group = b.page.groups.size() - 1;
  b.parent(id + "/card", Role::region, problem.what, {x, y, width, 0});
  const auto card_node = static_cast<std::size_t>(b.last());
  const std::size_t back = b.page.items.size();
  b.box({x, y, width, 0}, Token::surface, 16);
  b.box({x + 12, y + 14, 36, 36}, Token::badbg, 12);
  b.icon({x + 12, y + 14, 36, 36}, problem_icon(problem), 20, Token::bad);
  y += 16;
  const auto title = wrap(problem.what, Type::strong, b.m.scale, room);
  const float line = line_height(Type::strong, b.m.scale);
  b.node(id + "/what", Role::heading, problem.what, {left, y, room, line * static_cast<float>(title.size())})
      .level = 2;
  for (const std::string& part : title) b.text(left, y, room + 1, Type::strong, Token::ink, part), y += line;
  y += 4;
  if (!problem.doing.empty())
    y += b.paragraph(id + "/doing", left, y, room, Type::body, Token::ink2, problem.doing) + 2;
  if (!problem.remedy.empty())
    y += b.paragraph(id + "/remedy", left, y, room, Type::body, Token::ink, problem.remedy) + 2;
  std::string when = say(W::problem_since, {b.times.at(problem.since)});
  if (problem.again_at && *problem.again_at > b.times.now() && problem.doing.empty())
    when += " · " + say(W::problem_again, {b.times.in(*problem.again_at)});
  y += b.paragraph(id + "/since", left, y + 4, room, Type::small, Token::ink2, when) + 14;
  y = actions(b, problem, id, left, y, room) + 4;
  if (!problem.details.empty() && b.memory.expanded.contains(id)) {
    const float high = static_cast<float>(wrap(problem.details, Type::small, b.m.scale, room - 24).size()) *
                           line_height(Type::small, b.m.scale) +
                       20;
    b.box({left, y + 8, room, high}, Token::raised, 10);
    b.paragraph(id + "/details/text", left + 12, y + 18, room - 24, Type::small, Token::ink, problem.details);
    y += high + 16;
    Builder::Button copy{
        .id = id + "/copy", .name = {}, .label = std::string(word(W::copy_details)), .icon = Icon::copy};
    b.button(copy, {left, y, b.button_width(copy), b.button_height()},
             Intent{intent::CopyText{problem.details, std::string(word(W::technical_details))}});
    y += b.button_height() + 4;
  }
  y += 14;
  b.page.items[back].rect.h = y - top;
  b.page.places[card_node].rect.h = y - top;
  b.page.groups[group].bottom = y;
  b.end_parent();
  return y + b.m.gap;
}

void build_problems(Builder& b, Rect area) {
  const float x = area.x + b.m.margin, width = std::min(area.w - 2 * b.m.margin, b.m.em(720));
  b.open_layer(Layer::main, area);
  b.parent("main", Role::main, std::string(word(W::problems)), area);
  float y = page_title(b, x, 24, width, word(W::problems), false);
  if (b.state.problems.empty()) {
    const float room = width - 84;
    const auto more = wrap(word(W::problems_none_more), Type::body, b.m.scale, room);
    const float line = line_height(Type::body, b.m.scale),
                high = 32 + line * static_cast<float>(more.size() + 1);
    b.group(y, y + high);
    b.box({x, y, width, high}, Token::surface, 16);
    b.box({x + 14, y + 16, 40, 40}, Token::okbg, 12);
    b.icon({x + 14, y + 16, 40, 40}, Icon::check, 22, Token::ok);
    b.label("problems/none", x + 68, y + 16, room, Type::strong, Token::ink, word(W::problems_none));
    b.paragraph("problems/none/more", x + 68, y + 16 + line, room, Type::body, Token::ink2,
                word(W::problems_none_more));
    y += high;
  }
  for (const Problem& problem : b.state.problems) y = build_problem(b, problem, x, y, width);
  y = b.state.tools == Tools::ready ? build_tools(b, {x, y + 20, width, 0}) : build_wait(b, x, y + 20, width);
  b.end_parent();
  b.close_layer(y + 32);
}

}  // namespace foyer::shell
