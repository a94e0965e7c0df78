// `watch`: one line per change, and never more calls than the day has for looking.
#include <algorithm>

#include "core/base/json.hpp"
#include "web/headless/client_impl.hpp"

namespace foyer::headless {
namespace {

Json value_json(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return *std::get_if<std::string>(&value);
}

Json reach_json(Reach reach) {
  return reach == Reach::unknown ? Json(nullptr) : Json(reach == Reach::reachable);
}

const Reading* same_reading(const Module& module, const Reading& wanted) {
  for (const Reading& one : module.readings)
    if (one.aspect == wanted.aspect && one.name == wanted.name) return &one;
  return nullptr;
}

// Each change between two looks at one home, as a line of docs/watch.schema.json.
std::vector<Json> changes(const Plant& before, const Plant& now, Instant at) {
  std::vector<Json> lines;
  for (const Module& module : now.modules) {
    const Module* old = before.module(module.id);
    const Ambient* ambient = now.ambient(module.ambient);
    const auto line = [&](std::string_view aspect, Json from, Json to) -> Json& {
      lines.push_back(
          {{"at", to_iso8601(at)}, {"home", now.id.text}, {"module", module.id.text}, {"name", module.name}});
      if (ambient) lines.back()["room"] = ambient->name;
      lines.back()["aspect"] = aspect;
      lines.back()["from"] = std::move(from);
      lines.back()["to"] = std::move(to);
      return lines.back();
    };
    if (!old) {
      line("present", false, true);
      continue;
    }
    if (old->reach != module.reach) line("reachable", reach_json(old->reach), reach_json(module.reach));
    for (const Reading& reading : module.readings) {
      const Reading* was = same_reading(*old, reading);
      if (was && was->value == reading.value) continue;
      Json& told = line(to_string(reading.aspect), was ? value_json(was->value) : Json(nullptr),
                        value_json(reading.value));
      if (!reading.name.empty()) told["reading"] = reading.name;
      if (reading.unit != Unit::none) told["unit"] = symbol(reading.unit);
    }
  }
  for (const Module& old : before.modules)
    if (!now.module(old.id))
      lines.push_back({{"at", to_iso8601(at)},
                       {"home", now.id.text},
                       {"module", old.id.text},
                       {"name", old.name},
                       {"aspect", "present"},
                       {"from", true},
                       {"to", false}});
  return lines;
}

}  // namespace

Task<Result<Outcome>> Client::watch() {
  std::vector<PlantId> homes;
  if (order_.arguments.empty()) {
    if (signed_in().empty()) co_return std::unexpected(nobody());
    co_await know(order_.fresh);
    for (const Plant& one : controller_.state().plants)
      if (concerns(account_of(one.id))) homes.push_back(one.id);
    if (homes.empty() && !troubles_.empty()) co_return std::unexpected(troubles_.front().error);
  } else {
    const auto id = co_await home(order_.fresh);
    if (!id) co_return std::unexpected(id.error());
    homes.push_back(*id);
  }
  if (homes.empty())
    co_return fail(ErrorKind::invalid_input, "", "there is no home to watch; see: foyer homes");
  wrote_ = true;
  controller_.set_visible(true);  // somebody looks: polls are wanted
  const Steady began = host_.clock.steady();
  std::map<PlantId, Plant> seen;
  std::map<PlantId, std::string> trouble;  // told once each
  for (;;) {
    Millis pause = order_.every;
    for (const PlantId& id : homes) {
      const std::string owner = account_of(id);
      const CloudGateway& gateway = *controller_.gateway(owner);
      const auto sent = gateway.journal().empty() ? 0 : gateway.journal().back().number;
      const auto read = co_await controller_.refresh(id, policy::Purpose::poll);
      const Instant now = host_.clock.now();
      if (!read) {
        if (read.error().kind == ErrorKind::signed_out) co_return std::unexpected(read.error());
        if (std::exchange(trouble[id], read.error().message) != read.error().message)
          console_.event(dump_json({{"event", "trouble"}, {"home", id.text}, {"error", told(read.error())}}));
      } else {
        trouble.erase(id);
        const auto before = seen.find(id);
        if (before != seen.end())
          for (const Json& line : changes(before->second, plant(id), now)) console_.print(dump_json(line));
        seen.insert_or_assign(id, plant(id));
      }
      // What the day affords for looking, times what a look costs; a simulated cloud costs nothing.
      const auto calls =
          gateway.journal().empty()
              ? 1
              : std::max<std::int64_t>(1, static_cast<std::int64_t>(gateway.journal().back().number - sent));
      const auto& accounts = controller_.state().accounts;
      const bool simulated = std::ranges::find(accounts, owner, &AccountState::id)->simulated;
      if (!simulated)
        pause = std::max(pause, policy::poll_interval(gateway.ledger.value(), now) * calls *
                                    static_cast<std::int64_t>(homes.size()));
      if (const auto closed = gateway.closed_until()) pause = std::max(pause, *closed - now);
    }
    const Millis gone = host_.clock.steady() - began;
    if (order_.lasting && gone + pause > *order_.lasting) break;
    co_await host_.timers.sleep(pause);
  }
  co_return Outcome{};
}

}  // namespace foyer::headless
