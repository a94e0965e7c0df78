#include <algorithm>

#include "core/cloud/catalog/catalog.hpp"
#include "core/cloud/small/small_apis.hpp"

namespace foyer::multisocket {
namespace {

using decode::Where;

constexpr std::size_t most_sockets = 64;  // of one strip

Module socket(const Module& strip, std::size_t number, std::size_t count, std::optional<bool> on) {
  Module out = strip;
  if (count > 1) {
    out.id = ModuleId(strip.id.text + "#" + std::to_string(number));
    out.name = strip.name + " " + std::to_string(number);
    out.part_of = strip.id;
    out.raw_topology.clear();
  }
  out.capabilities = {{.aspect = Aspect::on_off, .commandable = true}};
  if (on) out.readings = {{.aspect = Aspect::on_off, .value = *on}};
  return out;
}

void read_strip(JsonView json, const Where& where, ModuleList& out) {
  const auto remote = decode::id(json, where, out.complaints);
  if (!remote) return;
  Module strip{
      .id = ModuleId("multisocket:" + *remote), .kind = Kind::plug, .device = "plug", .system = "energy"};
  strip.name = decode::text(json, "name", where, out.complaints).value_or("");
  if (strip.name.empty()) strip.name = *remote;
  strip.raw_topology = json.raw();
  const JsonView status = decode::list(json, "status", where, out.complaints, false);
  const std::size_t count = std::min(status.size(), most_sockets);
  if (status.size() > count) out.complaints.push_back(where.text("status") + ": too many sockets");
  strip.product = count > 1 ? "Multi-socket" : "Wi-Fi socket";
  if (count != 1) out.modules.push_back(strip);
  std::size_t number = 0;
  for (const JsonView one : status.elements()) {
    if (number == count) return;
    const auto on = decode::on_off(one);
    if (!on) out.complaints.push_back(Where{&where, "status", number}.text() + ": expected true or false");
    out.modules.push_back(socket(strip, ++number, count, on));
  }
}

}  // namespace

Result<ModuleList> read_sockets(std::string_view body) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView plugs = json->root().find("plugs");
  if (!plugs.is_array()) return fail(ErrorKind::malformed, "E15", "plugs: expected a list", "plugs");
  ModuleList out;
  std::size_t index = 0;
  for (const JsonView one : plugs.elements()) read_strip(one, Where{nullptr, "plugs", index++}, out);
  return out;
}

Result<Call> set_socket(const PlantId& plant, const std::vector<Module>& modules, const ModuleId& socket,
                        bool on) {
  const auto at = std::ranges::find(modules, socket, &Module::id);
  if (at == modules.end() || !at->capability(Aspect::on_off))
    return fail(ErrorKind::invalid_input, "E12", "this is no socket", "module");
  const ModuleId strip = at->part_of.empty() ? at->id : at->part_of;
  std::string status;
  for (const Module& one : modules) {
    if (one.part_of != strip && one.id != strip) continue;
    if (!one.capability(Aspect::on_off)) continue;  // the strip itself
    const auto now = one.id == socket ? std::optional(on) : one.flag(Aspect::on_off);
    if (!now)
      return fail(ErrorKind::invalid_input, "E12",
                  "the state of the other sockets is not known; read it first", "module");
    status += (status.empty() ? "" : ",") + std::string(*now ? "true" : "false");
  }
  return make_call(
      *catalog::find("multisocket.set"),
      {{"plant", plant.remote()}, {"by", "id"}, {"value", strip.remote()}, {"status", "[" + status + "]"}});
}

}  // namespace foyer::multisocket
