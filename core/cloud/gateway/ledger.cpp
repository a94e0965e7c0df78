#include "core/cloud/gateway/ledger.hpp"

#include <utility>

namespace foyer {
namespace {

constexpr auto device = Storage::Scope::device;

}  // namespace

std::uint32_t mark_of(const std::vector<SecretText>& keys) {
  std::uint32_t mark = 2166136261U;  // FNV-1a: 32 bits of keys of 128 bits
  for (const SecretText& key : keys) {
    for (const char c : key.expose()) mark = (mark ^ static_cast<unsigned char>(c)) * 16777619U;
    mark = (mark ^ 0x100U) * 16777619U;
  }
  return mark;
}

SharedLedger::SharedLedger(Host& host, const policy::Plan& plan, std::uint32_t keys_mark)
    : host_(host), plan_(plan), keys_mark_(keys_mark) {
  policy::put_plan(value_, plan_);
  value_.keys_mark = keys_mark_;
}

Task<void> SharedLedger::open(std::string record) {
  record_ = std::move(record);
  value_ = {};
  policy::put_plan(value_, plan_);
  value_.keys_mark = keys_mark_;
  co_await refresh();
}

// The newest stored state; a record that is missing or of another version changes nothing.
void SharedLedger::take(const Result<std::optional<std::string>>& stored) {
  if (!stored) return policy::assume_half(value_, host_.clock.now());  // Q9
  if (!*stored) return;
  auto read = policy::ledger_from_json(**stored);
  if (!read) return;
  value_ = std::move(*read);
  policy::put_plan(value_, plan_);
  if (value_.keys_mark == keys_mark_) return;
  value_.keys_mark = keys_mark_;  // edited: E5 is over, and nobody knows which one works
  value_.key = 0;
  if (value_.halt == policy::Condition::key_refused) value_.halt = policy::Condition::ok;
}

Task<void> SharedLedger::refresh() {
  if (record_.empty()) co_return;
  const std::string record = record_;
  const auto stored = co_await host_.storage.load(device, record);
  if (record == record_) take(stored);
}

Task<void> SharedLedger::change(std::function<void(policy::Ledger&)> what) {
  if (record_.empty()) {
    what(value_);
    co_return;
  }
  const std::string record = record_;
  const Locks::Held held = co_await host_.locks.acquire(record);
  const auto stored = co_await host_.storage.load(device, record);
  if (record == record_) take(stored);  // else somebody else signed in meanwhile: theirs is not touched
  what(value_);
  if (record != record_) co_return;
  const auto saved = co_await host_.storage.save(device, record, policy::to_json(value_));
  if (on_change) on_change(saved ? nullptr : &saved.error());
}

Task<policy::Grant> SharedLedger::spend(policy::Purpose purpose, bool retry) {
  policy::Grant grant;
  co_await change([&](policy::Ledger& ledger) {
    const Instant now = host_.clock.now();
    if (std::exchange(pressed_, false) && ledger.halt != policy::Condition::ok) policy::press(ledger, now);
    grant = policy::ask(ledger, purpose, now, host_.clock.utc_offset(now));
    if (!grant.allowed) return;
    policy::count(ledger, now);
    ledger.retries += retry ? 1 : 0;
  });
  co_return grant;
}

}  // namespace foyer
