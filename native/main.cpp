// The native window: the page's core and shell over GLFW, OpenGL, libcurl and OpenSSL.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include <imgui.h>

#include "core/app/session/client_config.hpp"
#include "native/ports/ports.hpp"
#include "native/window/debug.hpp"
#include "native/window/loopback.hpp"
#include "native/window/options.hpp"
#include "native/window/script.hpp"
#include "native/window/text.hpp"
#include "native/window/window.hpp"
#include "shell/words.hpp"

namespace foyer::native {
namespace {

constexpr Millis longest_wait = Millis(250);  // until the redirect listener is looked at again

std::optional<std::string> read_text(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) return std::nullopt;
  std::string text;
  char block[16384];
  for (std::size_t got = sizeof block; got == sizeof block;) {
    got = std::fread(block, 1, sizeof block, file);
    text.append(block, got);
  }
  std::fclose(file);
  return text;
}

int complain(const Error& error) {
  std::fprintf(stderr, "foyer: %s\n", error.message.c_str());
  return exit_code(error.kind);
}

Result<Config> load_config(const Options& options) {
  const auto text = read_text(options.config);
  if (!text) return fail(ErrorKind::config, "", options.config + " can't be read", "--config");
  return read_config(*text, {.base = options.base, .file = options.config});
}

class Program {
 public:
  // `loopback` listens already: its address is in `config`.
  Program(Options options, Config config, Loopback& loopback)
      : options_(std::move(options)),
        ports_(options_.config),
        loopback_(loopback),
        simulator_(ports_.http, config),
        controller_(ports_.lent, std::move(config)),
        shell_(controller_, ports_.clock) {}

  Controller& controller() { return controller_; }

  int run() {
    if (const auto opened = window_.open(options_.width, options_.height); !opened)
      return complain(opened.error());
    shell::lend_runs(text_.get());
    shell_.load_fonts(window_.density());
    shell_.set_appearance({.dark = options_.dark, .reduced_motion = options_.reduced_motion});
    connect();
    speak();
    controller_.start("", options_.route);
    frames_.request("start");
    const Steady started = ports_.clock.steady();
    while (!window_.wants_to_close() && !script_.quit()) {
      window_.wait(frames_.wanted() ? Millis(0) : ports_.loop.patience(wait_for_frame()));
      controller_.set_visible(window_.visible());
      loopback_.waiting = somebody_signs_in();
      ports_.loop.pump();
      if (next_frame_ && ports_.clock.steady() >= next_frame_->first)
        frames_.request(std::exchange(next_frame_, std::nullopt)->second, 1);
      if (frames_.wanted()) {
        if (const auto drawn = draw({}); !drawn) return complain(drawn.error());
      }
      if (!options_.screenshot.empty() && ports_.clock.steady() - started >= options_.after) {
        const auto written = draw(options_.screenshot);
        return written ? 0 : complain(written.error());
      }
    }
    return 0;
  }

 private:
  void connect() {
    window_.on_input = [this](std::string_view reason) { frames_.request(reason); };
    controller_.on_change = [this] {
      frames_.request("state");
      speak();
    };
    controller_.on_route = [this](const Route&, bool) { frames_.request("route"); };
    loopback_.on_answer = [this](std::string url) { controller_.callback(std::move(url)); };
    ports_.navigator.print_only = options_.print_authorize;
    ports_.navigator.folder = program_folder();
    ports_.navigator.copy_text = [this](const std::string& text) { return window_.copy(text); };
    panels_.open = options_.debug;
    ports_.loop.add(loopback_);
    if (options_.script) ports_.loop.add(script_);
    script_.screenshot = [this](const std::string& file) { return draw(file).has_value(); };
  }

  std::string program_folder() const { return options_.program.substr(0, options_.program.rfind('/') + 1); }

  // The language that was chosen in the settings, else on the command line, else that of the desktop.
  void speak() {
    std::string wanted = controller_.state().language;
    if (wanted.empty()) wanted = options_.language;
    if (wanted.empty())
      for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* set = std::getenv(name); set && *set && wanted.empty())
          wanted = std::string_view(set).substr(0, 2);
    if (wanted == language_) return;
    language_ = wanted;
    shell::use_words(
        read_text(program_folder() + wanted + ".words").value_or(""));  // not one of ours: English
    controller_.words_changed();
  }

  Result<void> draw(const std::string& picture) {
    auto written = window_.frame(
        [this](float width, float height) {
          const shell::FrameNeed need = shell_.draw(width, height);
          if (ImGui::IsKeyPressed(ImGuiKey_F12, false)) panels_.open = !panels_.open;
          if (ImGui::IsKeyPressed(ImGuiKey_F5, false)) controller_.dispatch(intent::Refresh{});
          panels_.draw(width, height);
          next_frame_.reset();
          if (need.within) next_frame_ = {ports_.clock.steady() + *need.within, std::string(need.reason)};
        },
        picture);
    frames_.drawn();
    window_.set_title(shell_.title());
    return written;
  }

  // How long nothing has to be drawn.
  Millis wait_for_frame() const {
    if (!next_frame_) return longest_wait;
    return std::min(longest_wait, next_frame_->first - ports_.clock.steady());
  }

  bool somebody_signs_in() const {
    for (const AccountState& account : controller_.state().accounts)
      if (account.signing_in) return true;
    return false;
  }

  Options options_;
  std::string language_{};  // in use
  Ports ports_;
  std::unique_ptr<shell::RunHost> text_ = system_text();
  Window window_{};
  Loopback& loopback_;
  Simulator simulator_;
  Controller controller_;
  shell::Shell shell_;
  Frames frames_{};
  Script script_{controller_, shell_, frames_};
  DebugPanels panels_{{controller_, shell_, ports_.clock, frames_, simulator_}};
  std::optional<std::pair<Steady, std::string>> next_frame_{};
};

int start(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGCHLD, SIG_IGN);  // the browser that is started is nobody we wait for
  auto options = read_options(argc, argv);
  if (!options) return complain(options.error());
  if (!*options) return 0;
  auto config = load_config(**options);
  const SystemClock clock;
  Loopback loopback(clock);
  if (config) {
    const auto address = loopback.listen((*options)->redirect);
    if (!address) return complain(address.error());
    for (CloudConfig& cloud : config->clouds) cloud.oauth.redirect_uri = *address;
  }
  const int wrong =
      config ? 0 : complain(config.error());  // for whoever looks at the terminal, or at the exit code
  Program program(std::move(**options), config ? std::move(*config) : Config(), loopback);
  if (!config) program.controller().give_up(config.error().message);
  const int ended = program.run();
  return ended != 0 ? ended : wrong;
}

}  // namespace
}  // namespace foyer::native

int main(int argc, char** argv) { return foyer::native::start(argc, argv); }
