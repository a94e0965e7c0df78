// The simulated cloud as WebAssembly: a reactor without a JavaScript runtime of its own. sim.mjs is the other
// half.
//
// Contract with sim.mjs: texts cross as (pointer, length) into memory that the receiving side of a call only
// reads while the call lasts. Requests and response heads are JSON; a response body crosses as it is. The
// host answers a crypto job by calling foyer_sim_done with the job's number, never from inside the call that
// started the job.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/base64url.hpp"
#include "core/base/json.hpp"
#include "core/sim/cloud.hpp"

#define FOYER_IMPORT(name) __attribute__((import_module("foyer"), import_name(#name)))
#define FOYER_EXPORT(name) __attribute__((export_name(#name), used))

extern "C" {
FOYER_IMPORT(now) double foyer_now();
FOYER_IMPORT(random) int foyer_random(char* out, std::size_t count);
FOYER_IMPORT(crypto)
void foyer_crypto(int job, int operation, const char* key, std::size_t key_size, const char* data,
                  std::size_t data_size);
FOYER_IMPORT(respond)
void foyer_respond(int call, const char* head, std::size_t head_size, const char* body,
                   std::size_t body_size);
}

namespace foyer {
namespace {

enum Operation { hash = 0, generate = 1, sign = 2, mac = 3 };

class HostClock final : public Clock {
 public:
  Instant now() const override { return instant_from_ms(static_cast<std::int64_t>(foyer_now())); }
  Steady steady() const override { return Steady(Millis(static_cast<std::int64_t>(foyer_now()))); }
  Minutes utc_offset(Instant) const override { return Minutes(0); }
};

class HostRandom final : public Random {
 public:
  Result<std::string> bytes(std::size_t count) override {
    std::string out(count, '\0');
    if (foyer_random(out.data(), count) == 0)
      return fail(ErrorKind::unsupported, "A4", "no secure random numbers");
    return out;
  }
};

// Jobs of the host's WebCrypto; an answer of length 0 is a failure.
class HostCrypto final : public Crypto, public Signer {
 public:
  Task<Result<std::string>> sha256(std::string data) override { return run(hash, {}, std::move(data)); }
  Task<Result<bool>> verify_rs256(RsaPublicKey, std::string, std::string) override {
    co_return fail(ErrorKind::unsupported, "", "the simulated cloud verifies no signatures");
  }
  Task<Result<SecretText>> generate_rsa() override {
    auto made = co_await run(generate, {}, {});
    if (!made) co_return std::unexpected(made.error());
    co_return SecretText(std::move(*made));
  }
  Task<Result<std::string>> sign_rs256(SecretText private_jwk, std::string data) override {
    return run(sign, private_jwk.expose(), std::move(data));
  }
  Task<Result<std::string>> hmac_sha256(SecretText key, std::string data) override {
    return run(mac, key.expose(), std::move(data));
  }
  void done(int job, std::string result) {
    const auto at = jobs_.find(job);
    if (at == jobs_.end()) return;
    const Completion<std::string> completion = at->second;
    jobs_.erase(at);
    completion.resolve(std::move(result));
  }

 private:
  Task<Result<std::string>> run(Operation operation, std::string key, std::string data) {
    const int job = ++last_;
    const Completion<std::string> completion;
    jobs_.emplace(job, completion);
    foyer_crypto(job, operation, key.data(), key.size(), data.data(), data.size());
    std::string result = co_await completion;
    if (result.empty()) co_return fail(ErrorKind::unsupported, "", "the host's cryptography failed");
    co_return result;
  }
  std::map<int, Completion<std::string>> jobs_;
  int last_ = 0;
};

struct Machine {
  HostClock clock;
  HostRandom random;
  HostCrypto crypto;
  sim::Cloud cloud{{clock, random, crypto, crypto}};
  TaskScope calls;
  std::string saved;
};

Machine& machine() {
  static Machine the;
  return the;
}

sim::Request read_request(std::string_view text) {
  sim::Request out;
  const auto json = parse_json(text, 64U << 20, Duplicates::last_wins);
  if (!json) return out;
  out.method = text_of(*json, "method").value_or("GET");
  out.target = text_of(*json, "target").value_or("");
  out.body = text_of(*json, "body").value_or("");
  out.base = text_of(*json, "base").value_or("");
  if (const Json* headers = find(*json, "headers"); headers && headers->is_object())
    for (const auto& [name, value] : headers->items())
      if (value.is_string()) out.headers.push_back({name, value.get<std::string>()});
  return out;
}

Task<void> serve(int call, sim::Request request) {
  const sim::Response response = co_await machine().cloud.handle(std::move(request));
  Json headers = Json::array();
  for (const Header& header : response.headers) headers.push_back(Json::array({header.name, header.value}));
  const std::string head = dump_json({{"status", response.status},
                                      {"headers", std::move(headers)},
                                      {"drop", response.drop},
                                      {"delay", response.delay.count()}});
  foyer_respond(call, head.data(), head.size(), response.body.data(), response.body.size());
}

}  // namespace
}  // namespace foyer

extern "C" {

FOYER_EXPORT(foyer_sim_alloc) char* foyer_sim_alloc(std::size_t size) {
  return static_cast<char*>(std::malloc(size + 1));
}
FOYER_EXPORT(foyer_sim_free) void foyer_sim_free(char* at) { std::free(at); }

FOYER_EXPORT(foyer_sim_handle) void foyer_sim_handle(int call, const char* text, std::size_t size) {
  foyer::machine().calls.spawn(foyer::serve(call, foyer::read_request({text, size})));
}

FOYER_EXPORT(foyer_sim_done) void foyer_sim_done(int job, const char* result, std::size_t size) {
  foyer::machine().crypto.done(job, std::string(result, size));
}

FOYER_EXPORT(foyer_sim_load) int foyer_sim_load(const char* text, std::size_t size) {
  return foyer::machine().cloud.load({text, size}) ? 1 : 0;
}

// The saved text stays valid until the next call of this function.
FOYER_EXPORT(foyer_sim_save) const char* foyer_sim_save() {
  foyer::machine().saved = foyer::machine().cloud.save();
  return foyer::machine().saved.data();
}
FOYER_EXPORT(foyer_sim_saved_size) std::size_t foyer_sim_saved_size() {
  return foyer::machine().saved.size();
}
}
