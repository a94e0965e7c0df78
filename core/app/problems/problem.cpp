#include "core/app/problems/problem.hpp"

#include <array>

namespace foyer {
namespace {

// In the order of About.
constexpr std::array<std::string_view, 13> words{"offline", "storage",  "account", "provider", "session",
                                                 "sign_in", "scopes",   "renew",   "quota",    "gateway",
                                                 "plant",   "topology", "read"};
static_assert(words.size() == static_cast<std::size_t>(ProblemKey::About::status) + 1);

}  // namespace

std::string_view to_string(ProblemKey::About about) { return words[static_cast<std::size_t>(about)]; }

std::string to_text(const ProblemKey& key) {
  std::string out(to_string(key.about));
  for (const std::string* each : {&key.id, &key.part})
    if (!each->empty()) out.append(":").append(*each);
  return out;
}

}  // namespace foyer
