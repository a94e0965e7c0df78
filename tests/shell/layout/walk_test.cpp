// Every view at every size of a canvas, text size, pointer and language: what is on it lies in its card and
// on the page, nothing lies on anything else, nothing is cut without its whole text being at hand, targets
// are large enough, and what is fixed to an edge covers nothing.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "core/app/state/words.hpp"
#include "shell/look/type.hpp"
#include "tests/shell/comfort_states.hpp"
#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

struct Looked {
  const char* name;
  State state;
};

std::vector<Looked> pages() {
  std::vector<Looked> all;
  const auto add = [&](const char* name, State state, Route::View view) -> State& {
    all.push_back({name, std::move(state)});
    all.back().state.route.view = view;
    return all.back().state;
  };
  add("home", test::pictured_home(), Route::View::home);
  State& arranged = add("arranged home", test::pictured_home(), Route::View::home);
  arranged.arrangement.favourites = {"demo:floor", "demo:dish"};
  arranged.arrangement.folded = {"demo:kitchen"};
  arranged.undo = Undo{1, "4 switched off", {}};
  add("room", test::pictured_home(), Route::View::ambient).route.ambient = AmbientId("demo:kitchen");
  add("thermostat", test::with_thermostat(), Route::View::module);
  add("dimmer", test::pictured_home(), Route::View::module).route.module = ModuleId("demo:floor");
  add("shutter", test::pictured_home(), Route::View::module).route.module = ModuleId("demo:balcony");
  add("scenes", test::pictured_home(), Route::View::scenes);
  add("energy", test::pictured_home(), Route::View::energy);
  all.push_back({"plans", test::with_plans()});
  all.push_back({"changed plan", test::with_changes()});
  all.push_back({"broken plan", test::with_broken_plan()});
  all.push_back({"history", test::with_history()});
  all.push_back({"history of a year", test::with_history(history::Period::year)});
  all.push_back({"temperatures", test::with_temperatures()});
  add("topology", test::pictured_home(), Route::View::topology);
  State& radio = add("radio", test::pictured_home(), Route::View::topology);
  for (Module& module : radio.plants[0].modules) {
    module.set_reading({.aspect = Aspect::radio_strength, .value = 78.0, .received = test::evening()});
    module.set_reading({.aspect = Aspect::firmware, .value = std::string("46"), .received = test::evening()});
  }
  add("no gateway", test::with_plans(), Route::View::topology);
  add("heated home", test::with_plans(), Route::View::home);
  add("heated room", test::with_plans(), Route::View::ambient).route.ambient = AmbientId("netatmo:1");
  add("homes", test::pictured_home(), Route::View::homes);
  add("problems", test::for_developers(Route::View::problems), Route::View::problems);
  add("console", test::for_developers(Route::View::console), Route::View::console);
  State& form = add("form", test::for_developers(Route::View::console), Route::View::console);
  form.console.operation = "hc.light.level";
  form.console.values = {{"plant", "p1"}, {"module", "m1"}, {"level", "400"}};
  add("journal", test::for_developers(Route::View::journal), Route::View::journal);
  add("setup of which vendor", test::for_developers(Route::View::setup), Route::View::setup);
  State legrand = test::for_developers(Route::View::setup);
  legrand.key_step = 1;
  legrand.accounts.front().simulated = false;
  add("setup", legrand, Route::View::setup);
  add("setup at Netatmo", legrand, Route::View::setup).accounts.front().providers = {"netatmo"};
  add("settings", test::for_developers(Route::View::settings), Route::View::settings);
  State& out = add("signed out", test::pictured_home(), Route::View::settings);
  out.accounts[0].session.status = oauth::Status::signed_out;
  State& ended = add("welcome", test::welcome(), Route::View::welcome);
  ended.accounts[1].session.because = oauth::SignedOutBecause::expired;
  add("welcome to the demo", test::welcome(), Route::View::welcome).accounts.pop_back();
  add("loading", test::loading(), Route::View::home);
  return all;
}

