// Other letters for what somebody wrote or is called by: equal texts get equal substitutes, different ones
// different, and their form stays – length, capitals, digits, separators, script.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace foyer::report {

// A number that nobody can foresee.
using Draw = std::function<std::uint32_t()>;

class Substitutes {
 public:
  explicit Substitutes(Draw draw) : draw_(std::move(draw)) {}

  // No substitute will ever be this.
  void reserve(std::string_view original);
  // Somebody's own: known() from now on. What of() is asked for is not, so that it does not matter what was
  // asked before.
  void add(std::string_view original);
  bool known(std::string_view original) const;
  std::string of(std::string_view original);
  // Other letters and digits without remembering which: of what nothing refers to.
  std::string scrambled(std::string_view text);
  std::size_t count() const { return to_.size(); }
  std::uint32_t below(std::uint32_t limit) { return draw_() % limit; }

 private:
  std::string fresh(std::string_view folded);

  Draw draw_;
  std::set<std::string, std::less<>> own_{};              // in small letters
  std::map<std::string, std::string, std::less<>> to_{};  // both in small letters
  std::set<std::string, std::less<>> taken_{};            // substitutes and originals
};

}  // namespace foyer::report
