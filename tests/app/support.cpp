#include "tests/app/support.hpp"

#include "core/base/url.hpp"
#include "tests/support/shown.hpp"

namespace foyer::test {
namespace {

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

HttpResponse json(std::string body, int status) {
  return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

HttpResponse refusal(int status, const std::string& message) {
  return json(R"({"statusCode":)" + std::to_string(status) + R"(,"message":")" + message + "\"}", status);
}

Vendor::Vendor() {
  devices["lamp"] = {"lights", "light", "NLL"};
  devices["dimmer"] = {"lights", "light", "NLF", false, 50};
  devices["shutter"] = {"automations", "automation", "NLV", false, 100};
  devices["plug"] = {"plugs", "plug", "NLP", true};
}

HttpOutcome Vendor::answer(const HttpRequest& request) {
  const Url url = *parse_url(request.url);
  if (fault)
    if (auto instead = fault(request)) return std::move(*instead);
  if (url.path == "/token")
    return json(R"({"access_token":"at-1","token_type":"Bearer","expires_in":3600,"refresh_token":"rt-1"})");
  const std::string base = "/api/hc/api/v1.0/";
  if (!url.path.starts_with(base)) return refusal(404, "Resource not found");
  return api(request, url.path.substr(base.size()));
}

HttpOutcome Vendor::api(const HttpRequest& request, const std::string& path) {
  const std::string last = last_part(path);
  if (path == "plants") {
    ++calls["plants"];
    if (plant_name.empty()) return HttpResponse{.status = 204};
    return json(R"({"plants":[{"id":"p1","name":")" + plant_name + R"(","country":"FR"}]})");
  }
  if (path == "plants/p1/topology") {
    ++calls["topology"];
    return json(topology());
  }
  if (path == "plants/p1") {
    ++calls["status"];
    return json(R"({"modules":{)" + status_of("lights") + "," + status_of("automations") + "," +
                status_of("plugs") + "}}");
  }
  if (path == "scene/comfort/addressLocation/plants/p1") {
    ++calls["scenes"];
    return json(R"({"scenes":[{"name":"Evening","sender":{"plant":{"module":{"id":"scene"}}}}]})");
  }
  if (path.contains("/modules/parameter/id/value/")) {
    if (request.method == "POST") return command(last, request.body);
    ++calls["module"];
    const auto at = devices.find(last);
    if (at == devices.end()) return refusal(404, "Resource not found");
    return json("{" + status_of(at->second.group) + "}");
  }
  return refusal(404, "Resource not found");
}

HttpOutcome Vendor::command(const std::string& id, const std::string& body) {
  commands.push_back(id + " " + body);
  const auto at = devices.find(id);
  if (deaf || at == devices.end()) return HttpResponse{.status = 200};
  if (body.contains(R"("on")")) at->second.on = true;
  if (body.contains(R"("off")")) at->second.on = false;
  if (const auto level = body.find(R"("level":)"); level != std::string::npos && !shutter_moves)
    at->second.level = std::atoi(body.c_str() + level + 8);
  return HttpResponse{.status = 200};
}

std::string Vendor::status_of(const std::string& group) const {
  std::string all;
  for (const auto& [id, device] : devices) {
    if (device.group != group) continue;
    all += all.empty() ? "" : ",";
    all += R"({"reachable":)" + std::string(device.reachable ? "true" : "false");
    if (group != "automations") all += R"(,"status":")" + std::string(device.on ? "on" : "off") + "\"";
    if (device.level >= 0) all += R"(,"level":)" + std::to_string(device.level);
    if (group == "automations") all += R"(,"step":100)";
    all += R"(,"fw":60,"sender":{"plant":{"module":{"id":")" + id + "\"}}}}";
  }
  return "\"" + group + "\":[" + all + "]";
}

std::string Vendor::topology() const {
  std::string all;
  for (const auto& [id, device] : devices) {
    all += all.empty() ? "" : ",";
    all += R"({"id":")" + id + R"(","name":"The )" + id + R"(","hw_type":")" + device.hardware +
           R"(","device":")" + device.word + "\"}";
  }
  return R"({"plant":{"id":"p1","ambients":[{"id":"a1","name":"Kitchen","type":"kitchen","modules":[)" + all +
         R"(]}],"modules":[]}})";
}

Config demo_config(bool second) {
  Config config;
  CloudConfig cloud{.id = "demo", .name = "Demo home", .simulated = true, .providers = {"hc"}};
  cloud.oauth.account = cloud.api.account = "demo";
  cloud.oauth.issuer = "https://login.example";
  cloud.oauth.authorize_endpoint = "https://login.example/authorize";
  cloud.oauth.token_endpoint = "https://login.example/token";
  cloud.oauth.jwks_uri = "https://login.example/keys";
  cloud.oauth.client_id = "client";
  cloud.oauth.redirect_uri = page;
  cloud.api.base = "https://login.example/api";
  cloud.api.keys.emplace_back("key-1");
  config.clouds.push_back(cloud);
  if (second) {
    cloud.id = cloud.oauth.account = cloud.api.account = "second";
    cloud.name = "Holiday home";
    cloud.simulated = false;
    cloud.oauth.client_id = "client-2";
    config.clouds.push_back(cloud);
  }
  return config;
}

App::App() : memory(crypto()), host(memory.host()) {
  memory.http.respond = [this](const HttpRequest& request) -> Task<HttpOutcome> {
    return [](Vendor* to, HttpRequest asked) -> Task<HttpOutcome> { co_return to->answer(asked); }(&vendor,
                                                                                                   request);
  };
}

void App::open(const std::string& url, const std::string& route) {
  Config config = demo_config(two_accounts);
  config.clouds[0].providers = providers;
  config.clouds[0].oauth.end_session_endpoint = end_session;
  app = std::make_unique<Controller>(host, std::move(config));
  app->on_change = [this] { ++changes; };
  app->on_route = [this](const Route& to, bool replace) { routes.emplace_back(to, replace); };
  app->start(url, route);
  wait(Millis(0));
}

void App::open_hidden() {
  app = std::make_unique<Controller>(host, demo_config());
  app->set_visible(false);
  app->start(page, "");
  wait(Millis(0));
}

std::string App::answer_url(const std::string& what, const std::string& account) {
  app->dispatch(intent::SignIn{account});
  wait(Millis(0));
  if (memory.navigator.opened.empty()) return {};
  std::string given;
  for (const auto& [name, value] : form_decode(parse_url(memory.navigator.opened.back())->query))
    if (name == "state") given = value;
  return page + "?" + what + "&state=" + percent_encode(given);
}

void App::sign_in(const std::string& route) {
  open(page, route);
  const std::string url = answer_url();
  open(url, "");
  wait(Seconds(2));
}

std::string App::picture(const ModuleId& id, Aspect aspect) const { return picture_of(state(), id, aspect); }

std::string App::text(const ModuleId& id, Aspect aspect) const { return text_of(state(), id, aspect); }

const Problem* App::problem(const std::string& key_part) const { return problem_of(state(), key_part); }

}  // namespace foyer::test
