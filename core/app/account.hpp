// One account while the program runs: its configuration, its session and its way to the cloud.
#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/app/config.hpp"
#include "core/cloud/gateway.hpp"
#include "core/cloud/provider.hpp"
#include "core/oauth/session.hpp"
#include "core/ports/host.hpp"

namespace foyer {

struct Account {
  Account(Host& host, CloudConfig from)
      : config(planned(std::move(from))), session(host, config.oauth), gateway(host, session, config.api) {
    for (const std::string& id : config.providers)
      if (const Provider* known = provider(id)) providers.push_back(known);
  }

  CloudConfig config;
  oauth::Session session;
  CloudGateway gateway;
  std::vector<const Provider*> providers{};
  std::string person{};  // whose ledger and cached homes are in memory; empty: nobody's
  std::uint64_t journal_seen = 0;
  // Its providers' code is there (Navigator::bring_rest); until then no provider is asked anything.
  bool whole = !is_netatmo(config);

  const std::string& id() const { return config.id; }
  bool signed_in() const { return session.info().status == oauth::Status::signed_in; }
  static bool is_netatmo(const CloudConfig& cloud) {
    return std::ranges::find(cloud.providers, "netatmo") != cloud.providers.end();
  }
  // Netatmo counts otherwise than the Eliot gateway does.
  static CloudConfig planned(CloudConfig from) {
    if (is_netatmo(from)) from.api.plan = policy::netatmo_plan;
    return from;
  }
  // The provider that made this id ("hc:…"), or null; null too while its code is not there.
  const Provider* provider_of(const PlantId& plant) const {
    if (!whole) return nullptr;
    for (const Provider* one : providers)
      if (plant.text.starts_with(std::string(one->id()) + ":")) return one;
    return nullptr;
  }
};

using Accounts = std::vector<std::unique_ptr<Account>>;

inline Account* find_account(const Accounts& accounts, std::string_view id) {
  for (const auto& one : accounts)
    if (one->id() == id) return one.get();
  return nullptr;
}

}  // namespace foyer
