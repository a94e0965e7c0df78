#include "web/page/mirror.hpp"

#include <cmath>
#include <cstdio>
#include <utility>

namespace foyer::web {
namespace {

using shell::Node;

void quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
      out += escaped;
    } else {
      out += c;
    }
  }
  out += '"';
}

void separate(std::string& out) {
  if (out.back() != '[' && out.back() != '{') out += ',';
}
void member(std::string& out, std::string_view name) {
  separate(out);
  quoted(out, name);
  out += ':';
}
void words(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  member(out, name);
  quoted(out, text);
}
void number(std::string& out, std::string_view name, const std::optional<double>& value) {
  if (!value || !std::isfinite(*value)) return;
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", *value);
  member(out, name);
  out += text;
}
void flag(std::string& out, std::string_view name, const std::optional<bool>& value) {
  if (!value) return;
  member(out, name);
  out += *value ? "true" : "false";
}
void flag(std::string& out, std::string_view name, bool value) {
  if (value) flag(out, name, std::optional(true));
}
void count(std::string& out, std::string_view name, int value) {
  if (value == 0) return;
  member(out, name);
  out += std::to_string(value);
}

void put(std::string& out, const Node& node) {
  separate(out);
  out += '[';
  quoted(out, node.id);
  out += ',';
  quoted(out, node.parent);
  out += ',';
  quoted(out, to_string(node.role));
  out += ",{";
  words(out, "name", node.name);
  words(out, "text", node.value_text);
  words(out, "more", node.description);
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
  flag(out, "op", node.operable);
  out += "}]";
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
  std::string set = "[", at = "[", gone = "[", order = "[";
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
    if (fresh || !same(node, last_[old->second.index])) put(set, node);
    if (fresh || old->second.place != place) {
      separate(at);
      at += '[';
      quoted(at, node.id);
      for (int part : {place.x, place.y, place.w, place.h}) at += ',' + std::to_string(part);
      at += ']';
    }
    moved = moved || fresh || last_[index].id != node.id || last_[index].parent != node.parent;
    known.emplace(node.id, Known{index, place});
  }
  for (const Node& node : last_)
    if (!known.contains(node.id)) {
      separate(gone);
      quoted(gone, node.id);
    }
  if (moved)
    for (const Node& node : nodes) {
      separate(order);
      quoted(order, node.id);
    }
  last_ = nodes;
  known_ = std::move(known);
  if (set.size() + at.size() + gone.size() == 3 && !moved) return {};
  std::string out = "{\"gone\":" + gone + "],\"set\":" + set + "],\"at\":" + at + "]";
  if (moved) out += ",\"order\":" + order + "]";
  return out + "}";
}

}  // namespace foyer::web
