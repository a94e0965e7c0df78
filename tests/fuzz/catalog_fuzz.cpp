// Values that a person types into the request console: a request is well formed or refused with the field's
// name. The first byte chooses the operation, the rest is "name=value" lines.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/cloud/catalog/catalog.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<const foyer::catalog::Operation*> operations = [] {
    std::vector<const foyer::catalog::Operation*> out;
    for (const auto& api : foyer::catalog::apis())
      for (const auto& one : api.operations) out.push_back(&one);
    return out;
  }();
  if (size == 0) return 0;
  const auto& operation = *operations[data[0] % operations.size()];
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  foyer::catalog::Values values;
  std::size_t place = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
    const auto equals = line.find('=');
    if (equals == line.npos) {  // a value for the next parameter
      if (place < operation.parameters.size()) values.emplace_back(operation.parameters[place++].name, line);
    } else {
      values.emplace_back(line.substr(0, equals), line.substr(equals + 1));
    }
  }
  const auto call = make_call(operation, values);
  if (!call) {
    promise(call.error().kind == foyer::ErrorKind::invalid_input, "a refusal is the person's to mend");
    return 0;
  }
  promise(call->path.starts_with('/'), "a path begins with /");
  promise(call->path.find_first_of("?# {}\n") == std::string::npos || operation.path == "{address}",
          "nothing of a value gets out of its place in the path");
  promise(call->body.empty() ||
              foyer::parse_json(call->body, 16U << 20, foyer::Duplicates::last_wins).has_value(),
          "the body is JSON");
  return 0;
}
