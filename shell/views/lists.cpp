// The scenes of a home, each to be run.
#include "shell/views/tile.hpp"
#include "shell/views/tools_parts.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

void scene_card(Builder& b, const Module& module) {
  const Tile tile = make_tile(b.state, module, b.times);
  const std::string id = "scene/" + module.id.text;
  const bool bad = tile.picture == TilePicture::failed || tile.picture == TilePicture::not_confirmed;
  b.card({.edge = bad ? Token::bad : Token::none,
          .pad = Space::pad,
          .over = Space::small,
          .least = Size::scene_high,
          .parent = {.id = id + "/item", .role = Role::listitem},
          .link = {.id = id, .role = Role::link, .name = tile.name, .description = tile.line},
          .action = go(route_to(*b.state.plant(), module))},
         [&] {
           b.row({.gap = Space::pad}, [&] {
             b.plate(Icon::scenes, Token::raised, Token::ink2);
             b.split(
                 {.least = Size::words},
                 [&] {
                   b.line(Type::name, Token::ink, tile.name);
                   b.row({.gap = Space::fine}, [&] {
                     if (tile.line_icon != Icon::none)
                       b.icon(tile.line_icon, Size::glyph_text, tile.line_ink, Type::small);
                     b.line(Type::small, tile.line_ink, tile.line);
                   });
                 },
                 [&] {
                   b.button({.id = id + "/run",
                             .name = say(W::scene_run, {tile.name}),
                             .label = std::string(word(W::run)),
                             .icon = Icon::play,
                             .disabled = !tile.enabled},
                            Intent{intent::Send{module.id, Command{Aspect::run, true, {}}}});
                 });
           });
         });
}

}  // namespace

void build_scenes(Builder& b) {
  std::vector<const Module*> scenes;
  if (const Plant* plant = b.state.plant())
    for (const Module& module : plant->modules)
      if (module.kind == Kind::scene || module.commandable(Aspect::run) != nullptr) scenes.push_back(&module);
  b.view({.title = W::scenes, .gap = Space::wide}, [&] {
    hint(b, scenes.empty() ? W::scenes_none : W::scenes_hint);
    if (scenes.empty()) return;
    b.inside({.id = "scenes", .role = Role::list, .name = std::string(word(W::scenes))}, [&] {
      b.list({.gap = Space::gap, .least = Size::scene}, scenes.size(),
             [&](std::size_t at) { scene_card(b, *scenes[at]); });
    });
  });
}

}  // namespace foyer::shell
