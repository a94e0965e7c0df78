// The smaller APIs. Call-home of the Classe 100X and emergency lighting are described by their
// fields alone, without a path, and are therefore not here.
#include <algorithm>
#include <array>

#include "core/base/json.hpp"
#include "core/sim/state/parts.hpp"

namespace foyer::sim {
namespace {

constexpr std::string_view hotel_id = "5c000000-0000-4000-8000-000000000001";

bool begins_with(const std::vector<std::string>& path, std::initializer_list<std::string_view> head) {
  return path.size() >= head.size() && std::equal(head.begin(), head.end(), path.begin());
}

// multioutlet/plug/energy/addressLocation/plants/{plantId}/parameter/{id|name|type}/value/{value} (5.1)
bool is_multisocket(const std::vector<std::string>& path) {
  return path.size() == 11 &&
         begins_with(path, {"api", "multioutlet", "plug", "energy", "addressLocation", "plants"}) &&
         path[7] == "parameter" && (path[8] == "id" || path[8] == "name" || path[8] == "type") &&
         path[9] == "value";
}

// myhomeup/v1.0/plants and, by the pattern of the others, plants/{id}/topology (5.2)
bool is_myhome_up(const std::vector<std::string>& path) {
  if (!begins_with(path, {"api", "myhomeup", "v1.0", "plants"})) return false;
  return path.size() == 4 || (path.size() == 6 && path[5] == "topology");
}

Response multisocket(State& state, const Call& call, const Caller& caller) {
  const auto& path = call.segments;
  const bool post = call.request.method == "POST";
  if (!has_scope(caller.scopes, post ? "plug.write" : "plug.read")) return documented_error(state, 403);
  const auto plant = std::ranges::find(state.plants, path[6], &Plant::id);
  if (plant == state.plants.end()) return documented_error(state, 404);
  if (plant->owner != caller.user) return documented_error(state, 401);
  std::vector<Strip*> meant;
  for (Strip& strip : state.strips)
    if (strip.plant == plant->id && (path[8] == "id"     ? strip.id
                                     : path[8] == "name" ? strip.name
                                                         : strip.type) == path[10])
      meant.push_back(&strip);
  if (meant.empty()) return documented_error(state, 404);
  if (!post) {
    Json list = Json::array();
    for (const Strip* strip : meant) {
      Json sockets = Json::array();
      for (const int on : strip->on) sockets.push_back(on != 0);
      list.push_back({{"id", strip->id}, {"name", strip->name}, {"status", std::move(sockets)}});
    }
    return json_answer(200, dump_json({{"plugs", std::move(list)}}));
  }
  const auto body = parse_json(call.request.body);
  const Json* wanted = body ? find(*body, "status") : nullptr;
  if (wanted == nullptr || !wanted->is_array()) return documented_error(state, 400);
  for (const Strip* strip : meant)
    if (wanted->size() != strip->on.size() ||
        !std::all_of(wanted->begin(), wanted->end(), [](const Json& on) { return on.is_boolean(); }))
      return documented_error(state, 400);
  for (Strip* strip : meant)
    for (std::size_t i = 0; i < strip->on.size(); ++i) strip->on[i] = (*wanted)[i].get<bool>() ? 1 : 0;
  return {.status = 200};
}

Json hotel_light(int floor, int number) {
  const std::string count = std::to_string(floor * 100 + number);
  return {{"device", "Light"},
          {"system", "Lighting"},
          {"id", "5c000000-0000-4000-8000-000000000" + count},
          {"internalId", count},
          {"name", "Light " + count},
          {"deviceType", "Light"},
          {"metrics", Json::array({{{"label", "status"}, {"metricType", "Text"}}})}};
}

Response hotel_topology() {
  Json floors = Json::array();
  for (int floor = 1; floor <= 2; ++floor) {
    Json rooms = Json::array();
    for (int number = 1; number <= 3; ++number) {
      const std::string count = std::to_string(floor * 100 + number);
      rooms.push_back({{"id", "5c000000-0000-4000-8000-000000001" + count},
                       {"internalId", count},
                       {"name", "Room " + count},
                       {"modules", Json::array({hotel_light(floor, number)})}});
    }
    floors.push_back({{"id", "5c000000-0000-4000-8000-00000000200" + std::to_string(floor)},
                      {"internalId", std::to_string(floor)},
                      {"name", "Floor " + std::to_string(floor)},
                      {"ambients", std::move(rooms)}});
  }
  return json_answer(200, dump_json({{"plant",
                                      {{"id", hotel_id},
                                       {"internalId", "1"},
                                       {"name", "H\xC3\xB4tel du Port"},
                                       {"type", "Hotel"},
                                       {"floors", std::move(floors)}}}}));
}

Response myhome_up(const State& state, const Call& call, const Caller& caller) {
  if (!has_scope(caller.scopes, "topology.read")) return documented_error(state, 403);
  const bool owner = caller.user == "alice";
  if (call.segments.size() == 4) {
    if (!owner) return {.status = 204};
    return json_answer(200, dump_json({{"plants", Json::array({{{"id", hotel_id},
                                                                {"internalId", "1"},
                                                                {"name", "H\xC3\xB4tel du Port"},
                                                                {"type", "Hotel"}}})}}));
  }
  if (call.segments[4] != hotel_id) return documented_error(state, 404);
  return owner ? hotel_topology() : documented_error(state, 401);
}

}  // namespace

bool small_api_knows(const Call& call) {
  const bool get = call.request.method == "GET", post = call.request.method == "POST";
  return is_multisocket(call.segments) ? get || post : get && is_myhome_up(call.segments);
}

Response small_api(State& state, const Call& call, const Caller& caller) {
  return is_multisocket(call.segments) ? multisocket(state, call, caller) : myhome_up(state, call, caller);
}

bool app_private(const Call& call) {
  constexpr std::array<std::string_view, 5> services = {"servicecatalog", "devicemanagement", "vde",
                                                        "certificate", "users"};  // 5.6
  return call.segments.size() > 2 && std::ranges::count(services, call.segments[1]) != 0;
}

}  // namespace foyer::sim
