// JSON as views into the text of an answer: the library reads it once (its SAX interface) and a flat list of
// nodes says what stands where; nothing is kept of it until somebody asks for a value. Reading a home of
// 1,000 modules this way takes half the time of building the library's tree, and the text of each module can
// be cut out as it stands.
//
// Contract: strict JSON (RFC 8259), valid UTF-8, no lone surrogates, nesting up to 32 (C7), at most 1,100
// members in one object (looking one up is a walk). Of two members of one name the last counts, or the text
// is refused (C2, D1), as the caller chooses. The text must outlive the JsonText, and that its views. Numbers
// are read from text and text from numbers, as the clouds send both; as_string() and the like are for formats
// that allow one type only.
//
// Example (compiled by tests/base):
//   const auto json = JsonText::parse(R"({"level":"40","on":true})");
//   json->root().find("level").number();   // 40
//   json->root().find("colour").text();    // nothing
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace foyer {

enum class JsonType : std::uint8_t { missing, null, boolean, number, string, array, object };

class JsonView {
 public:
  struct Node {
    double number = 0;                 // of a number
    std::uint32_t begin = 0, end = 0;  // of the text; of a string without its quotes
    std::uint32_t span = 1;            // nodes of this value, itself included
    std::uint32_t count = 0;           // elements or members
    JsonType type = JsonType::null;
    bool escaped = false;  // a string with backslashes
  };
  struct Member;
  class Elements;
  class Members;

  JsonView() = default;
  JsonView(const Node* node, const char* text) : node_(node), text_(text) {}

  JsonType type() const { return node_ ? node_->type : JsonType::missing; }
  bool is_object() const { return type() == JsonType::object; }
  bool is_array() const { return type() == JsonType::array; }
  bool is_string() const { return type() == JsonType::string; }
  // Missing or null: there is nothing to read.
  bool is_nothing() const { return type() <= JsonType::null; }
  std::size_t size() const { return node_ ? node_->count : 0; }
  // The text of this value as it was sent; of a string without its quotes.
  std::string_view raw() const;

  // The member of that name; a missing view when there is none or this is no object.
  JsonView find(std::string_view name) const;
  Elements elements() const;  // of an array; empty otherwise
  Members members() const;    // of an object; empty otherwise

  // Text; numbers and booleans as they were sent. Nothing for null, arrays, objects and missing views.
  std::optional<std::string> text() const;
  // A number, or a string that is one.
  std::optional<double> number() const;
  std::optional<long long> integer() const;
  // true/false, "true"/"false", 0/1.
  std::optional<bool> flag() const;

  // Of exactly that type: a string, a number, a number written as an integer, true or false.
  std::optional<std::string> as_string() const;
  std::optional<double> as_number() const;
  std::optional<long long> as_integer() const;
  std::optional<bool> as_flag() const;
  // Is this the string `word`, ignoring ASCII case?
  bool is_word(std::string_view word) const;
  // Is this exactly this string?
  bool is_string(std::string_view exact) const;

 private:
  const Node* node_ = nullptr;
  const char* text_ = nullptr;
};

struct JsonView::Member {
  JsonView name, value;
};

class JsonView::Elements {
 public:
  struct Iterator {
    const Node* node;
    const char* text;
    JsonView operator*() const { return {node, text}; }
    Iterator& operator++() {
      node += node->span;
      return *this;
    }
    bool operator==(const Iterator& other) const { return node == other.node; }
  };
  Elements(const Node* first, const Node* last, const char* text) : first_(first), last_(last), text_(text) {}
  Iterator begin() const { return {first_, text_}; }
  Iterator end() const { return {last_, text_}; }

 private:
  const Node *first_, *last_;
  const char* text_;
};

class JsonView::Members {
 public:
  struct Iterator {
    const Node* node;
    const char* text;
    Member operator*() const { return {{node, text}, {node + 1, text}}; }
    Iterator& operator++() {
      node += 1 + node[1].span;
      return *this;
    }
    bool operator==(const Iterator& other) const { return node == other.node; }
  };
  Members(const Node* first, const Node* last, const char* text) : first_(first), last_(last), text_(text) {}
  Iterator begin() const { return {first_, text_}; }
  Iterator end() const { return {last_, text_}; }

 private:
  const Node *first_, *last_;
  const char* text_;
};

enum class Repeated { last_counts, refused };  // members of one name in one object

class JsonText {
 public:
  // `limit` in bytes, below 4 GB. ErrorKind::malformed; the message never quotes the text (it may hold a
  // secret). Codes: "C7.size", "C7.depth", "C7.members", "C7.number", "C2.twice", and "E15" for what is no
  // JSON.
  static Result<JsonText> parse(std::string_view text, std::size_t limit = std::size_t{16} << 20,
                                Repeated repeated = Repeated::last_counts);
  JsonView root() const { return {nodes_.data(), text_}; }

 private:
  std::vector<JsonView::Node> nodes_;
  const char* text_ = nullptr;
};

}  // namespace foyer
