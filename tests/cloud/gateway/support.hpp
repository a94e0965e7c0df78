// A gateway in virtual time: answers are scripted, tokens are numbered, waits are exact.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "core/cloud/gateway/gateway.hpp"
#include "core/ports/memory_host.hpp"
#include "tests/support/no_crypto.hpp"

namespace foyer::test {

inline HttpResponse answer(int status, std::string body = "{}", std::vector<Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

class GatewayTest : public testing::Test {
 protected:
  GatewayTest() { memory.time.offset = Minutes(60); }

  // Answers are taken in this order; the last one again and again.
  void script(std::deque<HttpOutcome> outcomes) {
    script_ = std::move(outcomes);
    memory.http.respond = [this](const HttpRequest&) -> Task<HttpOutcome> {
      arrivals.push_back(memory.time.steady().time_since_epoch());
      HttpOutcome next = script_.front();
      if (script_.size() > 1) script_.pop_front();
      co_return next;
    };
  }

  Task<Result<oauth::AccessToken>> lend(std::optional<SecretText> refused) {
    refused_tokens.push_back(refused ? refused->expose() : "");
    if (token_failure) co_return std::unexpected(*token_failure);
    if (refused) {
      ++token_number;
      token_age = Millis(0);
    }
    co_return oauth::AccessToken{SecretText("token" + std::to_string(token_number)), token_age};
  }

  CloudGateway::Tokens tokens() {
    return [this](std::optional<SecretText> refused) { return lend(std::move(refused)); };
  }

  static Call read() {
    return {.path = "/api/plants/p1",
            .path_template = "/api/plants/{plant}",
            .purpose = policy::Purpose::pressed};
  }
  static Call write(policy::CommandClass operation = policy::CommandClass::absolute_write) {
    return {.method = "POST",
            .path = "/api/plants/p1",
            .path_template = "/api/plants/{plant}",
            .body = R"({"status":"on"})",
            .operation = operation,
            .purpose = policy::Purpose::write};
  }

  // Runs one call to its end in virtual time.
  CallResult run(CloudGateway& gateway, Call call, std::function<bool()> wanted = {},
                 Millis deadline = Seconds(60)) {
    std::optional<CallResult> result;
    TaskScope scope;
    scope.spawn(keep(gateway.send(std::move(call), std::move(wanted), deadline), result));
    memory.time.settle(Hours(2));
    EXPECT_TRUE(result.has_value()) << "the call never ended";
    return result ? std::move(*result) : CallResult(std::unexpected(CallFailure{}));
  }

  // Without a record a change is made at once.
  static void edit(CloudGateway& gateway, std::function<void(policy::Ledger&)> what) {
    auto change = gateway.ledger.change(std::move(what));
    change.start();
  }

  static Task<void> keep(Task<CallResult> task, std::optional<CallResult>& result) {
    result.emplace(co_await std::move(task));
  }

  // Time between one request and the next.
  std::vector<Millis> gaps() const {
    std::vector<Millis> out;
    for (std::size_t i = 1; i < arrivals.size(); ++i) out.push_back(arrivals[i] - arrivals[i - 1]);
    return out;
  }
  std::size_t attempts() const { return arrivals.size(); }

  static std::string secret(const HttpRequest& request, std::string_view name) {
    for (const SecretHeader& one : request.secret_headers)
      if (one.name == name) return one.value.expose();
    return "absent";
  }

  static ApiConfig keys(std::vector<std::string> values) {
    ApiConfig config{.base = "https://api.example"};
    for (std::string& value : values) config.keys.emplace_back(std::move(value));
    return config;
  }

  NoCrypto crypto;
  MemoryHost memory{crypto};
  Host host = memory.host();
  std::vector<Millis> arrivals;
  std::vector<std::string> refused_tokens;
  std::optional<Error> token_failure;
  int token_number = 1;
  Millis token_age = Minutes(5);

 private:
  std::deque<HttpOutcome> script_;
};

}  // namespace foyer::test
