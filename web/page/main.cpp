// The functions that JavaScript calls (screen.mjs, main.mjs); one page per program.
//
// Texts are NUL-terminated UTF-8 that the caller owns; an answer that is a text lives until the next call.
#include <emscripten/em_macros.h>

#include <cstdlib>
#include <string>

#include "shell/words.hpp"
#include "web/page/page.hpp"

namespace {

foyer::web::Page& page() {
  static foyer::web::Page only;
  return only;
}

std::string answer;

const char* reply(std::string text) {
  answer = std::move(text);
  return answer.c_str();
}

}  // namespace

extern "C" {

// "" or "field\nwhat is expected".
EMSCRIPTEN_KEEPALIVE const char* foyer_configure(const char* config, const char* base) {
  const auto error = page().configure(config, base);
  return reply(error ? error->field + "\n" + error->message : std::string{});
}
EMSCRIPTEN_KEEPALIVE bool foyer_simulated_only() { return page().simulated_only(); }
EMSCRIPTEN_KEEPALIVE bool foyer_simulates() { return page().simulates(); }
// Three lines: a new version waits, the button that begins it, the button that puts the message away.
EMSCRIPTEN_KEEPALIVE const char* foyer_update_words() {
  using foyer::shell::W, foyer::shell::word;
  return reply(std::string(word(W::update_ready)) + "\n" + std::string(word(W::update_now)) + "\n" +
               std::string(word(W::update_later)));
}
EMSCRIPTEN_KEEPALIVE bool foyer_show() { return page().show(); }
EMSCRIPTEN_KEEPALIVE void foyer_start(const char* url, const char* route) { page().start(url, route); }
EMSCRIPTEN_KEEPALIVE void foyer_give_up(const char* why) { page().give_up(why); }

EMSCRIPTEN_KEEPALIVE void foyer_frame() { page().frame(); }
EMSCRIPTEN_KEEPALIVE void foyer_timer() { page().timer(); }
EMSCRIPTEN_KEEPALIVE void foyer_resize(float width, float height, float pixel_ratio) {
  page().resize(width, height, pixel_ratio);
}
// `colors`: system colours in the order of shell::Appearance as "rrggbb rrggbb …", or "".
EMSCRIPTEN_KEEPALIVE void foyer_appearance(bool dark, bool reduced_motion, bool forced_colors,
                                           bool more_contrast, bool touch, float text_scale,
                                           const char* colors) {
  foyer::shell::Appearance look;
  look.dark = dark;
  look.reduced_motion = reduced_motion;
  look.forced_colors = forced_colors;
  look.more_contrast = more_contrast;
  look.touch = touch;
  look.text_scale = text_scale;
  for (char* rest = nullptr; *colors != 0; colors = rest) {
    const unsigned long color = std::strtoul(colors, &rest, 16);
    if (rest == colors) break;
    look.system_colors.push_back(static_cast<std::uint32_t>(color));
  }
  page().appearance(std::move(look));
}
EMSCRIPTEN_KEEPALIVE void foyer_pointer(int kind, float x, float y, int button, bool touch) {
  page().pointer(static_cast<foyer::web::Pointer>(kind), x, y, button, touch);
}
EMSCRIPTEN_KEEPALIVE const char* foyer_link(float x, float y) {
  return reply(std::string(page().link_at(x, y)));
}
EMSCRIPTEN_KEEPALIVE void foyer_wheel(float dx, float dy) { page().wheel(dx, dy); }
// In the order of screen.mjs. All other keys belong to the mirror's elements.
EMSCRIPTEN_KEEPALIVE void foyer_key(int which) {
  constexpr ImGuiKey keys[] = {ImGuiKey_Escape,  ImGuiKey_Slash,     ImGuiKey_DownArrow,
                               ImGuiKey_UpArrow, ImGuiKey_LeftArrow, ImGuiKey_RightArrow};
  if (which >= 0 && which < 6) page().key(keys[which]);
}
EMSCRIPTEN_KEEPALIVE bool foyer_act(const char* node, int act, const char* text, double number) {
  return page().act(node, static_cast<foyer::shell::Act>(act), text, number);
}
EMSCRIPTEN_KEEPALIVE void foyer_route(const char* text) { page().route(text); }
EMSCRIPTEN_KEEPALIVE void foyer_outside(int event) {
  page().outside(static_cast<foyer::web::Outside>(event));
}
// A file of tools/words.mjs, or "" for English.
EMSCRIPTEN_KEEPALIVE void foyer_words(const char* file) { page().words(file); }
EMSCRIPTEN_KEEPALIVE void foyer_context(bool restored) { page().context(restored); }

// For people with the console open and for tests: frames, draws, and the last reasons.
EMSCRIPTEN_KEEPALIVE const char* foyer_report() {
  return reply(std::to_string(page().scheduler().frames()) + "\n" + std::to_string(page().draws()) + "\n" +
               page().scheduler().reasons());
}

}  // extern "C"
