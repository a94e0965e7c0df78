// URL, form, base64url and JSON readers: what was read and written again is the same value.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/base64url.hpp"
#include "core/base/json.hpp"
#include "core/base/url.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  if (const auto url = foyer::parse_url(text)) {
    const auto again = foyer::parse_url(url->text());
    promise(again.has_value(), "an accepted URL is accepted when written again");
    promise(again->text() == url->text(), "writing a URL twice changes nothing");
    if (const auto resolved = foyer::resolve_url(*url, text.substr(size / 2))) {
      promise(!resolved->host.empty(), "a resolved URL has a host");
    }
  }

  const auto fields = foyer::form_decode(text);
  promise(foyer::form_decode(foyer::form_encode(fields)) == fields, "a form survives encoding");
  promise(foyer::percent_decode(foyer::percent_encode(text)) == text, "percent-encoding loses nothing");

  promise(foyer::base64url_decode(foyer::base64url_encode(text)) == text, "base64url loses nothing");
  if (const auto bytes = foyer::base64url_decode(text)) {
    promise(foyer::base64url_encode(*bytes) == text, "only the canonical base64url is accepted");
  }

  if (const auto json = foyer::parse_json(text)) {
    const auto again = foyer::parse_json(foyer::dump_json(*json));
    promise(again.has_value() && foyer::dump_json(*again) == foyer::dump_json(*json),
            "JSON survives writing");
  }
  return 0;
}