// Every text of the program 40 % longer; places for values stay.
std::string longer(const std::string& english) {
  std::string out = "xx";
  std::size_t from = english.find('\n') + 1;
  for (bool first = true; from < english.size(); first = false) {
    (void)first;
    const std::size_t end = english.find('\n', from);
    std::string text = english.substr(from, end - from);
    const std::size_t more = (text.size() * 2 + 4) / 5;
    std::string tail;
    for (std::size_t at = 0; tail.size() < more && !text.empty(); ++at)
      tail += at % 9 == 4 ? " " : "ëïöüñ" + std::string();
    out += "\n" + text + tail.substr(0, tail.size() - tail.size() % 10);
    from = end + 1;
  }
  return out + "\n";
}

std::string read(const std::string& name) {
  std::ifstream file(std::string(FOYER_WORDS_DIR) + "/" + name + ".words");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x + 1 < b.x + b.w && b.x + 1 < a.x + a.w && a.y + 1 < b.y + b.h && b.y + 1 < a.y + a.h;
}
bool within(const Rect& inner, const Rect& outer, float slack = 1) {
  return inner.x >= outer.x - slack && inner.y >= outer.y - slack &&
         inner.x + inner.w <= outer.x + outer.w + slack && inner.y + inner.h <= outer.y + outer.h + slack;
}

// What is wrong with a page; empty when nothing is.
class Walk {
 public:
  Walk(const Page& page, bool touch) : page_(page), touch_(touch) {}
  std::string look() {
    layers();
    for (std::size_t layer = 0; layer < kLayers; ++layer)
      if (page_.areas[layer].used) items(static_cast<Layer>(layer));
    targets();
    order();
    return std::move(wrong_);
  }

 private:
  void say(const std::string& what) {
    if (wrong_.size() < 600) wrong_ += "\n    " + what;
  }
  static std::string text(const Rect& r) {
    return " [" + std::to_string(static_cast<int>(r.x)) + "," + std::to_string(static_cast<int>(r.y)) + " " +
           std::to_string(static_cast<int>(r.w)) + "x" + std::to_string(static_cast<int>(r.h)) + "]";
  }

  // What is fixed has its own part of the canvas.
  void layers() {
    for (const Layer one : {Layer::main, Layer::rail, Layer::panel, Layer::bar})
      for (const Layer two : {Layer::rail, Layer::panel, Layer::bar})
        if (one < two && page_.area(one).used && page_.area(two).used &&
            overlap(page_.area(one).clip, page_.area(two).clip))
          say("layers lie on each other");
  }

  void items(Layer layer) {
    const Area& area = page_.area(layer);
    const bool own = own_origin(layer);
    const Rect room{own ? 0 : area.clip.x, 0, area.clip.w, std::max(area.extent, area.clip.h)};
    std::vector<const Item*> seen, grounds;
    for (const Group& group : page_.groups) {
      if (group.layer != layer) continue;
      for (std::uint32_t at = group.first; at < group.last; ++at) {
        const Item& item = page_.items[at];
        if (item.rect.y < group.top || item.rect.y + item.rect.h > group.bottom)
          say("reaches out of its group: " + item.text + text(item.rect));
        if (!within(item.rect, room)) say("reaches out of the page: " + item.text + text(item.rect));
        if (item.kind == Item::Kind::text && !item.text.empty()) {
          seen.push_back(&item);
          inside_ground(item, grounds);
          cut(item, layer);
        } else if (item.kind == Item::Kind::icon) {
          seen.push_back(&item);
          inside_ground(item, grounds);
        } else if (item.kind == Item::Kind::box && (item.fill != Token::none || item.edge != Token::none)) {
          grounds.push_back(&item);
        } else if (item.kind == Item::Kind::toggle || item.kind == Item::Kind::slider) {
          seen.push_back(&item);
          inside_ground(item, grounds);
        }
      }
    }
    std::ranges::sort(seen, {}, [](const Item* item) { return item->rect.y; });
    for (std::size_t one = 0; one < seen.size(); ++one)
      for (std::size_t two = one + 1; two < seen.size(); ++two) {
        if (seen[two]->rect.y > seen[one]->rect.y + seen[one]->rect.h) break;
        if (overlap(seen[one]->rect, seen[two]->rect))
          say("on each other: " + seen[one]->text + text(seen[one]->rect) + " / " + seen[two]->text +
              text(seen[two]->rect));
      }
  }

