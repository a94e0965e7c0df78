// The connection doctor: one press, one finding after the other, and a report to copy.
#include <algorithm>

#include "core/app/doctor.hpp"
#include "shell/tools_parts.hpp"

namespace foyer::shell::tools {
namespace {

std::string report(const State& state) {
  std::string out;
  for (const Finding& one : state.doctor.findings) {
    out += (one.cloud.empty() ? "" : one.cloud + " · ") + one.title + ": " + one.what;
    if (!one.remedy.empty()) out += " " + one.remedy;
    if (one.error) out += " [" + one.error->code + " · " + one.error->message + "]";
    if (!one.detail.empty()) out += " [" + one.detail + "]";
    out += "\n";
  }
  return out;
}

float finding(Builder& b, const Finding& one, const std::string& id, float x, float y, float width) {
  const Mark& mark = mark_of(one.state);
  const float left = x + 56, room = width - 56 - 16, top = y, line = line_height(Type::name, b.m.scale);
  b.group(y, y + 400);
  const std::size_t group = b.page.groups.size() - 1;
  b.parent(id, Role::listitem, one.title + ": " + std::string(word(mark.word)), {x, y, width, 0});
  const auto item = static_cast<std::size_t>(b.last());
  b.box({x + 14, y + 10, 28, 28}, mark.ground, 10);
  b.icon({x + 14, y + 10, 28, 28}, mark.icon, 16, mark.ink);
  y += 12;
  b.label(id + "/title", left, y, room, Type::name, Token::ink, one.title);
  y += line;
  y += b.paragraph(id + "/what", left, y, room, Type::small,
                   one.state == Finding::State::trouble ? Token::bad : Token::ink2, one.what);
  if (!one.remedy.empty())
    y += b.paragraph(id + "/remedy", left, y, room, Type::small, Token::ink, one.remedy);
  y += 12;
  b.page.places[item].rect.h = y - top;
  b.page.groups[group].bottom = y;
  b.end_parent();
  return y;
}

// The name of the cloud above its findings, where there are several.
float cloud_name(Builder& b, const std::string& cloud, float x, float y, float width) {
  for (const AccountState& account : b.state.accounts)
    if (account.id == cloud && b.state.accounts.size() > 1) {
      b.group(y, y + 40);
      b.label("doctor/cloud/" + cloud, x, y + 4, width, Type::small_strong, Token::ink2, account.name);
      return y + line_height(Type::small_strong, b.m.scale) + 10;
    }
  return y;
}

}  // namespace

float doctor_buttons(Builder& b, float x, float y, float width) {
  const Doctor& doctor = b.state.doctor;
  b.group(y, y + 200);
  Row row{b, x, y, width};
  row.add({.id = "doctor/run",
           .name = {},
           .label = std::string(word(doctor.running ? W::doctor_running : W::doctor_run)),
           .icon = Icon::shield,
           .look = Builder::Look::primary,
           .disabled = doctor.running},
          Intent{intent::Examine{false}})
      .busy = doctor.running;
  if (const int cost = foyer::tools::doctor_cost(b.state, b.times.now()); cost > 0)
    row.add({.id = "doctor/all",
             .name = {},
             .label = say(W::doctor_all, {std::to_string(cost)}),
             .disabled = doctor.running},
            Intent{intent::Examine{true}});
  if (doctor.at)
    row.add({.id = "doctor/copy", .name = {}, .label = std::string(word(W::doctor_copy)), .icon = Icon::copy},
            Intent{intent::CopyText{report(b.state), std::string(word(W::doctor_report))}});
  return row.end();
}

// One card per cloud.
float doctor_findings(Builder& b, float x, float y, float width) {
  const auto& all = b.state.doctor.findings;
  for (std::size_t first = 0; first < all.size();) {
    const std::string& cloud = all[first].cloud;
    y = cloud_name(b, cloud, x, y, width);
    b.group(y, y + 200);
    const std::size_t back = b.page.items.size(), group = b.page.groups.size() - 1;
    const float top = y;
    b.box({x, y, width, 0}, Token::surface, 16);
    b.parent("doctor/list" + std::to_string(first), Role::list, std::string(word(W::doctor)),
             {x, y, width, 0});
    const auto list = static_cast<std::size_t>(b.last());
    for (; first < all.size() && all[first].cloud == cloud; ++first)
      y = finding(b, all[first], "doctor/" + std::to_string(first), x, y, width);
    b.end_parent();
    b.page.items[back].rect.h = y - top;
    b.page.places[list].rect.h = y - top;
    b.page.groups[group].bottom = y;
    y += 12;
  }
  return y;
}

float build_doctor(Builder& b, Rect area) {
  const float x = area.x, width = area.w;
  float y = area.y;
  b.group(y, y + 200);
  b.heading("doctor", 2, x, y, width, Type::section, word(W::doctor));
  y += line_height(Type::section, b.m.scale) + 6;
  y += b.paragraph("doctor/hint", x, y, width, Type::small, Token::ink2, word(W::doctor_hint)) + 12;
  y = doctor_buttons(b, x, y, width);
  return doctor_findings(b, x, y, width) + 4;
}

}  // namespace foyer::shell::tools
