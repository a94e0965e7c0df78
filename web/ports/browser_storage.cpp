#include "web/ports/browser_storage.hpp"

#include <algorithm>

#include "web/ports/pending.hpp"

// page_storage.js or node_storage.js; all answer with one of `Said`. `tab` is 1 for the tab's own records.
extern "C" {
void foyer_vault_load(int number, const char* name);
// `expected` and `fresh` are the record's numbers, before and after; -1 and 0 for a plain save.
void foyer_vault_save(int number, const char* name, const char* value, std::size_t size, double expected,
                      double fresh);
void foyer_vault_remove(int number, const char* name);
void foyer_vault_reserve(int number);
void foyer_storage_load(int number, int tab, const char* name);
void foyer_storage_save(int number, int tab, const char* name, const char* value, std::size_t size);
void foyer_storage_remove(int number, int tab, const char* name);
void foyer_storage_names(int number, int tab, const char* prefix);  // each name with a '\n' behind it
}

namespace foyer::web {
namespace {

namespace kept {
enum : int { done = 0, absent = 1, denied = 2, undecryptable = 3, taken = 5 };
}

// `denied` may say why.
std::unexpected<Error> refuse(PortAnswer answer) {
  if (answer.status == kept::undecryptable)
    return fail(ErrorKind::storage, "S2", "the saved sign-in could not be read any more and was deleted");
  if (answer.bytes.empty()) answer.bytes = "the storage is not available";
  return fail(ErrorKind::storage, "S3", std::move(answer.bytes));
}

Result<void> plain(PortAnswer answer) {
  if (answer.status != kept::done) return refuse(std::move(answer));
  return {};
}

int is_tab(foyer::Storage::Scope scope) { return scope == foyer::Storage::Scope::tab ? 1 : 0; }

}  // namespace

Task<Result<std::optional<SecretText>>> Vault::load(std::string name) {
  PortAnswer answer = co_await ask([&](int number) { foyer_vault_load(number, name.c_str()); });
  if (answer.status == kept::absent) co_return std::optional<SecretText>();
  if (answer.status != kept::done) co_return refuse(std::move(answer));
  co_return std::optional(SecretText(std::move(answer.bytes)));
}

Task<Result<void>> Vault::save(std::string name, SecretText value) {
  co_return plain(co_await ask([&](int number) {
    foyer_vault_save(number, name.c_str(), value.expose().data(), value.expose().size(), -1, 0);
  }));
}

Task<Result<bool>> Vault::replace(std::string name, SecretText value, std::uint64_t expected,
                                  std::uint64_t number) {
  PortAnswer answer = co_await ask([&](int question) {
    foyer_vault_save(question, name.c_str(), value.expose().data(), value.expose().size(),
                     static_cast<double>(expected), static_cast<double>(number));
  });
  if (answer.status != kept::done && answer.status != kept::taken) co_return refuse(std::move(answer));
  co_return answer.status == kept::done;
}

Task<Result<void>> Vault::remove(std::string name) {
  co_return plain(co_await ask([&](int number) { foyer_vault_remove(number, name.c_str()); }));
}

Task<Result<void>> Vault::reserve() {
  co_return plain(co_await ask([](int number) { foyer_vault_reserve(number); }));
}

Task<Result<std::optional<std::string>>> Storage::load(Scope scope, std::string name) {
  PortAnswer answer =
      co_await ask([&](int number) { foyer_storage_load(number, is_tab(scope), name.c_str()); });
  if (answer.status == kept::absent) co_return std::optional<std::string>();
  if (answer.status != kept::done) co_return refuse(std::move(answer));
  co_return std::optional(std::move(answer.bytes));
}

Task<Result<void>> Storage::save(Scope scope, std::string name, std::string value) {
  co_return plain(co_await ask([&](int number) {
    foyer_storage_save(number, is_tab(scope), name.c_str(), value.data(), value.size());
  }));
}

Task<Result<void>> Storage::remove(Scope scope, std::string name) {
  co_return plain(
      co_await ask([&](int number) { foyer_storage_remove(number, is_tab(scope), name.c_str()); }));
}

Task<Result<std::vector<std::string>>> Storage::names(Scope scope, std::string prefix) {
  PortAnswer answer =
      co_await ask([&](int number) { foyer_storage_names(number, is_tab(scope), prefix.c_str()); });
  if (answer.status != kept::done) co_return refuse(std::move(answer));
  std::vector<std::string> found;
  for (std::size_t at = 0; at < answer.bytes.size();) {
    const auto end = std::min(answer.bytes.find('\n', at), answer.bytes.size());
    found.push_back(answer.bytes.substr(at, end - at));
    at = end + 1;
  }
  co_return found;
}

}  // namespace foyer::web
