// The connection doctor: one press, one finding after the other, and a report to copy.
#include "core/app/problems/doctor.hpp"
#include "shell/views/tools_parts.hpp"

namespace foyer::shell {
namespace {

std::string findings_text(const State& state) {
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

void finding(Builder& b, const Finding& one, const std::string& id) {
  const Mark& mark = mark_of(one.state);
  b.inside({.id = id, .role = Role::listitem, .name = one.title + ": " + std::string(word(mark.word))}, [&] {
    b.row({.gap = Space::pad, .align = Align::start}, [&] {
      b.plate(mark.icon, mark.ground, mark.ink, Size::plate_small, Size::glyph_note);
      b.column({}, [&] {
        b.paragraph(id + "/title", Type::name, Token::ink, one.title);
        b.paragraph(id + "/what", Type::small,
                    one.state == Finding::State::trouble ? Token::bad : Token::ink2, one.what);
        if (!one.remedy.empty()) b.paragraph(id + "/remedy", Type::small, Token::ink, one.remedy);
      });
    });
  });
}

// The name of the cloud above its findings, where there are several.
void cloud_name(Builder& b, const std::string& cloud) {
  for (const AccountState& account : b.state.accounts)
    if (account.id == cloud && b.state.accounts.size() > 1)
      b.paragraph("doctor/cloud/" + cloud, Type::small_strong, Token::ink2, account.name);
}

}  // namespace

void doctor_buttons(Builder& b) {
  const Doctor& doctor = b.state.doctor;
  b.wrap({}, [&] {
    b.button({.id = "doctor/run",
              .label = std::string(word(doctor.running ? W::doctor_running : W::doctor_run)),
              .icon = Icon::shield,
              .look = Builder::Look::primary,
              .disabled = doctor.running},
             Intent{intent::Examine{false}})
        .busy = doctor.running;
    if (const int cost = doctor_cost(b.state, b.times.now()); cost > 0)
      b.button({.id = "doctor/all",
                .label = say(W::doctor_all, {std::to_string(cost)}),
                .disabled = doctor.running},
               Intent{intent::Examine{true}});
    if (doctor.at)
      b.button({.id = "doctor/copy", .label = std::string(word(W::doctor_copy)), .icon = Icon::copy},
               Intent{intent::CopyText{findings_text(b.state), std::string(word(W::doctor_findings))}});
  });
}

// One card per cloud.
void doctor_findings(Builder& b) {
  const auto& all = b.state.doctor.findings;
  for (std::size_t first = 0; first < all.size();) {
    const std::string& cloud = all[first].cloud;
    cloud_name(b, cloud);
    b.card({.pad = Space::pad,
            .gap = Space::wide,
            .parent = {.id = "doctor/list" + std::to_string(first),
                       .role = Role::list,
                       .name = std::string(word(W::doctor))}},
           [&] {
             for (; first < all.size() && all[first].cloud == cloud; ++first)
               finding(b, all[first], "doctor/" + std::to_string(first));
           });
  }
}

void build_doctor(Builder& b) {
  b.heading("doctor", 2, Type::section, word(W::doctor));
  b.paragraph("doctor/hint", Type::small, Token::ink2, word(W::doctor_hint));
  doctor_buttons(b);
  doctor_findings(b);
}

}  // namespace foyer::shell
