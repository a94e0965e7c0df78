// Tables of the catalogue: Home + Control v1.0. Included by catalog.cpp only.
#pragma once

#include <array>

#include "core/cloud/catalog/eliot_operations.hpp"

namespace foyer::catalog {

inline constexpr Parameter hc_kind = {.name = "kind",
                                      .place = Place::path,
                                      .type = Type::enumeration,
                                      .required = true,
                                      .options =
                                          "light/lighting|plug/energy|automation/automation|remote/remote|"
                                          "heater/comfort|meter/energy"};
inline constexpr Parameter hc_status = {
    .name = "status", .type = Type::enumeration, .required = true, .preset = "on", .options = "on|off"};

inline constexpr std::array hc_plant = {plant_path};
inline constexpr std::array hc_module_status = {hc_kind, plant_path, module_path};
inline constexpr std::array hc_kind_status = {hc_kind, plant_path};
inline constexpr std::array hc_switch = {plant_path, module_path, hc_status};
inline constexpr std::array hc_level = {plant_path, module_path,
                                        Parameter{.name = "level",
                                                  .type = Type::integer,
                                                  .required = true,
                                                  .preset = "50",
                                                  .least = 0,
                                                  .most = 100,
                                                  .step = 1,
                                                  .unit = "%"}};
inline constexpr std::array hc_position = {plant_path, module_path,
                                           Parameter{.name = "level",
                                                     .type = Type::integer,
                                                     .required = true,
                                                     .preset = "100",
                                                     .least = 0,
                                                     .most = 100,
                                                     .step = 100,
                                                     .unit = "%"}};
inline constexpr std::array hc_stop = {plant_path, module_path,
                                       Parameter{.name = "level", .type = Type::constant, .preset = "-1"}};
inline constexpr std::array hc_many = {
    hc_kind,
    plant_path,
    Parameter{.name = "ids", .type = Type::json, .preset = "[]"},
    Parameter{.name = "status", .type = Type::enumeration, .options = "on|off"},
    Parameter{.name = "level", .type = Type::integer, .least = 0, .most = 100, .step = 1, .unit = "%"},
};
inline constexpr std::array hc_ambient = {
    plant_path,
    Parameter{.name = "ambient", .place = Place::path, .required = true, .source = Source::ambient},
    hc_status};
inline constexpr std::array hc_scene = {
    plant_path, module_path, Parameter{.name = "enable", .type = Type::constant, .preset = "true"}};
inline constexpr std::array hc_subscribe = {
    Parameter{.name = "plant", .required = true, .source = Source::plant, .wire = "plantid"}};
inline constexpr std::array hc_consumptions = {portal_address};

inline constexpr std::array hc_operations = {
    Operation{.id = "hc.plants", .title = "List the homes", .method = "GET", .path = "/hc/api/v1.0/plants"},
    Operation{.id = "hc.topology",
              .title = "Rooms and modules of a home",
              .method = "GET",
              .path = "/hc/api/v1.0/plants/{plant}/topology",
              .parameters = hc_plant},
    Operation{.id = "hc.status",
              .title = "State of all modules of a home",
              .method = "GET",
              .path = "/hc/api/v1.0/plants/{plant}",
              .parameters = hc_plant,
              .note = "The whole home for one call."},
    Operation{
        .id = "hc.module_status",
        .title = "State of one module",
        .method = "GET",
        .path = "/hc/api/v1.0/{kind}/addressLocation/plants/{plant}/modules/parameter/id/value/{module}",
        .parameters = hc_module_status,
        .note = "Power drawn and battery are part of it."},
    Operation{.id = "hc.kind_status",
              .title = "State of all modules of one kind",
              .method = "GET",
              .path = "/hc/api/v1.0/{kind}/addressLocation/plants/{plant}",
              .parameters = hc_kind_status,
              .note = "The path was seen in a client, its answer never."},
    Operation{.id = "hc.light.set",
              .title = "Switch a light",
              .method = "POST",
              .path = "/hc/api/v1.0/light/lighting/addressLocation/plants/{plant}/modules/parameter/id/value/"
                      "{module}",
              .parameters = hc_switch,
              .command = absolute_write,
              .scope = "light.write"},
    Operation{.id = "hc.light.level",
              .title = "Dim a light",
              .method = "POST",
              .path = "/hc/api/v1.0/light/lighting/addressLocation/plants/{plant}/modules/parameter/id/value/"
                      "{module}",
              .parameters = hc_level,
              .command = absolute_write,
              .scope = "light.write"},
    Operation{
        .id = "hc.plug.set",
        .title = "Switch a plug",
        .method = "POST",
        .path = "/hc/api/v1.0/plug/energy/addressLocation/plants/{plant}/modules/parameter/id/value/{module}",
        .parameters = hc_switch,
        .command = absolute_write,
        .scope = "plug.write"},
    Operation{
        .id = "hc.heater.set",
        .title = "Switch a heater",
        .method = "POST",
        .path = "/hc/api/v1.0/heater/comfort/addressLocation/plants/{plant}/modules/parameter/id/value/"
                "{module}",
        .parameters = hc_switch,
        .command = absolute_write,
        .note = "The operation exists; its body was never published and is assumed to be that of a plug."},
    Operation{.id = "hc.automation.set",
              .title = "Open or close a shutter",
              .method = "POST",
              .path =
                  "/hc/api/v1.0/automation/automation/addressLocation/plants/{plant}/modules/parameter/id/"
                  "value/{module}",
              .parameters = hc_position,
              .command = absolute_write,
              .note = "Ends only: any level above 0 opens it fully."},
    Operation{.id = "hc.automation.stop",
              .title = "Stop a shutter",
              .method = "POST",
              .path =
                  "/hc/api/v1.0/automation/automation/addressLocation/plants/{plant}/modules/parameter/id/"
                  "value/{module}",
              .parameters = hc_stop,
              .command = momentary_write},
    Operation{.id = "hc.many.set",
              .title = "Command several modules of one kind",
              .method = "POST",
              .path = "/hc/api/v1.0/{kind}/addressLocation/plants/{plant}",
              .parameters = hc_many,
              .command = absolute_write,
              .note = "ids is a list of module ids. The path was seen in a client, what it does is assumed."},
    Operation{.id = "hc.ambient.plugs",
              .title = "Switch all plugs of a room",
              .method = "POST",
              .path = "/hc/api/v1.0/plug/energy/addressLocation/plants/{plant}/ambients/parameter/id/value/"
                      "{ambient}",
              .parameters = hc_ambient,
              .command = absolute_write,
              .scope = "plug.write",
              .note = "The operation is documented; the path is drawn from its neighbours."},
    Operation{.id = "hc.scenes",
              .title = "Scenes of a home",
              .method = "GET",
              .path = "/hc/api/v1.0/scene/comfort/addressLocation/plants/{plant}",
              .parameters = hc_plant},
    Operation{.id = "hc.scene.run",
              .title = "Run a scene",
              .method = "POST",
              .path = "/hc/api/v1.0/scene/comfort/addressLocation/plants/{plant}/modules/parameter/id/value/"
                      "{module}",
              .parameters = hc_scene,
              .command = momentary_write},
    Operation{.id = "hc.subscribe",
              .title = "Subscribe to notifications of a home",
              .method = "POST",
              .path = "/hc/api/v1.0/addsubscription",
              .parameters = hc_subscribe,
              .command = absolute_write,
              .note = "The address that is called was registered by Legrand before, on request."},
    Operation{
        .id = "hc.consumptions",
        .title = "Consumption history of an energy meter",
        .method = "GET",
        .path = "{address}",
        .parameters = hc_consumptions,
        .note = "Address and answer are shown on the portal's operation page only; copy the address there."},
};

inline constexpr Api hc_api = {"hc", "Home + Control v1.0",
                               "Retired at the end of 2023; its products moved to Netatmo Connect.",
                               hc_operations};

}  // namespace foyer::catalog
