#include "core/app/problems/outages.hpp"

#include "core/app/state/words.hpp"
#include "core/policy/breaker.hpp"

namespace foyer {
namespace {

void mark_offline(Plant& plant, const ModuleId* only, Instant since) {
  const Module* one = only ? plant.module(*only) : nullptr;
  for (Gateway& gateway : plant.gateways)
    if ((!one || gateway.id == one->gateway) && !gateway.offline_since) gateway.offline_since = since;
  for (Module& module : plant.modules) {
    if ((only && module.id != *only) || module.kind == Kind::scene || module.reach == Reach::unreachable)
      continue;
    module.reach = Reach::unreachable;
    module.unreachable_since = since;
  }
}

}  // namespace

void Outages::failed(Plant& plant, const std::string& path, const ModuleId* module,
                     const CallFailure& failure) {
  const auto [at, is_new] = outages_.try_emplace(path);
  Outage& outage = at->second;
  if (is_new) {
    outage.plant = plant.id;
    outage.problem = {ProblemKey::About::gateway, module ? module->text : plant.id.text};
    outage.name = gateway_name(store_.state.arrangement, plant, module ? plant.module(*module) : nullptr);
    outage.since = store_.now();
  } else if (store_.now() < outage.next) {  // something else than the probe met it
    return;
  }
  outage.next = store_.now() + policy::gateway_probe_after(outage.probes++);
  mark_offline(plant, module, outage.since);
  problems_.gateway_offline(outage.problem, outage.name, outage.since, outage.next, failure);
  store_.changed();
}

void Outages::answered(const std::string& path) {
  const auto at = outages_.find(path);
  if (at == outages_.end()) return;
  const Outage over = at->second;
  outages_.erase(at);
  problems_.clear(over.problem);
  if (Plant* plant = store_.plant(over.plant); plant && !next_probe(over.plant))
    for (Gateway& gateway : plant->gateways) gateway.offline_since.reset();
  store_.say(phrase(Phrase::answers_again, {over.name}));
}

bool Outages::may_ask(const std::string& path) const {
  const auto at = outages_.find(path);
  return at == outages_.end() || store_.now() >= at->second.next;
}

std::optional<Instant> Outages::next_probe(const PlantId& plant) const {
  std::optional<Instant> next;
  for (const auto& [path, outage] : outages_)
    if (outage.plant == plant && (!next || outage.next < *next)) next = outage.next;
  return next;
}

void Outages::probe_now(const PlantId& plant) {
  for (auto& [path, outage] : outages_)
    if (outage.plant == plant) outage.next = store_.now();
}

void Outages::postpone(const PlantId& plant) {
  for (auto& [path, outage] : outages_)
    if (outage.plant == plant && outage.next <= store_.now())
      outage.next = store_.now() + policy::gateway_probe_after(0);
}

void Outages::forget(const PlantId& plant) {
  for (auto at = outages_.begin(); at != outages_.end();) {
    if (at->second.plant == plant) {
      problems_.clear(at->second.problem);
      at = outages_.erase(at);
    } else {
      ++at;
    }
  }
}

}  // namespace foyer
