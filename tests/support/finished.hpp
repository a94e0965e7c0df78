// What a task brought that needs no waiting.
#pragma once

#include <gtest/gtest.h>

#include "core/base/task.hpp"

namespace foyer::test {

template <class T>
T finished(Task<T> task) {
  task.start();
  EXPECT_TRUE(task.done());
  return task.take();
}

}  // namespace foyer::test
