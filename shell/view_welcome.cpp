// The first view: what this is, the ways in, what it needs – or why it cannot start.
#include <algorithm>

#include "shell/builder.hpp"

namespace foyer::shell {
namespace {

W because(oauth::SignedOutBecause reason) {
  switch (reason) {
    case oauth::SignedOutBecause::expired:
      return W::because_expired;
    case oauth::SignedOutBecause::revoked:
      return W::because_revoked;
    case oauth::SignedOutBecause::scope_changed:
      return W::because_scope;
    case oauth::SignedOutBecause::storage_lost:
      return W::because_storage;
    case oauth::SignedOutBecause::secret_expired:
      return W::because_secret;
    case oauth::SignedOutBecause::denied:
      return W::because_denied;
    case oauth::SignedOutBecause::lost_reply:
      return W::because_lost;
    case oauth::SignedOutBecause::never:
    case oauth::SignedOutBecause::by_user:
      break;
  }
  return W::count;
}

// A raised paragraph with an icon; answers the next y.
float note(Builder& b, const std::string& id, float x, float y, float width, Icon which, Token ink,
           Token fill, std::string_view words) {
  const auto lines = wrap(words, Type::body, b.m.scale, width - 64);
  const float high = static_cast<float>(lines.size()) * line_height(Type::body, b.m.scale) + 24;
  b.group(y, y + high);
  b.box({x, y, width, high}, fill, 16);
  b.icon({x + 16, y + 12, 24, line_height(Type::body, b.m.scale)}, which, 20, ink);
  b.paragraph(id, x + 50, y + 12, width - 64, Type::body, ink, words);
  return y + high + 16;
}

// Why the last sign-in did not work, when it is not the session that says so.
float refusal(Builder& b, const AccountState& account, float x, float y, float width) {
  if (because(account.session.because) != W::count) return y;
  const auto found = std::ranges::find(b.state.problems, "sign_in:" + account.id, &Problem::key);
  if (found == b.state.problems.end()) return y;
  const std::string id = "welcome/refused/" + account.id;
  y = note(b, id, x, y, width, Icon::info, Token::ink, Token::raised,
           found->what + (found->remedy.empty() ? "" : " " + found->remedy));
  if (!found->clock) return y;
  const Builder::Button anyway{
      .id = id + "/anyway", .name = {}, .label = std::string(word(W::continue_anyway)), .icon = Icon::clock};
  b.button(anyway, {x, y, b.button_width(anyway), b.button_height()},
           Intent{intent::ContinueAnyway{account.id}});
  return y + b.button_height() + 16;
}

float ways_in(Builder& b, float x, float y, float width) {
  const float small = line_height(Type::small, b.m.scale);
  bool first = true, demo = true;  // the first of them all, the first that is simulated
  for (const bool simulated : {true, false}) {
    for (const AccountState& account : b.state.accounts) {
      if (account.simulated != simulated) continue;
      if (W why = because(account.session.because);
          why != W::count && account.session.status != oauth::Status::signed_in)
        y = note(b, "welcome/why/" + account.id, x, y, width, Icon::info, Token::ink, Token::raised,
                 word(why));
      y = refusal(b, account, x, y, width);
      const float high = std::max(b.m.em(52), b.m.target);
      b.group(y, y + high + 6 + 3 * small);
      Builder::Button way{
          .id = "sign_in/" + account.id,
          .name = {},
          .label = simulated && demo
                       ? std::string(word(W::welcome_demo))
                       : say(simulated ? W::welcome_demo_other : W::welcome_sign_in, {account.name}),
          .icon = simulated ? Icon::play : Icon::sign_in,
          .look = first ? Builder::Look::primary : Builder::Look::plain,
          .type = Type::strong,
          .disabled = account.signing_in || !b.state.online};
      if (account.signing_in) way.why = word(W::welcome_busy);
      if (!b.state.online) way.why = word(W::offline_line);
      b.button(way, {x, y, width, high}, Intent{intent::SignIn{account.id}}).busy = account.signing_in;
      y += high + 8;
      y += b.paragraph("sign_in/" + account.id + "/more", x, y, width, Type::small, Token::ink2,
                       account.signing_in ? word(W::welcome_busy)
                       : !simulated       ? word(W::welcome_sign_in_more)
                                          : word(demo ? W::welcome_demo_more : W::welcome_demo_other_more));
      y += 20;
      first = demo = false;
    }
  }
  return y;
}

}  // namespace

void build_welcome(Builder& b, Rect area) {
  const float width = std::min(b.m.em(460), area.w - 2 * b.m.margin), x = area.x + (area.w - width) / 2;
  b.open_layer(Layer::main, area);
  b.parent("main", Role::main, std::string(word(W::app)), area);
  float y = area.h > 760 ? 88 : b.m.margin + 8;
  b.group(y, y + 64);
  b.box({x, y, 56, 56}, Token::lit, 16, Token::litline);
  b.icon({x, y, 56, 56}, Icon::home, 32, Token::litink);
  b.label("welcome/app", x + 72, y + (56 - line_height(Type::panel, b.m.scale)) / 2, width - 72, Type::panel,
          Token::ink, word(W::app));
  y += 56 + 28;
  if (!b.state.fatal.empty()) {
    b.group(y, y + 80);
    b.heading("heading/page", 1, x, y, width, Type::title, word(W::fatal_title));
    y += line_height(Type::title, b.m.scale) + 16;
    y = note(b, "welcome/fatal", x, y, width, Icon::problems, Token::bad, Token::badbg, b.state.fatal);
  } else if (!b.state.started) {
    b.group(y, y + 80);
    b.heading("heading/page", 1, x, y, width, Type::title, word(W::welcome_starting));
    y += line_height(Type::title, b.m.scale);
  } else {
    b.group(y, y + 200);
    float line = line_height(Type::title, b.m.scale);
    const auto title = wrap(word(W::welcome_title), Type::title, b.m.scale, width);
    b.node("heading/page", Role::heading, std::string(word(W::welcome_title)),
           {x, y, width, line * static_cast<float>(title.size())})
        .level = 1;
    for (const auto& part : title) b.text(x, y, width, Type::title, Token::ink, part), y += line;
    y += 10;
    y += b.paragraph("welcome/text", x, y, width, Type::body, Token::ink2, word(W::welcome_text)) + 28;
    y = ways_in(b, x, y, width) + 8;
    b.group(y, y + 400);
    b.rule(x, y, width);
    y += 20;
    b.heading("welcome/needs", 2, x, y, width, Type::section, word(W::welcome_needs));
    y += line_height(Type::section, b.m.scale) + 8;
    int number = 0;
    for (W need : {W::welcome_needs_1, W::welcome_needs_2, W::welcome_needs_3}) {
      b.icon({x, y, 20, line_height(Type::small, b.m.scale)}, Icon::check, 16, Token::ok);
      y += b.paragraph("welcome/needs/" + std::to_string(++number), x + 28, y, width - 28, Type::small,
                       Token::ink2, word(need)) +
           8;
    }
    y += 12;
    y += b.paragraph("welcome/independent", x, y, width, Type::small, Token::ink2,
                     word(W::welcome_independent));
  }
  b.end_parent();
  b.close_layer(y + 32);
}

}  // namespace foyer::shell
