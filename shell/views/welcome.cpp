// The first view: what this is, the ways in, what it needs – or why it cannot start.
#include <algorithm>

#include "shell/views/views.hpp"

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

// Why the last sign-in did not work, when it is not the session that says so.
void refusal(Builder& b, const AccountState& account) {
  if (because(account.session.because) != W::count) return;
  const auto found =
      std::ranges::find(b.state.problems, ProblemKey{ProblemKey::About::sign_in, account.id}, &Problem::key);
  if (found == b.state.problems.end()) return;
  const std::string id = "welcome/refused/" + account.id;
  b.note(id, Icon::info, Token::ink, Token::raised,
         found->what + (found->remedy.empty() ? "" : " " + found->remedy));
  if (found->clock)
    b.button({.id = id + "/anyway", .label = std::string(word(W::continue_anyway)), .icon = Icon::clock},
             Intent{intent::ContinueAnyway{account.id}});
}

void way_in(Builder& b, const AccountState& account, bool first, bool demo) {
  const W why = because(account.session.because);
  if (why != W::count && account.session.status != oauth::Status::signed_in)
    b.note("welcome/why/" + account.id, Icon::info, Token::ink, Token::raised, word(why));
  refusal(b, account);
  Builder::Button way{
      .id = "sign_in/" + account.id,
      .label = account.simulated && demo
                   ? std::string(word(W::welcome_demo))
                   : say(account.simulated ? W::welcome_demo_other : W::welcome_sign_in, {account.name}),
      .icon = account.simulated ? Icon::play : Icon::sign_in,
      .look = first ? Builder::Look::primary : Builder::Look::plain,
      .type = Type::strong,
      .disabled = account.signing_in || !b.state.online,
      .wide = true,
      .high = Size::way};
  if (account.signing_in) way.why = word(W::welcome_busy);
  if (!b.state.online) way.why = word(W::offline_line);
  b.column({.gap = Space::small}, [&] {
    b.button(way, Intent{intent::SignIn{account.id}}).busy = account.signing_in;
    b.paragraph("sign_in/" + account.id + "/more", Type::small, Token::ink2,
                word(account.signing_in   ? W::welcome_busy
                     : !account.simulated ? W::welcome_sign_in_more
                     : demo               ? W::welcome_demo_more
                                          : W::welcome_demo_other_more));
  });
}

void ways_in(Builder& b) {
  bool first = true, demo = true;  // the first of them all, the first that is simulated
  for (const bool simulated : {true, false})
    for (const AccountState& account : b.state.accounts) {
      if (account.simulated != simulated) continue;
      way_in(b, account, first, demo);
      first = demo = false;
    }
}

// For whoever has a registration of their own to make: below the ways in, with a word about it where none of
// them is real.
void set_up(Builder& b) {
  b.column({.gap = Space::small}, [&] {
    b.button({.id = "welcome/setup",
              .label = std::string(word(W::welcome_set_up)),
              .icon = Icon::settings,
              .look = Builder::Look::quiet},
             go(route_to(b.state, Route::View::setup)));
    if (std::ranges::all_of(b.state.accounts, &AccountState::simulated))
      b.paragraph("welcome/setup/more", Type::small, Token::ink2, word(W::welcome_set_up_more));
  });
}

void content(Builder& b) {
  if (!b.state.fatal.empty()) {
    b.heading("heading/page", 1, Type::title, word(W::fatal_title));
    return b.note("welcome/fatal", Icon::problems, Token::bad, Token::badbg, b.state.fatal);
  }
  if (!b.state.started) return b.heading("heading/page", 1, Type::title, word(W::welcome_starting));
  b.column({.gap = Space::gap}, [&] {
    b.heading("heading/page", 1, Type::title, word(W::welcome_title));
    b.paragraph("welcome/text", Type::body, Token::ink2, word(W::welcome_text));
  });
  b.skip(Space::small);
  ways_in(b);
  set_up(b);
  b.skip(Space::small);
  b.rule();
  b.column({.gap = Space::small}, [&] {
    b.heading("welcome/needs", 2, Type::section, word(W::welcome_needs));
    int number = 0;
    for (W need : {W::welcome_needs_1, W::welcome_needs_2, W::welcome_needs_3})
      b.row({.gap = Space::gap, .align = Align::start}, [&] {
        b.icon(Icon::check, Size::glyph_note, Token::ok, Type::small);
        b.paragraph("welcome/needs/" + std::to_string(++number), Type::small, Token::ink2, word(need));
      });
  });
  b.paragraph("welcome/independent", Type::small, Token::ink2, word(W::welcome_independent));
}

}  // namespace

void build_welcome(Builder& b) {
  b.sheet(Layer::main, b.main_area, Token::none, {.most = Size::welcome, .align = Align::middle}, [&] {
    b.inside({.id = "main", .role = Role::main, .name = std::string(word(W::app))}, [&] {
      b.column({.gap = Space::wide}, [&] {
        if (b.main_area.h > b.px(Size::tall)) b.skip(Space::columns);
        b.row({.gap = Space::card}, [&] {
          b.plate(Icon::home, Token::lit, Token::litink, Size::mark, Size::glyph_mark);
          b.paragraph("welcome/app", Type::panel, Token::ink, word(W::app));
        });
        b.skip(Space::small);
        content(b);
      });
    });
  });
}

}  // namespace foyer::shell
