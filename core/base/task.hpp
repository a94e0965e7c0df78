// Task<T>: a coroutine that is told like a story, on one thread.
//
// Purpose: asynchronous flows (sign-in, one call, a poll) read from top to bottom and are resumed by the
// host's event loop.
// Contract:
//  * A Task is lazy: it starts when it is awaited or spawned in a TaskScope.
//  * It has one owner. Dropping the owner cancels: the frame and everything it awaits are destroyed, nothing
//    of it runs afterwards.
//  * A task that is awaited and finishes without waiting does not grow the stack (no symmetric transfer is
//    needed, so loops over ready tasks are safe in WebAssembly too).
//  * No exceptions: a failure is a Result inside T.
//
// Example (compiled by tests/base):
//   Task<int> answer() { co_return 42; }
//   Task<int> next() { co_return co_await answer() + 1; }
#pragma once

#include <coroutine>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace foyer {

template <class T = void>
class Task;

namespace detail {

// A chain of tasks that a TaskScope owns. It runs for as long as `run` is on the stack with it; whoever
// cancels it then only lets go of it, and `run` destroys it.
struct Flow;
void run(Flow* flow, std::coroutine_handle<> handle);

struct PromiseBase {
  Flow* flow = nullptr;  // of the whole chain; none outside a TaskScope
  std::coroutine_handle<> continuation{};
  bool* finished_inline = nullptr;  // set while the awaiting side is still on the stack

  struct Final {
    bool await_ready() const noexcept { return false; }
    template <class P>
    void await_suspend(std::coroutine_handle<P> self) const noexcept {
      PromiseBase& promise = self.promise();
      if (promise.finished_inline) {
        *promise.finished_inline = true;
        return;
      }
      if (promise.continuation) promise.continuation.resume();
    }
    void await_resume() const noexcept {}
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  Final final_suspend() const noexcept { return {}; }
  [[noreturn]] void unhandled_exception() const noexcept { std::abort(); }
};

template <class T>
struct Promise : PromiseBase {
  std::optional<T> value;
  Task<T> get_return_object();
  template <class U>
  void return_value(U&& result) {
    value.emplace(std::forward<U>(result));
  }
  T take() { return std::move(*value); }
};

template <>
struct Promise<void> : PromiseBase {
  Task<void> get_return_object();
  void return_void() const noexcept {}
  void take() const noexcept {}
};

}  // namespace detail

template <class T>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::Promise<T>;

  Task() = default;
  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      cancel();
      handle_ = std::exchange(other.handle_, {});
    }
    return *this;
  }
  ~Task() { cancel(); }

  // Destroys the frame; nothing of it runs afterwards.
  void cancel() {
    if (auto handle = std::exchange(handle_, {})) handle.destroy();
  }
  bool valid() const { return static_cast<bool>(handle_); }
  bool done() const { return handle_ && handle_.done(); }

  // Runs until the first wait. For the outermost owner (TaskScope, tests); everyone else awaits.
  void start() {
    if (handle_ && !handle_.done()) handle_.resume();
  }
  // The result; only after done().
  T take() { return handle_.promise().take(); }
  // For TaskScope: the chain that begins with this task, and its frame.
  std::coroutine_handle<> in(detail::Flow* flow) {
    handle_.promise().flow = flow;
    return handle_;
  }

  auto operator co_await() & noexcept { return Awaiter{handle_}; }
  auto operator co_await() && noexcept { return Awaiter{handle_}; }

 private:
  struct Awaiter {
    std::coroutine_handle<promise_type> child;
    bool await_ready() const noexcept { return child.done(); }
    template <class P>
    bool await_suspend(std::coroutine_handle<P> parent) const {
      bool finished = false;
      child.promise().flow = parent.promise().flow;
      child.promise().continuation = parent;
      child.promise().finished_inline = &finished;
      child.resume();
      // The parent's frame owns the child, so both are alive here: what cancels a flow that runs is put off
      // until it waits (TaskScope).
      if (finished) return false;
      child.promise().finished_inline = nullptr;
      return true;
    }
    T await_resume() const { return child.promise().take(); }
  };

  std::coroutine_handle<promise_type> handle_{};
};

