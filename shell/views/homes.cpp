// All homes side by side: what is on in each, what it uses, what needs somebody; and what it is called here.
#include <algorithm>

#include "shell/views/home_plan.hpp"
#include "shell/views/plans.hpp"
#include "shell/views/tile.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

struct Counted {
  int devices = 0, on = 0;
  double watts = 0, metered = 0;
};

Counted counted(const Plant& plant) {
  Counted out;
  for (const Module& module : plant.modules) {
    if (!has_tile(module)) continue;
    ++out.devices;
    if (module.reach == Reach::unreachable) continue;
    out.on += shines(module) ? 1 : 0;
    // A meter measures what the devices use: it counts only where no device reports.
    if (const auto watts = module.number(Aspect::power))
      (module.kind == Kind::energy_meter ? out.metered : out.watts) += *watts;
  }
  return out;
}

std::string summary(const Plant& plant) {
  const Counted all = counted(plant);
  std::string text = all.devices == 1 ? std::string(word(W::module_one))
                                      : say(W::modules_count, {std::to_string(all.devices)});
  if (all.on > 0) text += " · " + say(W::home_on, {std::to_string(all.on)});
  if (const double watts = all.watts > 0 ? all.watts : all.metered; watts >= 1)
    text += " · " + say(W::home_power, {quantity(watts, Unit::watt)});
  return text;
}

// Devices and gateways of it that need somebody.
std::size_t needs(const Builder& b, const Plant& plant) {
  const auto here = static_cast<std::uint32_t>(&plant - b.state.plants.data());
  const auto devices = std::ranges::count(b.plan.attention, here, &Attention::plant);
  const auto gateways =
      std::ranges::count_if(plant.gateways, [](const Gateway& one) { return one.offline_since.has_value(); });
  return static_cast<std::size_t>(devices + gateways);
}

void attention(Builder& b, const Plant& plant, const std::string& id) {
  const std::size_t open = needs(b, plant);
  const Token ink = open > 0 ? Token::bad : Token::ink2;
  b.row({.align = Align::start}, [&] {
    b.icon(open > 0 ? Icon::problems : Icon::check, Size::glyph_note, ink, Type::small);
    b.column({}, [&] {
      b.paragraph(id + "/attention", Type::small, ink,
                  open > 0 ? std::string(word(W::attention)) + ": " + std::to_string(open)
                           : std::string(word(W::problems_none)));
    });
  });
}

void home_card(Builder& b, const Plant& plant) {
  const std::string id = "homes/" + plant.id.text, name = shown_name(b.state, plant),
                    cloud = cloud_name(b.state, plant);
  const Route to{.view = Route::View::home, .plant = plant.id, .ambient = {}, .module = {}};
  b.card({.gap = Space::small, .parent = {.id = id + "/item", .role = Role::listitem}}, [&] {
    b.card({.fill = Token::none,
            .pad = Space::none,
            .halo = Space::tight,
            .radius = 10,
            .least = Size::choice,
            .link = {.id = id, .role = Role::link, .name = name, .description = cloud},
            .action = go(to)},
           [&] {
             b.row({.gap = Space::pad}, [&] {
               b.plate(Icon::home, Token::raised, Token::ink2);
               b.column({}, [&] {
                 b.line(Type::section, Token::ink, name);
                 if (!cloud.empty()) b.line(Type::small, Token::ink2, cloud);
               });
             });
           });
    b.paragraph(id + "/summary", Type::body, Token::ink, summary(plant));
    attention(b, plant, id);
    if (plant.status_at)
      b.paragraph(id + "/updated", Type::small, Token::ink2,
                  say(W::updated, {b.times.ago(*plant.status_at)}));
    opened(b, id + "/here", std::string(word(W::own_name)), Icon::chevron_down,
           [&] { build_arrangement(b, plant); });
  });
}

}  // namespace

void build_homes(Builder& b) {
  b.view({.title = W::homes, .back = true}, [&] {
    const std::vector<Plant>& all = b.state.plants;
    if (all.empty())
      return b.paragraph("homes/none", Type::body, Token::ink2,
                         word(b.state.loading ? W::loading : W::signed_out));
    b.inside({.id = "homes", .role = Role::list, .name = std::string(word(W::homes))}, [&] {
      b.list({.gap = Space::gap, .least = Size::scene}, all.size(),
             [&](std::size_t at) { home_card(b, all[at]); });
    });
  });
}

}  // namespace foyer::shell
