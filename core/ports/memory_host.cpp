#include "core/ports/memory_host.hpp"

#include <utility>

namespace foyer {
namespace {

std::unexpected<Error> storage_failure() {
  return fail(ErrorKind::storage, "S3", "the storage is not available");
}

}  // namespace

Result<std::string> SeededRandom::bytes(std::size_t count) {
  if (broken) return fail(ErrorKind::unsupported, "A4", "this system has no secure random numbers");
  std::string out;
  while (out.size() < count) {  // splitmix64
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    out.push_back(static_cast<char>((z ^ (z >> 31)) & 0xFFU));
  }
  return out;
}

Task<Result<std::optional<SecretText>>> MemoryVault::load(std::string name) {
  if (fail_reads) co_return storage_failure();
  const auto at = records.find(name);
  if (at == records.end()) co_return std::optional<SecretText>();
  co_return std::optional(at->second);
}

bool MemoryVault::refuses() {
  if (fail_writes) return true;
  if (!std::exchange(reserved_, false) && writes_left && (*writes_left)-- <= 0) return true;
  ++written;
  return false;
}

Task<Result<void>> MemoryVault::reserve() {
  if (refuses()) co_return storage_failure();
  reserved_ = true;
  co_return Result<void>();
}

Task<Result<void>> MemoryVault::save(std::string name, SecretText value) {
  if (refuses()) co_return storage_failure();
  numbers.erase(name);
  records[std::move(name)] = std::move(value);
  co_return Result<void>();
}

Task<Result<void>> MemoryVault::remove(std::string name) {
  if (fail_writes) co_return storage_failure();
  records.erase(name);
  numbers.erase(name);
  co_return Result<void>();
}

Task<Result<bool>> MemoryVault::replace(std::string name, SecretText value, std::uint64_t expected,
                                        std::uint64_t number) {
  if (refuses()) co_return storage_failure();
  const auto at = numbers.find(name);
  if (at != numbers.end() && at->second != expected && records.contains(name)) co_return false;
  numbers[name] = number;
  records[std::move(name)] = std::move(value);
  co_return true;
}

Task<Result<std::optional<std::string>>> MemoryStorage::load(Scope scope, std::string name) {
  if (fail_reads) co_return storage_failure();
  const auto at = records.find({scope, std::move(name)});
  if (at == records.end()) co_return std::optional<std::string>();
  co_return std::optional(at->second);
}

Task<Result<void>> MemoryStorage::save(Scope scope, std::string name, std::string value) {
  if (fail_writes) co_return storage_failure();
  records[{scope, std::move(name)}] = std::move(value);
  co_return Result<void>();
}

Task<Result<void>> MemoryStorage::remove(Scope scope, std::string name) {
  if (fail_writes) co_return storage_failure();
  records.erase({scope, std::move(name)});
  co_return Result<void>();
}

Task<Result<std::vector<std::string>>> MemoryStorage::names(Scope scope, std::string prefix) {
  if (fail_reads) co_return storage_failure();
  std::vector<std::string> found;
  for (const auto& [key, value] : records)
    if (key.first == scope && key.second.starts_with(prefix)) found.push_back(key.second);
  co_return found;
}

// A place in the queue of a section; whoever leaves early takes it along.
struct MemoryLocks::Place {
  std::shared_ptr<Section> section;
  Completion<bool> turn{};
  explicit Place(std::shared_ptr<Section> s) : section(std::move(s)) { section->waiting.push_back(this); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { std::erase(section->waiting, this); }
};

Task<Locks::Held> MemoryLocks::acquire(std::string name) {
  auto& slot = sections_[name];
  if (!slot) slot = std::make_shared<Section>();
  const std::shared_ptr<Section> section = slot;
  if (section->held) {
    const Place place(section);
    co_await place.turn;
  }
  section->held = true;
  co_return Locks::section([section] {
    section->held = false;
    if (section->waiting.empty()) return;
    const Completion<bool> next = section->waiting.front()->turn;
    next.resolve(true);
  });
}

void MemoryBroadcast::tell(const std::string& topic) { under_way_.spawn(deliver(topic)); }

Task<void> MemoryBroadcast::deliver(std::string topic) {
  co_await timers_.sleep(Millis(0));
  const std::shared_ptr<MemoryBus> bus = bus_;
  std::vector<Completion<bool>> heard;
  for (const MemoryBus::Ear* ear : bus->ears)
    if (ear->tab != this && ear->topic == topic) heard.push_back(ear->heard);
  for (const auto& one : heard) one.resolve(true);
}

Task<void> MemoryBroadcast::hear(std::string topic) {
  MemoryBus::Ear ear{this, std::move(topic)};
  struct Seat {  // leaves the bus with the one who listens
    std::shared_ptr<MemoryBus> bus;
    MemoryBus::Ear* ear;
    Seat(std::shared_ptr<MemoryBus> b, MemoryBus::Ear* e) : bus(std::move(b)), ear(e) {
      bus->ears.push_back(ear);
    }
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat() { std::erase(bus->ears, ear); }
  } const seat(bus_, &ear);
  co_await ear.heard;
}

Task<HttpOutcome> ScriptedHttp::send(HttpRequest request) {
  sent.push_back(request);
  if (latency >= request.deadline) {
    co_await timers_.sleep(request.deadline);
    co_return std::unexpected(HttpFailure::timeout);
  }
  if (latency > Millis(0)) co_await timers_.sleep(latency);
  if (!faults.empty()) {
    HttpOutcome fault = std::move(faults.front());
    faults.pop_front();
    co_return fault;
  }
  HttpOutcome outcome = co_await respond(request);
  if (drop_replies) co_return std::unexpected(HttpFailure::opaque);
  co_return outcome;
}

Task<Result<std::string>> FaultyCrypto::sha256(std::string data) {
  if (broken) co_return fail(ErrorKind::unsupported, "A4", "this system has no cryptography");
  co_return co_await inner_.sha256(std::move(data));
}

Task<Result<bool>> FaultyCrypto::verify_rs256(RsaPublicKey key, std::string data, std::string signature) {
  if (broken) co_return fail(ErrorKind::unsupported, "D4", "this system has no cryptography");
  co_return co_await inner_.verify_rs256(std::move(key), std::move(data), std::move(signature));
}

}  // namespace foyer
