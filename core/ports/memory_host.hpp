// In-memory and fault-injecting versions of the ports: first-class test code, also used by benches and
// fuzzers.
//
// MemoryHost lends virtual time, seeded pseudo-random bytes (reproducible; never for a real session), storage
// in maps and an HTTP port whose answers a test scripts or delegates to the simulated cloud. `faults` makes
// any of them fail on demand.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/ports/host.hpp"
#include "core/ports/virtual_time.hpp"

namespace foyer {

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : state_(seed) {}
  Result<std::string> bytes(std::size_t count) override;
  bool broken = false;  // answers ErrorKind::unsupported

 private:
  std::uint64_t state_;
};

class MemoryVault final : public Vault {
 public:
  Task<Result<std::optional<SecretText>>> load(std::string name) override;
  Task<Result<void>> save(std::string name, SecretText value) override;
  Task<Result<void>> remove(std::string name) override;
  Task<Result<bool>> replace(std::string name, SecretText value, std::uint64_t expected,
                             std::uint64_t number) override;
  Task<Result<void>> reserve() override;
  std::map<std::string, SecretText> records;
  std::map<std::string, std::uint64_t> numbers;  // of those that came by replace()
  bool fail_reads = false, fail_writes = false;
  // A disk that is full after so many more writes; room that was reserved is there all the same.
  std::optional<int> writes_left{};
  int written = 0;

 private:
  bool refuses();
  bool reserved_ = false;
};

class MemoryStorage final : public Storage {
 public:
  Task<Result<std::optional<std::string>>> load(Scope scope, std::string name) override;
  Task<Result<void>> save(Scope scope, std::string name, std::string value) override;
  Task<Result<void>> remove(Scope scope, std::string name) override;
  Task<Result<std::vector<std::string>>> names(Scope scope, std::string prefix) override;
  std::map<std::pair<Scope, std::string>, std::string> records;
  bool fail_reads = false, fail_writes = false;
};

class MemoryNavigator final : public Navigator {
 public:
  void open(const std::string& url) override { opened.push_back(url); }
  bool copy(const std::string& text) override {
    copied.push_back(text);
    return true;
  }
  std::vector<std::string> opened, copied;
};

// Holds everything, or nothing until it is asked and `reachable`.
class MemoryParts final : public Parts {
 public:
  bool has(Part part) const override { return !later || here.contains(part); }
  Task<bool> bring(Part part) override {
    ++asked;
    if (reachable && together) here.insert(all_parts.begin(), all_parts.end());
    if (reachable) here.insert(part);
    co_return has(part);
  }
  bool later = false, reachable = true;
  bool together = false;  // one file holds all of them, as on the page
  std::set<Part> here{};
  int asked = 0;
};

class MemoryLocks final : public Locks {
 public:
  Task<Held> acquire(std::string name) override;

 private:
  struct Place;
  struct Section {
    bool held = false;
    std::deque<Place*> waiting;
  };
  std::map<std::string, std::shared_ptr<Section>> sections_;
};

// What the tabs of one test tell each other.
struct MemoryBus {
  struct Ear {
    const void* tab;
    std::string topic;
    Completion<bool> heard{};
  };
  std::vector<Ear*> ears{};
};

// One tab's end of the bus.
class MemoryBroadcast final : public Broadcast {
 public:
  MemoryBroadcast(Timers& timers, std::shared_ptr<MemoryBus> bus) : timers_(timers), bus_(std::move(bus)) {}
  void tell(const std::string& topic) override;
  Task<void> hear(std::string topic) override;

 private:
  Task<void> deliver(std::string topic);
  Timers& timers_;
  std::shared_ptr<MemoryBus> bus_;
  TaskScope under_way_{};
};

// Answers with `respond`; keeps every request for the test to look at.
class ScriptedHttp final : public Http {
 public:
  explicit ScriptedHttp(Timers& timers) : timers_(timers) {}
  Task<HttpOutcome> send(HttpRequest request) override;

  std::function<Task<HttpOutcome>(const HttpRequest&)> respond;  // must be set before the first send
  Millis latency{0};                 // waited before the answer; past the deadline: timeout
  std::deque<HttpOutcome> faults{};  // taken first, one per request, instead of respond
  bool drop_replies =
      false;  // respond is run (the server acted), then the answer is lost: HttpFailure::opaque
  std::vector<HttpRequest> sent{};

 private:
  Timers& timers_;
};

// A crypto port that hands on to another one and can be told to fail.
class FaultyCrypto final : public Crypto {
 public:
  explicit FaultyCrypto(Crypto& inner) : inner_(inner) {}
  Task<Result<std::string>> sha256(std::string data) override;
  Task<Result<bool>> verify_rs256(RsaPublicKey key, std::string data, std::string signature) override;
  bool broken = false;

 private:
  Crypto& inner_;
};

// All of them together. `crypto` is lent by the platform (OpenSSL or WebCrypto): hashing has no fake.
struct MemoryHost {
  explicit MemoryHost(Crypto& crypto_port, std::uint64_t seed = 1) : random(seed), crypto(crypto_port) {}
  VirtualTime time;
  SeededRandom random;
  FaultyCrypto crypto;
  ScriptedHttp http{time};
  MemoryVault vault;
  MemoryStorage storage;
  MemoryNavigator navigator;
  MemoryLocks locks;
  MemoryBroadcast broadcast{time, std::make_shared<MemoryBus>()};
  MemoryParts parts;

  Host host() {
    return {time, time, random, crypto, http, vault, storage, navigator, locks, broadcast, parts};
  }
};

}  // namespace foyer
