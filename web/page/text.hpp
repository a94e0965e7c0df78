// Runs of letters that Inter has not, measured and drawn by the browser: 2D canvas, the system's fonts.
#pragma once

#include "shell/look/runs.hpp"

namespace foyer::web {

class BrowserText final : public shell::RunHost {
 public:
  float width(const std::string& run, float em, bool semibold) override;
  void draw(const std::string& run, float em, bool semibold, std::uint32_t color,
            const Picture& into) override;
};

}  // namespace foyer::web
