// Set-up with a registration of one's own, at the vendor that is configured or chosen: steps in plain words,
// what can be copied, and under each step what this page can check of it. Beside them: changing Legrand's
// subscription keys, and the Classe 300X.
#include <algorithm>
#include <span>
#include <utility>

#include "core/policy/messages.hpp"
#include "shell/views/tools_parts.hpp"

namespace foyer::shell {
namespace {

using State3 = Finding::State;

struct Step {
  W title, text;
  std::string_view parts{};  // findings of the doctor that speak of it, parted by '|'
};
constexpr Step kLegrand[] = {{W::setup_account, W::setup_account_more},
                             {W::setup_kit, W::setup_kit_more, "subscription"},
                             {W::setup_application, W::setup_application_more, "discovery"},
                             {W::setup_redirect, W::setup_redirect_more},
                             {W::setup_scopes, W::setup_scopes_more},
                             {W::setup_relay, W::setup_relay_more, "token|api"},
                             {W::setup_link, W::setup_link_more},
                             {W::setup_sign_in, W::setup_sign_in_more, "clock|session"}};
constexpr Step kNetatmo[] = {{W::setup_account, W::setup_net_account_more},
                             {W::setup_application, W::setup_net_application_more},
                             {W::setup_redirect, W::setup_redirect_more},
                             {W::setup_scopes, W::setup_net_scopes_more},
                             {W::setup_relay, W::setup_net_relay_more, "token|api"},
                             {W::setup_sign_in, W::setup_net_sign_in_more, "clock|session"}};
struct Vendor {
  const char* id;
  std::string_view name;  // as the vendor writes it, in every language
  W more;
  std::span<const Step> steps;
};
constexpr Vendor kVendors[] = {{"legrand", "Legrand", W::setup_legrand_more, kLegrand},
                               {"netatmo", "Netatmo Connect", W::setup_netatmo_more, kNetatmo}};
constexpr const char* kChosen = "setup/vendor";

bool is_of(const Vendor& vendor, const AccountState& account) {
  const bool netatmo = std::ranges::find(account.providers, "netatmo") != account.providers.end();
  return netatmo == (std::string_view(vendor.id) == "netatmo");
}

// The chosen one; else the only one of which an account is configured. Null: only the person knows.
const Vendor* vendor_on_show(const Builder& b) {
  const auto chosen = b.memory.fields.find(kChosen);
  const Vendor* only = nullptr;
  int configured = 0;
  for (const Vendor& one : kVendors) {
    if (chosen != b.memory.fields.end() && chosen->second == one.id) return &one;
    const auto real = [&](const AccountState& account) { return !account.simulated && is_of(one, account); };
    if (std::ranges::any_of(b.state.accounts, real)) only = &one, ++configured;
  }
  return configured == 1 ? only : nullptr;
}

constexpr policy::Notice kKeySteps[] = {policy::Notice::key_step_other, policy::Notice::key_step_deploy,
                                        policy::Notice::key_step_regenerate, policy::Notice::key_step_return};
constexpr std::pair<W, W> kIntercom[] = {{W::setup_intercom_1, W::setup_intercom_1_more},
                                         {W::setup_intercom_2, W::setup_intercom_2_more},
                                         {W::setup_intercom_3, W::setup_intercom_3_more}};

// Number, title, text, and under them what belongs to the step. `done`: a check in the number's place.
struct Shown {
  std::string id{};
  int number = 0, level = 3;
  bool done = false, now = false;
};
void step(Builder& b, const Shown& how, std::string_view title, std::string_view text, Body body) {
  b.row({.gap = Space::pad, .align = Align::start}, [&] {
    if (how.done)
      b.plate(Icon::check, Token::okbg, Token::ok, Size::number, Size::glyph_line);
    else
      b.number(how.number, how.now ? Token::onaccent : Token::ink, how.now ? Token::accent : Token::raised);
    b.column({.gap = Space::small}, [&] {
      b.column({.gap = Space::thin}, [&] {
        b.heading(how.id, how.level, Type::name, title);
        b.paragraph(how.id + "/text", Type::small, Token::ink2, text);
      });
      body();
    });
  });
  b.skip(Space::small);
}

void chapter(Builder& b, const std::string& id, W title, W text) {
  b.section(id, title);
  b.paragraph(id + "/hint", Type::small, Token::ink2, word(text));
}

// A6: what is registered, what is configured and where the page is open must be one text.
void redirects(Builder& b, const Vendor& vendor) {
  if (b.state.page.empty()) return;
  b.button({.id = "setup/copy", .label = say(W::copy, {b.state.page}), .icon = Icon::copy},
           Intent{intent::CopyText{b.state.page, std::string(word(W::setup_redirect))}});
  for (const AccountState& account : b.state.accounts) {
    if (!is_of(vendor, account)) continue;
    const bool same = account.redirect_uri == b.state.page;
    mark(b, "setup/redirect/" + account.id, same ? State3::good : State3::trouble,
         say(same ? W::setup_redirect_same : W::setup_redirect_other, {account.name, account.redirect_uri}));
  }
}

// What the page knows by itself of permissions and homes.
void known(Builder& b, const Vendor& vendor, W title) {
  const bool links = std::ranges::find(vendor.steps, W::setup_link, &Step::title) != vendor.steps.end();
  const W homes_with = links ? W::setup_link : W::setup_sign_in;
  if (title != W::setup_scopes && title != homes_with) return;
  for (const AccountState& account : b.state.accounts) {
    if (!is_of(vendor, account) || account.session.status != oauth::Status::signed_in) continue;
    const auto& missing = account.session.missing_scopes;
    if (title == W::setup_scopes) {
      mark(b, "setup/scopes/" + account.id, missing.empty() ? State3::good : State3::trouble,
           account.name + ": " +
               (missing.empty() ? std::string(word(W::setup_scopes_all))
                                : say(W::missing_scopes, {missing_scopes(account)})));
      continue;
    }
    const auto homes = std::ranges::count_if(b.state.plant_account,
                                             [&](const auto& one) { return one.second == account.id; });
    mark(b, "setup/homes/" + account.id, homes > 0 ? State3::good : State3::unknown,
         say(W::setup_link_homes, {account.name, std::to_string(homes)}));
  }
}

bool names(std::string_view parts, std::string_view part) {
  while (!parts.empty()) {
    const auto bar = parts.find('|');
    if (parts.substr(0, bar) == part) return true;
    parts = bar == std::string_view::npos ? std::string_view() : parts.substr(bar + 1);
  }
  return false;
}

bool concerns(const Builder& b, const Vendor& vendor, const Finding& finding) {
  return finding.cloud.empty() || std::ranges::any_of(b.state.accounts, [&](const AccountState& account) {
           return account.id == finding.cloud && is_of(vendor, account);
         });
}

void steps(Builder& b, const Vendor& vendor) {
  int number = 0;
  for (const Step& one : vendor.steps) {
    const std::string id = "setup/" + std::to_string(++number);
    step(b, {.id = id, .number = number, .level = 2}, word(one.title), word(one.text), [&] {
      if (one.title == W::setup_redirect) redirects(b, vendor);
      known(b, vendor, one.title);
      int found = 0;
      for (const Finding& each : b.state.doctor.findings)
        if (names(one.parts, each.part) && concerns(b, vendor, each))
          mark(b, id + "/" + std::to_string(found++), each.state,
               each.title + ": " + each.what + (each.remedy.empty() ? "" : " " + each.remedy));
    });
  }
}

// E5, the vendor's four steps; which of them is next is remembered in this browser.
void keys(Builder& b) {
  chapter(b, "setup/keys", W::setup_keys, W::setup_keys_more);
  int number = 0;
  for (const policy::Notice notice : kKeySteps) {
    const policy::Message& words = policy::message(notice);
    const bool done = number < b.state.key_step, now = number == b.state.key_step;
    const std::string id = "setup/key" + std::to_string(++number);
    step(b, {.id = id, .number = number, .done = done, .now = now}, words.what,
         std::string(words.doing) + (words.remedy.empty() ? "" : " ") + std::string(words.remedy), [&] {
           if (now)
             b.button({.id = id + "/done",
                       .name = std::string(word(W::done)) + ": " + std::string(words.what),
                       .label = std::string(word(W::done)),
                       .icon = Icon::check},
                      Intent{intent::KeyStep{number}});
         });
  }
  if (b.state.key_step > 0)
    b.button(
        {.id = "setup/keys/again", .label = std::string(word(W::setup_keys_again)), .icon = Icon::refresh},
        Intent{intent::KeyStep{0}});
}

void intercom(Builder& b) {
  chapter(b, "setup/intercom", W::setup_intercom, W::setup_intercom_more);
  int number = 0;
  for (const auto& [title, text] : kIntercom) {
    ++number;
    step(b, {.id = "setup/intercom/" + std::to_string(number), .number = number}, word(title), word(text),
         [] {});
  }
}

void vendors(Builder& b, const Vendor* shown) {
  std::vector<Builder::Choice> all;
  for (const Vendor& one : kVendors)
    all.push_back({.id = std::string(kChosen) + "/" + one.id,
                   .name = std::string(one.name),
                   .label = std::string(one.name),
                   .chosen = shown == &one,
                   .action = Local{Local::What::put, kChosen, one.id}});
  b.titled_choices(kChosen, word(W::setup_which), all);
  for (const Vendor& one : kVendors)
    if (shown == nullptr || shown == &one) {
      const std::string_view more = word(one.more);
      b.lead_in(std::string(kChosen) + "/" + one.id + "/more", true, Token::ink, one.name, more);
    }
}

}  // namespace

void build_setup(Builder& b) {
  const Vendor* vendor = vendor_on_show(b);
  b.view({.title = W::setup, .back = true}, [&] {
    b.narrow(Size::column, [&] {
      b.paragraph("setup/hint", Type::body, Token::ink2, word(W::setup_hint));
      vendors(b, vendor);
      if (vendor != nullptr) doctor_buttons(b);
    });
    b.skip(Space::small);
    const bool legrand = vendor == &kVendors[0];
    b.pair(
        {},
        [&] {
          if (vendor != nullptr)
            steps(b, *vendor);
          else
            intercom(b);
        },
        [&] {
          if (legrand) keys(b);
          if (vendor != nullptr) intercom(b);
        });
  });
}

}  // namespace foyer::shell
