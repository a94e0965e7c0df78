#include "core/app/report/vocabulary.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "core/base/ascii.hpp"

namespace foyer::report {
namespace {

// Lower case, parted by spaces. Sources: the API references of Smarther, Home + Control and Netatmo Connect,
// and the words of their errors. Nothing that somebody would call a room, a home or a person belongs here,
// unless the vendor says it too.
constexpr std::string_view words =
    // members
    "absolute_pressure access_token activationdate activationtime active address addresslocation addresstype "
    "addressvalues "
    "alarm_config alert alertlevel alim_status all_linked allowedusers altitude ambient ambients "
    "anticipating app_types "
    "appliance appliance_type auto auto_away_temp auto_setpoint_mode auto_setpoint_temperature automation "
    "automations "
    "available away away_temp away_temperature away_temperature_mode battery battery_level battery_percent "
    "battery_state "
    "beg_time body boiler boiler_control boiler_status boiler_valve_comfort_boost bridge brightness buttonid "
    "camera_id cameras "
    "cando capabilities capability category children chronothermostat chronothermostats city co2 code "
    "command connection "
    "connectionstate connectionstatedate consumptions contactor contactor_mode contract_power_unit "
    "controllers "
    "cooler_status cooling cooling_away_temp cooling_mode cooling_setpoint_mode cooling_setpoint_temperature "
    "cooling_setpoint_end_time cooling_setpoint_start_time coordinates country creator current_position "
    "custom customer_id data "
    "data_type date_begin date_end date_max_temp date_min_temp db_alarm_number default default_alarm "
    "description device "
    "devicemodel devicesystem devicetype device_id device_type device_types deviceid dhw_control dhw_enabled "
    "direction done "
    "electricity email end end_time endpointurl endtime energy energy_today energymeter energymeters "
    "entityid entries error "
    "error_description errors event event_type events eventtime eventtype expire_in expired expires_in "
    "extra_params failures "
    "fan_mode fan_speed feel_like_algorithm firmware firmware_name firmware_revision firmwaregroup "
    "firmwareversion first "
    "floor floors flow fp frost_temperature function fw gas gateway gatewayid gatewayinstallation "
    "gateway_types gateways "
    "hardware hardware_version hardwareversion heater heaters heating heating_power_request hg_temp "
    "hk_device_id home home_id "
    "home_mode homekit_status homes hot_water humidity hw_type hygrometer id id_token ids index "
    "installation_date "
    "internalid internalmessage invitedusers ipaddress is_local kept key kind label labels language last "
    "last_activity "
    "last_ftp_event last_message last_seen last_setup lastalertupdate lastpingdate lastregistrationdate "
    "lastseen "
    "laststatusupdate lat latitude level light lights limit lng loadstate load_active locale location lock "
    "locked lon longitude "
    "m_offset macaddress mac max max_modules_nb max_peers_reached max_temp maximum measure measured measures "
    "message metric "
    "metrics metrictype min min_temp minute missing mode mode_until module module_id module_ids "
    "module_offset modules "
    "modules_bridged monitoring motor_cmd multioutlet name network_lock noise notification number object "
    "offload offset "
    "offlinegateways offline_since oid on online open_window open_windows order origin out_of_sight "
    "outdoor_temperature owner "
    "ownerid params path payload peak period person persons personnalized pilot_wire place plant plant_id "
    "plantid plants plug "
    "plugs position power power_threshold power_unit preferred pressure previous_mode price price_type "
    "product products program "
    "programlist programs property protection provider pseudo public_ext_counter public_ext_data pulses "
    "push_type "
    "quick_display_zone radio_id radio_strength range raw reachable real_time received receiver reference "
    "refresh_token "
    "remote remotes rf_state rf_strength room room_id room_ids rooms rooms_temp scale scenario scenario_id "
    "scenarios scene scenes "
    "schedule schedule_id schedule_type schedules scope sd_status second selected sender sensor sequence_id "
    "serialnumber "
    "session_id setpoint set_point setup_date shutter site siteid size smokedetectors speed state station "
    "status status_at "
    "statuscode statustext step step_time steps subject subjectelements subscription subscription_id "
    "subscriptionid "
    "subscriptions system tags target_orientation_float target_position target_position:step "
    "target_position_step tariff "
    "tariff_option temp temperature temperature_control_mode temperatureformat therm "
    "therm_measured_temperature therm_mode "
    "therm_mode_endtime therm_relay therm_setpoint_default_duration therm_setpoint_end_time "
    "therm_setpoint_fp "
    "therm_setpoint_mode therm_setpoint_start_time therm_setpoint_temperature thermometer threshold time "
    "time_exec "
    "time_server time_zone timelapse_available timestamp timetable timetable_sunrise timetable_sunset "
    "timezone timings title "
    "token_type topology true_temperature_available ts ts_begin ts_end type unit unit_pressure unit_system "
    "unit_wind until "
    "updated_at uptime url use_pincode user user_id usermessage users validation validationcode "
    "validationresponse value "
    "values variant version visible visibletype vpn_url websocket_connected wifi_state wifi_strength windows "
    "zone zone_id zones "
    "sum_boiler sum_boiler_off sum_boiler_on sum_energy sum_energy_elec sum_energy_elec$0 sum_energy_elec$1 "
    "sum_energy_elec$2 "
    "sum_energy_buy_from_grid sum_energy_buy_from_grid$0 sum_energy_buy_from_grid$1 "
    "sum_energy_buy_from_grid$2 "
    "sum_energy_buy_from_grid_price sum_energy_price sum_energy_self_consumption sum_energy_resell_to_grid "
    "sum_fluid "
    "sum_fluid_consumption$0 sum_fluid_price sp_temperature "
    // kinds, modes, states, units, events
    "accept access_camera access_doorbell access_presence activation audiovideoterminal audiovideounits "
    "auto_mode "
    "automatic basic bearer boiler_event boiler_off boiler_on boileroff boileron boolean boost c "
    "cancel_set_point cold_water "
    "comfort comfort_1 comfort_2 conditioned configured connected constant cooking daily day deactivation "
    "devicetocloud dimmer "
    "disconnected disconnection display_change door door_lock e eco emergency enable eu event_grid f fan "
    "fluid "
    "frost_guard full go_light go_heater heat heating_power_request_event hg high home_event_changed hotel "
    "http: https: "
    "http https inactive incoming_call information integer intercom iu kva kw kwh l level_control lighting "
    "log low lower magellan "
    "manual medium meter microsoft.eventgrid.subscriptionvalidationevent minimum missed_call month "
    "motor_data_event multimedia "
    "multisocket mv n/a night no no_news no_sound none normal off off_peak offline ok on_off onoff opaque "
    "open optimized "
    "other park peak_and_off_peak pilot program_change protected protection_off pulse pulse_counter radiator "
    "radiator_without_pilot_wire read registered replenish rolling_shutter router s safety set_point_event "
    "setpoint_event "
    "short_term staircase stand_by standard start stop string temperature_variation_event text thermal "
    "thermal_energy "
    "thermoregulation ticket topology_changed true false null unknown unlock unreachable upgradable "
    "upgrading vde vdes "
    "very_low very_high w wait wake_up water water_cold water_heater water_hot watt webhook_activation "
    "webhook_deactivation week wh wifi "
    "window yes ethernet bndl_doorlock bnsl_staircase_light command/changestatus edf_tarif_bleu "
    "privateaddress publicaddress commissioned "
    "scene/comfort heater/comfort light/lighting automation/automation plug/energy meter/energy "
    "remote/remote read_thermostat "
    "write_thermostat read_magellan write_magellan read_smarther write_smarther read_bubendorff "
    "write_bubendorff read_mhs1 "
    "write_mhs1 read_mx write_mx read_camera write_camera read_presence write_presence read_station "
    // paths of the interfaces
    "api hc smarther value parameter getmeasure getroommeasure getscenarios homesdata homestatus "
    "servicecatalog "
    "devicemanagement sitemanagement myhomeup "
    // words of errors
    "a access account again already and app application are argument at authorization authorized available "
    "bad be been "
    "blocked busy bytes call calls cannot can't client conditions connected credentials current denied "
    "device does "
    "doesn't element empty error exceeded exist exists expected expired expires failed field for forbidden "
    "found from "
    "gateway_timeout good grant granted has have hosts in insufficient_scope internal invalid invalid_client "
    "invalid_grant "
    "invalid_request invalid_scope is it key limit match maximum me missing mobile must need not of official "
    "on one only "
    "out over parameter parameters password per perform please policy policies privacy quota rate reach "
    "reached refused renew request "
    "required requests resource rights scopes seconds seconds. server service set should subscription such "
    "syntax due make sure provide replenished temporarily terms "
    "that the their this through to token too try ultimate unable unauthorized unavailable unexpected "
    "updated usage "
    "used username valid volume was were will with wrong you your interface visual input ones response "
    "timeout";

const std::unordered_set<std::string_view>& all() {
  static const std::unordered_set<std::string_view> set = [] {
    std::unordered_set<std::string_view> found;
    std::string_view rest = words;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (end > 0) found.insert(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return found;
  }();
  return set;
}

bool one_of(std::string_view word, std::string_view list) {
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const bool begins = at == 0 || list[at - 1] == ' ';
    const bool ends = at + word.size() == list.size() || list[at + word.size()] == ' ';
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

bool is_vocabulary(std::string_view word) { return word.size() <= 60 && all().contains(lowered(word)); }

Holds holds(std::string_view member) {
  if (member.empty()) return Holds::anything;
  const std::string small = lowered(member);
  if (one_of(small, "timezone time_zone")) return Holds::zone;
  if (one_of(small,
             "place location coordinates gps geo lat latitude lon lng longitude altitude postal_address"))
    return Holds::place;
  if (small.contains("version") || small.contains("revision") || small.contains("firmware") || small == "fw")
    return Holds::version;
  if (one_of(small,
             "name title label description pseudo email mail city street address region zip zipcode postcode "
             "postal_code country phone url ssid surname firstname lastname ipaddress ip username") ||
      small.ends_with("_name") || small.ends_with("_url") || member.ends_with("Name"))
    return Holds::name;
  if (one_of(small,
             "id ids bridge mac macaddress oid sender receiver modules_bridged serialnumber key_id "
             "therm_relay") ||
      small.ends_with("_id") || small.ends_with("_ids") || member.ends_with("Id") || member.ends_with("Ids"))
    return Holds::id;
  if (one_of(small, "message error error_description usermessage internalmessage statustext detail details"))
    return Holds::message;
  if (one_of(small,
             "type mode state status unit category function device devicemodel devicesystem loadstate") ||
      small.ends_with("_type") || small.ends_with("_mode") || small.ends_with("_state") ||
      small.ends_with("_status") || small.ends_with("_unit") || member.ends_with("Type"))
    return Holds::kind;
  for (const std::string_view part :
       {"temp",     "power", "energy", "price",    "sum_",  "position", "level",    "brightness",
        "humidity", "co2",   "noise",  "pressure", "value", "offset",   "strength", "threshold",
        "speed",    "wifi",  "rf_",    "duration", "pulse", "setpoint", "uptime",   "counter"})
    if (small.contains(part)) return Holds::measure;
  return Holds::anything;
}

}  // namespace foyer::report
