// The bridge between a flow in C++ and an event of the JavaScript host.
//
// Contract: ask() gives JavaScript a number and waits until foyer_port_done() brings the answer under that
// number – never inline, always from the event loop. A flow that is dropped tells JavaScript
// (foyer_port_drop), which aborts what it can and never answers. The bytes of an answer that may hold a
// secret are wiped by whoever takes them.
#pragma once

#include <string>
#include <utility>

#include "core/base/task.hpp"

extern "C" {
void foyer_port_drop(int number);
}

namespace foyer::web {

struct PortAnswer {
  int status = 0;  // meaning: see the port that asked
  std::string bytes{};
};

// A place in the table of open questions; leaves it when it goes.
class Question {
 public:
  Question();
  ~Question();
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;
  int number() const { return number_; }
  const Completion<bool>& arrived() const { return arrived_; }
  PortAnswer take() { return std::move(answer_); }
  void set(PortAnswer answer);

 private:
  int number_;
  Completion<bool> arrived_{};
  PortAnswer answer_{};
};

// `start(number)` hands the question to JavaScript; it must not answer at once.
template <class Start>
Task<PortAnswer> ask(Start start) {
  Question question;
  start(question.number());
  co_await question.arrived();
  co_return question.take();
}

}  // namespace foyer::web
