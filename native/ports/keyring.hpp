// The desktop's keyring (D-Bus Secret Service) through libsecret, which is looked for when the program runs:
// where it, the session bus or the service is missing, everything goes to the file of mode 0600.
//
// A record lies in one place: in the keyring, or – while that could not be written – in the file, whose
// record is then the newer one. FOYER_KEYRING=0 in the environment keeps to the file. The calls are
// synchronous: a keyring that is locked asks the person, and the window waits.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "native/ports/files.hpp"

namespace foyer::native {

class Keyring {
 public:
  // Null where there is none.
  static std::unique_ptr<Keyring> open();
  virtual ~Keyring() = default;
  // `vault` and `record` together name a secret. Nothing: absent, or locked and not opened.
  virtual std::optional<SecretText> look_up(const std::string& vault, const std::string& record) = 0;
  // False: it could not be done.
  virtual bool store(const std::string& vault, const std::string& record, const SecretText& secret) = 0;
  virtual bool erase(const std::string& vault, const std::string& record) = 0;
};

class DesktopVault final : public Vault {
 public:
  // `path`: of the file, and the name of this vault in the keyring.
  explicit DesktopVault(std::string path, std::unique_ptr<Keyring> keyring = Keyring::open())
      : path_(path), file_(std::move(path)), keyring_(std::move(keyring)) {}
  Task<Result<std::optional<SecretText>>> load(std::string name) override;
  Task<Result<void>> save(std::string name, SecretText value) override;
  Task<Result<void>> remove(std::string name) override;
  Task<Result<bool>> replace(std::string name, SecretText value, std::uint64_t expected,
                             std::uint64_t number) override;

 private:
  struct Found {
    SecretText value{};
    std::uint64_t number = 0;  // 0: carries none
  };
  std::optional<Found> in_keyring(const std::string& name) const;
  Task<bool> to_keyring(std::string name, SecretText value, std::uint64_t number);

  std::string path_;
  FileVault file_;
  std::unique_ptr<Keyring> keyring_;
};

}  // namespace foyer::native
