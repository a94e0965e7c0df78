#include "web/ports/host.hpp"

#include "web/ports/pending.hpp"

// page_host.js or node_host.js
extern "C" {
void foyer_navigator_open(const char* url);
int foyer_navigator_copy(const char* text);
// Answers 0 when the section is ours; it is given back by foyer_lock_release with the same number.
void foyer_lock_acquire(int number, const char* name);
void foyer_lock_release(int number);
}

namespace foyer::web {

void Navigator::open(const std::string& url) { foyer_navigator_open(url.c_str()); }

bool Navigator::copy(const std::string& text) { return foyer_navigator_copy(text.c_str()) != 0; }

Task<foyer::Locks::Held> Locks::acquire(std::string name) {
  int held = 0;
  co_await ask([&](int number) {
    held = number;
    foyer_lock_acquire(number, name.c_str());
  });
  co_return Held(nullptr, [held](void*) { foyer_lock_release(held); });
}

}  // namespace foyer::web
