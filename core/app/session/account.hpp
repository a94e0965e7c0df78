// One account while the program runs: its configuration, its session and its way to the cloud.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/app/session/client_config.hpp"
#include "core/cloud/gateway/gateway.hpp"
#include "core/cloud/provider.hpp"
#include "core/oauth/session.hpp"
#include "core/ports/host.hpp"

namespace foyer {

struct Account {
  Account(Host& host, CloudConfig from)
      : config(std::move(from)),
        session(host, config.oauth),
        gateway(host, session, config.api),
        parts(host.parts) {
    for (const std::string& id : config.providers)
      if (const Provider* known = provider(id)) providers.push_back(known);
  }

  CloudConfig config;
  oauth::Session session;
  CloudGateway gateway;
  const Parts& parts;
  std::vector<const Provider*> providers{};
  std::string person{};     // whose ledger and cached homes are in memory; empty: nobody's
  std::uint64_t visit = 0;  // grows with every change of it: what was asked for before is nobody's any more

  const std::string& id() const { return config.id; }
  bool signed_in() const { return session.info().status == oauth::Status::signed_in; }
  // Gives back who was there before.
  std::string change_person(std::string to = {}) {
    ++visit;
    return std::exchange(person, std::move(to));
  }
  bool has(const Provider& one) const { return !one.part() || parts.has(*one.part()); }
  bool has_all() const {
    return std::ranges::all_of(providers, [this](const Provider* one) { return has(*one); });
  }
  // The provider that made this id ("hc:…"), or null; null too while its part of the program is not here.
  const Provider* provider_of(const PlantId& plant) const {
    for (const Provider* one : providers)
      if (plant.text.starts_with(std::string(one->id()) + ":") && has(*one)) return one;
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
