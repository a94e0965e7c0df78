#include "core/app/report/disguise.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/app/report/vocabulary.hpp"
#include "core/base/ascii.hpp"
#include "core/base/number.hpp"
#include "core/base/url.hpp"

namespace foyer::report {
namespace {

constexpr std::string_view separators = "/#?&=,;|";
constexpr std::uint32_t fewest_weeks = 5, weeks = 350;  // back

// Of one clock, so that a plan's hours stay what they were; at least two of each length.
constexpr std::array<std::string_view, 21> zones = {
    "Europe/Rome",      "Europe/Oslo",      "Europe/Paris",     "Europe/Malta",      "Europe/Vaduz",
    "Europe/Berlin",    "Europe/Madrid",    "Europe/Prague",    "Europe/Vienna",     "Europe/Warsaw",
    "Europe/Zurich",    "Europe/Belgrade",  "Europe/Brussels",  "Europe/Budapest",   "Europe/Sarajevo",
    "Europe/Amsterdam", "Europe/Ljubljana", "Europe/Stockholm", "Europe/Bratislava", "Europe/Copenhagen",
    "Europe/Luxembourg"};

std::size_t longest_digits(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) longest = std::max(longest, run = is_digit(c) ? run + 1 : 0);
  return longest;
}

bool only(std::string_view text, std::string_view more) {
  return std::ranges::all_of(text, [&](char c) { return is_digit(c) || is_letter(c) || more.contains(c); });
}

// A word as vendors make them, of a kind or a member: no sentence, no id.
bool is_term(std::string_view text) {
  const auto digits = std::ranges::count_if(text, is_digit);
  return !text.empty() && text.size() <= 48 && (is_letter(text[0]) || text[0] == '_') &&
         only(text, "_:$.-") && longest_digits(text) < 3 && digits <= 4;
}

// Like "NLP", "stand_by", "CONNECTED", "bs-classe100x" – not like "Aunt Mary" or "b0a1".
bool is_kind(std::string_view text) {
  return is_term(text) && text.size() <= 32 && !(text.size() >= 4 && std::ranges::all_of(text, [](char c) {
                                                   return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
                                                 }));
}

// "07:30", "04:12:33"
bool is_clock(std::string_view text) {
  if (text.size() != 5 && text.size() != 8) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i % 3 == 2 ? text[i] != ':' : !is_digit(text[i])) return false;
  return true;
}

// A product: "NLP", "BNCX".
bool is_code(std::string_view text) {
  return text.size() >= 2 && text.size() <= 8 && is_letter(text[0]) &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
}

// Digits before the point, and behind it without the zeros at the end.
struct Digits {
  std::size_t whole = 0, part = 0;
};
Digits digits_of(std::string_view number) {
  const std::size_t point = std::min(number.find('.'), number.size());
  Digits out;
  out.whole = static_cast<std::size_t>(std::ranges::count_if(number.substr(0, point), is_digit));
  std::string_view rest = number.substr(point);
  while (rest.ends_with('0')) rest.remove_suffix(1);
  out.part = rest.empty() ? 0 : rest.size() - 1;
  return out;
}

bool is_plain_number(std::string_view text) {
  const std::string_view rest = text.starts_with('-') ? text.substr(1) : text;
  return !rest.empty() && is_digit(rest[0]) && std::ranges::count(rest, '.') <= 1 && only(rest, ".") &&
         std::ranges::none_of(rest, is_letter);
}

}  // namespace

Disguise::Disguise(Draw draw) : substitutes_(std::move(draw)) {
  by_ = -Hours(7 * 24) * static_cast<int>(fewest_weeks + substitutes_.below(weeks));
  zone_step_ = substitutes_.below(static_cast<std::uint32_t>(zones.size()));
}

void Disguise::learn(std::string_view body) {
  const auto text = [this](const Spot& spot, std::string_view value) {
    note(spot, value);
    return std::string(value);
  };
  const auto name = [this](const Spot&, std::string_view value) {
    substitutes_.reserve(value);
    return std::string(value);
  };
  (void)rewritten(body, {.name = name, .text = text, .number = text});
}

void Disguise::note(const Spot& spot, std::string_view text) {
  substitutes_.reserve(text);
  const Holds what = holds(spot.member);
  if (text.empty() || spot.place) return;
  if (what == Holds::name) return substitutes_.add(text);
  const bool small = all_digits(text) && text.size() < 4;
  if (what == Holds::id && !small && !is_vocabulary(text) &&
      text.find_first_of(separators) == std::string_view::npos &&
      (all_digits(text) || !is_plain_number(text)))
    substitutes_.add(text);
}

std::string Disguise::body(std::string_view text) {
  auto out = rewritten(
      text, {.name = [this](const Spot& spot, std::string_view name) { return name_of(spot, name); },
             .text = [this](const Spot& spot, std::string_view one) { return text_of(spot, one); },
             .number = [this](const Spot& spot, std::string_view one) { return number_of(spot, one); }});
  return out ? std::move(*out) : no_json(text);
}

std::string Disguise::target(std::string_view path_and_query) {
  const std::size_t end = std::min(path_and_query.find('?'), path_and_query.size());
  std::string out;
  std::string_view path = path_and_query.substr(0, end);
  for (;;) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string part =
        percent_decode(path.substr(0, slash)).value_or(std::string(path.substr(0, slash)));
    out += percent_encode(pieces(part));
    if (slash == path.size()) break;
    out += '/';
    path.remove_prefix(slash + 1);
  }
  if (end == path_and_query.size()) return out;
  Fields fields = form_decode(path_and_query.substr(end + 1));
  for (auto& [name, value] : fields) value = text_of({.member = name}, value);
  return out + "?" + form_encode(fields);
}

