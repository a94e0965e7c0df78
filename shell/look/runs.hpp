// Runs of text that the interface's own font has no letters for, measured and drawn by the host: the page's
// browser, the window's text library. A run is drawn whole, so that letters join, stand in their order and
// emoji are themselves.
//
// Lengths are those of the caller, CSS pixels or pixels of the framebuffer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

struct ImDrawList;
struct ImVec2;

namespace foyer::shell {

// What a host lends. Its fonts are the system's; a letter that those lack too is its affair.
class RunHost {
 public:
  virtual ~RunHost() = default;
  // How far the run advances at that em size; ≥ 0.
  virtual float width(const std::string& run, float em, bool semibold) = 0;
  // Draws the run in that colour (0xRRGGBB) on nothing: `pixels` is `width` × `height` of R, G, B, A (not
  // premultiplied), all zero. The run begins at `left`, its baseline is `baseline` below the top.
  struct Picture {
    std::uint8_t* pixels;
    int width, height;
    float left, baseline;
  };
  virtual void draw(const std::string& run, float em, bool semibold, std::uint32_t color,
                    const Picture& into) = 0;
};

// `host` outlives all drawing. Null, as at the start: such letters are boxes.
void lend_runs(RunHost* host);

// The text in three: what the own font has, the host's run, what the own font has again. Where letters run
// from right to left it is all one run. Without a host everything is `before`.
struct Split {
  std::string_view before, run, after;
};
Split split_runs(std::string_view text);

// The end of the character that begins at `at` as people count them: with its marks, joiners and what is
// joined.
std::size_t character_end(std::string_view text, std::size_t at);

// CSS pixels.
float run_width(std::string_view run, float em, bool semibold);
// At framebuffer resolution, its baseline at `at.y`. `density`: framebuffer pixels per unit of `at` and `em`.
void draw_run(ImDrawList& list, std::string_view run, ImVec2 at, float em, bool semibold, std::uint32_t color,
              float density);
// The atlas is another one.
void forget_runs();

}  // namespace foyer::shell
