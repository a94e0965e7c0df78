#include "core/app/developer/console.hpp"

#include <algorithm>

#include "core/base/url.hpp"

namespace foyer {
namespace {

// Inside single quotes of a shell.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) c == '\'' ? out += "'\\''" : out += c;
  return out + "'";
}

}  // namespace

const AccountState* console_account(const State& state, std::string_view api) {
  const AccountState* found = nullptr;
  int best = 0;
  for (const AccountState& one : state.accounts) {
    const auto opens = [&](std::string_view id) {
      return std::ranges::find(one.providers, id) != one.providers.end();
    };
    const bool legrand = opens("smarther") || opens("hc");
    if (!opens(api) && (api == "netatmo" || !legrand)) continue;
    const int fits = (opens(api) ? 2 : 1) + (one.session.status == oauth::Status::signed_in ? 4 : 0);
    if (fits > best) best = fits, found = &one;
  }
  return found;
}

Fields console_defaults(const State& state, const catalog::Operation& operation) {
  Fields out;
  // A home of the API that is asked, if there is one.
  const Plant* plant = state.plant();
  const std::string prefix = std::string(operation.api()) + ":";
  for (const Plant& one : state.plants)
    if (one.id.text.starts_with(prefix) && (!plant || !plant->id.text.starts_with(prefix))) plant = &one;
  for (const catalog::Parameter& one : operation.parameters) {
    if (one.type == catalog::Type::constant) continue;
    std::string value(one.preset);
    if (plant) switch (one.source) {
        case catalog::Source::plant:
          value = plant->id.remote();
          break;
        case catalog::Source::module: {
          const Module* module = plant->module(state.route.module);
          if (!module && !plant->modules.empty()) module = &plant->modules.front();
          if (module) value = module->id.remote();
          break;
        }
        case catalog::Source::ambient:
          if (!plant->ambients.empty()) value = plant->ambients.front().id.remote();
          break;
        case catalog::Source::gateway:
          if (!plant->gateways.empty()) value = plant->gateways.front().id.remote();
          break;
        case catalog::Source::none:
          break;
      }
    if (!value.empty()) out.emplace_back(one.name, std::move(value));
  }
  return out;
}

std::string curl_text(const Call& call, const std::string& base, std::string_view token,
                      std::string_view key) {
  std::string url = base + call.path;
  if (!call.query.empty()) url += "?" + form_encode(call.query);
  std::string out = "curl -X " + call.method + " " + quoted(url) + " \\\n  -H 'Accept: application/json'";
  if (!token.empty()) out += " \\\n  -H " + quoted("Authorization: Bearer " + std::string(token));
  if (!key.empty()) out += " \\\n  -H " + quoted("Ocp-Apim-Subscription-Key: " + std::string(key));
  if (!call.body.empty()) out += " \\\n  -H 'Content-Type: application/json' \\\n  -d " + quoted(call.body);
  return out;
}

std::string pretty_json(std::string_view text) {
  if (!text.starts_with('{') && !text.starts_with('[')) return std::string(text);
  std::string out;
  std::size_t depth = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (inside) {
      out += c;
      if (c == '\\' && at + 1 < text.size()) out += text[++at];
      if (c == '"') inside = false;
      continue;
    }
    const bool opens = c == '{' || c == '[', closes = c == '}' || c == ']';
    if (static_cast<unsigned char>(c) <= ' ') continue;
    inside = c == '"';
    const bool empty = closes && !out.empty() && (out.back() == '{' || out.back() == '[');
    if (closes && depth > 0) --depth;
    if (closes && !empty) out += "\n" + std::string(2 * depth, ' ');
    out += c;
    if (c == ':') out += ' ';
    if (opens) ++depth;
    const auto next = text.find_first_not_of(" \t\r\n", at + 1);
    const bool stays = opens && next != std::string_view::npos && (text[next] == '}' || text[next] == ']');
    if (c == ',' || (opens && !stays)) out += "\n" + std::string(2 * depth, ' ');
  }
  return out;
}

}  // namespace foyer
