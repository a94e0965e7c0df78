#include "core/ports/http.hpp"

#include <algorithm>

namespace foyer {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::optional<std::string> HttpResponse::header(std::string_view name) const {
  for (const Header& header : headers)
    if (std::ranges::equal(header.name, name, {}, lower, lower)) return header.value;
  return std::nullopt;
}

std::string_view to_string(HttpFailure failure) {
  switch (failure) {
    case HttpFailure::offline: return "offline";
    case HttpFailure::opaque: return "no readable answer";
    case HttpFailure::timeout: return "no answer in time";
    case HttpFailure::redirected: return "unexpected redirect";
  }
  return "";
}

}  // namespace foyer
