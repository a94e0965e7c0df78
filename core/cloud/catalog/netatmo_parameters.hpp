// Tables of the catalogue: what the operations of Netatmo Connect take. Included by catalog_netatmo.hpp only.
#pragma once

#include <array>

#include "core/cloud/catalog/catalog.hpp"

namespace foyer::catalog {

// Reads name the home in the query, commands in the body's "home", the older endpoints at the top of the
// body.
inline constexpr Parameter home_query = {
    .name = "home", .place = Place::query, .required = true, .source = Source::plant, .wire = "home_id"};
inline constexpr Parameter home_body = {
    .name = "home", .required = true, .source = Source::plant, .wire = "home_id"};
inline constexpr Parameter home_state = {
    .name = "home", .required = true, .source = Source::plant, .wire = "home.id"};
inline constexpr Parameter state_module = {
    .name = "module", .required = true, .source = Source::module, .wire = "home.modules[].id"};
inline constexpr Parameter state_bridge = {
    .name = "bridge", .source = Source::gateway, .wire = "home.modules[].bridge"};
inline constexpr Parameter state_room = {
    .name = "room", .required = true, .source = Source::ambient, .wire = "home.rooms[].id"};
// A moment in Unix seconds.
constexpr Parameter moment(std::string_view name, std::string_view wire = {}, Place place = Place::body,
                           std::string_view only_when = {}) {
  return {.name = name,
          .place = place,
          .type = Type::integer,
          .wire = wire,
          .only_when = only_when,
          .least = 0,
          .most = 4294967295,
          .step = 1,
          .unit = "s"};
}
inline constexpr Parameter end_time = moment("endtime");
inline constexpr Parameter schedule_body = {.name = "schedule", .required = true, .wire = "schedule_id"};

inline constexpr std::array netatmo_homesdata = {
    Parameter{.name = "home", .place = Place::query, .source = Source::plant, .wire = "home_id"},
    Parameter{.name = "gateway_types", .place = Place::query},
};
inline constexpr std::array netatmo_homestatus = {home_query,
                                                  Parameter{.name = "device_types", .place = Place::query}};
inline constexpr std::array netatmo_home = {home_query};

inline constexpr std::array netatmo_setstate = {
    Parameter{.name = "json", .type = Type::json, .required = true, .wire = "home", .preset = "{}"}};
inline constexpr std::array netatmo_switch = {home_state, state_module, state_bridge,
                                              Parameter{.name = "on",
                                                        .type = Type::boolean,
                                                        .required = true,
                                                        .wire = "home.modules[].on",
                                                        .preset = "true"}};
inline constexpr std::array netatmo_dimmer = {
    home_state, state_module, state_bridge,
    Parameter{.name = "on", .type = Type::boolean, .wire = "home.modules[].on", .preset = "true"},
    Parameter{.name = "brightness",
              .type = Type::integer,
              .required = true,
              .wire = "home.modules[].brightness",
              .preset = "50",
              .least = 0,
              .most = 100,
              .step = 1,
              .unit = "%"}};
inline constexpr std::array netatmo_shutter = {home_state, state_module, state_bridge,
                                               Parameter{.name = "position",
                                                         .type = Type::integer,
                                                         .required = true,
                                                         .wire = "home.modules[].target_position",
                                                         .preset = "100",
                                                         .least = 0,
                                                         .most = 100,
                                                         .step = 1,
                                                         .unit = "%"}};
inline constexpr std::array netatmo_shutter_stop = {home_state, state_module, state_bridge,
                                                    Parameter{.name = "position",
                                                              .type = Type::constant,
                                                              .wire = "home.modules[].target_position",
                                                              .preset = "-1"}};
inline constexpr std::array netatmo_shutter_preferred = {home_state, state_module, state_bridge,
                                                         Parameter{.name = "position",
                                                                   .type = Type::constant,
                                                                   .wire = "home.modules[].target_position",
                                                                   .preset = "-2"}};
inline constexpr std::array netatmo_slats = {home_state, state_module, state_bridge,
                                             Parameter{.name = "angle",
                                                       .type = Type::number,
                                                       .required = true,
                                                       .wire = "home.modules[].target_orientation_float",
                                                       .preset = "90",
                                                       .least = 0,
                                                       .most = 180,
                                                       .step = 0.1,
                                                       .unit = "°"}};
inline constexpr std::array netatmo_fan = {home_state, state_module, state_bridge,
                                           Parameter{.name = "speed",
                                                     .type = Type::integer,
                                                     .required = true,
                                                     .wire = "home.modules[].fan_speed",
                                                     .preset = "1",
                                                     .least = 1,
                                                     .most = 2,
                                                     .step = 1}};
inline constexpr std::array netatmo_lock = {home_state, state_module, state_bridge,
                                            Parameter{.name = "lock",
                                                      .type = Type::boolean,
                                                      .required = true,
                                                      .wire = "home.modules[].lock",
                                                      .preset = "false"}};
inline constexpr std::array netatmo_scenario = {
    home_state,
    Parameter{.name = "gateway", .required = true, .source = Source::gateway, .wire = "home.modules[].id"},
    Parameter{.name = "scenario", .required = true, .wire = "home.modules[].scenario"}};
inline constexpr std::array netatmo_room = {
    home_state,
    state_room,
    Parameter{.name = "mode",
              .type = Type::enumeration,
              .required = true,
              .wire = "home.rooms[].therm_setpoint_mode",
              .preset = "manual",
              .options = "manual|max|home|hg|off"},
    Parameter{.name = "temperature",
              .type = Type::number,
              .wire = "home.rooms[].therm_setpoint_temperature",
              .only_when = "mode=manual",
              .preset = "20",
              .least = 7,
              .most = 30,
              .step = 0.5,
              .unit = "°C"},
    Parameter{.name = "pilot",
              .type = Type::enumeration,
              .wire = "home.rooms[].therm_setpoint_fp",
              .only_when = "mode=manual|hg",
              .options = "comfort|away|frost_guard|stand_by"},
    moment("endtime", "home.rooms[].therm_setpoint_end_time"),
};
inline constexpr std::array netatmo_room_cooling = {
    home_state,
    state_room,
    Parameter{.name = "mode",
              .type = Type::enumeration,
              .required = true,
              .wire = "home.rooms[].cooling_setpoint_mode",
              .preset = "manual",
              .options = "manual|max|home|off"},
    Parameter{.name = "temperature",
              .type = Type::number,
              .wire = "home.rooms[].cooling_setpoint_temperature",
              .only_when = "mode=manual",
              .needed_when = "mode=manual",
              .preset = "25",
              .least = 7,
              .most = 35,
              .step = 0.5,
              .unit = "°C"},
    moment("endtime", "home.rooms[].cooling_setpoint_end_time"),
};
inline constexpr std::array netatmo_setroomthermpoint = {
    home_body, Parameter{.name = "room", .required = true, .source = Source::ambient, .wire = "room_id"},
    Parameter{.name = "mode",
              .type = Type::enumeration,
              .required = true,
              .preset = "manual",
              .options = "manual|max|home"},
    Parameter{.name = "temp",
              .type = Type::number,
              .only_when = "mode=manual",
              .needed_when = "mode=manual",
              .preset = "20",
              .least = 7,
              .most = 30,
              .step = 0.5,
              .unit = "°C"},
    end_time};
inline constexpr std::array netatmo_setthermmode = {
    home_body,
    Parameter{.name = "mode",
              .type = Type::enumeration,
              .required = true,
              .preset = "schedule",
              .options = "schedule|away|hg"},
    moment("endtime", {}, Place::body, "mode=away|hg"),
    Parameter{.name = "schedule", .wire = "schedule_id", .only_when = "mode=schedule"}};

inline constexpr Parameter schedule_type = {.name = "type",
                                            .type = Type::enumeration,
                                            .wire = "schedule_type",
                                            .options = "therm|cooling|auto|event|electricity"};
inline constexpr std::array netatmo_switchschedule = {
    home_body, Parameter{.name = "schedule", .wire = "schedule_id"}, schedule_type,
    Parameter{.name = "selected", .type = Type::boolean}};
inline constexpr std::array netatmo_syncschedule = {
    home_body,
    schedule_body,
    Parameter{.name = "name"},
    schedule_type,
    Parameter{.name = "away_temp", .type = Type::number, .unit = "°C"},
    Parameter{.name = "hg_temp", .type = Type::number, .unit = "°C"},
    Parameter{.name = "cooling_away_temp", .type = Type::number, .unit = "°C"},
    Parameter{.name = "auto_away_temp", .type = Type::number, .unit = "°C"},
    Parameter{.name = "away_temperature_mode"},
    Parameter{.name = "timetable", .type = Type::json, .required = true, .preset = "[]"},
    Parameter{.name = "timetable_sunrise", .type = Type::json},
    Parameter{.name = "timetable_sunset", .type = Type::json},
    Parameter{.name = "zones", .type = Type::json, .required = true, .preset = "[]"}};
inline constexpr std::array netatmo_createschedule = {
    home_body,
    Parameter{.name = "name", .required = true},
    schedule_type,
    Parameter{.name = "selected", .type = Type::boolean},
    Parameter{.name = "away_temp", .type = Type::number, .unit = "°C"},
    Parameter{.name = "hg_temp", .type = Type::number, .unit = "°C"},
    Parameter{.name = "cooling_away_temp", .type = Type::number, .unit = "°C"},
    Parameter{.name = "auto_away_temp", .type = Type::number, .unit = "°C"},
    Parameter{.name = "away_temperature_mode"},
    Parameter{.name = "timetable", .type = Type::json, .required = true, .preset = "[]"},
    Parameter{.name = "timetable_sunrise", .type = Type::json},
    Parameter{.name = "timetable_sunset", .type = Type::json},
    Parameter{.name = "zones", .type = Type::json, .required = true, .preset = "[]"}};
inline constexpr std::array netatmo_renameschedule = {home_body, schedule_body,
                                                      Parameter{.name = "name", .required = true}};
inline constexpr std::array netatmo_deleteschedule = {home_body, schedule_body};

inline constexpr Parameter measure_scale = {.name = "scale",
                                            .place = Place::query,
                                            .type = Type::enumeration,
                                            .required = true,
                                            .preset = "1hour",
                                            .options = "30min|1hour|3hours|1day|1week|1month"};
inline constexpr Parameter measure_begin = moment("from", "date_begin", Place::query);
inline constexpr Parameter measure_end = moment("to", "date_end", Place::query);
inline constexpr Parameter measure_limit = {.name = "limit",
                                            .place = Place::query,
                                            .type = Type::integer,
                                            .preset = "1024",
                                            .least = 1,
                                            .most = 1024,
                                            .step = 1};
inline constexpr Parameter measure_optimize = {
    .name = "optimize", .place = Place::query, .type = Type::boolean, .preset = "true"};
inline constexpr Parameter measure_real_time = {
    .name = "real_time", .place = Place::query, .type = Type::boolean, .preset = "false"};
inline constexpr std::array netatmo_getmeasure = {
    Parameter{.name = "bridge",
              .place = Place::query,
              .required = true,
              .source = Source::gateway,
              .wire = "device_id"},
    Parameter{.name = "module",
              .place = Place::query,
              .required = true,
              .source = Source::module,
              .wire = "module_id"},
    measure_scale,
    Parameter{
        .name = "type", .place = Place::query, .required = true, .preset = "sum_energy_buy_from_grid$0"},
    measure_begin,
    measure_end,
    measure_limit,
    measure_optimize,
    measure_real_time};
inline constexpr std::array netatmo_getroommeasure = {
    home_query,
    Parameter{.name = "room",
              .place = Place::query,
              .required = true,
              .source = Source::ambient,
              .wire = "room_id"},
    measure_scale,
    Parameter{
        .name = "type", .place = Place::query, .required = true, .preset = "temperature,sp_temperature"},
    measure_begin,
    measure_end,
    measure_limit,
    measure_optimize,
    measure_real_time};

inline constexpr std::array netatmo_addwebhook = {
    Parameter{.name = "url", .required = true, .preset = "https://"}};
inline constexpr std::array netatmo_dropwebhook = {Parameter{.name = "app_types"}};

}  // namespace foyer::catalog
