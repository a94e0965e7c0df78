#include "core/app/session/scopes.hpp"

#include <algorithm>

#include "core/app/state/words.hpp"

namespace foyer {
namespace {

// Netatmo's name of a family of products and Legrand's: what people call it.
struct Family {
  std::string_view name;
  Phrase products;
};
constexpr Family families[] = {
    {"magellan", Phrase::scope_wiring},   {"bubendorff", Phrase::scope_shutters},
    {"smarther", Phrase::scope_smarther}, {"thermostat", Phrase::scope_thermostats},
    {"mx", Phrase::scope_intercom},       {"mhs1", Phrase::scope_server},
    {"comfort", Phrase::scope_smarther},
};

std::string products_of(std::string_view name) {
  for (const Family& one : families)
    if (one.name == name) return phrase(one.products);
  return "“" + std::string(name) + "”";
}

}  // namespace

std::string scopes_cost(const std::vector<std::string>& missing) {
  std::string text;
  for (const std::string_view scope : missing) {
    // read_magellan of Netatmo, comfort.read of Legrand.
    const auto dot = scope.rfind('.');
    const bool legrand = dot != std::string_view::npos;
    const std::string_view name =
        legrand ? scope.substr(0, dot) : scope.substr(std::min(scope.find('_') + 1, scope.size()));
    const bool write = legrand ? scope.substr(dot) == ".write" : scope.starts_with("write_");
    text += (text.empty() ? "" : " ") +
            phrase(write ? Phrase::scope_write : Phrase::scope_read, {products_of(name)});
  }
  return text;
}

}  // namespace foyer
