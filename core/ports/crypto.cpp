#include "core/ports/crypto.hpp"

#include <utility>

namespace foyer {
namespace {

constexpr std::size_t block = 64;  // bytes that SHA-256 takes at a time

std::string padded(const std::string& key, char with) {
  std::string out = key;
  out.resize(block);
  for (char& c : out) c = static_cast<char>(c ^ with);
  return out;
}

}  // namespace

Task<Result<std::string>> hmac_sha256(Crypto& crypto, std::string key, std::string data) {
  if (key.size() > block) {
    auto shorter = co_await crypto.sha256(std::move(key));
    if (!shorter) co_return shorter;
    key = std::move(*shorter);
  }
  auto inner = co_await crypto.sha256(padded(key, 0x36) + data);
  if (!inner) co_return inner;
  co_return co_await crypto.sha256(padded(key, 0x5c) + *inner);
}

}  // namespace foyer
