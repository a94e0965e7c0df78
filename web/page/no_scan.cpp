// Stands in for libc's sscanf in the page: ImGui's renderer reads the numbers of "#version 300 es" and "3.0
// …" with it and ImGui nothing else, while libc's brings arithmetic of long double along, about 8 KB brotli
// of a first visit.
#include <cstdarg>
#include <cstdio>

// Literal text and %d. Anything else ends the reading.
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
    int value = 0;
    while (*text >= '0' && *text <= '9') value = value * 10 + (*text++ - '0');
    *va_arg(args, int*) = value;
    ++read;
  }
  va_end(args);
  return read;
}
