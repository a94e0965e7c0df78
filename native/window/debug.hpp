// Debug panels over the interface (key F12): journal, quota ledger, token clocks without secrets, semantic
// tree, reasons of frames, fault switches of the simulated cloud.
#pragma once

#include "core/app/controller.hpp"
#include "native/window/frames.hpp"
#include "native/window/simulator.hpp"
#include "shell/shell.hpp"

namespace foyer::native {

class DebugPanels {
 public:
  struct Sources {
    const Controller& controller;
    const shell::Shell& shell;
    const Clock& clock;
    const Frames& frames;
    Simulator& simulator;
  };
  explicit DebugPanels(Sources sources) : from_(sources) {}

  bool open = false;
  // Between NewFrame and Render, after the shell has drawn.
  void draw(float width, float height);

 private:
  void journal() const;
  void quota() const;
  void tokens() const;
  void tree() const;
  void frames() const;
  void faults() const;

  Sources from_;
};

}  // namespace foyer::native
