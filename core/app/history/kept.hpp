// What was asked of the clouds' histories: part of the state, written by the historian alone.
//
// Hours and days are kept apart, as the cloud adds them up: a day is drawn of hours, everything longer of
// days. So a year that was read answers for its months and weeks without another call.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/app/history/series.hpp"

namespace foyer::history {

// What a plot is of, as somebody chose it.
struct Shown {
  ModuleId subject{};  // a meter, a device, a thermostat or a room; empty: the home's first meter
  Period period = Period::day;
  int back = 0;  // periods before the present one; ≥ 0
  friend bool operator==(const Shown&, const Shown&) = default;
};

// One kind of values. Points lie in the middle of their steps, in the order of time.
struct Line {
  Quantity quantity = Quantity::electricity;
  std::string tariff{};  // "peak": that part alone; empty: all of it
  std::vector<Point> points{};
  friend bool operator==(const Line&, const Line&) = default;
};

struct Kept {
  struct Read {
    Stretch of{};
    Instant at{};
    friend bool operator==(const Read&, const Read&) = default;
  };
  std::vector<Line> lines{};
  std::vector<Read> reads{};
  friend bool operator==(const Kept&, const Kept&) = default;
};

struct Key {
  ModuleId subject{};
  bool hours = false;
  auto operator<=>(const Key&) const = default;
};

struct HistoryState {
  Shown shown{};
  std::map<Key, Kept> kept{};
  bool busy = false;
  std::string trouble{};  // why something is missing, for people; what is there is shown all the same
};

// The module that is meant: the chosen one, else the home's main meter or the first thing with a history of
// what it uses. Null without any.
const Module* subject_of(const Plant& plant, const Shown& shown);
// What the cloud of this home keeps of the module; empty: nothing, or nothing that is known to be public.
std::vector<Quantity> quantities_of(const Module& module);
// Everything whose consumption has a history, meters first.
std::vector<const Module*> meters_of(const Plant& plant);

Stretch stretch_of(const Shown& shown, Instant now, const UtcOffset& utc_offset);
Key key_of(const ModuleId& subject, Period period);
// The first moment of the stretch that was not read, or is too old; nothing when all is there. The present is
// read anew after 15 minutes; what is over stays.
std::optional<Instant> missing_from(const Kept* kept, const Stretch& stretch, bool hours, Instant now);
// A moment of the stretch was read at some time.
bool is_read(const Kept* kept, const Stretch& stretch);
// As it is drawn. Holes where nothing is known; an empty series of that quantity when nothing was kept.
Series series_of(const Kept* kept, Quantity quantity, std::string_view tariff, Period period,
                 const Stretch& stretch, const UtcOffset& utc_offset);
// The tariffs ("peak", "off_peak") that share what was used; empty when there are not at least two.
std::vector<std::string> tariffs_of(const Kept& kept);

// Those points replace what was kept inside the stretch.
void put(Kept& kept, std::vector<Line> lines, const Stretch& stretch, Instant now);

}  // namespace foyer::history
