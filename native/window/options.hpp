// The command line of the native window.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace foyer::native {

struct Options {
  std::string config{};  // path of config.json
  std::string base{};    // where its relative addresses belong to, or empty
  std::string redirect =
      "http://127.0.0.1:0/callback";  // where the provider sends the answer; port 0 takes a free one
  std::string route{};                // deep link to begin with ("/home/…")
  std::string screenshot{};           // PNG file; the program ends after it
  Millis after = Seconds(2);          // when the screenshot is taken
  int width = 1100, height = 760;
  std::string language{};  // a code of shell/words ("fr"), when the person has not chosen one; empty: LANG
  std::string program{};   // as it was started; the files of words lie beside it
  bool dark = false;
  bool reduced_motion = false;
  bool debug = false;            // debug panels are open from the start (key F12)
  bool script = false;           // commands on standard input, answers on standard output
  bool print_authorize = false;  // the sign-in address goes to standard output and not to a browser
};

// nullopt: --help or --version was asked for and printed.
Result<std::optional<Options>> read_options(int argc, char** argv);

}  // namespace foyer::native