namespace detail {
template <class T>
Task<T> Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}
}  // namespace detail

// One value that arrives once, from an event of the host to any number of waiting flows.
//
// The resolver and the waiters share the state; whichever side goes first is harmless: resolving after the
// waiter was cancelled does nothing, dropping the resolver leaves the waiter waiting (cancel it by its
// owner). T must be copyable when more than one flow waits.
template <class T>
class Completion {
 public:
  Completion() : state_(std::make_shared<State>()) {}

  // Wakes all waiters, in the order they came. Later calls are ignored.
  void resolve(T value) const {
    auto state = state_;  // a waiter may destroy this Completion
    if (state->value) return;
    state->value.emplace(std::move(value));
    while (!state->waiters.empty()) {
      Waiter* first = state->waiters.front();
      state->waiters.erase(state->waiters.begin());
      first->state = nullptr;
      detail::run(first->flow, first->handle);
    }
  }
  bool resolved() const { return state_->value.has_value(); }

  struct State;
  struct Waiter {
    std::shared_ptr<State> shared;
    State* state = nullptr;  // not null while queued
    std::coroutine_handle<> handle{};
    detail::Flow* flow = nullptr;

    explicit Waiter(std::shared_ptr<State> s) : shared(std::move(s)) {}
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() {
      if (state) std::erase(state->waiters, this);
    }
    bool await_ready() const noexcept { return shared->value.has_value(); }
    template <class P>
    void await_suspend(std::coroutine_handle<P> h) {
      handle = h;
      flow = h.promise().flow;
      state = shared.get();
      state->waiters.push_back(this);
    }
    T await_resume() const { return *shared->value; }
  };
  struct State {
    std::optional<T> value;
    std::vector<Waiter*> waiters;
  };

  Waiter operator co_await() const { return Waiter(state_); }

 private:
  std::shared_ptr<State> state_;
};

namespace detail {
struct Flow {
  Task<void> task;
  bool running = false;
  bool cancelled = false;  // while it ran
};

inline void run(Flow* flow, std::coroutine_handle<> handle) {
  if (!flow) return handle.resume();
  flow->running = true;
  handle.resume();
  flow->running = false;
  if (flow->cancelled) delete flow;
}
}  // namespace detail

// Owns detached flows. Dropping the scope cancels them all; a flow that does so itself, or is on the stack
// while somebody else does, runs on until it waits next and is destroyed then. Finished flows are swept at
// the next spawn.
class TaskScope {
 public:
  TaskScope() = default;
  TaskScope(const TaskScope&) = delete;
  TaskScope& operator=(const TaskScope&) = delete;
  ~TaskScope() { cancel_all(); }

  // Runs `task` until its first wait and keeps it until it is done.
  void spawn(Task<void> task) {
    std::erase_if(flows_, [](const auto& flow) { return flow->task.done() && !flow->running; });
    detail::Flow* added = flows_.emplace_back(std::make_unique<detail::Flow>(std::move(task))).get();
    detail::run(added, added->task.in(added));
  }
  void cancel_all() {
    // Out of the scope first: what a destroyed frame lets go of may spawn or cancel in its turn.
    for (auto& flow : std::exchange(flows_, {}))
      if (flow->running) {
        flow->cancelled = true;
        (void)flow.release();
      }
  }
  // Number of flows that still wait.
  std::size_t pending() const {
    std::size_t count = 0;
    for (const auto& flow : flows_) count += flow->task.done() ? 0 : 1;
    return count;
  }

 private:
  std::vector<std::unique_ptr<detail::Flow>> flows_{};
};

}  // namespace foyer
