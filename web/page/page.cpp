
#include "web/page/page.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

#include "shell/look/runs.hpp"
#include "shell/words.hpp"

extern "C" void foyer_page_tell(int what, const char* text, double number);  // page.js

namespace foyer::web {
namespace {

constexpr Millis kAges{60'000};  // without a canvas: how long ages may stand still

constexpr float kNotch = 100;  // pixels of a wheel's notch

}  // namespace

void tell(Tell what, const std::string& text, double number) {
  foyer_page_tell(static_cast<int>(what), text.c_str(), number);
}

Page::Page() : host_(ports_.host()) {
  scheduler_.ask_frame = [] { tell(Tell::frame, {}, 0); };
  scheduler_.set_timer = [](std::optional<Millis> in) {
    tell(Tell::timer, {}, in ? static_cast<double>(in->count()) : -1);
  };
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
  io.BackendPlatformName = "foyer";
  io.DisplaySize = {1, 1};
  shell::lend_runs(&text_);
}

// What the page's own policy would block later, without a word to anybody, is said at once.
std::optional<Error> Page::beyond_policy(const Config& config) {
  for (std::size_t i = 0; i < config.clouds.size(); ++i) {
    const CloudConfig& cloud = config.clouds[i];
    for (const auto& [name, url] :
         {std::pair{"token_endpoint", &cloud.oauth.token_endpoint},
          std::pair{"jwks_uri", &cloud.oauth.jwks_uri}, std::pair{"api_base", &cloud.api.base}}) {
      if (url->empty() || host_.navigator.may_connect(*url)) continue;
      const std::string field = "clouds[" + std::to_string(i) + "]." + name;
      return Error{ErrorKind::config, "P1",
                   "config.json: " + field +
                       ": expected an address of the page's own origin, where its relay is; " +
                       "another one has to stand in connect-src in index.html, too",
                   field};
    }
  }
  return std::nullopt;
}

std::optional<Error> Page::configure(std::string_view text, std::string_view base) {
  Result<Config> config = read_config(text, {.base = base, .in_page = true});
  if (!config) return config.error();
  if (auto beyond = beyond_policy(*config)) return beyond;
  simulated_only_ = std::ranges::all_of(config->clouds, &CloudConfig::simulated);
  simulates_ = std::ranges::any_of(config->clouds, &CloudConfig::simulated);
  controller_ = std::make_unique<Controller>(host_, std::move(*config));
  controller_->on_change = [this] { scheduler_.request("state"); };
  controller_->on_route = [](const Route& to, bool replace) {
    tell(Tell::route, to_text(to), replace ? 1 : 0);
  };
  controller_->on_back = [](const Route& otherwise) { tell(Tell::back, to_text(otherwise), 0); };
  shell_ = std::make_unique<shell::Shell>(*controller_, host_.clock);
  return std::nullopt;
}

bool Page::show() {
  const bool drawing = canvas_.open();
  shell_->load_fonts(ImGui::GetIO().DisplayFramebufferScale.x);
  scheduler_.request("start");
  return drawing;
}

void Page::start(std::string url, std::string route) {
  controller_->start(std::move(url), std::move(route));
  scheduler_.request("start");
}

void Page::give_up(std::string why) { controller_->give_up(std::move(why)); }

void Page::resize(float width, float height, float pixel_ratio) {
  width_ = width;
  height_ = height;
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {std::max(1.0F, width), std::max(1.0F, height)};
  io.DisplayFramebufferScale = {pixel_ratio, pixel_ratio};
  scheduler_.request("resize");
}

void Page::appearance(shell::Appearance look) {
  if (pointed_) look.touch = look_.touch;
  look_ = std::move(look);
  shell_->set_appearance(look_);
  scheduler_.request("appearance");
}

void Page::pointer(Pointer kind, float x, float y, int button, bool touch) {
  ImGuiIO& io = ImGui::GetIO();
  if (kind == Pointer::down) {
    pointed_ = true;
    by_touch_ = touch;
  }
  io.AddMouseSourceEvent(touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
  const bool away = kind == Pointer::leave || kind == Pointer::cancel;
  // A cancelled press is let go outside of everything: nothing is pressed by it.
  if (away) {
    io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  } else {
    io.AddMousePosEvent(x, y);
  }
  if (kind != Pointer::move && kind != Pointer::leave && button >= 0 && button < 3)
    io.AddMouseButtonEvent(button, kind == Pointer::down);
  if (touch && kind == Pointer::up)
    io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);  // a lifted finger hovers nowhere
  scheduler_.request(kind == Pointer::move ? "pointer moved" : "pointer");
}

void Page::wheel(float dx, float dy) {
  ImGui::GetIO().AddMouseWheelEvent(-dx / kNotch, -dy / kNotch);
  scheduler_.request("wheel");
}

void Page::key(ImGuiKey key) {
  ImGui::GetIO().AddKeyEvent(key, true);
  ImGui::GetIO().AddKeyEvent(key, false);
  scheduler_.request("key");
}

bool Page::act(std::string_view node, shell::Act act, std::string_view text, double number) {
  const bool done = shell_->act(node, act, text, number);
  if (act == shell::Act::focus) {
    focus_ = node;  // the element has it already
  } else if (act == shell::Act::blur && focus_ == node) {
    focus_.clear();
  }
  scheduler_.request("mirror");
  return done;
}

void Page::route(std::string_view text) { controller_->dispatch(intent::Go{parse_route(text)}); }

void Page::outside(Outside event) {
  switch (event) {
    case Outside::offline:
    case Outside::online:
      controller_->set_online(event == Outside::online);
      break;
    case Outside::hidden:
    case Outside::visible:
      if (event == Outside::hidden) ImGui::GetIO().AddFocusEvent(false);
      scheduler_.set_visible(event == Outside::visible);
      controller_->set_visible(event == Outside::visible);
      break;
    case Outside::resumed:
      controller_->resumed();
      break;
  }
}

void Page::context(bool restored) {
  restored ? canvas_.restored() : canvas_.lost();
  scheduler_.request(restored ? "context restored" : "context lost");
}

void Page::words(std::string file) {
  shell::use_words(std::move(file));  // of another edition: the words stay as they are
  controller_->words_changed();
}

shell::FrameNeed Page::draw() {
  ImGuiIO& io = ImGui::GetIO();
  if (!canvas_.drawing()) {
    shell_->build_semantics(width_, height_);
    io.ClearEventsQueue();
    return {kAges, "ages"};
  }
  const Steady now = host_.clock.steady();
  io.DeltaTime = std::clamp(static_cast<float>((now - drawn_at_).count()) / 1000.0F, 0.001F, 1.0F);
  drawn_at_ = now;
  canvas_.begin_frame();
  ImGui::NewFrame();
  const shell::FrameNeed need = shell_->draw(width_, height_);
  ImGui::Render();
  canvas_.render();
  ++draws_;
  return need;
}

void Page::frame() {
  if (!shell_ || width_ < 1) return;
  scheduler_.begin();
  const shell::FrameNeed need = draw();
  take_pointer();
  tell_changes();
  scheduler_.end(need, !ImGui::GetCurrentContext()->InputEventsQueue.empty());
}

// Targets grow for a finger: after its press has ended, so that nothing moves away under it.
void Page::take_pointer() {
  if (!pointed_ || by_touch_ == look_.touch || ImGui::IsMouseDown(ImGuiMouseButton_Left) ||
      !ImGui::GetCurrentContext()->InputEventsQueue.empty())
    return;
  look_.touch = by_touch_;
  shell_->set_appearance(look_);
  scheduler_.request("pointer");
}

void Page::tell_changes() {
  if (semantics_ != shell_->semantics_version()) {
    semantics_ = shell_->semantics_version();
    if (const std::string difference = mirror_.push(shell_->nodes()); !difference.empty())
      tell(Tell::mirror, difference, 0);
  }
  // What is to be focused may come with the next picture only: it is told when its element is there.
  if (std::string focused(shell_->focused());
      focus_ != focused && (focused.empty() || mirror_.knows(focused))) {
    focus_ = std::move(focused);
    tell(Tell::focus, focus_, 0);
  }
  if (std::string title = shell_->title(); title != title_ || open_ != shell_->open()) {
    title_ = std::move(title);
    open_ = shell_->open();
    tell(Tell::title, title_, open_);
  }
  if (announced_ != shell_->announcement_number()) {
    announced_ = shell_->announcement_number();
    tell(Tell::announce, std::string(shell_->announcement()), 0);
  }
  if (theme_ != controller_->state().theme) {
    theme_ = controller_->state().theme;
    tell(Tell::theme, *theme_ == Theme::dark ? "dark" : *theme_ == Theme::light ? "light" : "", 0);
  }
  if (language_ != controller_->state().language) {
    language_ = controller_->state().language;
    tell(Tell::language, *language_, 0);
  }
  const ImGuiMouseCursor wanted = ImGui::GetMouseCursor();
  const int cursor = wanted == ImGuiMouseCursor_Hand ? 1 : wanted == ImGuiMouseCursor_TextInput ? 2 : 0;
  if (cursor != cursor_ && canvas_.drawing()) {
    cursor_ = cursor;
    tell(Tell::cursor, {}, cursor);
  }
}

}  // namespace foyer::web
