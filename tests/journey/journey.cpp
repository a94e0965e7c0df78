#include "tests/journey/journey.hpp"

#include <algorithm>

#include "core/base/url.hpp"
#include "tests/support/data.hpp"
#include "tests/support/shown.hpp"
#include "tests/support/simulated_cloud.hpp"

namespace foyer::test {
namespace {

const std::string origin = "http://localhost:8080";

// The demo's config.json as docs/config.md prints it: what is documented is what works.
std::string documented_config() {
  const std::string text = read_file(FOYER_PROJECT_DIR "/docs/config.md").value_or("");
  const auto begin = text.find("```json\n"), end = text.find("```", begin + 3);
  return begin == std::string::npos ? "" : text.substr(begin + 8, end - begin - 8);
}

}  // namespace

Journey::Journey()
    : memory(crypto()), host(memory.host()), cloud({memory.time, memory.random, crypto(), signer}) {
  memory.http.respond = [this](const HttpRequest& request) { return ask(cloud, memory.time, request); };
  auto read = read_config(documented_config(), origin + "/");
  EXPECT_TRUE(read) << read.error().message;
  if (read) config = std::move(*read);
}

void Journey::open(const std::string& url, const std::string& route) {
  app = std::make_unique<Controller>(host, config);
  app->start(url, route);
  wait(Millis(100));
}

sim::Response Journey::cloud_says(const std::string& method, const std::string& target,
                                  const std::string& body) {
  Task<sim::Response> task = cloud.handle({.method = method,
                                           .target = target,
                                           .headers = {{"content-type", "application/x-www-form-urlencoded"}},
                                           .body = body,
                                           .base = origin});
  task.start();
  EXPECT_TRUE(task.done());
  return task.take();
}

void Journey::control(const std::string& body) {
  EXPECT_EQ(cloud_says("POST", "/cloud/_control", body).status, 200) << body;
}

std::string Journey::through_login(const std::string& user, const std::string& decision) {
  app->dispatch(intent::SignIn{"demo"});
  wait(Millis(1));
  if (memory.navigator.opened.empty()) return {};
  const std::string authorize = memory.navigator.opened.back();
  EXPECT_TRUE(authorize.starts_with(origin)) << authorize;
  const sim::Response page = cloud_says("GET", authorize.substr(origin.size()));
  const std::string mark = "name=\"tx\" value=\"";
  const auto at = page.body.find(mark);
  EXPECT_NE(at, std::string::npos) << page.status << page.body.substr(0, 300);
  if (at == std::string::npos) return {};
  const auto end = page.body.find('"', at + mark.size());
  const std::string tx = page.body.substr(at + mark.size(), end - at - mark.size());
  cloud_says("POST", "/cloud/oauth/login", form_encode({{"tx", tx}, {"user", user}}));
  const sim::Response back =
      cloud_says("POST", "/cloud/oauth/consent", form_encode({{"tx", tx}, {"decision", decision}}));
  return sim::test::header(back, "Location");
}

void Journey::sign_in(const std::string& user, const std::string& decision) {
  open(origin + "/");
  open(through_login(user, decision));
  wait(Seconds(2));
}

const Module& Journey::module(const ModuleId& id) const {
  static const Module none;
  for (const Plant& plant : state().plants)
    if (const Module* found = plant.module(id)) return *found;
  ADD_FAILURE() << "no module " << id.text;
  return none;
}

std::string Journey::picture(const ModuleId& id, Aspect aspect) const {
  return picture_of(state(), id, aspect);
}

std::string Journey::text(const ModuleId& id, Aspect aspect) const { return text_of(state(), id, aspect); }

const Problem* Journey::problem(const std::string& key_part) const { return problem_of(state(), key_part); }

std::string Journey::problems() const {
  std::string all;
  for (const Problem& one : state().problems) all += to_text(one.key) + " (" + one.details + ") ";
  return all;
}

int Journey::calls(const std::string& method, const std::string& part) const {
  return static_cast<int>(std::ranges::count_if(memory.http.sent, [&](const HttpRequest& one) {
    return one.method == method && one.url.contains(part);
  }));
}

}  // namespace foyer::test
