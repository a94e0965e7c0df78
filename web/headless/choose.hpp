// Finds what the command line named: by id, by the cloud's own id, or by name, whatever its case and accents.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/home.hpp"
#include "web/headless/names.hpp"

namespace foyer::headless {

// `wanted` is an id, the cloud's own id, or the name; names may be shared by several. `long_name` tells those
// apart. A name to the letter goes before one of other case. ErrorKind::invalid_input with the nearest and
// the known names, or the ids of the several.
template <class T>
Result<const T*> choose(const std::vector<T>& all, const std::string& wanted, const char* what,
                        const std::function<std::string(const T&)>& long_name) {
  std::vector<const T*> exact, alike;
  std::vector<std::string> known;
  const std::string folded = fold(wanted);
  for (const T& one : all) {
    if (one.id.text == wanted || one.id.remote() == wanted) return &one;
    const std::string whole = long_name(one);
    if (one.name == wanted || whole == wanted)
      exact.push_back(&one);
    else if (fold(one.name) == folded || fold(whole) == folded)
      alike.push_back(&one);
    known.push_back(whole);
    if (whole != one.name) known.push_back(one.name);
  }
  const auto& named = exact.empty() ? alike : exact;
  if (named.size() == 1) return named.front();
  std::string list;
  if (named.empty()) {
    for (const T& one : all) list += (list.empty() ? "" : ", ") + long_name(one);
    return fail(ErrorKind::invalid_input, "",
                "there is no " + std::string(what) + " \"" + wanted + "\"" + did_you_mean(wanted, known) +
                    (list.empty() ? "" : "; known: " + list));
  }
  for (const T* one : named) list += (list.empty() ? "" : ", ") + one->id.text;
  return fail(ErrorKind::invalid_input, "", "several are called \"" + wanted + "\": " + list);
}

inline Result<const Plant*> choose_home(const std::vector<Plant>& plants, const std::string& wanted) {
  return choose<Plant>(plants, wanted, "home", [](const Plant& plant) { return plant.name; });
}

// "Living room/Ceiling light" tells modules of one name apart.
inline Result<const Module*> choose_module(const Plant& plant, const std::string& wanted) {
  return choose<Module>(plant.modules, wanted, "module", [&](const Module& one) {
    const Ambient* ambient = plant.ambient(one.ambient);
    return ambient ? ambient->name + "/" + one.name : one.name;
  });
}

inline Result<const Ambient*> choose_ambient(const Plant& plant, const std::string& wanted) {
  return choose<Ambient>(plant.ambients, wanted, "room", [](const Ambient& ambient) { return ambient.name; });
}

}  // namespace foyer::headless
