// A function that is called before the call it was handed to returns: what stands in a box. Never kept.
#pragma once

#include <type_traits>

namespace foyer::shell {

template <class Signature>
class Called;

template <class... Arguments>
class Called<void(Arguments...)> {
 public:
  template <class Function>
    requires(!std::is_same_v<std::remove_cvref_t<Function>, Called>)
  Called(const Function& function)  // a lambda where a body is wanted
      : object_(&function), call_([](const void* object, Arguments... arguments) {
          (*static_cast<const Function*>(object))(arguments...);
        }) {}
  void operator()(Arguments... arguments) const { call_(object_, arguments...); }

 private:
  const void* object_;
  void (*call_)(const void*, Arguments...);
};

using Body = Called<void()>;

}  // namespace foyer::shell
