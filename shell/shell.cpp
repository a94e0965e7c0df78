#include "shell/shell.hpp"

#include <utility>

#include "shell/input/interface.hpp"
#include "shell/look/type.hpp"

namespace foyer::shell {

struct Shell::Impl {
  Controller& controller;
  Clock& clock;
  Interface interface;
  Impl(Controller& app, Clock& time)
      : controller(app), clock(time), interface([&app](Intent intent) { app.dispatch(std::move(intent)); }) {}
};

Shell::Shell(Controller& controller, Clock& clock) : impl_(std::make_unique<Impl>(controller, clock)) {}
Shell::~Shell() = default;

void Shell::load_fonts(float device_pixel_ratio) {
  shell::load_fonts();
  set_density(device_pixel_ratio);
}

void Shell::set_appearance(const Appearance& appearance) { impl_->interface.set_appearance(appearance); }

FrameNeed Shell::draw(float width, float height) {
  return impl_->interface.draw(impl_->controller.state(), impl_->clock, width, height);
}

void Shell::build_semantics(float width, float height) {
  impl_->interface.build_semantics(impl_->controller.state(), impl_->clock, width, height);
}

const std::vector<Node>& Shell::nodes() const { return impl_->interface.nodes(); }
std::uint64_t Shell::semantics_version() const { return impl_->interface.semantics_version(); }
std::string_view Shell::announcement() const { return impl_->controller.state().notice; }
std::uint64_t Shell::announcement_number() const { return impl_->controller.state().notice_number; }
std::string Shell::title() const { return impl_->interface.title(); }
int Shell::open() const { return impl_->interface.open(); }
std::string_view Shell::link_at(float x, float y) const { return impl_->interface.link_at(x, y); }

bool Shell::act(std::string_view node, Act act, std::string_view text, double number) {
  return impl_->interface.act(impl_->controller.state(), node, act, text, number);
}

std::string_view Shell::focused() const { return impl_->interface.focused(); }
std::optional<Rect> Shell::text_caret() const { return impl_->interface.text_caret(); }

}  // namespace foyer::shell
