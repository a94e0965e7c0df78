// A session that has just been signed in, and the means to let it age.
#pragma once

#include <memory>
#include <string>

#include "tests/oauth/world.hpp"

namespace foyer::oauth {

struct Refresh : testing::Test {
  Refresh() { EXPECT_TRUE(world.sign_in()); }
  void let_it_run_out() { world.pass(Minutes(61)); }
  std::string token() { return world.plain(world.token()); }
  Status status() const { return world.session->info().status; }
  SignedOutBecause because() const { return world.session->info().because; }
  std::unique_ptr<Session> second_tab() {
    auto tab = std::make_unique<Session>(world.host, world.config);
    EXPECT_TRUE(world.run(tab->restore()));
    return tab;
  }
  World world;
};

}  // namespace foyer::oauth