  // The card it stands on holds it whole.
  void inside_ground(const Item& item, const std::vector<const Item*>& grounds) {
    const float x = item.rect.x + item.rect.w / 2, y = item.rect.y + item.rect.h / 2;
    for (auto at = grounds.rbegin(); at != grounds.rend(); ++at) {
      const Rect& ground = (*at)->rect;
      if (ground.h < 8 || ground.w < 8) continue;  // rules and bars
      if (x < ground.x || x > ground.x + ground.w || y < ground.y || y > ground.y + ground.h) continue;
      if (!within(item.rect, ground))
        say("reaches out of its card: " + item.text + text(item.rect) + text(ground));
      return;
    }
  }

  void cut(const Item& item, Layer layer) {
    const std::string_view shown = item.text;
    if (!shown.ends_with("…")) return;
    for (const Node& node : page_.nodes)
      if (node.name.contains(shown) || node.value_text.contains(shown) || node.description.contains(shown))
        return;
    const std::string_view head = shown.substr(0, shown.size() - std::string_view("…").size());
    for (std::size_t at = 0; at < page_.nodes.size(); ++at)
      if (page_.places[at].layer == layer && page_.nodes[at].title.contains(head) &&
          !page_.nodes[at].title.empty() && within(item.rect, page_.places[at].rect, 8))
        return;
    say("cut, and nowhere whole: " + item.text + text(item.rect));
  }

  void targets() {
    const float least = touch_ ? 44 : 24;
    std::vector<std::size_t> all;
    for (std::size_t at = 0; at < page_.nodes.size(); ++at) {
      if (!page_.nodes[at].operable || page_.places[at].far) continue;
      const Rect& rect = page_.places[at].rect;
      if (rect.w < least - 0.1F || rect.h < least - 0.1F)
        say("small target: " + page_.nodes[at].id + text(rect));
      all.push_back(at);
    }
    for (std::size_t one = 0; one < all.size(); ++one)
      for (std::size_t two = one + 1; two < all.size(); ++two) {
        const Rect &a = page_.places[all[one]].rect, &b = page_.places[all[two]].rect;
        if (page_.places[all[one]].layer != page_.places[all[two]].layer || !overlap(a, b)) continue;
        // A card that can be pressed holds its controls.
        const Node &outer = page_.nodes[all[one]], &inner = page_.nodes[all[two]];
        if (outer.role == Role::link && outer.parent == inner.parent && within(b, a, 0.5F)) continue;
        say("targets on each other: " + outer.id + text(a) + " / " + inner.id + text(b));
      }
  }

  // Read one after the other, they go down, or to the right.
  void order() {
    std::map<std::string_view, std::size_t> before;
    for (std::size_t at = 0; at < page_.nodes.size(); ++at) {
      const auto last = before.find(page_.nodes[at].parent);
      if (last != before.end()) {
        const Rect &a = page_.places[last->second].rect, &b = page_.places[at].rect;
        if (page_.places[last->second].layer == page_.places[at].layer && b.y + b.h < a.y && b.x < a.x + a.w)
          say("read after what is below it: " + page_.nodes[at].id + text(b) + " after " +
              page_.nodes[last->second].id + text(a));
      }
      before[page_.nodes[at].parent] = at;
    }
  }

  const Page& page_;
  bool touch_;
  std::string wrong_{};
};

