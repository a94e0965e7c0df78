#include "core/cloud/hc/hc.hpp"
#include "core/cloud/small/small_apis.hpp"

namespace foyer::myhome {
namespace {

using decode::Where;

void read_module(JsonView json, const Where& where, const AmbientId& ambient, Plant& plant) {
  const auto remote = decode::id(json, where, plant.complaints);
  if (!remote) return;
  const auto text = [&](std::string_view name) {
    return decode::text(json, name, where, plant.complaints).value_or("");
  };
  Module module{.id = ModuleId(decode::prefixed("myhome", *remote)),
                .name = text("name"),
                .device = text("device"),
                .system = text("system"),
                .hardware = text("deviceType"),
                .ambient = ambient};
  if (module.name.empty()) module.name = *remote;
  if (const hc::Device* device = hc::device_of_word(module.device)) module.kind = device->kind;
  module.raw_topology = json.raw();
  plant.modules.push_back(std::move(module));
}

void read_ambient(JsonView json, const Where& where, const std::string& floor, Plant& plant) {
  AmbientId id;  // of a broken room: its modules are in no room
  if (const auto remote = decode::id(json, where, plant.complaints)) {
    id = AmbientId(decode::prefixed("myhome", *remote));
    std::string name = decode::text(json, "name", where, plant.complaints).value_or(*remote);
    plant.ambients.push_back({.id = id, .name = std::move(name), .floor = floor});
  }
  std::size_t index = 0;
  for (const JsonView one : decode::list(json, "modules", where, plant.complaints, true).elements())
    read_module(one, Where{&where, "modules", index++}, id, plant);
}

}  // namespace

Result<Plant> read_topology(std::string_view body) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root().find("plant");
  if (!root.is_object()) return fail(ErrorKind::malformed, "E15", "plant: expected an object", "plant");
  Plant plant;
  const Where where{nullptr, "plant"};
  const auto remote = decode::id(root, where, plant.complaints);
  if (!remote) return fail(ErrorKind::malformed, "E15", "plant.id: expected text", "plant.id");
  plant.id = PlantId(decode::prefixed("myhome", *remote));
  plant.name = decode::text(root, "name", where, plant.complaints).value_or(*remote);
  std::size_t index = 0;
  for (const JsonView floor : decode::list(root, "floors", where, plant.complaints, true).elements()) {
    const Where here{&where, "floors", index++};
    const std::string name = decode::text(floor, "name", here, plant.complaints).value_or("");
    std::size_t room = 0;
    for (const JsonView one : decode::list(floor, "ambients", here, plant.complaints, true).elements())
      read_ambient(one, Where{&here, "ambients", room++}, name, plant);
  }
  return plant;
}

}  // namespace foyer::myhome
