#include "native/ports/keyring.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

namespace foyer::native {
namespace {

// libsecret's and GLib's own declarations (libsecret/secret-password.h, API 1): opaque pointers and C
// strings.
struct LibSecret {
  using Error = void*;
  void* (*schema_new)(const char* name, int flags, ...) = nullptr;
  int (*store)(const void* schema, const char* collection, const char* label, const char* password,
               void* cancellable, Error* error, ...) = nullptr;
  char* (*lookup)(const void* schema, void* cancellable, Error* error, ...) = nullptr;
  int (*clear)(const void* schema, void* cancellable, Error* error, ...) = nullptr;
  void (*password_free)(char* password) = nullptr;
  void (*error_free)(Error error) = nullptr;

  bool load() {
    void* library = ::dlopen("libsecret-1.so.0", RTLD_NOW | RTLD_LOCAL);  // stays until the end
    if (!library) return false;
    const auto find = [library]<class Function>(Function& function, const char* name) {
      function = reinterpret_cast<Function>(::dlsym(library, name));
      return function != nullptr;
    };
    return find(schema_new, "secret_schema_new") && find(store, "secret_password_store_sync") &&
           find(lookup, "secret_password_lookup_sync") && find(clear, "secret_password_clear_sync") &&
           find(password_free, "secret_password_free") && find(error_free, "g_error_free");
  }
};

constexpr char vault_attribute[] = "vault", record_attribute[] = "record";
constexpr int string_attribute = 0;  // SECRET_SCHEMA_ATTRIBUTE_STRING

class DesktopKeyring final : public Keyring {
 public:
  explicit DesktopKeyring(const LibSecret& secret)
      : secret_(secret),
        schema_(secret.schema_new("foyer.Session", 0, vault_attribute, string_attribute, record_attribute,
                                  string_attribute, nullptr)) {}

  // Whether a service answers at all.
  bool answers() {
    LibSecret::Error error = nullptr;
    char* found =
        secret_.lookup(schema_, nullptr, &error, vault_attribute, "", record_attribute, "", nullptr);
    if (found) secret_.password_free(found);
    return !failed(error);
  }

  std::optional<SecretText> look_up(const std::string& vault, const std::string& record) override {
    LibSecret::Error error = nullptr;
    char* found = secret_.lookup(schema_, nullptr, &error, vault_attribute, vault.c_str(), record_attribute,
                                 record.c_str(), nullptr);
    if (failed(error) || !found) return std::nullopt;
    SecretText secret{std::string(found)};
    secret_.password_free(found);  // wiped by the library
    return secret;
  }

  bool store(const std::string& vault, const std::string& record, const SecretText& secret) override {
    LibSecret::Error error = nullptr;
    const int done =
        secret_.store(schema_, nullptr, "Foyer: your sign-in", secret.expose().c_str(), nullptr, &error,
                      vault_attribute, vault.c_str(), record_attribute, record.c_str(), nullptr);
    return !failed(error) && done != 0;
  }

  bool erase(const std::string& vault, const std::string& record) override {
    LibSecret::Error error = nullptr;
    secret_.clear(schema_, nullptr, &error, vault_attribute, vault.c_str(), record_attribute, record.c_str(),
                  nullptr);
    return !failed(error);  // nothing to erase is no error
  }

 private:
  bool failed(LibSecret::Error error) const {
    if (error) secret_.error_free(error);
    return error != nullptr;
  }

  LibSecret secret_;
  const void* schema_;
};

bool has_session_bus() {
  if (const char* bus = std::getenv("DBUS_SESSION_BUS_ADDRESS"); bus && *bus) return true;
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  return runtime && ::access((std::string(runtime) + "/bus").c_str(), F_OK) == 0;
}

}  // namespace

std::unique_ptr<Keyring> Keyring::open() {
  const char* wish = std::getenv("FOYER_KEYRING");
  LibSecret secret;
  if ((wish && std::string(wish) == "0") || !has_session_bus() || !secret.load()) return nullptr;
  auto keyring = std::make_unique<DesktopKeyring>(secret);
  if (!keyring->answers()) return nullptr;
  return keyring;
}

// In the keyring a record is its number, a line end and its value.
std::optional<DesktopVault::Found> DesktopVault::in_keyring(const std::string& name) const {
  if (!keyring_) return std::nullopt;
  const auto text = keyring_->look_up(path_, name);
  if (!text) return std::nullopt;
  const auto line = text->expose().find('\n');
  if (line == std::string::npos) return std::nullopt;
  return Found{.value = SecretText(text->expose().substr(line + 1)),
               .number = std::strtoull(text->expose().c_str(), nullptr, 10)};
}

Task<bool> DesktopVault::to_keyring(std::string name, SecretText value, std::uint64_t number) {
  if (!keyring_) co_return false;
  SecretText text(std::to_string(number) + "\n" + value.expose());
  if (!keyring_->store(path_, name, text)) co_return false;
  // The file's record would count as the newer one.
  const auto older = co_await file_.load(name);
  if (older && *older) co_await file_.remove(name);
  co_return true;
}

Task<Result<std::optional<SecretText>>> DesktopVault::load(std::string name) {
  auto in_file = co_await file_.load(name);
  if (!in_file || *in_file) co_return in_file;
  auto found = in_keyring(name);
  co_return found ? std::optional(std::move(found->value)) : std::optional<SecretText>();
}

Task<Result<void>> DesktopVault::save(std::string name, SecretText value) {
  if (co_await to_keyring(name, value, 0)) co_return Result<void>();
  co_return co_await file_.save(std::move(name), std::move(value));
}

Task<Result<void>> DesktopVault::remove(std::string name) {
  if (keyring_ && in_keyring(name) && !keyring_->erase(path_, name))
    co_return fail(ErrorKind::storage, "S3", "the desktop's keyring can't be written");
  const auto in_file = co_await file_.load(name);
  if (in_file && !*in_file) co_return Result<void>();
  co_return co_await file_.remove(std::move(name));
}

Task<Result<bool>> DesktopVault::replace(std::string name, SecretText value, std::uint64_t expected,
                                         std::uint64_t number) {
  const auto in_file = co_await file_.load(name);
  if (!in_file && in_file.error().code != "S2") co_return std::unexpected(in_file.error());
  if (in_file && *in_file) {
    const auto done = co_await file_.replace(name, value, expected, number);
    if (done && *done) co_await to_keyring(std::move(name), std::move(value), number);
    co_return done;
  }
  const auto known = in_keyring(name);
  if (known && known->number != 0 && known->number != expected) co_return false;
  if (co_await to_keyring(name, value, number)) co_return true;
  co_return co_await file_.replace(std::move(name), std::move(value), expected, number);
}

}  // namespace foyer::native
