#include <spawn.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "native/ports/ports.hpp"

namespace foyer::native {
namespace {

bool hand_to_desktop(std::string address) {
  std::string command = "xdg-open";
  char* arguments[] = {command.data(), address.data(), nullptr};
  pid_t child = 0;
  return ::posix_spawnp(&child, command.c_str(), nullptr, nullptr, arguments, environ) == 0;
}

}  // namespace

void SystemNavigator::open(const std::string& url) {
  if (!url.contains("://")) {
    if (print_only || !hand_to_desktop(folder + url))
      std::fprintf(stderr, "foyer: open %s%s\n", folder.c_str(), url.c_str());
    return;
  }
  if (!print_only && hand_to_desktop(url)) return;
  // Made of percent-encoded parts only, so it needs no escaping.
  std::printf("{\"authorize\":\"%s\"}\n", url.c_str());
  std::fflush(stdout);
}

}  // namespace foyer::native
