#include "core/ports/http.hpp"

#include "core/base/ascii.hpp"

namespace foyer {
std::optional<std::string> HttpResponse::header(std::string_view name) const {
  for (const Header& header : headers)
    if (same_letters(header.name, name)) return header.value;
  return std::nullopt;
}

std::string_view to_string(HttpFailure failure) {
  switch (failure) {
    case HttpFailure::offline:
      return "offline";
    case HttpFailure::opaque:
      return "no readable answer";
    case HttpFailure::timeout:
      return "no answer in time";
    case HttpFailure::redirected:
      return "unexpected redirect";
    case HttpFailure::certificate:
      return "certificate not accepted";
  }
  return "";
}

}  // namespace foyer
