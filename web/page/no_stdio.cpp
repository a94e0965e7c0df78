// Stands in for libc's formatted input and output in the page: ImGui needs it for the names of its windows
// only
// ("%s/%08X"), while the whole of printf and scanf brings arithmetic of long double with it, about 9 KB
// brotli of a first visit. Numbers that people read are written by core/base/number and shell/format.
//
// Understood: %s %c %d %i %u %x %X %p %%, a width with or without leading zeros, a precision for %s, and the
// length modifiers l, ll, h, hh, z. Anything else stays in the text as it is, and its argument is not taken.
#include <imgui.h>
#include <imgui_internal.h>

#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace {

struct Out {
  char* at;
  std::size_t room, length = 0;
  void put(char c) {
    if (length + 1 < room) at[length] = c;
    ++length;
  }
};

void digits(Out& out, std::uint64_t value, unsigned base, bool capital, int width, char pad, bool minus) {
  char text[24];
  int count = 0;
  do {
    const unsigned digit = static_cast<unsigned>(value % base);
    text[count++] = static_cast<char>(digit < 10 ? '0' + digit : (capital ? 'A' : 'a') + digit - 10);
    value /= base;
  } while (value != 0);
  if (minus && pad == '0') out.put('-');
  for (int at = count + (minus ? 1 : 0); at < width; ++at) out.put(pad);
  if (minus && pad != '0') out.put('-');
  while (count > 0) out.put(text[--count]);
}

int number(const char*& format) {
  int value = 0;
  while (*format >= '0' && *format <= '9') value = value * 10 + (*format++ - '0');
  return value;
}

void convert(Out& out, const char*& format, va_list& args) {
  const char* begin = format++;  // at '%'
  const char pad = *format == '0' ? '0' : ' ';
  const int width = number(format);
  int precision = -1;
  if (*format == '.') precision = number(++format);
  int longs = 0;
  for (; *format == 'l' || *format == 'h' || *format == 'z'; ++format) longs += *format == 'l' ? 1 : 0;
  const char kind = *format;
  if (kind != '\0') ++format;
  switch (kind) {
    case 's': {
      const char* text = va_arg(args, const char*);
      if (text == nullptr) text = "(null)";
      int length = 0;
      while (text[length] != '\0' && length != precision) ++length;
      for (int at = length; at < width; ++at) out.put(' ');
      for (int at = 0; at < length; ++at) out.put(text[at]);
      return;
    }
    case 'c':
      return out.put(static_cast<char>(va_arg(args, int)));
    case 'd':
    case 'i': {
      const std::int64_t value = longs > 1 ? va_arg(args, std::int64_t) : va_arg(args, int);
      const auto size = value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
      return digits(out, size, 10, false, width, pad, value < 0);
    }
    case 'u':
    case 'x':
    case 'X': {
      const std::uint64_t value = longs > 1 ? va_arg(args, std::uint64_t) : va_arg(args, unsigned);
      return digits(out, value, kind == 'u' ? 10 : 16, kind == 'X', width, pad, false);
    }
    case 'p':
      return digits(out, reinterpret_cast<std::uintptr_t>(va_arg(args, void*)), 16, false, 8, '0', false);
    case '%':
      return out.put('%');
    default:
      while (begin != format) out.put(*begin++);
  }
}

}  // namespace

int ImFormatStringV(char* buffer, std::size_t size, const char* format, va_list args) {
  Out out{buffer, buffer == nullptr ? 0 : size};
  va_list own;
  va_copy(own, args);
  while (*format != '\0')
    if (*format == '%')
      convert(out, format, own);
    else
      out.put(*format++);
  va_end(own);
  if (out.room > 0) buffer[out.length < out.room ? out.length : out.room - 1] = '\0';
  // As ImGui expects: what was written when there is a buffer, what would be written when there is none.
  return static_cast<int>(buffer != nullptr && out.length >= out.room ? out.room - 1 : out.length);
}

int ImFormatString(char* buffer, std::size_t size, const char* format, ...) {
  va_list args;
  va_start(args, format);
  const int length = ImFormatStringV(buffer, size, format, args);
  va_end(args);
  return length;
}

// Literal text and %d: the renderer reads "#version 300 es" and "3.0 …" with it. Anything else ends the
// reading.
extern "C" int sscanf(const char* text, const char* format, ...) {
  va_list args;
  va_start(args, format);
  int read = 0;
  for (; *format != '\0'; ++format) {
    if (*format != '%') {
      if (*text++ != *format) break;
      continue;
    }
    if (*++format != 'd' || *text < '0' || *text > '9') break;
    *va_arg(args, int*) = number(text);
    ++read;
  }
  va_end(args);
  return read;
}
