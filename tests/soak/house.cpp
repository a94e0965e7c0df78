#include "tests/soak/house.hpp"

#include <algorithm>

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

House::House(std::uint64_t seed, int daily_limit, int homes)
    : memory(crypto, seed),
      host(memory.host()),
      config(home_config(daily_limit)),
      homes_(homes),
      elsewhere_(crypto, seed + 1) {
  oauth::Record record;
  record.generation = 1;
  record.issuer = config.clouds[0].oauth.issuer;
  record.client_id = config.clouds[0].oauth.client_id;
  record.access_token = SecretText("access");
  record.refresh_token = SecretText("refresh");
  record.received = memory.time.now();
  record.lifetime = Hours(1);
  memory.vault.records.emplace("session/home", oauth::to_secret(record));
  elsewhere_.vault.records.emplace("session/home", oauth::to_secret(record));
  memory.time.offset = Minutes(60);
  memory.http.respond = [this](const HttpRequest& request) { return respond(request, 0); };
  elsewhere_.http.respond = [this](const HttpRequest& request) { return respond(request, 1); };
}

Task<HttpOutcome> House::respond(const HttpRequest& request, int device) {
  if (request.url.ends_with("/token"))
    return at_once(
        answer(200, R"({"access_token":"a","token_type":"Bearer","expires_in":3600,"refresh_token":"r"})"));
  return on_call ? on_call(request, device) : at_once(serve(request));
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
  const std::string home = path.substr(0, path.find('/', 7));  // "plants/p1"
  const std::string number = home.substr(std::min<std::size_t>(home.size(), 8));
  if (path == "plants") {
    std::string all;
    for (int i = 1; i <= homes_; ++i)
      all += (i > 1 ? "," : "") + std::string(R"({"id":"p)") + std::to_string(i) +
             R"(","name":"House","country":"FR"})";
    return answer(200, R"({"plants":[)" + all + "]}");
  }
  if (path == home && home.starts_with("plants/"))
    return answer(200, R"({"modules":)" + (number == "1" ? status : R"({"lights":[]})") + "}");
  if (path == home + "/topology") {
    const std::string id = number == "1" ? "lamp" : "lamp" + number;
    return answer(200, R"({"plant":{"id":"p)" + number + R"(","ambients":[{"id":"a)" + number +
                           R"(","name":"Hall","type":"lobby","modules":[{"id":")" + id +
                           R"(","name":"Lamp","hw_type":"NLL","device":"light"}]}],"modules":[]}})");
  }
  if (path.starts_with("scene/comfort/addressLocation/plants/"))
    return answer(200, path.ends_with("/p1")
                           ? R"({"scenes":[{"name":"Evening","sender":{"plant":{"module":{"id":"scene"}}}}]})"
                           : R"({"scenes":[]})");
  if (path.ends_with("/lamp")) return answer(200, status);
  return answer(404, R"({"statusCode":404,"message":"Resource not found"})");
}

std::unique_ptr<Controller> House::make() { return std::make_unique<Controller>(host, config); }

std::unique_ptr<Controller> House::open() {
  auto app = make();
  app->start("https://home.example/", "");
  return app;
}

std::unique_ptr<Controller> House::open_elsewhere() {
  Host other{memory.time,      memory.time,          elsewhere_.random,  elsewhere_.crypto,
             elsewhere_.http,  elsewhere_.vault,     elsewhere_.storage, elsewhere_.navigator,
             elsewhere_.locks, elsewhere_.broadcast, elsewhere_.parts};
  auto app = std::make_unique<Controller>(other, config);
  app->start("https://home.example/", "");
  return app;
}

void House::wait(Millis span) {
  memory.time.advance(span);
  memory.http.sent.clear();
  elsewhere_.http.sent.clear();
}

}  // namespace foyer::soak
