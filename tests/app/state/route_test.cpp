// Deep links: what is written is read back, and what nobody wrote leads to the welcome page.
#include <gtest/gtest.h>

#include <array>

#include "core/app/state/state.hpp"

namespace foyer {
namespace {

using View = Route::View;

TEST(RouteTest, EveryViewIsReadBackFromItsLink) {
  const PlantId plant("hc:00aa");
  const std::array<Route, 12> routes{
      {{},
       {.view = View::home},
       {.view = View::home, .plant = plant},
       {.view = View::ambient, .plant = plant, .ambient = AmbientId("hc:0b01")},
       {.view = View::module, .plant = plant, .module = ModuleId("hc:11-22")},
       {.view = View::scenes, .plant = plant},
       {.view = View::energy, .plant = plant},
       {.view = View::topology, .plant = plant},
       {.view = View::energy},
       {.view = View::problems},
       {.view = View::console},
       {.view = View::settings}}};
  for (const Route& route : routes) {
    EXPECT_EQ(parse_route(to_text(route)), route) << to_text(route);
    EXPECT_EQ(parse_route("#" + to_text(route)), route) << to_text(route);
  }
}

TEST(RouteTest, LinksAreTheOnesThatAreDocumented) {
  EXPECT_EQ(to_text({.view = View::ambient, .plant = PlantId("hc:00aa"), .ambient = AmbientId("hc:0b01")}),
            "/home/hc:00aa/room/hc:0b01");
  EXPECT_EQ(to_text({.view = View::module, .plant = PlantId("hc:00aa"), .module = ModuleId("hc:1")}),
            "/home/hc:00aa/module/hc:1");
  EXPECT_EQ(to_text({.view = View::problems}), "/problems");
}

TEST(RouteTest, IdsOfAnyFormSurvive) {
  const Route route{.view = View::module, .plant = PlantId("hc:a/b?c#d"), .module = ModuleId("smarther:é %")};
  EXPECT_EQ(parse_route(to_text(route)), route);
  EXPECT_FALSE(to_text(route).contains('?'));
}

// A6: the way back from the sign-in is one of these, whatever somebody puts there.
TEST(RouteTest, EverythingElseIsTheWelcomePage) {
  for (const char* text : {"", "#", "/", "nonsense", "https://evil.example/", "//evil.example",
                           "/home/a/room", "/home/a/b/c", "/home/%zz", "/settings/x", "javascript:alert(1)"})
    EXPECT_EQ(parse_route(text), Route{}) << text;
  EXPECT_EQ(parse_route(std::string(5000, 'a')), Route{});
}

}  // namespace
}  // namespace foyer
