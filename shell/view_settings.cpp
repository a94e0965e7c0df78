// Settings: appearance, accounts with their calls of today, about.
#include <algorithm>
#include <tuple>

#include "shell/tools_parts.hpp"

namespace foyer::shell::tools {
namespace {

float themes(Builder& b, float x, float y, float width) {
  y = section(b, "settings/appearance", x, y, width, W::appearance);
  b.group(y, y + 120);
  std::vector<Builder::Choice> all;
  for (auto [theme, key, id] : {std::tuple{Theme::system, W::theme_system, "theme/system"},
                                {Theme::light, W::theme_light, "theme/light"},
                                {Theme::dark, W::theme_dark, "theme/dark"}})
    all.push_back({id, {}, std::string(word(key)), b.state.theme == theme, Intent{intent::SetTheme{theme}}});
  return y + b.choices("theme", std::string(word(W::appearance)), x, y, std::min(width, b.m.em(480)), all) +
         28;
}

float languages(Builder& b, float x, float y, float width) {
  y = section(b, "settings/language", x, y, width, W::language);
  b.group(y, y + 120);
  std::vector<Builder::Choice> all;
  for (auto [code, name] : {std::pair{"", ""}, {"en", "English"}, {"fr", "Français"}, {"it", "Italiano"}})
    all.push_back({std::string("language/") + code,
                   {},
                   *name == 0 ? std::string(word(W::language_browser)) : name,
                   b.state.language == code,
                   Intent{intent::SetLanguage{code}}});
  return y + b.choices("language", std::string(word(W::language)), x, y, std::min(width, b.m.em(480)), all) +
         28;
}

float account_card(Builder& b, const AccountState& account, float x, float y, float width) {
  const std::string id = "account/" + account.id;
  const bool in = account.session.status == oauth::Status::signed_in;
  const float top = y, left = x + 20, room = width - 40;
  b.group(y, y + 2000);
  const std::size_t group = b.page.groups.size() - 1, back = b.page.items.size();
  b.parent(id, Role::region, account.name, {x, y, width, 0});
  const auto region = static_cast<std::size_t>(b.last());
  b.box({x, y, width, 0}, Token::surface, 16);
  y += 16;
  b.icon({left, y, 24, line_height(Type::strong, b.m.scale)}, Icon::person, 24, Token::ink2);
  b.heading(id + "/name", 3, left + 36, y, room - 36, Type::strong, account.name);
  y += line_height(Type::strong, b.m.scale);
  const std::string who = !in                            ? std::string(word(W::signed_out))
                          : account.session.name.empty() ? std::string(word(W::signed_in))
                                                         : say(W::signed_in_as, {account.session.name});
  b.label(id + "/who", left + 36, y, room - 36, Type::small, Token::ink2, who);
  y += line_height(Type::small, b.m.scale) + 14;
  if (in) {
    y = build_calls(b, account, id, left, y, room);
    if (account.session.refresh_expires)
      y += b.paragraph(id + "/until", left, y - 8, room, Type::small, Token::ink2,
                       say(W::session_until, {b.times.at(*account.session.refresh_expires)}));
    if (account.session.storage_degraded)
      y += b.paragraph(id + "/degraded", left, y, room, Type::small, Token::bad, word(W::storage_degraded)) +
           8;
    if (!account.session.missing_scopes.empty()) {
      y += b.paragraph(id + "/missing", left, y, room, Type::small, Token::bad,
                       say(W::missing_scopes, {missing_scopes(account)})) +
           8;
    }
    Builder::Button out{.id = id + "/sign_out",
                        .name = say(W::sign_out_of, {account.name}),
                        .label = std::string(word(W::sign_out)),
                        .icon = Icon::sign_out};
    b.button(out, {left, y, b.button_width(out), b.button_height()}, Intent{intent::SignOut{account.id}});
  } else {
    Builder::Button enter{.id = id + "/sign_in",
                          .name = {},
                          .label = say(W::welcome_sign_in, {account.name}),
                          .icon = Icon::sign_in,
                          .look = Builder::Look::primary,
                          .disabled = account.signing_in || !b.state.online};
    b.button(enter, {left, y, std::min(b.button_width(enter), room), b.button_height()},
             Intent{intent::SignIn{account.id}})
        .busy = account.signing_in;
  }
  y += b.button_height() + 20;
  b.page.items[back].rect.h = y - top;
  b.page.places[region].rect.h = y - top;
  b.page.groups[group].bottom = y;
  b.end_parent();
  return y + b.m.gap;
}

}  // namespace

float build_settings(Builder& b, Rect area) {
  const float x = area.x + b.m.margin, width = std::min(area.w - 2 * b.m.margin, b.m.em(640));
  b.open_layer(Layer::main, area);
  b.parent("main", Role::main, std::string(word(W::settings)), area);
  float y = page_title(b, x, 24, width, word(W::settings), false);
  y = themes(b, x, y, width);
  y = languages(b, x, y, width);
  y = section(b, "settings/accounts", x, y, width, b.state.accounts.size() == 1 ? W::account : W::accounts);
  for (const AccountState& account : b.state.accounts) y = account_card(b, account, x, y, width);
  y += 16;
  // What the phone's five tabs have no room for.
  constexpr std::tuple<Route::View, W, Icon> kMore[] = {{Route::View::topology, W::topology, Icon::topology},
                                                        {Route::View::console, W::console, Icon::console},
                                                        {Route::View::journal, W::journal, Icon::clock},
                                                        {Route::View::setup, W::setup, Icon::info}};
  b.group(y, y + 200);
  Row row{b, x, y, width};
  for (const auto& [view, name, icon] : kMore) {
    if (view == Route::View::topology && (!b.m.phone || b.state.plants.empty())) continue;
    row.add({.id = "settings" + to_text({.view = view}),
             .name = {},
             .label = std::string(word(name)),
             .icon = icon},
            go({.view = view,
                .plant = view == Route::View::topology ? b.state.plant()->id : PlantId(),
                .ambient = {},
                .module = {}}));
  }
  if (!b.state.page.empty())  // the lock is a page of its own
    row.add(
        {.id = "settings/lock", .name = {}, .label = std::string(word(W::passphrase)), .icon = Icon::shield},
        Intent{intent::OpenLock{}});
  y = row.end() + 12;
  y = section(b, "settings/about", x, y, width, W::about);
  b.group(y, y + 400);
  y += b.paragraph("about/text", x, y, width, Type::body, Token::ink2, word(W::about_text)) + 10;
  y += b.paragraph("about/fonts", x, y, width, Type::small, Token::ink2, word(W::about_fonts));
  b.end_parent();
  b.close_layer(y + 32);
  return 0;
}

}  // namespace foyer::shell::tools
