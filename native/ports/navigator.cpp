#include <spawn.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "native/ports/ports.hpp"

namespace foyer::native {

void SystemNavigator::open(const std::string& url) {
  if (!print_only) {
    std::string command = "xdg-open", address = url;
    char* arguments[] = {command.data(), address.data(), nullptr};
    pid_t child = 0;
    if (::posix_spawnp(&child, command.c_str(), nullptr, nullptr, arguments, environ) == 0) return;
  }
  // Made of percent-encoded parts only, so it needs no escaping.
  std::printf("{\"authorize\":\"%s\"}\n", url.c_str());
  std::fflush(stdout);
}

}  // namespace foyer::native
