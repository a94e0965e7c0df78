// Writes compact JSON from front to back, without building anything first.
//
// Contract: members and elements come in the order of the calls; an element of a list has no name. Bytes that
// are no UTF-8 become U+FFFD. The caller closes what it opened.
//
// Example (compiled by tests/base):
//   JsonWriter json;
//   json.object().text("id", "a").integer("level", 40).list("rooms").text({},
//   "hall").end_list().end_object(); json.take();  // {"id":"a","level":40,"rooms":["hall"]}
#pragma once

#include <string>
#include <string_view>

namespace foyer {

class JsonWriter {
 public:
  JsonWriter& object(std::string_view name = {}) { return open(name, '{'); }
  JsonWriter& list(std::string_view name = {}) { return open(name, '['); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& end_list() { return close(']'); }

  JsonWriter& text(std::string_view name, std::string_view value);
  JsonWriter& number(std::string_view name,
                     double value);  // 21 is "21.0", as the clouds write it; not finite: 0
  JsonWriter& integer(std::string_view name, long long value);
  JsonWriter& flag(std::string_view name, bool value);

  std::string take() { return std::move(out_); }

 private:
  void name(std::string_view name);
  void quoted(std::string_view text);
  JsonWriter& open(std::string_view name, char bracket);
  JsonWriter& close(char bracket);

  std::string out_;
};

}  // namespace foyer
