// Port: pieces of the program that a host may bring later than the rest.
//
// The core names the piece it is about to use and waits; why a piece is not there, and how it comes, is the
// host's. Which files come later says the build (LATER in a room's CMakeLists.txt).
#pragma once

#include <array>
#include <cstdint>

#include "core/base/task.hpp"

namespace foyer {

enum class Part : std::uint8_t {
  homes,  // what reads, commands, keeps and shows homes; only who is signed in has any
  tools,  // the views beside the home, the catalogue of operations, the doctor
};
inline constexpr std::array all_parts{Part::homes, Part::tools};

// This one holds everything from the start: for hosts whose program is one piece.
class Parts {
 public:
  virtual ~Parts() = default;
  // Nothing of a part may be called while this says no. Never turns from yes to no.
  virtual bool has(Part) const { return true; }
  // False when the part could not be had; asking again tries again.
  virtual Task<bool> bring(Part) { co_return true; }
};

}  // namespace foyer
