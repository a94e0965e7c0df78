#include "native/window/png.hpp"

#include <algorithm>
#include <cstdio>

namespace foyer::native {
namespace {

void put32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

std::uint32_t crc(std::string_view bytes) {
  std::uint32_t sum = 0xFFFFFFFFU;
  for (const char c : bytes) {
    sum ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ (sum & 1U ? 0xEDB88320U : 0U);
  }
  return ~sum;
}

void chunk(std::string& out, const std::string& type_and_data) {
  put32(out, static_cast<std::uint32_t>(type_and_data.size() - 4));
  out += type_and_data;
  put32(out, crc(type_and_data));
}

// zlib with stored blocks (RFC 1950, RFC 1951 section 3.2.4).
std::string stored(const std::string& data) {
  std::string out = "\x78\x01";
  for (std::size_t at = 0; at < data.size(); at += 65535) {
    const auto size = static_cast<std::uint16_t>(std::min<std::size_t>(65535, data.size() - at));
    out.push_back(at + size == data.size() ? 1 : 0);
    for (const int part : {size & 255, size >> 8, ~size & 255, (~size >> 8) & 255})
      out.push_back(static_cast<char>(part));
    out.append(data, at, size);
  }
  std::uint32_t a = 1, b = 0;
  for (const char c : data) {
    a = (a + static_cast<std::uint8_t>(c)) % 65521;
    b = (b + a) % 65521;
  }
  put32(out, (b << 16) | a);
  return out;
}

}  // namespace

bool write_png(const std::string& path, int width, int height, const std::vector<std::uint8_t>& pixels) {
  std::string rows;
  const std::size_t row = static_cast<std::size_t>(width) * 3;
  for (int y = 0; y < height; ++y) {
    rows.push_back(0);
    rows.append(reinterpret_cast<const char*>(pixels.data()) + row * static_cast<std::size_t>(y), row);
  }
  std::string out = "\x89PNG\r\n\x1A\n";
  std::string head = "IHDR";
  put32(head, static_cast<std::uint32_t>(width));
  put32(head, static_cast<std::uint32_t>(height));
  head += std::string("\x08\x02\x00\x00\x00", 5);
  chunk(out, head);
  chunk(out, "IDAT" + stored(rows));
  chunk(out, "IEND");
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return false;
  const bool whole = std::fwrite(out.data(), 1, out.size(), file) == out.size();
  return std::fclose(file) == 0 && whole;
}

}  // namespace foyer::native
