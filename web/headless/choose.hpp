// Finds what the command line named: by id, by the cloud's own id, or by name.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/home.hpp"

namespace foyer::headless {

// `wanted` is an id, the cloud's own id, or the name; names may be shared by several. `long_name` tells those
// apart. ErrorKind::invalid_input with the known or the several names.
template <class T>
Result<const T*> choose(const std::vector<T>& all, const std::string& wanted, const char* what,
                        const std::function<std::string(const T&)>& long_name) {
  std::vector<const T*> named;
  std::string known;
  for (const T& one : all) {
    if (one.id.text == wanted || one.id.remote() == wanted) return &one;
    if (one.name == wanted || long_name(one) == wanted) named.push_back(&one);
    known += (known.empty() ? "" : ", ") + long_name(one);
  }
  if (named.size() == 1) return named.front();
  if (named.empty())
    return fail(ErrorKind::invalid_input, "",
                "there is no " + std::string(what) + " \"" + wanted + "\"; known: " + known);
  std::string ids;
  for (const T* one : named) ids += (ids.empty() ? "" : ", ") + one->id.text;
  return fail(ErrorKind::invalid_input, "", "several are called \"" + wanted + "\": " + ids);
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
