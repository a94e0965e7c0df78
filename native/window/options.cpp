#include "native/window/options.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "core/base/version.hpp"

namespace foyer::native {
namespace {

constexpr const char* help =
    "Foyer in a window, with what a developer wants to see beside it (F12). F5 looks at the home again.\n\n"
    "  foyer --config FILE [options]\n\n"
    "  --config FILE       the config.json of the page; secrets go to FILE.vault beside it (mode 0600)\n"
    "  --base URL          where relative addresses in FILE belong to, when FILE has no \"base\"\n"
    "  --redirect URL      registered address on this machine for the sign-in's answer\n"
    "                      (http://127.0.0.1:0/callback; port 0 takes a free one)\n"
    "  --route PLACE       where to begin: /home/PLANT, /problems, /settings …\n"
    "  --size WxH          1100x760\n"
    "  --language CODE     one of those in the settings, when the person has not chosen one (else LANG)\n"
    "  --dark              dark look when the person has not chosen one\n"
    "  --reduced-motion    no animations\n"
    "  --debug             debug panels open\n"
    "  --screenshot FILE   writes a PNG and ends\n"
    "  --after MS          when (2000)\n"
    "  --script            commands on standard input: nodes, find, press, value, text, screenshot, frames, "
    "quit\n"
    "  --print-authorize   prints {\"authorize\": URL} instead of starting a browser\n"
    "  --version           which Foyer this is\n";

std::unexpected<Error> refuse(std::string_view option, const char* what) {
  return fail(ErrorKind::invalid_input, "", std::string(option) + ": expected " + what + "; see --help",
              std::string(option));
}

}  // namespace

Result<std::optional<Options>> read_options(int argc, char** argv) {
  Options options;
  options.program = argv[0];
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    const auto flag = [&](const char* known, bool& to) {
      if (name == known) to = true;
      return name == known;
    };
    if (name == "--help" || name == "-h") {
      std::fputs(help, stdout);
      return std::nullopt;
    }
    if (name == "--version") {
      std::printf("%s\n", std::string(version()).c_str());
      return std::nullopt;
    }
    if (flag("--dark", options.dark) || flag("--reduced-motion", options.reduced_motion) ||
        flag("--debug", options.debug) || flag("--script", options.script) ||
        flag("--print-authorize", options.print_authorize))
      continue;
    if (i + 1 >= argc) return refuse(name, "a known option with its value");
    const char* value = argv[++i];
    if (name == "--config") {
      options.config = value;
    } else if (name == "--base") {
      options.base = value;
    } else if (name == "--redirect") {
      options.redirect = value;
    } else if (name == "--route") {
      options.route = value;
    } else if (name == "--language") {
      options.language = value;
    } else if (name == "--screenshot") {
      options.screenshot = value;
    } else if (name == "--after") {
      options.after = Millis(std::atoi(value));
    } else if (name == "--size") {
      if (std::sscanf(value, "%dx%d", &options.width, &options.height) != 2 || options.width < 200 ||
          options.height < 200)
        return refuse(name, "a size like 1100x760, at least 200x200");
    } else {
      return refuse(name, "an option that exists");
    }
  }
  if (options.config.empty())
    return fail(ErrorKind::config, "", "expected --config FILE; see --help", "--config");
  return options;
}

}  // namespace foyer::native
