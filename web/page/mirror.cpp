#include "web/page/mirror.hpp"

#include <cmath>
#include <utility>

#include "core/base/json_writer.hpp"

namespace foyer::web {
namespace {

using shell::Node;

void words(JsonWriter& out, std::string_view name, std::string_view text) {
  if (!text.empty()) out.text(name, text);
}
void number(JsonWriter& out, std::string_view name, const std::optional<double>& value) {
  if (value && std::isfinite(*value)) out.number(name, *value);
}
void flag(JsonWriter& out, std::string_view name, const std::optional<bool>& value) {
  if (value) out.flag(name, *value);
}
void flag(JsonWriter& out, std::string_view name, bool value) {
  if (value) out.flag(name, true);
}
void count(JsonWriter& out, std::string_view name, int value) {
  if (value != 0) out.integer(name, value);
}

void put(JsonWriter& out, const Node& node) {
  out.list().text({}, node.id).text({}, node.parent).text({}, to_string(node.role)).object();
  words(out, "name", node.name);
  words(out, "text", node.value_text);
  words(out, "more", node.description);
  words(out, "title", node.title);
  words(out, "to", node.place);
  number(out, "value", node.value);
  number(out, "least", node.least);
  number(out, "most", node.most);
  number(out, "step", node.step);
  flag(out, "checked", node.checked);
  flag(out, "expanded", node.expanded);
  flag(out, "current", node.current);
  flag(out, "disabled", node.disabled);
  flag(out, "busy", node.busy);
  count(out, "level", node.level);
  count(out, "pos", node.position);
  count(out, "of", node.set_size);
  out.end_object().end_list();
}

int whole(float value) { return static_cast<int>(std::lround(value)); }

// Equal in everything but where it lies. `old` is about to be replaced and takes the new place.
bool same(const Node& node, Node& old) {
  old.bounds = node.bounds;
  old.on_screen = node.on_screen;
  return node == old;
}

}  // namespace

std::string MirrorDiff::push(const std::vector<Node>& nodes) {
  JsonWriter set, at;
  bool changed = false;
  std::unordered_map<std::string, Known> known;
  known.reserve(nodes.size());
  bool moved = nodes.size() != last_.size();
  for (std::size_t index = 0; index < nodes.size(); ++index) {
    const Node& node = nodes[index];
    const auto old = known_.find(node.id);
    Place place{whole(node.bounds.x), whole(node.bounds.y), whole(node.bounds.w), whole(node.bounds.h)};
    if (const auto parent = known.find(node.parent); parent != known.end()) {
      place.x -= whole(nodes[parent->second.index].bounds.x);
      place.y -= whole(nodes[parent->second.index].bounds.y);
    }
    const bool fresh = old == known_.end();
    if (fresh || !same(node, last_[old->second.index])) {
      put(set, node);
      changed = true;
    }
    if (fresh || old->second.place != place) {
      at.list().text({}, node.id);
      for (const int part : {place.x, place.y, place.w, place.h}) at.integer({}, part);
      at.end_list();
      changed = true;
    }
    moved = moved || fresh || last_[index].id != node.id || last_[index].parent != node.parent;
    known.emplace(node.id, Known{index, place});
  }
  JsonWriter out;
  out.object().list("gone");
  for (const Node& node : last_)
    if (!known.contains(node.id)) {
      out.text({}, node.id);
      changed = true;
    }
  out.end_list().list("set").raw({}, set.take()).end_list().list("at").raw({}, at.take()).end_list();
  if (moved) {
    out.list("order");
    for (const Node& node : nodes) out.text({}, node.id);
    out.end_list();
  }
  last_ = nodes;
  known_ = std::move(known);
  return changed || moved ? out.end_object().take() : std::string();
}

}  // namespace foyer::web
