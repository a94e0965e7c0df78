// Weekly schedules of a home as values: heating and cooling plans, plans of actions, energy tariffs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/ids.hpp"

namespace foyer {

struct Module;
struct Plant;

// What a zone asks of one room: a temperature, or a word when there is none.
struct ZoneRoom {
  AmbientId ambient{};
  std::optional<double> temperature{};  // °C
  std::string order{};                  // pilot-wire order ("comfort", "away") or mode ("off")
  friend bool operator==(const ZoneRoom&, const ZoneRoom&) = default;
};

// One property that an action plan sets when its zone begins, in the cloud's words ("on", "target_position").
struct ZoneAction {
  ModuleId module{};
  std::string property{};
  Value value{};
  friend bool operator==(const ZoneAction&, const ZoneAction&) = default;
};

// A zone is a state of the whole home ("Comfort", "Night") or a price ("peak").
struct Zone {
  int id = 0;
  std::string name{};
  std::optional<int> type{};  // 0 comfort, 1 night, 2 away, 3 frost guard, 4 custom, 5 eco, 8 comfort+
  std::vector<ZoneRoom> rooms{};
  std::vector<ZoneAction> actions{};
  std::vector<std::string> scenarios{};  // that start with it, by the cloud's own ids
  std::optional<double> price{};         // per kWh, in the currency of the contract
  std::string price_type{};              // "basic", "peak", "off_peak"
  friend bool operator==(const Zone&, const Zone&) = default;
};

// From this minute on the zone is in force.
struct Slot {
  int zone = 0;
  int minute = 0;  // since Monday 00:00 of the home's own time, 0 … 10079
  friend bool operator==(const Slot&, const Slot&) = default;
};

struct Schedule {
  std::string id{};  // the cloud's own id
  std::string name{};
  std::string type{};     // "therm", "cooling", "auto", "event", "electricity" … the cloud's word
  bool selected = false;  // one of each type may be
  bool standard = false;  // "default": came with the home
  std::vector<Slot> timetable{};
  std::vector<Zone> zones{};
  std::optional<double> away_temperature{}, frost_temperature{};  // °C, while nobody is at home
  std::string tariff{}, tariff_option{};                          // "edf_tarif_bleu", "peak_and_off_peak"
  std::optional<double> power_threshold{};                        // the contract's, in `power_unit`
  std::string power_unit{};                                       // "kW", "kVA"
  std::string raw{};  // the cloud's own JSON text: what is edited is sent back whole

  const Zone* zone(int id) const;
  friend bool operator==(const Schedule&, const Schedule&) = default;
};

// The zone in force at a minute of the week. Before the first slot it is that of the last one, from the week
// before. Null without timetable or zone.
const Zone* zone_at(const Schedule& schedule, int minute_of_week);
// 0 is Monday 00:00 at that offset from UTC.
int minute_of_week(Instant at, Minutes utc_offset);

// The selected schedule of that type, or null.
const Schedule* selected_schedule(const std::vector<Schedule>& schedules, std::string_view type);

// `device` of the module that stands for the heating of the whole house; no cloud sends it.
constexpr std::string_view heating_device = "heating";
// That module, or null.
const Module* house_heating(const Plant& plant);
// "heating", "cooling", "auto" …: what the room's module says that it does, else the house.
std::string function_of(const Plant& plant, const Module& room);
// The type of the plans that are in force while a house or a room does that.
std::string_view plan_type(std::string_view function);
// The plan that the room follows: the selected one of what it does. Null when the cloud tells none.
const Schedule* plan_of(const Plant& plant, const Module& room);

}  // namespace foyer
