#include "web/page/text.hpp"

// page.js
extern "C" {
float foyer_run_width(const char* run, float em, bool semibold);
void foyer_run_draw(const char* run, float em, bool semibold, std::uint32_t color, std::uint8_t* pixels,
                    int width, int height, float left, float baseline);
}

namespace foyer::web {

float BrowserText::width(const std::string& run, float em, bool semibold) {
  return foyer_run_width(run.c_str(), em, semibold);
}

void BrowserText::draw(const std::string& run, float em, bool semibold, std::uint32_t color,
                       const Picture& into) {
  foyer_run_draw(run.c_str(), em, semibold, color, into.pixels, into.width, into.height, into.left,
                 into.baseline);
}

}  // namespace foyer::web
