#include "core/base/json_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/ascii.hpp"
#include "core/base/number.hpp"

namespace foyer {

std::size_t utf8_sequence(const char* at, const char* end) {
  const auto byte = [at](std::size_t i) { return static_cast<unsigned char>(at[i]); };
  const unsigned first = byte(0);
  const std::size_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (length == 0 || static_cast<std::size_t>(end - at) < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
  const unsigned second = byte(1);
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
      (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
    return 0;
  return length;
}

namespace {

using Node = JsonView::Node;

constexpr int deepest = 32;                   // C7
constexpr std::uint32_t most_members = 1100;  // of one object: a history may be an object of 1,024 rows

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex(char c) {
  if (is_digit(c)) return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// Four hexadecimal digits at `at`, or -1.
int unit(const char* at, const char* end) {
  if (end - at < 4) return -1;
  int value = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = hex(at[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

bool is_high(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Characters of a string that need no look: all but quote, backslash, controls and what is not ASCII.
constexpr std::array<bool, 256> plain_characters() {
  std::array<bool, 256> plain{};
  for (unsigned c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}
constexpr std::array<bool, 256> plain = plain_characters();

struct Complaint {
  const char* code = nullptr;
  const char* text = nullptr;
};

class Parser {
 public:
  Parser(std::string_view text, std::vector<Node>& nodes)
      : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()), nodes_(nodes) {}

  bool document() {
    if (!value(0)) return false;
    skip_space();
    return at_ == end_;
  }
  // Why it failed, when it was not the grammar.
  const Complaint& complaint() const { return complaint_; }

 private:
  void skip_space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }
  bool take(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  std::uint32_t place() const { return static_cast<std::uint32_t>(at_ - begin_); }
  std::size_t open(JsonType type) {
    nodes_.push_back({.begin = place(), .type = type});
    return nodes_.size() - 1;
  }
  bool close(std::size_t index) {
    nodes_[index].end = place();
    nodes_[index].span = static_cast<std::uint32_t>(nodes_.size() - index);
    return true;
  }

  bool value(int depth) {
    skip_space();
    if (at_ == end_) return false;
    switch (*at_) {
      case '{':
        return object(depth + 1);
      case '[':
        return array(depth + 1);
      case '"':
        return string();
      case 't':
        return word("true", JsonType::boolean);
      case 'f':
        return word("false", JsonType::boolean);
      case 'n':
        return word("null", JsonType::null);
      default:
        return number();
    }
  }

  bool too_deep(int depth) {
    if (depth > deepest) complaint_ = {"C7.depth", "the answer is nested too deeply"};
    return depth > deepest;
  }

  bool object(int depth) {
    if (too_deep(depth)) return false;
    const std::size_t index = open(JsonType::object);
    ++at_;
    skip_space();
    if (take('}')) return close(index);
    do {
      if (++nodes_[index].count > most_members) {
        complaint_ = {"C7.members", "an object of the answer has too many members"};
        return false;
      }
      skip_space();
      if (at_ == end_ || *at_ != '"' || !string()) return false;
      skip_space();
      if (!take(':') || !value(depth)) return false;
      skip_space();
    } while (take(','));
    return take('}') && close(index);
  }

  bool array(int depth) {
    if (too_deep(depth)) return false;
    const std::size_t index = open(JsonType::array);
    ++at_;
    skip_space();
    if (take(']')) return close(index);
    do {
      ++nodes_[index].count;
      if (!value(depth)) return false;
      skip_space();
    } while (take(','));
    return take(']') && close(index);
  }

  bool word(std::string_view text, JsonType type) {
    if (static_cast<std::size_t>(end_ - at_) < text.size() || std::string_view(at_, text.size()) != text)
      return false;
    const std::size_t index = open(type);
    at_ += text.size();
    return close(index);
  }

  bool digits() {
    const char* first = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    return at_ != first;
  }

  bool number() {
    const std::size_t index = open(JsonType::number);
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (at_ != end_ && lower(*at_) == 'e') {
      ++at_;
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    return close(index);
  }

  bool escape() {  // behind the backslash
    if (at_ == end_) return false;
    const char c = *at_++;
    if (c != 'u') return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    const int first = unit(at_, end_);
    if (first < 0 || is_low(first)) return false;
    at_ += 4;
    if (!is_high(first)) return true;
    if (!take('\\') || !take('u') || !is_low(unit(at_, end_))) return false;
    at_ += 4;
    return true;
  }

  bool string() {
    ++at_;
    const std::size_t index = open(JsonType::string);
    for (;;) {
      while (at_ != end_ && plain[static_cast<unsigned char>(*at_)]) ++at_;
      if (at_ == end_) return false;
      if (*at_ == '"') break;
      if (*at_ == '\\') {
        nodes_[index].escaped = true;
        ++at_;
        if (!escape()) return false;
      } else if (const std::size_t length = utf8_sequence(at_, end_); length > 0) {
        at_ += length;
      } else {
        return false;  // a control character, or no UTF-8
      }
    }
    close(index);
    ++at_;
    return true;
  }

  const char* begin_;
  const char* at_;
  const char* end_;
  std::vector<Node>& nodes_;
  Complaint complaint_{};
};

void append_utf8(std::string& out, unsigned code) {
  const auto put = [&out](unsigned byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6), put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12), put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18), put(0x80 | (code >> 12 & 0x3F)), put(0x80 | (code >> 6 & 0x3F)),
        put(0x80 | (code & 0x3F));
  }
}

// A string that the parser accepted, without its escapes.
std::string unescaped(std::string_view raw) {
  constexpr std::string_view letters = "bfnrt", meanings = "\b\f\n\r\t";
  std::string out;
  out.reserve(raw.size());
  const char* const end = raw.data() + raw.size();
  for (const char* at = raw.data(); at != end; ++at) {
    if (*at != '\\') {
      out.push_back(*at);
    } else if (*++at != 'u') {
      const auto letter = letters.find(*at);
      out.push_back(letter == std::string_view::npos ? *at : meanings[letter]);
    } else {
      const int first = unit(at + 1, end);
      at += 4;
      if (is_high(first)) {
        const int second = unit(at + 3, end);
        at += 6;
        append_utf8(out, 0x10000U + (static_cast<unsigned>(first - 0xD800) << 10) +
                             static_cast<unsigned>(second - 0xDC00));
      } else {
        append_utf8(out, static_cast<unsigned>(first));
      }
    }
  }
  return out;
}

// Is it a number by the grammar of JSON? Strings come here unchecked.
bool is_number(std::string_view text) {
  std::vector<Node> nodes;
  return !text.empty() && (text[0] == '-' || is_digit(text[0])) && is_digit(text.back()) &&
         Parser(text, nodes).document();
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
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // RFC 8259 §8.1: may be ignored
  JsonText out;
  out.text_ = text.data();
  out.nodes_.reserve(std::min<std::size_t>(text.size() / 12, 100'000));
  Parser parser(text, out.nodes_);
  const bool read = parser.document();
  Complaint complaint = parser.complaint();
  if (read && repeated == Repeated::refused && repeats(out.nodes_, out.text_))
    complaint = {"C2.twice", "the answer names a member twice"};
  if (complaint.code) return fail(ErrorKind::malformed, complaint.code, complaint.text);
  if (!read) return fail(ErrorKind::malformed, "E15", "the answer is not JSON");
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
  if (type() == JsonType::number) return number_of_json(raw());
  if (type() == JsonType::string && raw().size() <= 64 && is_number(raw())) return number_of_json(raw());
  return std::nullopt;
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
