#include "core/base/json_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/ascii.hpp"

namespace foyer {
namespace {

using Node = JsonView::Node;

constexpr std::size_t deepest = 32;           // C7
constexpr std::uint32_t most_members = 1100;  // of one object: a history may be an object of 1,024 rows
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Memory of the library's buffer for the piece at hand: overwritten when it is given back, for the piece may
// be a token (S5). A type of our own also lets this file, which is compiled for speed, bring the code of its
// string: the standard library's is compiled for size.
template <class T>
struct Wiping {
  using value_type = T;
  Wiping() = default;
  template <class U>
  Wiping(const Wiping<U>&) {}
  T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* memory, std::size_t count) {
    volatile char* at = reinterpret_cast<char*>(memory);
    for (std::size_t i = 0; i < count * sizeof(T); ++i) at[i] = 0;
    std::allocator<T>().deallocate(memory, count);
  }
  friend bool operator==(const Wiping&, const Wiping&) { return true; }
};
using Text = std::basic_string<char, std::char_traits<char>, Wiping<char>>;
using Library = nlohmann::basic_json<std::map, std::vector, Text>;
constexpr int number_overflow = 406;  // the library's own number for it

// Hands the text to the library and knows how far it has read: the library says what comes, not where it
// stands. Behind the text it reads one more space, so that a number, too, ends one character before.
class TextReader {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  TextReader(const char* at, const char* end, const char** reached) : at_(at), end_(end), reached_(reached) {}
  char operator*() const { return at_ == end_ ? ' ' : *at_; }
  TextReader& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  bool operator==(const TextReader& other) const { return at_ == other.at_; }

 private:
  const char *at_, *end_, **reached_;
};

// Takes what the library finds, in the order of the text, and lays it down as flat nodes.
class Nodes {
 public:
  // `last`, where given, becomes the string that was read last, without its escapes.
  Nodes(std::string_view text, std::vector<Node>& nodes, std::string* last = nullptr)
      : text_(text), nodes_(nodes), last_(last) {
    if (text.starts_with(byte_order_mark)) behind_ = byte_order_mark.size();
  }

  bool read() {
    const char* const end = text_.data() + text_.size();
    // The library takes a NUL for the end of the text and would not see what stands behind it.
    if (text_.contains('\0')) return false;
    return Library::sax_parse(TextReader(text_.data(), end, &reached_), TextReader(end + 1, end, nullptr),
                              this);
  }
  // Code and text of why it failed, when the library found nothing wrong.
  const char *code = nullptr, *complaint = nullptr;

