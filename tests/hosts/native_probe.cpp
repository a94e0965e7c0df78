// The probe over the native ports: host_probe PARTNER, files in FOYER_PROBE_DIR.
#include <cstdlib>
#include <thread>

#include "native/ports/ports.hpp"
#include "tests/hosts/probe.hpp"

int main(int argc, char** argv) {
  const char* folder = std::getenv("FOYER_PROBE_DIR");
  if (argc != 2 || !folder) return 2;
  foyer::native::Ports ports(std::string(folder) + "/config");
  foyer::native::OpenSslSigner signer;
  int failures = 0;
  foyer::TaskScope scope;
  scope.spawn(foyer::test::probe(ports.lent, signer, argv[1], failures));
  while (scope.pending() > 0) {
    ports.loop.pump();
    std::this_thread::sleep_for(ports.loop.patience(foyer::Millis(50)));
  }
  return failures == 0 ? 0 : 1;
}
