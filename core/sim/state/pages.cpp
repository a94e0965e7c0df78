// The pages a person sees while signing in: plain HTML with forms, no script, readable without the style
// sheet.
#include <array>

#include "core/sim/state/parts.hpp"

namespace foyer::sim {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

// A form may lead to the redirect URI after the answer, and browsers hold form-action against that, too.
Response page(int status, std::string_view title, const std::string& body, const std::string& redirect) {
  const auto url = parse_url(redirect);
  Response out = plain_answer(
      status, "text/html; charset=utf-8",
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light "
      "dark\">\n<title>" +
          std::string(title) +
          " \xC2\xB7 Simulated cloud</title>\n<link rel=\"stylesheet\" "
          "href=\"style.css\">\n</head>\n<body>\n<main>\n"
          "<p class=\"note\">Simulated cloud: no real account, no password.</p>\n" +
          body + "</main>\n</body>\n</html>\n");
  out.headers.push_back(
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; "
       "form-action 'self'" +
           (url ? ' ' + url->origin() : std::string())});
  out.headers.push_back(
      {"Referrer-Policy", "same-origin"});  // no-referrer would blank the Origin of the forms
  out.headers.push_back({"X-Content-Type-Options", "nosniff"});
  return out;
}

std::string form(std::string_view action, const Login& login, const std::string& inside) {
  return "<form method=\"post\" action=\"" + std::string(action) +
         "\">\n<input type=\"hidden\" name=\"tx\" value=\"" + escaped(login.id) + "\">\n" + inside +
         "</form>\n";
}

struct Thing {
  std::string_view scope, name;
};
constexpr std::array<Thing, 18> things{{{"light", "lights"},
                                        {"plug", "sockets"},
                                        {"automation", "shutters"},
                                        {"heater", "radiators"},
                                        {"remote", "remote switches"},
                                        {"energymeter", "energy meters"},
                                        {"scene", "scenes"},
                                        {"comfort", "thermostats"},
                                        {"topology", "the list of rooms and devices"},
                                        {"magellan", "lights, sockets, shutters and meters"},
                                        {"bubendorff", "Bubendorff shutters"},
                                        {"smarther", "Smarther thermostats"},
                                        {"thermostat", "thermostats and valves"},
                                        {"mx", "the video intercom"},
                                        {"mhs1", "what hangs on a MyHOME server"},
                                        {"bfi", "BTicino IP devices"},
                                        {"station", "the weather station"},
                                        {"camera", "cameras"}}};

// One line per thing: "See and control lights", and the scopes in the vendor's words.
std::string permissions(std::string_view scopes) {
  std::string out;
  for (const Thing& thing : things) {
    const bool legrand =
        has_scope("light plug automation heater remote energymeter scene comfort topology", thing.scope);
    const std::string word(thing.scope);
    const std::string read = legrand ? word + ".read" : "read_" + word;
    const std::string write = legrand ? word + ".write" : "write_" + word;
    const bool sees = has_scope(scopes, read), controls = has_scope(scopes, write);
    if (!sees && !controls) continue;
    out.append("<li>").append(sees ? controls ? "See and control " : "See " : "Control ").append(thing.name);
    out.append(" <code>")
        .append(sees ? read : "")
        .append(sees && controls ? " " : "")
        .append(controls ? write : "");
    out.append("</code></li>\n");
  }
  return out;
}

}  // namespace

Response login_page(const Login& login) {
  std::string buttons;
  for (const User& user : users)
    buttons += "<button name=\"user\" value=\"" + std::string(user.name) + "\"><b>" + user.given +
               "</b> <span>" + user.about + "</span></button>\n";
  return page(200, "Sign in",
              "<h1>Sign in</h1>\n<p>Who are you today?</p>\n" +
                  form("login", login, "<div class=\"choices\">\n" + buttons + "</div>\n"),
              login.redirect);
}

Response consent_page(const Login& login) {
  const User* user = find_user(login.user);
  return page(
      200, "Allow access?",
      "<h1>Allow access?</h1>\n<p><b>" + escaped(login.client) + "</b> asks " +
          std::string(user == nullptr ? "you" : user->given) + " for permission to:</p>\n<ul>\n" +
          permissions(login.scope) + "</ul>\n" +
          form("consent", login,
               "<div class=\"decision\">\n<button name=\"decision\" value=\"accept\" class=\"primary\">Accept"
               "</button>\n<button name=\"decision\" value=\"deny\">Deny</button>\n</div>\n"),
      login.redirect);
}

Response lost_page() {
  return page(400, "Start again",
              "<h1>Start again</h1>\n<p>This sign-in is over. Go back to the application and sign in from "
              "there.</p>\n",
              "");
}

Response style_sheet() {
  return plain_answer(200, "text/css; charset=utf-8",
                      R"(:root{color-scheme:light dark;--ground:#f4f3f0;--surface:#fff;
--raised:#eceae5;--edge:#8a867d;--ink:#1d1c1a;--ink2:#5b5852;--accent:#1f5fa8;--onaccent:#fff;--focus:#0b57d0}
@media (prefers-color-scheme:dark){:root{--ground:#151617;--surface:#1f2123;--raised:#2a2d30;--edge:#7c8187;
--ink:#f1f0ed;--ink2:#b4b1aa;--accent:#8ab8f0;--onaccent:#10243b;--focus:#a8c7fa}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/22px Inter,system-ui,sans-serif}
main{width:min(440px,100% - 32px);margin:6vh auto;padding:24px;background:var(--surface);border-radius:16px}
h1{font-size:28px;line-height:36px;font-weight:600;margin:8px 0}
.note,span{color:var(--ink2)}
.note{margin:0;font-size:13px;line-height:18px}
ul{padding-left:20px}
code{display:block;color:var(--ink2);font-size:12px;line-height:16px}
.choices,.decision{display:flex;gap:10px;margin-top:16px}
.choices{flex-direction:column}
button{flex:1;min-height:48px;padding:10px 14px;border:1px solid var(--edge);border-radius:12px;font:inherit;
text-align:left;color:var(--ink);background:var(--raised);cursor:pointer}
.decision button{text-align:center;font-weight:600}
button.primary{background:var(--accent);border-color:var(--accent);color:var(--onaccent)}
button:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
)");
}

}  // namespace foyer::sim
