// Virtual days of a household that looks and switches, and of a service that counts (release gate "quota").
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/time.hpp"

namespace foyer::soak {

// Five short looks; 17 to 23 h; a tablet that never sleeps; an installer with 200 homes, ten of which are
// looked at in the hours of work.
enum class Usage { glances, evenings, wall, installer };
std::string name_of(Usage usage);

struct Days {
  Usage usage = Usage::evenings;
  int tabs = 1;
  int days = 90;
  std::uint64_t seed = 1;
  int others_every = 0;  // on every so manieth day another program uses the quota up; 0: never
  bool scripts = false;  // a program runs every five minutes, reads the state and ends
  bool second = false;   // another device of the same person, which counts for itself
};

struct Account {
  std::vector<int> calls{};      // of the service's days, refused ones too
  long long while_parked = 0;    // calls sent after the refusal of a quota was read, before the time it named
  long long writes_refused = 0;  // commands that we refused although the service had calls left
  long long writes_short = 0;    // moments with fewer than ten writes possible before exhaustion
  long long commands = 0, scripts = 0;
  std::vector<long long> ages{};  // [s]: samples of the state's age while visible, in seconds
  int most() const;
  double mean() const;
  int median_age() const;  // seconds
  void add(const Account& other);
};

Account live(const Days& what);

}  // namespace foyer::soak
