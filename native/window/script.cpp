#include "native/window/script.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "core/base/json.hpp"

namespace foyer::native {
namespace {

Json to_json(const shell::Node& node) {
  Json out = {{"id", node.id}, {"role", to_string(node.role)}, {"name", node.name}};
  if (!node.value_text.empty()) out["value_text"] = node.value_text;
  if (!node.description.empty()) out["description"] = node.description;
  if (node.value) out["value"] = *node.value;
  if (node.checked) out["checked"] = *node.checked;
  if (node.current) out["current"] = true;
  if (node.disabled) out["disabled"] = true;
  if (node.busy) out["busy"] = true;
  if (node.operable) out["operable"] = true;
  return out;
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  for (std::size_t at = 0; at <= line.size();) {
    const auto end = std::min(line.find('\t', at), line.size());
    fields.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return fields;
}

}  // namespace

void Script::work() {
  char block[4096];
  const int flags = ::fcntl(STDIN_FILENO, F_GETFL);
  ::fcntl(STDIN_FILENO, F_SETFL, flags | O_NONBLOCK);
  const ssize_t got = ::read(STDIN_FILENO, block, sizeof block);
  if (got == 0) ended_ = true;
  if (got > 0) pending_.append(block, static_cast<std::size_t>(got));
  for (auto end = pending_.find('\n'); end != std::string::npos && !ended_; end = pending_.find('\n')) {
    const std::string line = pending_.substr(0, end);
    pending_.erase(0, end + 1);
    std::printf("%s\n", obey(split(line)).c_str());
    std::fflush(stdout);
  }
}

const shell::Node* Script::find(const std::string& role, const std::string& name) const {
  const auto& nodes = shell_.nodes();
  const auto at = std::ranges::find_if(
      nodes, [&](const shell::Node& node) { return to_string(node.role) == role && node.name == name; });
  return at == nodes.end() ? nullptr : &*at;
}

std::string Script::obey(const std::vector<std::string>& fields) {
  const std::string& verb = fields[0];
  const auto field = [&](std::size_t i) { return i < fields.size() ? fields[i] : std::string(); };
  Json answer = {{"ok", true}};
  if (verb == "nodes") {
    answer["nodes"] = Json::array();
    for (const shell::Node& node : shell_.nodes()) answer["nodes"].push_back(to_json(node));
  } else if (verb == "find") {
    const shell::Node* node = find(field(1), field(2));
    answer["node"] = node ? to_json(*node) : Json(nullptr);
  } else if (verb == "press" || verb == "value" || verb == "text") {
    const shell::Node* node = find(field(1), field(2));
    const shell::Act act = verb == "press"   ? shell::Act::press
                           : verb == "value" ? shell::Act::set_value
                                             : shell::Act::set_text;
    answer["ok"] =
        node && shell_.act(std::string(node->id), act, field(3), parse_number(field(3)).value_or(0));
    frames_.request("script");
  } else if (verb == "go") {
    controller_.dispatch(intent::Go{parse_route(field(1))});
  } else if (verb == "refresh") {
    controller_.dispatch(intent::Refresh{});
  } else if (verb == "frames") {
    answer["count"] = frames_.count();
    answer["reasons"] = frames_.reasons();
  } else if (verb == "screenshot") {
    answer["ok"] = screenshot && screenshot(field(1));
  } else if (verb == "quit") {
    ended_ = true;
  } else {
    answer = {{"ok", false}, {"error", "not a command: " + verb}};
  }
  return dump_json(answer);
}

}  // namespace foyer::native
