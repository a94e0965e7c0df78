// Writes compact JSON from front to back, without building anything first: a home of 10,000 modules would be
// a tree of some 600,000 values. Brackets and commas are set here; strings and numbers are the JSON
// library's.
//
// Contract: members and elements come in the order of the calls; an element of a list has no name. Bytes that
// are no UTF-8 become U+FFFD. The caller closes what it opened.
//
// Example (compiled by tests/base):
//   JsonWriter json;
//   json.object().text("id", "a").integer("level", 40).list("rooms").text({},
//   "hall").end_list().end_object(); json.take();  // {"id":"a","level":40,"rooms":["hall"]}
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace foyer {

// `text` as a string of JSON with its quotes, behind what `out` holds. Where the capacity of `out` suffices,
// no copy of the text stays in memory that was freed.
void append_json_string(std::string& out, std::string_view text);

class JsonWriter {
 public:
  JsonWriter();
  ~JsonWriter();

  JsonWriter& object(std::string_view name = {}) { return open(name, '{'); }
  JsonWriter& list(std::string_view name = {}) { return open(name, '['); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& end_list() { return close(']'); }

  JsonWriter& text(std::string_view name, std::string_view value);
  // 21 is "21.0", as the clouds write it; not finite: 0.
  JsonWriter& number(std::string_view name, double value);
  JsonWriter& integer(std::string_view name, long long value);
  JsonWriter& flag(std::string_view name, bool value);
  // JSON that was written or read before, as it stands.
  JsonWriter& raw(std::string_view name, std::string_view json);

  std::string take();

 private:
  struct Out;
  void name(std::string_view name);
  JsonWriter& open(std::string_view name, char bracket);
  JsonWriter& close(char bracket);

  std::unique_ptr<Out> out_;
};

}  // namespace foyer
