// The line protocol of tests: finds nodes of the semantic tree by role and name and acts on them like a
// person.
//
// One command per line on standard input, fields separated by tabs; one JSON object per command on standard
// output:
//   nodes                              {"ok":true,"nodes":[{"id","role","name","value_text","checked",…}]}
//   find<TAB>ROLE<TAB>NAME             {"ok":true,"node":{…}|null}
//   press<TAB>ROLE<TAB>NAME            {"ok":true|false}
//   value<TAB>ROLE<TAB>NAME<TAB>NUMBER
//   text<TAB>ROLE<TAB>NAME<TAB>TEXT
//   go<TAB>/problems                   a place in the program
//   refresh                            what the key F5 does
//   frames                             {"ok":true,"count":n,"reasons":[…]}
//   screenshot<TAB>FILE
//   quit
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/app/controller.hpp"
#include "native/ports/loop.hpp"
#include "native/window/frames.hpp"
#include "shell/shell.hpp"

namespace foyer::native {

class Script final : public Worker {
 public:
  Script(Controller& controller, shell::Shell& shell, Frames& frames)
      : controller_(controller), shell_(shell), frames_(frames) {}

  void work() override;
  bool busy() const override { return !ended_; }
  bool quit() const { return ended_; }

  std::function<bool(const std::string&)> screenshot{};

 private:
  std::string obey(const std::vector<std::string>& fields);
  const shell::Node* find(const std::string& role, const std::string& name) const;

  Controller& controller_;
  shell::Shell& shell_;
  Frames& frames_;
  std::string pending_{};
  bool ended_ = false;
};

}  // namespace foyer::native
