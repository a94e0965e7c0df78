// Everything a native host lends. One per program; host() lives as long.
//
// Example:
//   native::Ports ports("/home/me/config.json");
//   Controller controller(ports.lent, config);
//   for (;;) ports.loop.pump();
#pragma once

#include <functional>
#include <string>

#include "native/crypto/openssl.hpp"
#include "native/ports/files.hpp"
#include "native/ports/http.hpp"
#include "native/ports/keyring.hpp"
#include "native/ports/loop.hpp"

namespace foyer::native {

// Opens the system's browser (A8); the clipboard is the window's, when there is one.
class SystemNavigator final : public Navigator {
 public:
  // A name without a scheme is a file beside the program.
  void open(const std::string& url) override;
  bool copy(const std::string& text) override { return copy_text && copy_text(text); }

  std::string folder{};     // of the program, ends with a slash; empty: where it was started
  bool print_only = false;  // writes {"authorize": URL} to standard output instead
  std::function<bool(const std::string&)> copy_text{};
};

struct Ports {
  // Secrets go to the desktop's keyring or to a file beside `config`, records to another file there.
  explicit Ports(const std::string& config)
      : vault(config + ".vault"), storage(config + ".records"), locks(loop, config + ".vault") {
    loop.add(http);
  }

  SystemClock clock{};
  EventLoop loop{clock};
  OpenSslRandom random{};
  OpenSslCrypto crypto{};
  CurlHttp http{};
  DesktopVault vault;
  FileStorage storage;
  SystemNavigator navigator{};
  FileLocks locks;
  NoBroadcast broadcast{};
  Parts parts{};
  Host lent{clock, loop, random, crypto, http, vault, storage, navigator, locks, broadcast, parts};
};

}  // namespace foyer::native
