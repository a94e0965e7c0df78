// Topology: how the vendor's cloud describes a home, as a picture of what hangs on what and as a list with
// ids to copy.
#include "shell/views/topology.hpp"

#include "shell/views/tile.hpp"
#include "shell/views/tools_parts.hpp"

namespace foyer::shell {
namespace {

constexpr const char* kAs = "topology/as";

// One line of the tree.
struct Branch {
  std::string id{}, name{}, more{}, remote{};  // `remote`: an id to copy
  int depth = 0;
  Icon icon = Icon::unknown;
  Action open{};
  bool faint = false;
};

void tree_row(Builder& b, const Branch& one) {
  b.split(
      {.least = Size::words},
      [&] {
        b.row({.gap = Space::small}, [&] {
          b.indent(one.depth);
          Node link{.id = one.id, .role = one.open.index() == 0 ? Role::text : Role::link, .name = one.name};
          (one.open.index() == 0 ? link.name : link.description) +=
              (one.open.index() == 0 && !one.more.empty() ? ", " : "") + one.more;
          b.card({.fill = Token::none,
                  .pad = Space::tight,
                  .over = Space::none,
                  .radius = 8,
                  .fit = true,
                  .least = Size::choice,
                  .link = std::move(link),
                  .action = one.open},
                 [&] {
                   b.row({}, [&] {
                     b.icon(one.icon, Size::glyph, Token::ink2);
                     b.line(one.depth == 2 ? Type::body : Type::name, one.faint ? Token::ink2 : Token::ink,
                            one.name);
                     if (b.room() > b.px(Size::words)) b.line(Type::small, Token::ink2, one.more);
                   });
                 });
        });
      },
      [&] {
        if (!one.remote.empty()) b.copy_id(one.id + "/copy", one.name, one.remote, Token::ink2);
      });
}

Branch branch_of(const Builder& b, const Plant& plant, const Module& module) {
  const bool gone = module.reach == Reach::unreachable;
  std::string more = module.hardware.empty() ? module.device : module.hardware;
  if (gone) more += (more.empty() ? "" : " · ") + std::string(word(W::offline_word));
  return {.id = "tree/" + module.id.text,
          .name = shown_name(b.state, module),
          .more = std::move(more),
          .remote = module.id.remote(),
          .depth = 2,
          .icon = module_icon(module),
          .open = go(route_to(plant, module)),
          .faint = gone};
}

// Which module, or which line above them.
struct Leaf {
  const Module* module = nullptr;
  Branch branch{};
};

std::vector<Leaf> leaves(Builder& b, const Plant& plant) {
  std::vector<Leaf> out;
  const auto count = plant.modules.size();
  out.push_back(
      {.branch = {.id = "tree/" + plant.id.text,
                  .name = shown_name(b.state, plant),
                  .more = count == 1 ? std::string(word(W::module_one))
                                     : say(W::modules_count, {std::to_string(count)}),
                  .remote = plant.id.remote(),
                  .icon = Icon::home,
                  .open = go({.view = Route::View::home, .plant = plant.id, .ambient = {}, .module = {}})}});
  for (const Gateway& gateway : plant.gateways)
    out.push_back({.branch = {.id = "tree/" + gateway.id.text,
                              .name = shown_name(b.state, gateway),
                              .more = gateway.offline_since
                                          ? say(W::offline_since, {b.times.at(*gateway.offline_since)})
                                          : std::string{},
                              .remote = gateway.id.remote(),
                              .depth = 1,
                              .icon = Icon::gateway,
                              .faint = gateway.offline_since.has_value()}});
  for (const std::size_t room : room_order(b.state.arrangement, plant)) {
    const Ambient& ambient = plant.ambients[room];
    out.push_back(
        {.branch = {
             .id = "tree/" + ambient.id.text,
             .name = shown_name(b.state, ambient),
             .more = ambient.type,
             .remote = ambient.id.remote(),
             .depth = 1,
             .icon = Icon::room,
             .open = go(
                 {.view = Route::View::ambient, .plant = plant.id, .ambient = ambient.id, .module = {}})}});
    for (const Module& module : plant.modules)
      if (module.ambient == ambient.id) out.push_back({.module = &module});
  }
  const std::size_t before = out.size();
  out.push_back(
      {.branch = {
           .id = "tree/" + plant.id.text + "/none", .name = std::string(word(W::room_none)), .depth = 1}});
  for (const Module& module : plant.modules)
    if (plant.ambient(module.ambient) == nullptr) out.push_back({.module = &module});
  if (out.size() == before + 1) out.pop_back();
  return out;
}

// A part of the page in two forms.
void forms(Builder& b, bool list) {
  const auto one = [&](const char* form, W name, bool chosen) {
    return Builder::Choice{.id = std::string(kAs) + "/" + form,
                           .name = {},
                           .label = std::string(word(name)),
                           .chosen = chosen,
                           .action = Local{Local::What::put, kAs, form}};
  };
  b.narrow(Size::menu, [&] {
    b.choices(kAs, std::string(word(W::topology)),
              {one("picture", W::topology_picture, !list), one("list", W::topology_tree, list)});
  });
}

void tree(Builder& b, const Plant& plant) {
  const std::vector<Leaf> all = leaves(b, plant);
  b.list({.gap = Space::none}, all.size(), [&](std::size_t at) {
    tree_row(b, all[at].module == nullptr ? all[at].branch : branch_of(b, plant, *all[at].module));
  });
}

}  // namespace

void build_topology(Builder& b) {
  const auto as = b.memory.fields.find(kAs);
  const bool list = as != b.memory.fields.end() && as->second == "list";
  b.view({.title = W::topology, .most = list ? Size::tree : Size::none}, [&] {
    hint(b, W::topology_hint);
    forms(b, list);
    for (const Plant& plant : b.state.plants) {
      list ? tree(b, plant) : build_picture(b, plant);
      const std::string id = "tree/" + plant.id.text;
      if (!plant.complaints.empty()) b.section(id + "/complaints", W::topology_complaints);
      int number = 0;
      for (const std::string& complaint : plant.complaints)
        b.paragraph(id + "/complaint/" + std::to_string(number++), Type::small, Token::ink2, complaint);
      b.skip(Space::gap);
    }
    if (!list) b.paragraph("picture/legend", Type::small, Token::ink2, word(W::topology_legend));
    // Where a person looks for it: it is in no cloud's topology, and set-up says why.
    b.button({.id = "tree/intercom", .label = std::string(word(W::setup_intercom)), .icon = Icon::info},
             go(route_to(b.state, Route::View::setup)));
  });
}

}  // namespace foyer::shell
