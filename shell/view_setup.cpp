// Set-up with a registration of one's own: steps in plain words, what can be copied, and under each step what
// this page can check of it. Beside them: changing the subscription keys, and the Classe 300X.
#include <algorithm>
#include <utility>

#include "core/policy/messages.hpp"
#include "shell/tools_parts.hpp"

namespace foyer::shell::tools {
namespace {

using State3 = Finding::State;

struct Step {
  W title, text;
  std::string_view parts{};  // findings of the doctor that speak of it, parted by '|'
};
constexpr Step kSteps[] = {{W::setup_account, W::setup_account_more},
                           {W::setup_kit, W::setup_kit_more, "subscription"},
                           {W::setup_application, W::setup_application_more, "discovery"},
                           {W::setup_redirect, W::setup_redirect_more},
                           {W::setup_scopes, W::setup_scopes_more},
                           {W::setup_relay, W::setup_relay_more, "token|api"},
                           {W::setup_link, W::setup_link_more},
                           {W::setup_sign_in, W::setup_sign_in_more, "clock|session"}};
constexpr policy::Notice kKeySteps[] = {policy::Notice::key_step_other, policy::Notice::key_step_deploy,
                                        policy::Notice::key_step_regenerate, policy::Notice::key_step_return};
constexpr std::pair<W, W> kIntercom[] = {{W::setup_intercom_1, W::setup_intercom_1_more},
                                         {W::setup_intercom_2, W::setup_intercom_2_more},
                                         {W::setup_intercom_3, W::setup_intercom_3_more}};

constexpr float kIndent = 44;

// Number, title, text. `done`: a check in the number's place.
float step(Builder& b, const std::string& id, int number, float x, float y, float width,
           std::string_view title, std::string_view text, int level = 3, bool done = false,
           bool now = false) {
  const float left = x + kIndent, line = line_height(Type::name, b.m.scale), plate = b.m.em(30);
  b.group(y, y + 300);
  const Rect round{x, y - (plate - line) / 2, plate, plate};
  b.box(round, done ? Token::okbg : now ? Token::accent : Token::raised, plate / 2);
  if (done) {
    b.icon(round, Icon::check, b.m.em(18), Token::ok);
  } else {
    const std::string count = std::to_string(number);
    const float wide = text_width(count, Type::small_strong, b.m.scale);
    b.text(x + (plate - wide) / 2, y + (line - line_height(Type::small_strong, b.m.scale)) / 2, wide + 1,
           Type::small_strong, now ? Token::onaccent : Token::ink, count);
  }
  b.heading(id, level, left, y, width - kIndent, Type::name, title);
  y += line + 2;
  return y + b.paragraph(id + "/text", left, y, width - kIndent, Type::small, Token::ink2, text) + 8;
}

float chapter(Builder& b, const std::string& id, float x, float y, float width, W title, W text) {
  y = section(b, id, x, y, width, title);
  return y + b.paragraph(id + "/hint", x, y, width, Type::small, Token::ink2, word(text)) + 16;
}

// A6: what is registered, what is configured and where the page is open must be one text.
float redirects(Builder& b, float x, float y, float width) {
  if (b.state.page.empty()) return y;
  const Builder::Button copy{
      .id = "setup/copy", .name = {}, .label = say(W::copy, {b.state.page}), .icon = Icon::copy};
  b.button(copy, {x, y, std::min(b.button_width(copy), width), b.button_height()},
           Intent{intent::CopyText{b.state.page, std::string(word(W::setup_redirect))}});
  y += b.button_height() + 8;
  for (const AccountState& account : b.state.accounts) {
    const bool same = account.redirect_uri == b.state.page;
    y = mark(
        b, "setup/redirect/" + account.id, x, y, width, same ? State3::good : State3::trouble,
        say(same ? W::setup_redirect_same : W::setup_redirect_other, {account.name, account.redirect_uri}));
  }
  return y;
}

// What the page knows by itself of permissions and homes.
float known(Builder& b, W title, float x, float y, float width) {
  if (title != W::setup_scopes && title != W::setup_link) return y;
  for (const AccountState& account : b.state.accounts) {
    if (account.session.status != oauth::Status::signed_in) continue;
    const auto& missing = account.session.missing_scopes;
    if (title == W::setup_scopes) {
      y = mark(b, "setup/scopes/" + account.id, x, y, width, missing.empty() ? State3::good : State3::trouble,
               account.name + ": " +
                   (missing.empty() ? std::string(word(W::setup_scopes_all))
                                    : say(W::missing_scopes, {missing_scopes(account)})));
      continue;
    }
    const auto homes = std::ranges::count_if(b.state.plant_account,
                                             [&](const auto& one) { return one.second == account.id; });
    y = mark(b, "setup/homes/" + account.id, x, y, width, homes > 0 ? State3::good : State3::unknown,
             say(W::setup_link_homes, {account.name, std::to_string(homes)}));
  }
  return y;
}

bool names(std::string_view parts, std::string_view part) {
  while (!parts.empty()) {
    const auto bar = parts.find('|');
    if (parts.substr(0, bar) == part) return true;
    parts = bar == std::string_view::npos ? std::string_view() : parts.substr(bar + 1);
  }
  return false;
}

float steps(Builder& b, float x, float y, float width) {
  int number = 0;
  for (const Step& one : kSteps) {
    const std::string id = "setup/" + std::to_string(++number);
    y = step(b, id, number, x, y, width, word(one.title), word(one.text), 2);
    const float left = x + kIndent, room = width - kIndent;
    if (one.title == W::setup_redirect) y = redirects(b, left, y, room);
    y = known(b, one.title, left, y, room);
    int found = 0;
    for (const Finding& each : b.state.doctor.findings) {
      if (!names(one.parts, each.part)) continue;
      std::string text = each.title + ": " + each.what;
      if (!each.remedy.empty()) text += " " + each.remedy;
      y = mark(b, id + "/" + std::to_string(found++), left, y, room, each.state, text);
    }
    y += 12;
  }
  return y;
}

// E5, the vendor's four steps; which of them is next is remembered in this browser.
float keys(Builder& b, float x, float y, float width) {
  y = chapter(b, "setup/keys", x, y, width, W::setup_keys, W::setup_keys_more);
  int number = 0;
  for (const policy::Notice notice : kKeySteps) {
    const policy::Message& words = policy::message(notice);
    std::string text(words.doing);
    if (!words.remedy.empty()) text += " " + std::string(words.remedy);
    const bool done = number < b.state.key_step, now = number == b.state.key_step;
    ++number;
    const std::string id = "setup/key" + std::to_string(number);
    y = step(b, id, number, x, y, width, words.what, text, 3, done, now);
    if (now) {
      const Builder::Button next{.id = id + "/done",
                                 .name = std::string(word(W::done)) + ": " + std::string(words.what),
                                 .label = std::string(word(W::done)),
                                 .icon = Icon::check};
      b.button(next, {x + kIndent, y, b.button_width(next), b.button_height()},
               Intent{intent::KeyStep{number}});
      y += b.button_height() + 8;
    }
    y += 8;
  }
  if (b.state.key_step > 0) {
    const Builder::Button again{.id = "setup/keys/again",
                                .name = {},
                                .label = std::string(word(W::setup_keys_again)),
                                .icon = Icon::refresh};
    b.button(again, {x + kIndent, y, b.button_width(again), b.button_height()}, Intent{intent::KeyStep{0}});
    y += b.button_height() + 8;
  }
  return y + 20;
}

float intercom(Builder& b, float x, float y, float width) {
  y = chapter(b, "setup/intercom", x, y, width, W::setup_intercom, W::setup_intercom_more);
  int number = 0;
  for (const auto& [title, text] : kIntercom) {
    ++number;
    y = step(b, "setup/intercom/" + std::to_string(number), number, x, y, width, word(title), word(text)) + 8;
  }
  return y;
}

}  // namespace

float build_setup(Builder& b, Rect area) {
  const bool columns = has_columns(b, area);
  const float x = area.x + b.m.margin, all = area.w - 2 * b.m.margin,
              width = columns ? std::min((all - 48) / 2, b.m.em(640)) : std::min(all, b.m.em(720));
  b.open_layer(Layer::main, area);
  b.parent("main", Role::main, std::string(word(W::setup)), area);
  float y = page_title(b, x, 24, width, word(W::setup), true);
  b.group(y, y + 100);
  y += b.paragraph("setup/hint", x, y, width, Type::body, Token::ink2, word(W::setup_hint)) + 16;
  y = doctor_buttons(b, x, y, width) + 8;
  const float top = y, side = columns ? x + width + 48 : x;
  y = steps(b, x, y, width) + 8;
  float other = keys(b, side, columns ? top : y, width);
  other = intercom(b, side, other, width);
  b.end_parent();
  b.close_layer(std::max(y, other) + 32);
  return 0;
}

}  // namespace foyer::shell::tools
