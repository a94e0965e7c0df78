#include "core/ports/lease.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/base64url.hpp"
#include "core/base/number.hpp"

namespace foyer {
namespace {

// The stored form is "<number> <owner>", the owner empty when the section is free.
std::uint64_t number_of(std::string_view text) {
  const double number = parse_number(text.substr(0, text.find(' '))).value_or(0);
  return number > 0 && number < 9e15 ? static_cast<std::uint64_t>(number) : 0;
}
bool is_free(const std::string& text) { return text.empty() || text.back() == ' '; }
SecretText form(std::uint64_t number, const std::string& owner) {
  return SecretText(std::to_string(number) + " " + owner);
}

}  // namespace

struct LeaseLocks::Lease {
  std::string name;
  std::string owner;
  std::uint64_t number;
  bool given_back = false;
};

Task<Locks::Held> LeaseLocks::acquire(std::string name) {
  name = "lease/" + name;
  const auto bytes = random_.bytes(12);
  if (!bytes) co_return Held();
  const std::string owner = base64url_encode(*bytes);
  std::string seen;
  Steady since = clock_.steady(), usable = since, alive = since;
  TaskScope ear;
  ear.spawn(listen(name, alive));
  for (;;) {
    const auto loaded = co_await vault_.load(name);
    const std::string text = loaded && *loaded ? (*loaded)->expose() : "";
    const Steady now = clock_.steady();
    if (text != seen) {
      seen = text;
      since = now;
    }
    std::optional<bool> ours;
    if (loaded && (is_free(text) || now - std::max(since, alive) >= expiry)) {
      const std::uint64_t next = number_of(text) + 1;
      const auto taken = co_await vault_.replace(name, form(next, owner), next - 1, next);
      if (taken) ours = *taken;
      if (ours == true) {
        auto lease = std::make_shared<Lease>(name, owner, next);
        flows_->spawn(keep(lease));
        co_return section([this, lease, flows = std::weak_ptr(flows_)] {
          lease->given_back = true;
          if (const auto alive = flows.lock()) alive->spawn(give_back(lease));
        });
      }
    }
    if (loaded && (!is_free(text) || ours)) usable = clock_.steady();
    if (clock_.steady() - usable >= patience) co_return Held();
    co_await timers_.sleep(look);
  }
}

Task<void> LeaseLocks::keep(std::shared_ptr<Lease> lease) {
  for (;;) {
    co_await timers_.sleep(renewal);
    if (lease->given_back) co_return;
    const std::uint64_t next = lease->number + 1;
    const auto kept = co_await vault_.replace(lease->name, form(next, lease->owner), lease->number, next);
    if (kept && !*kept) co_return;  // lost to somebody who waited long enough
    if (kept) lease->number = next;
    if (!kept && !lease->given_back) broadcast_.tell(lease->name);
    if (lease->given_back && kept) co_await give_back(lease);  // it was given back during the write
  }
}

Task<void> LeaseLocks::listen(std::string name, Steady& alive) {
  for (;;) {
    co_await broadcast_.hear(name);
    alive = clock_.steady();
  }
}

Task<void> LeaseLocks::give_back(std::shared_ptr<Lease> lease) {
  const std::uint64_t next = lease->number + 1;
  // Without success it runs out by itself.
  static_cast<void>(co_await vault_.replace(lease->name, form(next, ""), next - 1, next));
}

}  // namespace foyer
