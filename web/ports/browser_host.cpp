#include "web/ports/browser_host.hpp"

#include "web/ports/pending.hpp"

// page_host.js or node_host.js
extern "C" {
void foyer_navigator_open(const char* url);
int foyer_navigator_copy(const char* text);
int foyer_navigator_allows(const char* url);
int foyer_parts_here();
void foyer_parts_bring(int number);  // answers 0 when all of the program is there
int foyer_navigator_save(const char* name, const char* text);
// Answers 0 when the section is ours, to be given back by foyer_lock_release with the same number; 1 when
// this host has no locks; 2 when it can't be written.
void foyer_lock_acquire(int number, const char* name);
void foyer_lock_release(int number);
void foyer_broadcast_tell(const char* topic);
void foyer_broadcast_hear(int number, const char* topic);  // answers at the next notice
}

namespace foyer::web {

bool Navigator::may_connect(const std::string& url) { return foyer_navigator_allows(url.c_str()) != 0; }
void Navigator::open(const std::string& url) { foyer_navigator_open(url.c_str()); }

bool Navigator::save(const std::string& name, const std::string& text) {
  return foyer_navigator_save(name.c_str(), text.c_str()) != 0;
}

bool Navigator::copy(const std::string& text) { return foyer_navigator_copy(text.c_str()) != 0; }

Parts::Parts() : here_(foyer_parts_here() != 0) {}

Task<bool> Parts::bring(Part) {
  if (!here_) here_ = (co_await ask([](int number) { foyer_parts_bring(number); })).status == 0;
  co_return here_;
}

Task<foyer::Locks::Held> Locks::acquire(std::string name) {
  int held = 0;
  const PortAnswer answer = co_await ask([&](int number) {
    held = number;
    foyer_lock_acquire(number, name.c_str());
  });
  if (answer.status == 2) co_return Held();
  if (answer.status != 0) co_return co_await lease_.acquire(std::move(name));
  co_return section([held] { foyer_lock_release(held); });
}

void Broadcast::tell(const std::string& topic) { foyer_broadcast_tell(topic.c_str()); }

Task<void> Broadcast::hear(std::string topic) {
  co_await ask([&](int number) { foyer_broadcast_hear(number, topic.c_str()); });
}

}  // namespace foyer::web
