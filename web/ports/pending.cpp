#include "web/ports/pending.hpp"

#include <emscripten/em_macros.h>

#include <map>

namespace foyer::web {
namespace {

std::map<int, Question*>& open_questions() {
  static std::map<int, Question*> table;
  return table;
}

}  // namespace

Question::Question() {
  static int last = 0;
  number_ = ++last;
  open_questions().emplace(number_, this);
}

Question::~Question() {
  if (open_questions().erase(number_) != 0) foyer_port_drop(number_);
}

void Question::set(PortAnswer answer) {
  open_questions().erase(number_);
  answer_ = std::move(answer);
  const Completion<bool> arrived = arrived_;  // resuming ends this object
  arrived.resolve(true);
}

}  // namespace foyer::web

extern "C" EMSCRIPTEN_KEEPALIVE void foyer_port_done(int number, int status, const char* bytes,
                                                     std::size_t size);
extern "C" void foyer_port_done(int number, int status, const char* bytes, std::size_t size) {
  const auto at = foyer::web::open_questions().find(number);
  if (at != foyer::web::open_questions().end()) at->second->set({status, std::string(bytes, size)});
}