struct Canvas {
  float width, height;
};
constexpr Canvas kCanvases[] = {{320, 640}, {360, 740},  {390, 844},  {768, 1024},
                                {844, 390}, {1100, 800}, {1440, 900}, {1920, 1080}};

class Language : public testing::TestWithParam<const char*> {
 protected:
  ~Language() override { use_words(""); }
};

TEST_P(Language, EveryViewIsTidyAtEverySizeTextSizeAndPointer) {
  test::Stage stage(test::pictured_home());  // lends its fonts
  const std::string name = GetParam();
  std::string file = name == "en" ? "" : read(name == "xx" ? "en" : name);
  if (name == "xx") file = longer(file);
  ASSERT_TRUE(name == "en" || file.size() > 1000) << "no words in " FOYER_WORDS_DIR;
  ASSERT_TRUE(use_words(file));
  int walked = 0, failed = 0;
  std::string report;
  std::map<std::string, int> reported;  // by page: the first few
  for (const Looked& one : pages())
    for (const float scale : {1.0F, 1.3F, 2.0F, 4.0F})
      for (const bool touch : {false, true})
        for (const Canvas& canvas : kCanvases) {
          Interface interface([](Intent) {});
          Appearance look;
          look.text_scale = scale;
          look.touch = touch;
          interface.set_appearance(look);
          interface.build_semantics(one.state, stage.time, canvas.width, canvas.height);
          ++walked;
          const std::string wrong = Walk(interface.page(), touch).look();
          if (wrong.empty()) continue;
          ++failed;
          if (const auto at = reported.find(one.name); at == reported.end() || at->second < 3)
            ++reported[one.name], report += std::string("\n  ") + one.name + " at " +
                                            std::to_string(static_cast<int>(canvas.width)) + "x" +
                                            std::to_string(static_cast<int>(canvas.height)) + ", text " +
                                            std::to_string(scale).substr(0, 3) +
                                            (touch ? ", touch" : ", mouse") + ":" + wrong;
        }
  EXPECT_EQ(failed, 0) << "of " << walked << report;
  EXPECT_GE(walked, 1000);
}

INSTANTIATE_TEST_SUITE_P(Layout, Language, testing::Values("en", "fr", "it", "de", "es", "xx"),
                         [](const auto& one) { return std::string(one.param); });

TEST(Walk, SeesWhatIsWrong) {
  test::Stage stage(test::pictured_home());
  const auto look = [&](auto spoil) {
    Page page = stage.interface.page();
    spoil(page);
    return Walk(page, false).look();
  };
  ASSERT_EQ(look([](Page&) {}), "");
  const int lamp = stage.interface.page().find("module/demo:ceiling/on_off");
  EXPECT_TRUE(look([&](Page& page) {
                page.places[static_cast<std::size_t>(lamp)].rect.w = 20;
              }).contains("small target"));
  EXPECT_TRUE(look([&](Page& page) {
                page.places[static_cast<std::size_t>(lamp)].rect =
                    page.places[static_cast<std::size_t>(page.find("refresh"))].rect;
              }).contains("targets on each other"));
  const auto words = [](Page& page) -> Item& {
    for (Item& item : page.items)
      if (item.text == "Floor lamp") return item;
    return page.items[0];
  };
  EXPECT_TRUE(look([&](Page& page) { words(page).rect.x -= 40; }).contains("reaches out of its card"));
  EXPECT_TRUE(look([&](Page& page) { words(page).rect.y += 10; }).contains("on each other"));
  EXPECT_TRUE(look([&](Page& page) { words(page).text = "Flo…"; }).contains("nowhere whole"));
  EXPECT_TRUE(look([&](Page& page) { words(page).rect.x = 1400; }).contains("out of the page"));
  EXPECT_TRUE(look([](Page& page) { page.area(Layer::rail).clip.w += 10; }).contains("layers lie on"));
}

}  // namespace
}  // namespace foyer::shell
