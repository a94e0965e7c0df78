// The registry of views: core/app/state/views.def, with what the shell needs of each row.
#pragma once

#include <span>

#include "shell/layout/builder.hpp"

namespace foyer::shell {

// Where the navigation shows a view.
enum class Entry : std::uint8_t { none, rail, tab };

struct ViewRow {
  Route::View view, under;
  W name;
  Icon icon;
  Entry entry;  // in the navigation
  void (*build)(Builder& b);
};
std::span<const ViewRow> all_views();  // in the order of the navigation
const ViewRow& row_of(Route::View view);
// The view of a plant's, of the plant on show; without one, of the first there will be.
Route route_to(const State& state, Route::View view);
// The view of a module; with `room`, from the view of that room.
Route route_to(const Plant& plant, const Module& module, const AmbientId& room = {});

// Chooses by route.
void build_page(Builder& b);
bool shows_welcome(const State& state);
bool shows_panel(const State& state, const Metrics& m);
// How the canvas is shared: what is fixed to an edge has its room, the view has what is left.
struct Areas {
  Rect rail{}, main{}, panel{}, bar{};
};
Areas areas(Builder& b);

void build_skips(Builder& b);  // to content, navigation and search
void build_rail(Builder& b, Rect area);
void build_tabs(Builder& b);          // what stands in the bar
void build_menu(Builder& b);          // the open menu, above everything
int open_problems(const Builder& b);  // what needs somebody, in all homes
void build_problem(Builder& b, const Problem& problem);
void build_wait(Builder& b, Part part);  // in the place of what comes later

// [[gnu::noinline]]: called by what is there at once. Inlined into it, they would no longer come later.
//
// Only when a home is here (Part::homes).
// The names that are shown, wherever one is: the person's, else the cloud's; of a device without one what it
// is, of a home without one its cloud's.
std::string shown_name(const State& state, const Module& module);
std::string shown_name(const State& state, const Ambient& room);
std::string shown_name(const State& state, const Gateway& gateway);
std::string shown_name(const State& state, const Plant& plant);
std::string room_name(const State& state, const Plant& plant, const AmbientId& id);  // or nothing
std::string cloud_name(const State& state,
                       const Plant& plant);  // of where it comes from; nothing where it is the only one
[[gnu::noinline]] void build_popup(Builder& b, int anchor);  // what the menu of that node holds
[[gnu::noinline]] void build_toast(Builder& b);              // what was done, and the way back
void build_wall(Builder& b);                                 // only it, on the whole canvas
bool is_wall(const State& state);
void build_chips(Builder& b, const Plant& plant);         // heating, what is on, what it uses, open windows
void build_quick_scenes(Builder& b, const Plant& plant);  // to be run at once
void build_home_head(Builder& b, const Plant& plant);     // what matters now, above the rooms
void build_found(Builder& b);                        // what a search found beside the devices of this home
[[gnu::noinline]] void build_attention(Builder& b);  // devices that need somebody, for the list of problems

// Only when Part::tools is here.
[[gnu::noinline]] void build_module_missing(Builder& b);
[[gnu::noinline]] void build_doctor(Builder& b);
[[gnu::noinline]] void build_report(Builder& b);  // of a fault
void build_controls(Builder& b, const Module& module);
[[gnu::noinline]] bool shows_plan_panel(const State& state, const Metrics& m);
[[gnu::noinline]] void build_plan_panel(Builder& b);
// How a device, a room, a home is shown on this device.
void build_arrangement(Builder& b, const Module& module);
// What the id of a tile's link has before the module's; before it, in some lists, "favourite/" and the like.
inline constexpr std::string_view kTile = "module/";
// Of a tile that was held: its node's id is the anchor of the menu (home_tiles.hpp).
bool has_tile_menu(std::string_view id);
[[gnu::noinline]] void build_tile_menu(Builder& b, std::string_view id);
void build_arrangement(Builder& b, const Plant& plant, const Ambient& room);
void build_arrangement(Builder& b, const Plant& plant);

// The builders of the registry.
#define VIEW(name, text, kind, under, part, word, icon, entry, builder) void builder(Builder& b);
#include "core/app/state/views.def"
#undef VIEW

}  // namespace foyer::shell