std::string Disguise::name_of(const Spot& spot, std::string_view name) {
  if (spot.place && !is_vocabulary(name)) return substitutes_.of(name);
  if (is_vocabulary(name) || name.empty()) return std::string(name);
  if (substitutes_.known(name)) return substitutes_.of(name);
  if (const auto moved = moved_time(name, by_)) return *moved;
  return is_term(name) && !substitutes_.known(name) ? std::string(name) : pieces(name);
}

std::string Disguise::text_of(const Spot& spot, std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return std::string(text);
  const Holds what = holds(spot.member);
  if (what == Holds::zone) return zone(text);
  if (what == Holds::name || spot.place) return substitutes_.of(text);
  if (is_vocabulary(text)) return std::string(text);
  if (is_plain_number(text)) return number_of(spot, text);
  if (what == Holds::kind && is_code(text)) return std::string(text);  // people call a lamp "NLP", too
  if (substitutes_.known(text)) return substitutes_.of(text);
  if (const auto moved = moved_time(text, by_)) return *moved;
  if (what == Holds::message) return message(text);
  if (what == Holds::kind && is_kind(text)) return std::string(text);
  if (what == Holds::version && text.size() <= 16 && only(text, ".+/ -_") && longest_digits(text) < 6)
    return std::string(text);
  return pieces(text);
}

std::string Disguise::number_of(const Spot& spot, std::string_view number) {
  const std::string_view digits = number.starts_with('-') ? number.substr(1) : number;
  if (!is_plain_number(digits)) return std::string(number);  // 1e3
  const auto with_sign = [&](std::string rest) { return (digits == number ? "" : "-") + std::move(rest); };
  // A table of their own: 20 m above the sea is no other 20.
  if (spot.place) return with_sign(substitutes_.of("@" + std::string(digits)).substr(1));
  const Holds what = holds(spot.member);
  const Digits has = digits_of(digits);
  if (has.whole > 3 && what != Holds::measure && substitutes_.known(digits))
    return with_sign(substitutes_.of(digits));
  if (what != Holds::id)
    if (const auto moved = moved_time(number, by_)) return *moved;
  const std::size_t most = what == Holds::id ? 3 : what == Holds::measure ? 6 : 4;
  if (has.whole > most || (what != Holds::measure && has.part > 3)) return with_sign(substitutes_.of(digits));
  return std::string(number);
}

// Keeps the words of the service; what it names is somebody's.
std::string Disguise::message(std::string_view text) {
  constexpr std::string_view around = ".,!?()[]\"'<>";
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    const std::size_t first = std::min(word.find_first_not_of(around), word.size());
    out += word.substr(0, first);
    word.remove_prefix(first);
    const std::string_view whole = word;
    const std::size_t last = word.find_last_not_of(around) + 1;
    word = word.substr(0, last);
    out += all_digits(word) && last < 6 ? std::string(word) : pieces(word);
    out += whole.substr(last);
    text.remove_prefix(end);
    if (!text.empty()) {
      out += ' ';
      text.remove_prefix(1);
    }
  }
  return out;
}

// A page of HTML, a body that was cut: only its form and the vendors' words are left.
std::string Disguise::no_json(std::string_view text) {
  std::string out;
  const auto inside = [](char c) { return is_digit(c) || is_letter(c) || c == '_' || (c & 0x80) != 0; };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && inside(text[end]) == inside(text[at])) ++end;
    const std::string_view run = text.substr(at, end - at);
    out += !inside(text[at]) || is_vocabulary(run) ? std::string(run) : substitutes_.scrambled(run);
    at = end;
  }
  return out;
}

// "…#2" and "a/b": part by part.
std::string Disguise::pieces(std::string_view text) {
  if (!is_vocabulary(text) && substitutes_.known(text)) return substitutes_.of(text);
  std::string out;
  for (;;) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    out += piece(text.substr(0, end));
    if (end == text.size()) return out;
    out += text[end];
    text.remove_prefix(end + 1);
  }
}

std::string Disguise::piece(std::string_view text) {
  if (text.empty() || is_vocabulary(text) || (all_digits(text) && text.size() < 4)) return std::string(text);
  if (text.size() <= 5 && text[0] == 'v' && is_plain_number(text.substr(1)))
    return std::string(text);  // "v2.0"
  if (is_clock(text)) return std::string(text);
  const std::size_t colon = text.rfind(':');  // "xxx:bndl_doorlock"
  if (colon != std::string_view::npos && text.size() - colon > 5 && is_vocabulary(text.substr(colon + 1)))
    return substitutes_.of(text.substr(0, colon)) + std::string(text.substr(colon));
  return substitutes_.of(text);
}

std::string Disguise::zone(std::string_view text) {
  const auto at = std::ranges::find(zones, text);
  if (at == zones.end()) return substitutes_.of(text);
  std::vector<std::string_view> others;
  for (const std::string_view one : zones)
    if (one != text && one.size() == text.size()) others.push_back(one);
  return std::string(others[zone_step_ % others.size()]);
}

}  // namespace foyer::report
