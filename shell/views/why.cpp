#include "shell/views/why.hpp"

#include <algorithm>

#include "shell/views/tile.hpp"

namespace foyer::shell {
namespace {

using plan::Why;

// What leads out of it, where Foyer can do something about it.
enum class Way : std::uint8_t { none, plans, room_back, house_back, problems };
struct WayOut {
  Why why;
  Way way;
};
constexpr WayOut kWays[] = {{Why::plan, Way::plans},
                            {Why::off, Way::room_back},
                            {Why::frost_guard, Way::room_back},
                            {Why::away, Way::room_back},
                            {Why::boost, Way::room_back},
                            {Why::by_hand, Way::room_back},
                            {Why::house_off, Way::house_back},
                            {Why::house_away, Way::house_back},
                            {Why::house_frost_guard, Way::house_back},
                            {Why::offline, Way::problems}};

Way way_of(Why why) {
  const auto at = std::ranges::find(kWays, why, &WayOut::why);
  return at == std::end(kWays) ? Way::none : at->way;
}

bool can_go_back(const Module& module) {
  const Capability* mode = module.commandable(Aspect::mode);
  return mode != nullptr && std::ranges::find(mode->options, "automatic") != mode->options.end();
}

void leads(Builder& b, const std::string& id, W name, Icon icon, Route::View view) {
  const Route to = route_to(b.state, view);
  Node& made = b.button(
      {.id = id + "/" + to_text({.view = view}).substr(1), .label = std::string(word(name)), .icon = icon},
      go(to));
  made.role = Role::link;
  made.place = to_text(to);
}

void back_to_plan(Builder& b, const std::string& id, const Module* module) {
  if (module == nullptr || !can_go_back(*module)) return;
  b.button({.id = id + "/back",
            .label = std::string(word(W::house_back)),
            .icon = Icon::plans,
            .disabled = !b.state.online},
           Intent{intent::Send{module->id, Command{Aspect::mode, std::string("automatic"), {}}}});
}

void way_out(Builder& b, const Plant& plant, const Module& module, const plan::Outlook& known,
             const std::string& id) {
  switch (way_of(known.why)) {
    case Way::plans:
      return leads(b, id, W::plans, Icon::plans, Route::View::plans);
    case Way::problems:
      return leads(b, id, W::problems, Icon::problems, Route::View::problems);
    case Way::room_back:
      return back_to_plan(b, id, &module);
    case Way::house_back:
      return back_to_plan(b, id, house_heating(plant));
    case Way::none:
      return;
  }
}

}  // namespace

std::string why_id(std::string_view where, const Module& module) {
  return std::string(kWhy) + std::string(where) + "/" + module.id.text;
}

Action open_why(const std::string& id) { return Local{Local::What::menu, id, {}}; }

void build_outlook(Builder& b, const Plant& plant, const Module& module, const std::string& id) {
  const plan::Outlook known = outlook_of(plant, module, b.times);
  b.column({.gap = Space::fine}, [&] {
    if (const std::string next = next_text(known, b.times); !next.empty())
      b.paragraph(id + "/next", Type::name, Token::ink, next);
    b.paragraph(id + "/why", Type::small, Token::ink2, why_text(known, b.times));
  });
  b.wrap({}, [&] { way_out(b, plant, module, known, id); });
}

const Module* heating_of(const Plant& plant, const HomePlan& plan, const HomePlan::Room& room) {
  const Module* found = nullptr;
  for (std::uint32_t at = room.first; at < room.first + room.count; ++at) {
    const Module& one = plant.modules[plan.tiles[at]];
    if (one.capability(Aspect::setpoint) != nullptr) return &one;
    if (found == nullptr && has_outlook(one)) found = &one;
  }
  return found;
}

}  // namespace foyer::shell