  // What the library calls; false ends the reading.
  bool null() { return leaf(JsonType::null); }
  bool boolean(bool) { return leaf(JsonType::boolean); }
  bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
  bool number_float(double value, const auto&) { return number(value); }  // its text is in ours
  bool string(const Text& value) {
    element();
    return quoted(value);
  }
  bool binary(const Library::binary_t&) { return false; }  // not in JSON
  bool start_object(std::size_t) { return open(JsonType::object); }
  bool start_array(std::size_t) { return open(JsonType::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(const Text& name) {
    if (++nodes_[open_[depth_ - 1]].count <= most_members) return quoted(name);
    return refuse("C7.members", "an object of the answer has too many members");
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) {
    if (error.id == number_overflow) refuse("C7.number", "a number of the answer is beyond every double");
    return false;
  }

 private:
  bool refuse(const char* of, const char* why) {
    code = of;
    complaint = why;
    return false;
  }
  // A value begins; where it stands in a list, it is one more.
  void element() {
    if (depth_ > 0 && nodes_[open_[depth_ - 1]].type == JsonType::array) ++nodes_[open_[depth_ - 1]].count;
  }
  std::uint32_t reached() const { return static_cast<std::uint32_t>(reached_ - text_.data()); }
  // The token that was read last: from behind what separates it from the one before to `more` characters
  // before what was reached.
  Node& token(JsonType type, std::uint32_t more) {
    const auto begin = static_cast<std::uint32_t>(text_.find_first_not_of(" \t\r\n,:", behind_));
    behind_ = type == JsonType::number ? reached() - more : reached();
    return nodes_.emplace_back(Node{.begin = begin, .end = reached() - more, .type = type});
  }
  bool leaf(JsonType type) {
    element();
    token(type, 0);
    return true;
  }
  bool number(double value) {
    element();
    token(JsonType::number, 1).number = value;
    return true;
  }
  bool quoted(const Text& value) {
    Node& node = token(JsonType::string, 1);
    ++node.begin;
    node.escaped = node.end - node.begin != value.size();
    if (last_) last_->assign(value);
    return true;
  }
  bool open(JsonType type) {
    element();
    if (depth_ == deepest) return refuse("C7.depth", "the answer is nested too deeply");
    token(type, 0);
    open_[depth_++] = static_cast<std::uint32_t>(nodes_.size() - 1);
    return true;
  }
  bool close() {
    const std::uint32_t index = open_[--depth_];
    nodes_[index].end = behind_ = reached();
    nodes_[index].span = static_cast<std::uint32_t>(nodes_.size() - index);
    return true;
  }

  std::string_view text_;
  std::vector<Node>& nodes_;
  std::string* last_;
  const char* reached_ = nullptr;
  std::uint32_t behind_ = 0;                   // where the last token ended
  std::array<std::uint32_t, deepest> open_{};  // nodes of the arrays and objects that are not yet closed
  std::size_t depth_ = 0;
};

// A string that was read before, without its escapes. `raw` stands between its quotes.
std::string unescaped(std::string_view raw) {
  std::vector<Node> nodes;
  std::string out;
  Nodes({raw.data() - 1, raw.size() + 2}, nodes, &out).read();
  return out;
}

// The number that a string is by the grammar of JSON, spaces not allowed.
std::optional<double> number_in(std::string_view text) {
  std::vector<Node> nodes;
  const bool starts = !text.empty() && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
  if (!starts || !Nodes(text, nodes).read() || nodes[0].end != text.size()) return std::nullopt;
  return nodes[0].number;
}

// Does an object name a member twice, however it is written? Objects have few members.
bool repeats(const std::vector<Node>& nodes, const char* text) {
  for (const Node& node : nodes)
    for (const JsonView::Member member : JsonView(&node, text).members()) {
      const auto name = member.name.text();
      const JsonView last = JsonView(&node, text).find(*name);
      if (last.raw().data() != member.value.raw().data()) return true;
    }
  return false;
}

}  // namespace

Result<JsonText> JsonText::parse(std::string_view text, std::size_t limit, Repeated repeated) {
  if (text.size() > limit) return fail(ErrorKind::malformed, "C7.size", "the answer is too large");
  JsonText out;
  out.text_ = text.data();
  out.nodes_.reserve(std::min<std::size_t>(text.size() / 12, 100'000));
  Nodes reader(text, out.nodes_);
  const bool read = reader.read();
  if (reader.code) return fail(ErrorKind::malformed, reader.code, reader.complaint);
  if (!read) return fail(ErrorKind::malformed, "E15", "the answer is not JSON");
  if (repeated == Repeated::refused && repeats(out.nodes_, out.text_))
    return fail(ErrorKind::malformed, "C2.twice", "the answer names a member twice");
  return out;
}

std::string_view JsonView::raw() const {
  return node_ ? std::string_view(text_ + node_->begin, node_->end - node_->begin) : std::string_view();
}

bool JsonView::is_string(std::string_view exact) const {
  if (type() != JsonType::string) return false;
  return node_->escaped ? unescaped(raw()) == exact : raw() == exact;
}

bool JsonView::is_word(std::string_view word) const {
  if (type() != JsonType::string) return false;
  if (node_->escaped) return same_letters(unescaped(raw()), word);
  return same_letters(raw(), word);
}

JsonView JsonView::find(std::string_view name) const {
  JsonView found;
  for (const Member member : members())
    if (member.name.is_string(name)) found = member.value;
  return found;
}

JsonView::Elements JsonView::elements() const {
  return is_array() ? Elements(node_ + 1, node_ + node_->span, text_) : Elements(nullptr, nullptr, nullptr);
}

JsonView::Members JsonView::members() const {
  return is_object() ? Members(node_ + 1, node_ + node_->span, text_) : Members(nullptr, nullptr, nullptr);
}

std::optional<std::string> JsonView::text() const {
  switch (type()) {
    case JsonType::string:
      return node_->escaped ? unescaped(raw()) : std::string(raw());
    case JsonType::number:
    case JsonType::boolean:
      return std::string(raw());
    default:
      return std::nullopt;
  }
}

std::optional<double> JsonView::number() const {
  if (type() == JsonType::number) return node_->number;
  return type() == JsonType::string && raw().size() <= 64 ? number_in(raw()) : std::nullopt;
}

std::optional<long long> JsonView::integer() const {
  const auto value = number();
  if (!value || std::trunc(*value) != *value || std::fabs(*value) > 9e15) return std::nullopt;
  return static_cast<long long>(*value);
}

std::optional<bool> JsonView::flag() const {
  if (type() < JsonType::boolean || type() > JsonType::string) return std::nullopt;
  if (raw() == "true" || raw() == "1") return true;
  if (raw() == "false" || raw() == "0") return false;
  return std::nullopt;
}

std::optional<std::string> JsonView::as_string() const { return is_string() ? text() : std::nullopt; }

std::optional<double> JsonView::as_number() const {
  return type() == JsonType::number ? number() : std::nullopt;
}

std::optional<long long> JsonView::as_integer() const {
  const bool whole = type() == JsonType::number && raw().find_first_of(".eE") == std::string_view::npos;
  return whole ? integer() : std::nullopt;
}

std::optional<bool> JsonView::as_flag() const { return type() == JsonType::boolean ? flag() : std::nullopt; }

}  // namespace foyer
