// The probe over the JavaScript ports: node host_probe.js PARTNER
#include <emscripten/emscripten.h>

#include "tests/hosts/probe.hpp"
#include "web/ports/ports.hpp"

namespace {

foyer::Task<void> run(std::string partner) {
  static foyer::web::Ports ports;
  static foyer::web::Signer signer;
  int failures = 0;
  co_await foyer::test::probe(ports.host(), signer, partner, failures);
  emscripten_force_exit(failures == 0 ? 0 : 1);
}

}  // namespace

int main(int argc, char** argv) {
  static foyer::TaskScope scope;
  if (argc == 2) scope.spawn(run(argv[1]));
  emscripten_exit_with_live_runtime();
}
