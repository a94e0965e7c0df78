// Settings: appearance, accounts with their calls of today, about.
#include <tuple>

#include "core/base/version.hpp"
#include "shell/views/tools_parts.hpp"

namespace foyer::shell {
namespace {

void themes(Builder& b) {
  b.section("settings/appearance", W::appearance);
  std::vector<Builder::Choice> all;
  for (auto [theme, key, id] : {std::tuple{Theme::system, W::theme_system, "theme/system"},
                                {Theme::light, W::theme_light, "theme/light"},
                                {Theme::dark, W::theme_dark, "theme/dark"}})
    all.push_back({id, {}, std::string(word(key)), b.state.theme == theme, Intent{intent::SetTheme{theme}}});
  b.narrow(Size::narrow, [&] { b.choices("theme", std::string(word(W::appearance)), all); });
}

void language_choice(Builder& b) {
  b.section("settings/language", W::language);
  std::vector<Builder::Choice> all;
  const auto one = [&](std::string_view code, std::string_view name) {
    all.push_back({"language/" + std::string(code),
                   {},
                   std::string(name),
                   b.state.language == code,
                   Intent{intent::SetLanguage{std::string(code)}}});
  };
  one("", word(W::language_browser));
  for (const LanguageName& language : languages()) one(language.code, language.name);
  b.narrow(Size::narrow, [&] { b.choices("language", std::string(word(W::language)), all); });
}

void signed_in_card(Builder& b, const AccountState& account, const std::string& id) {
  build_calls(b, account, id);
  if (account.session.refresh_expires)
    b.paragraph(id + "/until", Type::small, Token::ink2,
                say(W::session_until, {b.times.at(*account.session.refresh_expires)}));
  if (account.session.storage_degraded)
    b.paragraph(id + "/degraded", Type::small, Token::bad, word(W::storage_degraded));
  if (!account.session.missing_scopes.empty())
    b.paragraph(id + "/missing", Type::small, Token::bad, say(W::missing_scopes, {missing_scopes(account)}));
  b.button({.id = id + "/sign_out",
            .name = say(W::sign_out_of, {account.name}),
            .label = std::string(word(W::sign_out)),
            .icon = Icon::sign_out},
           Intent{intent::SignOut{account.id}});
}

void account_card(Builder& b, const AccountState& account) {
  const std::string id = "account/" + account.id;
  const bool in = account.session.status == oauth::Status::signed_in;
  b.card({.gap = Space::small, .parent = {.id = id, .role = Role::region, .name = account.name}}, [&] {
    b.row({.gap = Space::gap, .align = Align::start}, [&] {
      b.icon(Icon::person, Size::glyph_big, Token::ink2, Type::strong);
      b.column({}, [&] {
        b.heading(id + "/name", 3, Type::strong, account.name);
        b.paragraph(id + "/who", Type::small, Token::ink2,
                    !in                            ? std::string(word(W::signed_out))
                    : account.session.name.empty() ? std::string(word(W::signed_in))
                                                   : say(W::signed_in_as, {account.session.name}));
      });
    });
    if (in) return signed_in_card(b, account, id);
    b.button({.id = id + "/sign_in",
              .label = say(W::welcome_sign_in, {account.name}),
              .icon = Icon::sign_in,
              .look = Builder::Look::primary,
              .disabled = account.signing_in || !b.state.online},
             Intent{intent::SignIn{account.id}})
        .busy = account.signing_in;
  });
}

// The views that no bar leads to.
void more(Builder& b) {
  b.wrap({}, [&] {
    for (const ViewRow& row : all_views()) {
      const bool shown = row.entry == Entry::tab || (row.entry == Entry::rail && !b.m.phone);
      if (shown || row_of(row.view).name == W::home || (needs_home(row.view) && b.state.plants.empty()))
        continue;
      b.button({.id = "settings" + to_text({.view = row.view}),
                .label = std::string(word(row.name)),
                .icon = row.icon},
               go(route_to(b.state, row.view)));
    }
    if (!b.state.page.empty())  // the lock is a page of its own
      b.button({.id = "settings/lock", .label = std::string(word(W::passphrase)), .icon = Icon::shield},
               Intent{intent::OpenLock{}});
  });
}

}  // namespace

void build_settings(Builder& b) {
  b.view({.title = W::settings, .most = Size::form}, [&] {
    themes(b);
    language_choice(b);
    b.section("settings/accounts", b.state.accounts.size() == 1 ? W::account : W::accounts);
    for (const AccountState& account : b.state.accounts) account_card(b, account);
    b.skip(Space::fine);
    more(b);
    b.section("settings/about", W::about);
    b.paragraph("about/version", Type::body, Token::ink2, say(W::about_version, {std::string(version())}));
    b.paragraph("about/text", Type::body, Token::ink2, word(W::about_text));
    b.paragraph("about/fonts", Type::small, Token::ink2, word(W::about_fonts));
    b.button({.id = "about/notices", .label = std::string(word(W::notices)), .icon = Icon::info},
             Intent{intent::OpenNotices{}});
  });
}

}  // namespace foyer::shell
