// Tables of the catalogue: Smarther and the smaller APIs of Legrand's own gateway. Included
// by catalog.cpp only.
#pragma once

#include <array>

#include "core/cloud/catalog/catalog.hpp"

namespace foyer::catalog {

using enum policy::CommandClass;

inline constexpr Parameter plant_path = {
    .name = "plant", .place = Place::path, .required = true, .source = Source::plant};
inline constexpr Parameter module_path = {
    .name = "module", .place = Place::path, .required = true, .source = Source::module};
// For operations whose address is shown only to who is signed in to the portal.
inline constexpr Parameter portal_address = {
    .name = "address", .place = Place::address, .required = true, .preset = "/"};

// --- Smarther v2.0 ---

inline constexpr std::array smarther_plant = {plant_path};
inline constexpr std::array smarther_module = {plant_path, module_path};
inline constexpr std::array smarther_set = {
    plant_path,
    module_path,
    Parameter{.name = "function",
              .type = Type::enumeration,
              .required = true,
              .preset = "heating",
              .options = "heating|cooling"},
    Parameter{.name = "mode",
              .type = Type::enumeration,
              .required = true,
              .preset = "automatic",
              .options = "automatic|manual|boost|off|protection"},
    Parameter{.name = "setpoint",
              .type = Type::number,
              .wire = "setPoint.value",
              .only_when = "mode=manual",
              .needed_when = "mode=manual",
              .preset = "20",
              .least = 3,
              .most = 40,
              .step = 0.1,
              .unit = "°C"},
    Parameter{.name = "unit", .type = Type::constant, .wire = "setPoint.unit", .preset = "\"C\""},
    Parameter{.name = "program",
              .type = Type::integer,
              .wire = "programs[].number",
              .only_when = "mode=automatic",
              .needed_when = "mode=automatic",
              .preset = "0",
              .least = 0,
              .most = 11,
              .step = 1},
    Parameter{.name = "activationTime",
              .only_when = "mode=manual|boost|off|protection",
              .needed_when = "mode=boost"},
};
inline constexpr std::array smarther_subscribe = {
    plant_path,
    Parameter{.name = "url", .required = true, .wire = "EndPointUrl", .preset = "https://"},
};
inline constexpr std::array smarther_unsubscribe = {
    plant_path,
    Parameter{.name = "subscription", .place = Place::path, .required = true},
};

inline constexpr std::array smarther_operations = {
    Operation{.id = "smarther.plants",
              .title = "List the homes",
              .method = "GET",
              .path = "/smarther/v2.0/plants",
              .scope = "topology.read",
              .note = "204 without a body: this person has no home here."},
    Operation{.id = "smarther.topology",
              .title = "Thermostats of a home",
              .method = "GET",
              .path = "/smarther/v2.0/plants/{plant}/topology",
              .parameters = smarther_plant,
              .scope = "topology.read"},
    Operation{.id = "smarther.status",
              .title = "State of a thermostat",
              .method = "GET",
              .path =
                  "/smarther/v2.0/chronothermostat/thermoregulation/addressLocation/plants/{plant}/modules/"
                  "parameter/id/value/{module}",
              .parameters = smarther_module,
              .scope = "comfort.read"},
    Operation{
        .id = "smarther.set",
        .title = "Command a thermostat",
        .method = "POST",
        .path = "/smarther/v2.0/chronothermostat/thermoregulation/addressLocation/plants/{plant}/modules/"
                "parameter/id/value/{module}",
        .parameters = smarther_set,
        .command = absolute_write,
        .scope = "comfort.write",
        .note = "activationTime is the end of the mode as the thermostat's own clock shows it, without a "
                "zone; a boost is start/end, 30, 60 or 90 minutes apart."},
    Operation{.id = "smarther.measures",
              .title = "Temperature and humidity of a thermostat",
              .method = "GET",
              .path =
                  "/smarther/v2.0/chronothermostat/thermoregulation/addressLocation/plants/{plant}/modules/"
                  "parameter/id/value/{module}/measures",
              .parameters = smarther_module,
              .scope = "comfort.read",
              .note = "The present values; there is no history."},
    Operation{.id = "smarther.programs",
              .title = "Weekly programmes of a thermostat",
              .method = "GET",
              .path =
                  "/smarther/v2.0/chronothermostat/thermoregulation/addressLocation/plants/{plant}/modules/"
                  "parameter/id/value/{module}/programlist",
              .parameters = smarther_module,
              .scope = "comfort.read",
              .note = "Programme 0 is built in; programmes are edited in the vendor's app only."},
    Operation{.id = "smarther.subscribe",
              .title = "Subscribe to notifications of a home",
              .method = "POST",
              .path = "/smarther/v2.0/plants/{plant}/subscription",
              .parameters = smarther_subscribe,
              .command = absolute_write,
              .scope = "comfort.read",
              .note = "409: there is one already, even for another address."},
    Operation{.id = "smarther.subscriptions",
              .title = "List the subscriptions",
              .method = "GET",
              .path = "/smarther/v2.0/subscription",
              .scope = "comfort.read",
              .note = "204 without a body: none."},
    Operation{.id = "smarther.unsubscribe",
              .title = "End a subscription",
              .method = "DELETE",
              .path = "/smarther/v2.0/plants/{plant}/subscription/{subscription}",
              .parameters = smarther_unsubscribe,
              .command = absolute_write,
              .scope = "comfort.read"},
};

// --- The smaller ones ---

inline constexpr Parameter socket_key = {.name = "by",
                                         .place = Place::path,
                                         .type = Type::enumeration,
                                         .required = true,
                                         .preset = "id",
                                         .options = "id|name|type"};
inline constexpr Parameter socket_value = {.name = "value", .place = Place::path, .required = true};
inline constexpr std::array multisocket_read = {plant_path, socket_key, socket_value};
inline constexpr std::array multisocket_set = {
    plant_path, socket_key, socket_value,
    Parameter{.name = "status", .type = Type::json, .required = true, .preset = "[true]"}};
inline constexpr std::array multisocket_operations = {
    Operation{.id = "multisocket.status",
              .title = "State of multi-sockets",
              .method = "GET",
              .path = "/multioutlet/plug/energy/addressLocation/plants/{plant}/parameter/{by}/value/{value}",
              .parameters = multisocket_read,
              .scope = "plug.read"},
    Operation{.id = "multisocket.set",
              .title = "Switch the sockets of a multi-socket",
              .method = "POST",
              .path = "/multioutlet/plug/energy/addressLocation/plants/{plant}/parameter/{by}/value/{value}",
              .parameters = multisocket_set,
              .command = absolute_write,
              .scope = "plug.write",
              .note = "One true or false for each socket of the strip, in its order."},
};

inline constexpr std::array myhome_plant = {plant_path};
inline constexpr std::array myhome_operations = {
    Operation{.id = "myhome.plants",
              .title = "List the buildings",
              .method = "GET",
              .path = "/myhomeup/v1.0/plants",
              .scope = "topology.read"},
    Operation{.id = "myhome.topology",
              .title = "Floors, rooms and modules of a building",
              .method = "GET",
              .path = "/myhomeup/v1.0/plants/{plant}/topology",
              .parameters = myhome_plant,
              .scope = "topology.read",
              .note = "The path is drawn from its neighbours."},
};

inline constexpr std::array classe_call = {portal_address};
inline constexpr std::array classe_operations = {
    Operation{
        .id = "classe.call_home",
        .title = "Ticket to call the door entry unit",
        .method = "GET",
        .path = "{address}",
        .parameters = classe_call,
        .scope = "audiovideoterminal.read",
        .note =
            "The ticket is for Legrand's Door Entry SDK and of no use without it. Copy the address, which "
            "holds the home's and the device's id, from the portal's operation page."},
};

inline constexpr std::array emergency_controllers = {
    portal_address, Parameter{.name = "site", .place = Place::query, .wire = "siteId"}};
inline constexpr std::array emergency_decode = {
    portal_address,
    Parameter{.name = "reference", .place = Place::query},
    Parameter{.name = "failureFlag", .place = Place::query},
};
inline constexpr std::array emergency_operations = {
    Operation{
        .id = "emergency.controllers",
        .title = "Emergency lighting of a site",
        .method = "GET",
        .path = "{address}",
        .parameters = emergency_controllers,
        .scope = "safety.read",
        .note =
            "Copy the address from the portal's operation page; leave the site out when it is part of it."},
    Operation{.id = "emergency.decode",
              .title = "What a failure flag means",
              .method = "GET",
              .path = "{address}",
              .parameters = emergency_decode,
              .scope = "safety.read",
              .note = "Copy the address from the portal's operation page; leave out what is part of it."},
};

inline constexpr Api smarther_api = {"smarther", "Smarther v2.0",
                                     "Thermostats X8000 without Netatmo. Alive, called legacy by its maker.",
                                     smarther_operations};
inline constexpr Api multisocket_api = {"multisocket", "Multisocket",
                                        "Wi-Fi sockets and strips. Whether it still answers is not known.",
                                        multisocket_operations};
inline constexpr Api myhome_api = {"myhome", "MyHOME_Up",
                                   "Buildings such as hotels. Whether it still answers is not known.",
                                   myhome_operations};
inline constexpr Api classe_api = {"classe", "Classe 100X16E and Easy Kit",
                                   "Door entry. Whether it still answers is not known.", classe_operations};
inline constexpr Api emergency_api = {"emergency", "Emergency lighting",
                                      "Safety luminaires of a site. Whether it still answers is not known.",
                                      emergency_operations};

}  // namespace foyer::catalog
