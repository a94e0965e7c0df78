// The one place that waits for parts of the program (core/ports/parts.hpp) and tells the state how far they
// are.
#pragma once

#include <functional>
#include <map>

#include "core/app/state/store.hpp"
#include "core/ports/parts.hpp"

namespace foyer {

class Arrivals {
 public:
  // All of them outlive it.
  Arrivals(Parts& parts, TaskScope& scope, Store& store);

  std::function<void()> on_here;  // a part has come

  bool has(Part part) const { return parts_.has(part); }
  // Yes at once when the part is here; otherwise it is asked for, once for all who wait. No: it could not be
  // had, and asking again tries again.
  Task<bool> bring(Part part);
  // The same without waiting, for what will be wanted soon.
  void fetch(Part part);

 private:
  void tell(Part asked, Arrival now);

  Parts& parts_;
  TaskScope& scope_;
  Store& store_;
  std::map<Part, Completion<bool>> coming_{};
};

}  // namespace foyer
