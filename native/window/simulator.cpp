#include "native/window/simulator.hpp"

namespace foyer::native {

const std::vector<Switch>& switches() {
  static const std::vector<Switch> all = {
      {"Gateway offline", R"({"gatewayOffline":true})"},
      {"Gateway back", R"({"gatewayOffline":false})"},
      {"Next call 503", R"({"fault":{"status":503,"body":"documented"}})"},
      {"Next call 429", R"({"fault":{"status":429,"body":"rate","retryAfter":5}})"},
      {"Next call dropped", R"({"fault":{"drop":true}})"},
      {"Next command lost after acting", R"({"fault":{"method":"POST","drop":true,"after":true}})"},
      {"Next call not JSON", R"({"fault":{"status":200,"body":"not-json"}})"},
      {"Quota used up", R"({"quotaLeft":0})"},
      {"Quota back", R"({"quotaLeft":500})"},
      {"Slow (3 s)", R"({"latencyMs":3000})"},
      {"Fast", R"({"latencyMs":0})"},
      {"Tokens expire", R"({"expireTokens":true})"},
      {"Tokens revoked", R"({"revokeTokens":true})"},
      {"As at first start", R"({"reset":true})"},
  };
  return all;
}

Simulator::Simulator(Http& http, const Config& config) : http_(http) {
  for (const CloudConfig& cloud : config.clouds)
    if (cloud.simulated && cloud.oauth.issuer.ends_with("/oauth"))
      control_ = cloud.oauth.issuer.substr(0, cloud.oauth.issuer.size() - 6) + "/_control";
}

void Simulator::post(std::string json) {
  if (present()) scope_.spawn(run(std::move(json)));
}

Task<void> Simulator::run(std::string json) {
  last_ = json + " …";
  HttpRequest request;
  request.method = "POST";
  request.url = control_;
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = json;
  const HttpOutcome outcome = co_await http_.send(std::move(request));
  last_ =
      json + " → " + (outcome ? std::to_string(outcome->status) : std::string(to_string(outcome.error())));
}

}  // namespace foyer::native
