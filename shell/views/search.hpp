// Finds among everything there is: views, homes, rooms, scenes and devices of all homes, by name, kind, id
// and type code. The texts are folded once per change of the state, so that a keystroke is one walk through
// one text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/state/state.hpp"
#include "shell/views/home_plan.hpp"

namespace foyer::shell {

struct SearchIndex {
  std::uint64_t version = 0;  // of the state it was made of
  const State* state = nullptr;
  std::string text{};                 // folded, a line for each entry
  std::vector<std::uint32_t> ends{};  // where its line ends
  std::vector<Found> entries{};
};

// Lower case, Latin-1 letters without their accents, every kind of space as one that is plain; other
// characters stay.
std::string fold(std::string_view text);
// Made anew when the state has changed since.
const SearchIndex& search_index(const State& state, std::unique_ptr<SearchIndex>& kept);
// The entries whose line has every word of `query`, in the order of the index: views, homes, scenes, rooms,
// devices, questions of the help. Order, case, accents and spaces of the words do not matter.
std::vector<Found> search(const SearchIndex& index, std::string_view query);
// The same for one text.
bool matches(std::string_view text, std::string_view query);

}  // namespace foyer::shell
