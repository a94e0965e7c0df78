#include "core/cloud/provider.hpp"

#include "core/cloud/hc/hc.hpp"
#include "core/cloud/netatmo/netatmo.hpp"
#include "core/cloud/smarther/smarther.hpp"

namespace foyer {
namespace {

const SmartherProvider smarther;
const HomeControlProvider hc;
const NetatmoProvider netatmo_connect;
const Provider* const all[] = {&smarther, &hc, &netatmo_connect};

}  // namespace

const Provider* provider(std::string_view id) {
  for (const Provider* one : all)
    if (one->id() == id) return one;
  return nullptr;
}

std::string provider_ids() {
  std::string ids;
  for (const Provider* one : all) {
    if (!ids.empty()) ids += ", ";
    ids.append("\"").append(one->id()).append("\"");
  }
  return ids;
}

}  // namespace foyer
