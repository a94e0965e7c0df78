#include "core/app/history/kept.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/cloud/netatmo/meters.hpp"
#include "core/cloud/netatmo/netatmo.hpp"

namespace foyer::history {
namespace {

constexpr Millis fresh_for = Minutes(15);
constexpr std::size_t most_reads = 64;  // of one subject; the oldest are forgotten

bool of_netatmo(const Module& module) { return module.id.text.starts_with("netatmo:"); }

bool uses_something(const Module& module) {
  const auto all = quantities_of(module);
  return !all.empty() && adds_up(all.front()) && all.front() != Quantity::boiler;
}

// The channel that adds the others up, where somebody named it so.
bool is_total(const Module& module) {
  return module.kind == Kind::energy_meter && (module.name == "Total" || module.id.text.ends_with("#5"));
}

// How much of a read counts for good. A step that had not ended when it was read is read again.
Instant settled_until(const Kept::Read& read, bool hours) {
  return std::min(read.of.to, read.at - (hours ? Millis(Hours(2)) : Millis(Hours(26))));
}

}  // namespace

std::vector<Quantity> quantities_of(const Module& module) {
  if (!of_netatmo(module) || module.kind == Kind::scene) return {};
  if (module.device == netatmo::room_device) {
    if (module.kind != Kind::thermostat) return {};  // a pilot wire has orders and no temperature
    return {Quantity::temperature, Quantity::setpoint};
  }
  const bool meter = module.kind == Kind::energy_meter;
  if (!meter && module.capability(Aspect::load_active) != nullptr) return {Quantity::boiler};
  if (!meter && module.capability(Aspect::power) == nullptr) return {};
  switch (netatmo::counted_by(module)) {
    case netatmo::Counted::electricity:
      return {Quantity::electricity};
    case netatmo::Counted::gas:
      return {Quantity::gas};
    case netatmo::Counted::water:
      return {Quantity::water};
    case netatmo::Counted::heat:
    case netatmo::Counted::pulses:
      break;  // nobody says in which unit
  }
  return {};
}

std::vector<const Module*> meters_of(const Plant& plant) {
  std::set<std::string_view> wholes;  // devices whose channels count
  for (const Module& module : plant.modules)
    if (!module.part_of.empty() && uses_something(module)) wholes.insert(module.part_of.text);
  std::vector<const Module*> out;
  for (const Module& module : plant.modules)
    if (uses_something(module) && !wholes.contains(module.id.text)) out.push_back(&module);
  std::ranges::sort(out, {}, [](const Module* module) {  // within a rank as the home has them
    return std::pair(is_total(*module) ? 0 : module->kind == Kind::energy_meter ? 1 : 2, module);
  });
  return out;
}

const Module* subject_of(const Plant& plant, const Shown& shown) {
  if (const Module* chosen = plant.module(shown.subject)) return chosen;
  const auto all = meters_of(plant);
  return all.empty() ? nullptr : all.front();
}

Stretch stretch_of(const Shown& shown, Instant now, const UtcOffset& utc_offset) {
  return shifted(stretch(shown.period, now, utc_offset), shown.period, -shown.back, utc_offset);
}

Key key_of(const ModuleId& subject, Period period) { return {subject, period == Period::day}; }

std::optional<Instant> missing_from(const Kept* kept, const Stretch& stretch, bool hours, Instant now) {
  Instant at = stretch.from;
  const Instant end = std::min(stretch.to, now);
  if (at >= end) return std::nullopt;  // not yet
  if (kept == nullptr) return at;
  for (bool on = true; on && at < end;) {
    on = false;
    for (const Kept::Read& read : kept->reads) {
      const Instant until = now - read.at < fresh_for ? read.of.to : settled_until(read, hours);
      if (read.of.from <= at && until > at) at = until, on = true;
    }
  }
  if (at >= end) return std::nullopt;
  return at;
}

bool is_read(const Kept* kept, const Stretch& stretch) {
  return kept != nullptr && std::ranges::any_of(kept->reads, [&](const Kept::Read& read) {
           return read.of.from < stretch.to && read.of.to > stretch.from;
         });
}

Series series_of(const Kept* kept, Quantity quantity, std::string_view tariff, Period period,
                 const Stretch& stretch, const UtcOffset& utc_offset) {
  static const std::vector<Point> none;
  const std::vector<Point>* points = &none;
  if (kept != nullptr)
    for (const Line& line : kept->lines)
      if (line.quantity == quantity && line.tariff == tariff) points = &line.points;
  return binned(*points, quantity, period, stretch, utc_offset);
}

std::vector<std::string> tariffs_of(const Kept& kept) {
  std::vector<std::string> out;
  for (const Line& line : kept.lines)
    if (!line.tariff.empty() && !line.points.empty()) out.push_back(line.tariff);
  if (out.size() < 2) out.clear();
  return out;
}

void put(Kept& kept, std::vector<Line> lines, const Stretch& stretch, Instant now) {
  const auto inside = [&](const Point& one) { return one.from >= stretch.from && one.from < stretch.to; };
  for (Line& old : kept.lines) std::erase_if(old.points, inside);
  for (Line& fresh : lines) {
    std::erase_if(fresh.points, [&](const Point& one) { return !inside(one); });
    const auto same = std::ranges::find_if(kept.lines, [&](const Line& one) {
      return one.quantity == fresh.quantity && one.tariff == fresh.tariff;
    });
    if (same == kept.lines.end()) {
      if (!fresh.points.empty()) kept.lines.push_back(std::move(fresh));
      continue;
    }
    same->points.insert(same->points.end(), fresh.points.begin(), fresh.points.end());
    std::ranges::sort(same->points, {}, &Point::from);
  }
  kept.reads.push_back({stretch, now});
  if (kept.reads.size() > most_reads) kept.reads.erase(kept.reads.begin());
}

}  // namespace foyer::history
