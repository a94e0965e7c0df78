#include "web/headless/names.hpp"

#include <cstdlib>
#include <memory>

// web/headless/console.js: texts that the caller frees.
extern "C" {
char* foyer_names_fold(const char* name);
char* foyer_names_nearest(const char* wanted, const char* lines);
}

namespace foyer::headless {
namespace {

std::string taken(char* text) {
  const std::unique_ptr<char, decltype(&std::free)> owned(text, &std::free);
  return owned ? std::string(owned.get()) : std::string();
}

}  // namespace

std::string fold(const std::string& name) { return taken(foyer_names_fold(name.c_str())); }

std::string nearest(const std::string& wanted, const std::vector<std::string>& known) {
  std::string lines;
  for (const std::string& one : known) lines += one + '\n';
  return taken(foyer_names_nearest(wanted.c_str(), lines.c_str()));
}

std::string did_you_mean(const std::string& wanted, const std::vector<std::string>& known) {
  const std::string near = nearest(wanted, known);
  return near.empty() ? "" : "; did you mean \"" + near + "\"?";
}

}  // namespace foyer::headless
