#include "tests/soak/house.hpp"

namespace foyer::soak {
namespace {

const std::string api = "https://cloud.example/api/hc/api/v1.0/";

Config home_config(int daily_limit) {
  CloudConfig cloud{.id = "home", .name = "Home", .providers = {"hc"}};
  cloud.oauth = {.account = "home",
                 .issuer = "https://cloud.example",
                 .authorize_endpoint = "https://cloud.example/authorize",
                 .token_endpoint = "https://cloud.example/token",
                 .jwks_uri = "https://cloud.example/keys",
                 .client_id = "client",
                 .redirect_uri = "https://home.example/"};
  cloud.api.base = "https://cloud.example/api";
  cloud.api.daily_limit = daily_limit;
  Config config;
  config.clouds.push_back(std::move(cloud));
  return config;
}

Task<HttpOutcome> at_once(HttpOutcome outcome) { co_return outcome; }

}  // namespace

House::House(std::uint64_t seed, int daily_limit)
    : memory(crypto, seed), host(memory.host()), config(home_config(daily_limit)) {
  oauth::Record record;
  record.generation = 1;
  record.issuer = config.clouds[0].oauth.issuer;
  record.client_id = config.clouds[0].oauth.client_id;
  record.access_token = SecretText("access");
  record.refresh_token = SecretText("refresh");
  record.received = memory.time.now();
  record.lifetime = Hours(1);
  memory.vault.records.emplace("session/home", oauth::to_secret(record));
  memory.time.offset = Minutes(60);
  memory.http.respond = [this](const HttpRequest& request) {
    if (request.url.ends_with("/token"))
      return at_once(
          answer(200, R"({"access_token":"a","token_type":"Bearer","expires_in":3600,"refresh_token":"r"})"));
    return on_call ? on_call(request) : at_once(serve(request));
  };
}

HttpOutcome House::serve(const HttpRequest& request) {
  const std::string path = request.url.substr(api.size());
  if (is_command(request)) {
    if (is_scene(request))
      ++scenes_run;
    else
      lamp_on = request.body.contains("\"on\"");
    return answer(200);
  }
  const std::string status = R"({"lights":[{"reachable":true,"status":")" +
                             std::string(lamp_on ? "on" : "off") +
                             R"(","fw":60,"sender":{"plant":{"module":{"id":"lamp"}}}}]})";
  if (path == "plants") return answer(200, R"({"plants":[{"id":"p1","name":"House","country":"FR"}]})");
  if (path == "plants/p1") return answer(200, R"({"modules":)" + status + "}");
  if (path == "plants/p1/topology")
    return answer(
        200,
        R"({"plant":{"id":"p1","ambients":[{"id":"a1","name":"Hall","type":"lobby","modules":[{"id":"lamp",)"
        R"("name":"Lamp","hw_type":"NLL","device":"light"}]}],"modules":[]}})");
  if (path == "scene/comfort/addressLocation/plants/p1")
    return answer(200, R"({"scenes":[{"name":"Evening","sender":{"plant":{"module":{"id":"scene"}}}}]})");
  if (path.ends_with("/lamp")) return answer(200, status);
  return answer(404, R"({"statusCode":404,"message":"Resource not found"})");
}

std::unique_ptr<Controller> House::open() {
  auto app = std::make_unique<Controller>(host, config);
  app->start("https://home.example/", "");
  return app;
}

void House::wait(Millis span) {
  memory.time.advance(span);
  memory.http.sent.clear();
}

}  // namespace foyer::soak
