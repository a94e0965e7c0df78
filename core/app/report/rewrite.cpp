#include "core/app/report/rewrite.hpp"

#include <algorithm>

#include "core/app/report/vocabulary.hpp"
#include "core/base/ascii.hpp"
#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/number.hpp"
#include "core/base/utf8.hpp"

namespace foyer::report {
namespace {

constexpr long long first_second = 1'250'000'000, last_second = 2'200'000'000;

std::string escape_of(char32_t unit) {
  static constexpr char hex[] = "0123456789abcdef";
  std::string out = "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += hex[(unit >> shift) & 0xF];
  return out;
}

// As a string of JSON without its quotes, escaped as `before` was: "\u00e9" or "é", "\/" or "/".
std::string escaped_like(std::string_view before, std::string_view text) {
  std::string quoted;
  append_json_string(quoted, text);
  const std::string_view plain = std::string_view(quoted).substr(1, quoted.size() - 2);
  const bool units = before.contains("\\u"), slashes = before.contains("\\/");
  if (!units && !slashes) return std::string(plain);
  std::string out;
  for (std::size_t at = 0; at < plain.size();) {
    const CodePoint one = code_point(plain, at);
    if (slashes && one.value == '/') {
      out += "\\/";
    } else if (units && one.value >= 0x10000) {
      const char32_t rest = one.value - 0x10000;
      out += escape_of(0xD800 + (rest >> 10)) + escape_of(0xDC00 + (rest & 0x3FF));
    } else if (units && one.value >= 0x80) {
      out += escape_of(one.value);
    } else {
      out += plain.substr(at, one.size);
    }
    at += one.size;
  }
  return out;
}

class Walk {
 public:
  Walk(std::string_view json, const Rewrite& how, int depth) : json_(json), how_(how), depth_(depth) {}

  std::string run(JsonView root) {
    value({}, root);
    out_ += json_.substr(done_);
    return std::move(out_);
  }

 private:
  // `old` is part of json_.
  void put(std::string_view old, std::string_view fresh) {
    const auto at = static_cast<std::size_t>(old.data() - json_.data());
    out_ += json_.substr(done_, at - done_);
    out_ += fresh;
    done_ = at + old.size();
  }

  void text(const Spot& spot, JsonView view,
            const std::function<std::string(const Spot&, std::string_view)>& with) {
    const std::string before = *view.as_string();
    std::string after;
    const bool whole = depth_ > 0 && (before.starts_with('{') || before.starts_with('['));
    const auto inside = whole ? rewritten(before, how_, depth_ - 1) : std::nullopt;
    after = inside ? *inside : with(spot, before);
    if (after != before) put(view.raw(), escaped_like(view.raw(), after));
  }

  void value(const Spot& spot, JsonView view) {
    if (view.is_string()) {
      text(spot, view, how_.text);
    } else if (view.type() == JsonType::number) {
      const std::string after = how_.number(spot, view.raw());
      if (after != view.raw()) put(view.raw(), after);
    } else if (view.is_array()) {
      for (const JsonView one : view.elements()) value(spot, one);
    } else if (view.is_object()) {
      for (const JsonView::Member one : view.members()) member(spot, one);
    }
  }

  void member(const Spot& spot, const JsonView::Member& one) {
    const std::string name = *one.name.as_string();
    const std::string fresh = how_.name(spot, name);
    if (fresh != name) put(one.name.raw(), escaped_like(one.name.raw(), fresh));
    if (all_digits(name)) return value(spot, one.value);
    value({.member = name, .place = spot.place || holds(name) == Holds::place}, one.value);
  }

  std::string_view json_;
  const Rewrite& how_;
  int depth_;
  std::string out_{};
  std::size_t done_ = 0;
};

bool digits_at(std::string_view text, std::string_view form) {
  if (text.size() < form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == '0' ? !all_digits(text.substr(i, 1)) : text[i] != form[i]) return false;
  return true;
}

}  // namespace

std::optional<std::string> rewritten(std::string_view json, const Rewrite& how, int depth) {
  const auto parsed = JsonText::parse(json);
  if (!parsed) return std::nullopt;
  return Walk(json, how, depth).run(parsed->root());
}

std::optional<std::string> moved_time(std::string_view text, Seconds by) {
  const bool seconds = text.size() == 10, millis = text.size() == 13;
  if ((seconds || millis) && all_digits(text)) {
    const long long unit = millis ? 1000 : 1;
    const auto value = static_cast<long long>(*parse_number(text));
    if (value / unit < first_second || value / unit >= last_second) return std::nullopt;
    return std::to_string(value + by.count() * unit);
  }
  const bool whole = digits_at(text, "0000-00-00T00:00:00") || digits_at(text, "0000-00-00 00:00:00");
  if (!whole && !(text.size() == 10 && digits_at(text, "0000-00-00"))) return std::nullopt;
  const std::string date(text.substr(0, 10));
  const auto at = parse_iso8601(date + "T" + (whole ? std::string(text.substr(11, 8)) : "00:00:00"));
  if (!at) return std::nullopt;
  if (date.starts_with("0001-")) return std::string(text);  // "never"
  const std::string moved = to_iso8601_local(*at + by, Minutes(0));
  if (!whole) return moved.substr(0, 10);
  return moved.substr(0, 10) + std::string(text.substr(10, 1)) + moved.substr(11, 8) +
         std::string(text.substr(19));
}

std::string with_times_moved(std::string_view json, Seconds by) {
  const auto moved = [by](const Spot& spot, std::string_view text) {
    const Holds what = holds(spot.member);
    const bool time = what != Holds::id && what != Holds::name && !spot.place;
    return (time ? moved_time(text, by) : std::nullopt).value_or(std::string(text));
  };
  const auto name = [by](const Spot&, std::string_view text) {
    return moved_time(text, by).value_or(std::string(text));
  };
  return rewritten(json, {.name = name, .text = moved, .number = moved}).value_or(std::string(json));
}

}  // namespace foyer::report
