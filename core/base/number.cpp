#include "core/base/number.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace foyer {
namespace {

// A natural number of up to 4,096 bits, little-endian. Enough for 780 digits beside a power of ten of 10^345.
struct Big {
  static constexpr int most = 128;
  std::uint32_t words[most] = {};
  int size = 0;

  explicit Big(std::uint64_t value) {
    for (; value != 0; value >>= 32) words[size++] = static_cast<std::uint32_t>(value);
  }
  void multiply_add(std::uint32_t factor, std::uint32_t more) {
    std::uint64_t carry = more;
    for (int i = 0; i < size; ++i) {
      carry += std::uint64_t{words[i]} * factor;
      words[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0 && size < most) words[size++] = static_cast<std::uint32_t>(carry);
  }
  void times_ten_to(int power) {
    while (power-- > 0) multiply_add(10, 0);
  }
  void shift_left(int bits) {
    for (; bits >= 24; bits -= 24) multiply_add(1U << 24, 0);
    multiply_add(1U << bits, 0);
  }
  int bits() const { return size == 0 ? 0 : 32 * size - std::countl_zero(words[size - 1]); }
  bool less_than(const Big& other) const {
    if (size != other.size) return size < other.size;
    for (int i = size; i-- > 0;)
      if (words[i] != other.words[i]) return words[i] < other.words[i];
    return false;
  }
  void subtract(const Big& other) {  // which is not larger
    std::uint64_t borrow = 0;
    for (int i = 0; i < size; ++i) {
      const std::uint64_t less = borrow + (i < other.size ? other.words[i] : 0);
      borrow = words[i] < less ? 1 : 0;
      words[i] = static_cast<std::uint32_t>(words[i] - less);
    }
    while (size > 0 && words[size - 1] == 0) --size;
  }
};

// above / below, rounded to the nearest, ties to even; the quotient is less than 2^63.
std::uint64_t divide(Big above, const Big& below) {
  int places = above.bits() - below.bits();
  if (places < 0) places = 0;
  std::uint64_t quotient = 0;
  for (int place = places; place >= 0; --place) {
    Big part = below;
    part.shift_left(place);
    quotient <<= 1;
    if (above.less_than(part)) continue;
    above.subtract(part);
    quotient |= 1;
  }
  above.shift_left(1);
  const bool up = below.less_than(above) || (!above.less_than(below) && (quotient & 1) != 0);
  return quotient + (up ? 1 : 0);
}

// digits * 10^power
double nearest(Big above, int power) {
  Big below(1);
  above.times_ten_to(power);
  below.times_ten_to(-power);
  // A quotient of 53 bits, fewer below the smallest normal number.
  int shift = 53 - (above.bits() - below.bits());
  for (;; --shift) {
    if (shift > 1074) shift = 1074;
    Big wide = above, divisor = below;
    wide.shift_left(shift > 0 ? shift : 0);
    divisor.shift_left(shift < 0 ? -shift : 0);
    const std::uint64_t quotient = divide(wide, divisor);
    if (quotient <= std::uint64_t{1} << 53) return std::ldexp(static_cast<double>(quotient), -shift);
  }
}

constexpr double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                           1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::uint64_t exact = std::uint64_t{1} << 53;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads the longest number at the front of `text`; `at` is where it ends.
std::optional<double> read(std::string_view text, std::size_t& at) {
  constexpr int most_digits = 780;  // more cannot change the nearest double but for being there at all
  const auto more = [&] { return at < text.size(); };
  const bool negative = more() && text[at] == '-';
  at += negative;
  const std::size_t first = at;
  std::uint64_t small = 0;
  int digits = 0, power = 0;
  bool seen = false, point = false, lost = false;
  for (; more() && (is_digit(text[at]) || (text[at] == '.' && !point)); ++at) {
    if (text[at] == '.') {
      point = true;
      continue;
    }
    seen = true;
    if (digits > 0 || text[at] != '0') ++digits;
    if (digits <= 18) small = small * 10 + static_cast<unsigned>(text[at] - '0');
    if (digits > most_digits) lost = lost || text[at] != '0';
    power += (digits > most_digits ? 1 : 0) - (point ? 1 : 0);
  }
  if (!seen) return std::nullopt;
  const std::size_t last = at;
  if (more() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    const bool down = more() && text[at] == '-';
    at += more() && (down || text[at] == '+');
    if (!more() || !is_digit(text[at])) return std::nullopt;
    int exponent = 0;
    for (; more() && is_digit(text[at]); ++at)
      if (exponent < 100'000'000) exponent = exponent * 10 + (text[at] - '0');
    power += down ? -exponent : exponent;
  }
  const int known = digits < most_digits ? digits : most_digits;
  double value = 0;
  if (digits == 0 || known + power < -330) {
    value = 0;
  } else if (known + power > 310) {
    return std::nullopt;
  } else if (digits <= 18 && small <= exact && power >= -22 && power <= 22) {
    // Both are exact in a double, so one operation rounds once.
    value = power < 0 ? static_cast<double>(small) / tens[-power] : static_cast<double>(small) * tens[power];
  } else {
    Big all(0);
    int taken = 0;
    for (std::size_t i = first; i < last && taken < known; ++i) {
      if (text[i] == '.' || (taken == 0 && text[i] == '0')) continue;
      ++taken;
      if (all.size == 0)
        all = Big(static_cast<unsigned>(text[i] - '0'));
      else
        all.multiply_add(10, static_cast<unsigned>(text[i] - '0'));
    }
    if (lost) {
      all.multiply_add(10, 1);
      --power;
    }
    value = nearest(all, power);
  }
  if (!std::isfinite(value)) return std::nullopt;
  return negative ? -value : value;
}

// "-1.25e-07" from the digits 125 and the power of ten of the last one.
std::string written(std::uint64_t digits, int power, bool negative) {
  while (digits != 0 && digits % 10 == 0) {
    digits /= 10;
    ++power;
  }
  std::string text = std::to_string(digits);
  const int point = static_cast<int>(text.size()) + power;  // digits before the point
  if (point > 15 || point <= -4) {
    if (text.size() > 1) text.insert(1, ".");
    const int exponent = point - 1;
    text += exponent < 0 ? "e-" : "e+";
    if (std::abs(exponent) < 10) text += '0';
    text += std::to_string(std::abs(exponent));
  } else if (power >= 0) {
    text.append(static_cast<std::size_t>(power), '0');
  } else if (point > 0) {
    text.insert(static_cast<std::size_t>(point), ".");
  } else {
    text = "0." + std::string(static_cast<std::size_t>(-point), '0') + text;
  }
  return negative ? "-" + text : text;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  std::size_t at = 0;
  if (text.size() > 64) return std::nullopt;
  const auto value = read(text, at);
  return at == text.size() ? value : std::nullopt;
}

std::optional<double> number_of_json(std::string_view text) {
  std::size_t at = 0;
  return read(text, at);
}

std::string number_text(double value) {
  if (!std::isfinite(value) || value == 0) return "0";
  const bool negative = value < 0;
  value = std::fabs(value);
  // What clouds and people write has few decimals: the first power that gives it back is the shortest.
  for (int decimals = 0; decimals < 8 && value < (decimals == 0 ? 1e15 : 1e6); ++decimals) {
    const double digits = std::round(value * tens[decimals]);
    if (digits / tens[decimals] == value)
      return written(static_cast<std::uint64_t>(digits), -decimals, negative);
  }
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  const auto mantissa = static_cast<std::uint64_t>(std::ldexp(fraction, 53));
  const int two = exponent - 53;
  const int ten = static_cast<int>(std::floor(std::log10(value)));
  for (int places = 1;; ++places) {
    const int power = ten - places + 1;
    Big above(mantissa), below(1);
    above.shift_left(two > 0 ? two : 0);
    below.shift_left(two < 0 ? -two : 0);
    above.times_ten_to(-power);
    below.times_ten_to(power);
    const std::uint64_t digits = divide(above, below);
    if (places == 17 || nearest(Big(digits), power) == value) return written(digits, power, negative);
  }
}

}  // namespace foyer
