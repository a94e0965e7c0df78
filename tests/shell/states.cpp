#include "tests/shell/states.hpp"

#include <utility>

namespace foyer::test {
namespace {

Reading reading(Aspect aspect, Value value, Unit unit = Unit::none, Millis age = Seconds(40)) {
  Reading made;
  made.aspect = aspect;
  made.value = std::move(value);
  made.unit = unit;
  made.received = evening() - age;
  return made;
}

Capability can(Aspect aspect, bool commandable, Unit unit = Unit::none, std::optional<Range> range = {},
               std::vector<std::string> options = {}) {
  return {aspect, true, commandable, unit, range, std::move(options)};
}

Module make(const std::string& id, const std::string& name, Kind kind, const AmbientId& ambient) {
  Module module;
  module.id = ModuleId("demo:" + id);
  module.name = name;
  module.kind = kind;
  module.device = to_string(kind);
  module.ambient = ambient;
  module.gateway = GatewayId("demo:gw1");
  module.reach = Reach::reachable;
  return module;
}

Module make_plug(const std::string& id, const std::string& name, const AmbientId& ambient, bool on,
                 double watts) {
  Module module = make(id, name, Kind::plug, ambient);
  module.capabilities = {can(Aspect::on_off, true), can(Aspect::power, false, Unit::watt)};
  module.readings = {reading(Aspect::on_off, on), reading(Aspect::power, watts, Unit::watt)};
  return module;
}

Module make_meter(const std::string& id, const std::string& name, const AmbientId& ambient, double watts,
                  double today) {
  Module module = make(id, name, Kind::energy_meter, ambient);
  module.capabilities = {can(Aspect::power, false, Unit::watt),
                         can(Aspect::energy_today, false, Unit::watt_hour)};
  module.readings = {reading(Aspect::power, watts, Unit::watt),
                     reading(Aspect::energy_today, today, Unit::watt_hour)};
  return module;
}

Module make_scene(const std::string& id, const std::string& name) {
  Module module = make(id, name, Kind::scene, {});
  module.capabilities = {can(Aspect::run, true)};
  return module;
}

void command(State& state, const ModuleId& module, CommandState::Picture picture, std::string text) {
  CommandState made;
  made.number = state.commands.size() + 1;
  made.command = {Aspect::on_off, true, {}};
  made.picture = picture;
  made.at = evening() - Seconds(10);
  made.text = std::move(text);
  state.commands[{module, Aspect::on_off}] = std::move(made);
}

AccountState account(bool signed_in) {
  AccountState made;
  made.id = "demo";
  made.name = "Demo home";
  made.simulated = true;
  made.session.status = signed_in ? oauth::Status::signed_in : oauth::Status::signed_out;
  made.session.name = signed_in ? "Camille Martin" : "";
  made.ledger.used = 212;
  made.ledger.window_start = evening() - Hours(18);
  made.ledger.window_end = evening() + Hours(6) - Minutes(2);
  return made;
}

Problem gateway_problem() {
  Problem problem;
  problem.key = {ProblemKey::About::gateway, "demo:gw2"};
  problem.condition = policy::Condition::gateway_offline;
  problem.what = "Garden gateway is offline since 14:02.";
  problem.doing = "We look again in 5 min.";
  problem.remedy = "Check its power and network.";
  problem.details = "GET /smarther/v2.0/plants/1111/topology answered 404 GatewayOffline";
  problem.since = evening() - Hours(4);
  problem.can_retry = true;
  return problem;
}

Problem session_problem() {
  Problem problem;
  problem.key = {ProblemKey::About::account, "demo", "E17"};
  problem.account = "demo";
  problem.condition = policy::Condition::password_expired;
  problem.what = "The vendor asks for a new password.";
  problem.doing = "We make no calls until then.";
  problem.remedy = "Change it in the vendor’s app, then sign in again.";
  problem.since = evening() - Minutes(12);
  problem.needs_sign_in = true;
  return problem;
}

}  // namespace

Instant evening() { return instant_from_ms(1'768'068'120'000); }

Module make_light(const std::string& id, const std::string& name, const AmbientId& ambient, bool on) {
  Module module = make(id, name, Kind::light, ambient);
  module.capabilities = {can(Aspect::on_off, true), can(Aspect::power, false, Unit::watt)};
  module.readings = {reading(Aspect::on_off, on), reading(Aspect::power, on ? 7.0 : 0.0, Unit::watt)};
  return module;
}

Module make_dimmer(const std::string& id, const std::string& name, const AmbientId& ambient, double level) {
  Module module = make(id, name, Kind::dimmer, ambient);
  module.capabilities = {can(Aspect::on_off, true),
                         can(Aspect::level, true, Unit::percent, Range{0, 100, 1})};
  module.readings = {reading(Aspect::on_off, level > 0), reading(Aspect::level, level, Unit::percent)};
  return module;
}

Module make_shutter(const std::string& id, const std::string& name, const AmbientId& ambient,
                    double position) {
  Module module = make(id, name, Kind::shutter, ambient);
  module.capabilities = {can(Aspect::position, true, Unit::percent, Range{0, 100, 1}),
                         can(Aspect::stop, true)};
  module.readings = {reading(Aspect::position, position, Unit::percent)};
  return module;
}

Module make_thermostat(const std::string& id, const std::string& name, const AmbientId& ambient) {
  Module module = make(id, name, Kind::thermostat, ambient);
  module.capabilities = {can(Aspect::setpoint, true, Unit::celsius, Range{5, 30, 0.5}),
                         can(Aspect::mode, true, Unit::none, {}, {"automatic", "manual", "boost", "off"}),
                         can(Aspect::program, true, Unit::none, {}, {"0", "1", "2"}),
                         can(Aspect::function, true, Unit::none, {}, {"heating", "cooling"}),
                         can(Aspect::temperature, false, Unit::celsius),
                         can(Aspect::humidity, false, Unit::percent)};
  module.readings = {reading(Aspect::setpoint, 20.5, Unit::celsius),
                     reading(Aspect::mode, std::string("manual")),
                     reading(Aspect::function, std::string("heating")),
                     reading(Aspect::program, std::string("1")),
                     reading(Aspect::temperature, 19.8, Unit::celsius),
                     reading(Aspect::humidity, 47.0, Unit::percent),
                     reading(Aspect::load_active, true)};
  module.mode_until = evening() + Hours(5) + Minutes(28);
  module.raw_topology =
      R"({"id":"22220000-aaaa-bbbb-cccc-000000002222","name":"Hall thermostat","device":"chronothermostat"})";
  module.raw_status =
      R"({"function":"heating","mode":"manual","setPoint":{"value":"20.5","unit":"C"},"loadState":"ACTIVE"})";
  return module;
}

State pictured_home() {
  State state;
  state.version = 1;
  state.started = true;
  state.accounts = {account(true)};
  Plant plant;
  plant.id = PlantId("demo:11110000aaaa1111");
  plant.name = "Rue des Lilas";
  const AmbientId living("demo:living"), kitchen("demo:kitchen"), garden("demo:garden");
  plant.ambients = {
      {living, "Living room", "livingroom"}, {kitchen, "Kitchen", "kitchen"}, {garden, "Garden", "garden"}};
  plant.gateways = {{GatewayId("demo:gw1"), "House gateway", {}},
                    {GatewayId("demo:gw2"), "Garden gateway", evening() - Hours(4)}};
  Module battery = make("door", "Door switch", Kind::remote, kitchen);
  battery.capabilities = {can(Aspect::battery, false)};
  battery.readings = {reading(Aspect::battery, std::string("low"))};
  Module path = make_light("path", "Path lights", garden, false),
         odd = make("odd", "NLXX 17", Kind::unknown, garden);
  path.reach = Reach::unreachable;
  path.unreachable_since = evening() - Hours(4);
  Module worktop = make_light("worktop", "Worktop", kitchen, false);
  Module dishwasher = make_plug("dish", "Dishwasher", kitchen, true, 84);
  dishwasher.appliance = "dishwasher";
  Module stale = make_light("stale", "Reading lamp", living, false);
  for (Reading& one : stale.readings) one.received = evening() - Minutes(17);
  Module cooker = make_light("hood", "Cooker hood", kitchen, false);
  plant.modules = {make_light("ceiling", "Ceiling", living, true),
                   make_dimmer("floor", "Floor lamp", living, 40),
                   make_shutter("balcony", "Balcony shutter", living, 0),
                   make_thermostat("22220000aaaabbbb00002222", "Hall thermostat", living),
                   std::move(stale),
                   std::move(dishwasher),
                   std::move(worktop),
                   make_meter("main", "Main meter", kitchen, 84, 3200),
                   std::move(battery),
                   std::move(cooker),
                   std::move(path),
                   std::move(odd),
                   make_scene("leaving", "Leaving home"),
                   make_scene("evening", "Evening"),
                   make_scene("film", "Film night")};
  Plant second;
  second.id = PlantId("demo:33330000cccc3333");
  second.name = "Chalet";
  state.plants = {std::move(plant), std::move(second)};
  for (const Plant& one : state.plants) state.plant_account[one.id] = "demo";
  command(state, ModuleId("demo:dish"), CommandState::Picture::sent, "");
  command(state, ModuleId("demo:worktop"), CommandState::Picture::not_confirmed, "");
  command(state, ModuleId("demo:hood"), CommandState::Picture::failed, "The lamp did not answer. Try again.");
  state.problems = {gateway_problem(), session_problem()};
  state.problems[1].needs_sign_in = false;
  state.next_poll = evening() + Minutes(2);
  state.route = {.view = Route::View::home, .plant = state.plants[0].id, .ambient = {}, .module = {}};
  return state;
}

State with_thermostat() {
  State state = pictured_home();
  state.route.view = Route::View::module;
  state.route.module = ModuleId("demo:22220000aaaabbbb00002222");
  CommandState waiting;
  waiting.number = 99;
  waiting.command = {Aspect::setpoint, 20.5, {}};
  waiting.text = "Sent 20.5 °C at 18:02. The thermostat’s own screen is in use; trying again in 10 s.";
  state.commands[{state.route.module, Aspect::setpoint}] = waiting;
  return state;
}

State big_home(int modules) {
  State state = pictured_home();
  state.commands.clear();
  state.problems.clear();
  Plant& plant = state.plants[0];
  plant.ambients.clear();
  plant.modules.clear();
  for (int at = 0; at < modules; ++at) {
    const std::string number = std::to_string(at);
    if (at % 20 == 0)
      plant.ambients.push_back({AmbientId("demo:room" + number), "Room " + std::to_string(at / 20 + 1), ""});
    const AmbientId& ambient = plant.ambients.back().id;
    switch (at % 5) {
      case 0:
        plant.modules.push_back(make_light(number, "Light " + number, ambient, at % 3 == 0));
        break;
      case 1:
        plant.modules.push_back(make_dimmer(number, "Dimmer " + number, ambient, at % 100));
        break;
      case 2:
        plant.modules.push_back(make_shutter(number, "Shutter " + number, ambient, at % 100));
        break;
      case 3:
        plant.modules.push_back(make_plug(number, "Plug " + number, ambient, at % 2 == 0, at % 90));
        break;
      default:
        plant.modules.push_back(make_thermostat(number, "Thermostat " + number, ambient));
        break;
    }
    plant.modules.back().raw_topology.clear();
    plant.modules.back().raw_status.clear();
  }
  return state;
}

State welcome() {
  State state;
  state.version = 1;
  state.started = true;
  state.accounts = {account(false), account(false)};
  state.accounts[1].id = "legrand";
  state.accounts[1].name = "Legrand";
  state.accounts[1].simulated = false;
  return state;
}

State loading() {
  State state;
  state.version = 1;
  state.started = state.loading = true;
  state.accounts = {account(true)};
  state.route.view = Route::View::home;
  return state;
}

State for_developers(Route::View view) {
  static const std::deque<JournalEntry> journal{
      {.number = 1,
       .at = evening() - Minutes(3),
       .method = "GET",
       .path_template = "/hc/api/v1.0/plants",
       .status = 200,
       .duration = Millis(212)},
      {.number = 2,
       .at = evening() - Minutes(2),
       .method = "POST",
       .path_template =
           "/hc/api/v1.0/light/lighting/addressLocation/plants/{plant}/modules/parameter/id/value/{module}",
       .status = 404,
       .duration = Millis(480),
       .condition = policy::Condition::gateway_offline,
       .action = policy::Action::mark_offline},
      {.number = 3,
       .at = evening(),
       .method = "GET",
       .path_template = "/smarther/v2.0/plants",
       .status = 0,
       .duration = Seconds(10),
       .condition = policy::Condition::no_answer_in_time,
       .action = policy::Action::wait_and_retry,
       .attempt = 2}};
  State state = pictured_home();
  state.route.view = view;
  state.page = "https://home.example/foyer/";
  state.report.made = MadeReport{
      .text = "{}",
      .answers = {{"GET /hc/api/v1.0/plants", 200, 812},
                  {"GET /hc/api/v1.0/plants/2b6f5d1e-0c7a-4a52-9d7e-5a9f3b1c8e44/modules/topology", 0, 0}},
      .journal = {"call GET /hc/api/v1.0/plants 200 212 ms ok", "problem gateway E8",
                  "finding clock trouble"},
      .replaced = 41};
  AccountState& account = state.accounts.front();
  account.providers = {"smarther", "hc"};
  account.api_base = "https://home.example/foyer/relay/api";
  account.redirect_uri = "https://home.example/foyer/";
  account.journal = &journal;
  account.keys = 2;
  state.doctor.at = evening();
  state.doctor.findings = {
      {.part = "vault", .title = "Storage of this device", .what = "Secrets can be kept."},
      {.cloud = "demo",
       .part = "clock",
       .state = Finding::State::trouble,
       .title = "Clock of this device",
       .what = "It is about 12 min ahead.",
       .remedy = "Set date, time and time zone, best automatically; then sign in again.",
       .error = Error{ErrorKind::protocol, "K3", "this machine's clock is off by 12 min", ""}},
      {.cloud = "demo",
       .part = "api",
       .state = Finding::State::unknown,
       .title = "Service of the homes",
       .what = "Not looked at: this costs 3 of today’s calls."}};
  state.console.api = "smarther";
  state.console.history.push_front(
      {.account = account.id,
       .operation = "smarther.plants",
       .at = evening(),
       .waiting = false,
       .status = 200,
       .duration = Millis(182),
       .reading = "A good answer.",
       .headers = "Content-Type: application/json\n",
       .body = "{\n  \"plants\": [\n    {\n      \"id\": \"1111\"\n    }\n  ]\n}"});
  return state;
}

}  // namespace foyer::test
