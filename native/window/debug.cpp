#include "native/window/debug.hpp"

#include <imgui.h>

#include <string>

#include "core/base/time.hpp"
#include "core/policy/failure.hpp"

namespace foyer::native {
namespace {

// Broken at the edge of the panel: the end of a path is what tells it apart.
void text(const std::string& line) { ImGui::TextWrapped("%s", line.c_str()); }

// "in 00:41:07", "12:00 ago" or "–".
std::string until(const std::optional<Instant>& at, Instant now) {
  if (!at) return "–";
  const auto seconds = std::chrono::duration_cast<Seconds>(*at - now).count();
  const auto size = seconds < 0 ? -seconds : seconds;
  std::string out = std::to_string(size / 86400) + " d ";
  for (const auto part : {size / 3600 % 24, size / 60 % 60, size % 60}) {
    if (!out.ends_with(' ')) out += ':';
    if (part < 10) out += '0';
    out += std::to_string(part);
  }
  return seconds < 0 ? out + " ago" : "in " + out;
}

}  // namespace

void DebugPanels::draw(float width, float height) {
  if (!open) return;
  const float wide = width * 0.46F;
  ImGui::SetNextWindowPos({width - wide - 8, 8}, ImGuiCond_FirstUseEver);
  ImGui::SetNextWindowSize({wide, height - 16}, ImGuiCond_FirstUseEver);
  if (ImGui::Begin("Debug", &open) && ImGui::BeginTabBar("panels")) {
    struct Panel {
      const char* name;
      void (DebugPanels::*show)() const;
    };
    for (const Panel& panel : {Panel{"Journal", &DebugPanels::journal},
                               {"Quota", &DebugPanels::quota},
                               {"Tokens", &DebugPanels::tokens},
                               {"Tree", &DebugPanels::tree},
                               {"Frames", &DebugPanels::frames},
                               {"Faults", &DebugPanels::faults}})
      if (ImGui::BeginTabItem(panel.name)) {
        ImGui::BeginChild("content");
        (this->*panel.show)();
        ImGui::EndChild();
        ImGui::EndTabItem();
      }
    ImGui::EndTabBar();
  }
  ImGui::End();
}

void DebugPanels::journal() const {
  for (const AccountState& account : from_.controller.state().accounts) {
    const CloudGateway* gateway = from_.controller.gateway(account.id);
    if (!gateway) continue;
    text(account.name);
    for (auto at = gateway->journal().rbegin(); at != gateway->journal().rend(); ++at)
      text("  " + to_iso8601(at->at).substr(11) + " " + at->method + " " + std::to_string(at->status) + " " +
           std::to_string(at->duration.count()) + " ms " + std::string(policy::rule_id(at->condition)) +
           " #" + std::to_string(at->attempt) + " " + at->path_template);
  }
}

void DebugPanels::quota() const {
  const Instant now = from_.clock.now();
  for (const AccountState& account : from_.controller.state().accounts) {
    const policy::Ledger& ledger = account.ledger;
    text(account.name + ": " + std::to_string(ledger.used) + " of " + std::to_string(ledger.limit) + " used");
    text("  window ends " + until(ledger.window_end, now));
    text("  blocked until " + until(ledger.blocked_until, now));
    text("  next poll " + until(from_.controller.state().next_poll, now));
    if (!ledger.last_server_text.empty()) text("  " + ledger.last_server_text);
  }
}

void DebugPanels::tokens() const {
  const Instant now = from_.clock.now();
  for (const AccountState& account : from_.controller.state().accounts) {
    const oauth::SessionInfo& info = account.session;
    text(account.name + ": " + (info.status == oauth::Status::signed_in ? "signed in" : "signed out, ") +
         (info.status == oauth::Status::signed_in ? "" : std::string(to_string(info.because))));
    text("  person " + info.subject);
    text("  access token expires " + until(info.access_expires, now));
    text("  refresh token expires " + until(info.refresh_expires, now));
    text("  refreshed " + until(info.refreshed_at, now));
    if (info.storage_degraded) text("  kept in memory only (S3)");
  }
}

void DebugPanels::tree() const {
  std::vector<std::string> parents;
  for (const shell::Node& node : from_.shell.nodes()) {
    while (!parents.empty() && parents.back() != node.parent) parents.pop_back();
    text(std::string(2 * parents.size(), ' ') + std::string(to_string(node.role)) + " \"" + node.name + "\"" +
         (node.value_text.empty() ? "" : " " + node.value_text) +
         (node.checked ? *node.checked ? " [x]" : " [ ]" : "") + (node.disabled ? " disabled" : "") +
         (node.busy ? " busy" : ""));
    parents.push_back(node.id);
  }
}

void DebugPanels::frames() const {
  text(std::to_string(from_.frames.count()) + " frames; newest reason first");
  for (auto at = from_.frames.reasons().rbegin(); at != from_.frames.reasons().rend(); ++at) text("  " + *at);
}

void DebugPanels::faults() const {
  if (!from_.simulator.present()) return text("config.json names no simulated cloud");
  for (const Switch& one : switches())
    if (ImGui::Button(one.label)) from_.simulator.post(one.json);
  text(from_.simulator.last());
}

}  // namespace foyer::native
