// Writes a picture as PNG, without compression: for screenshots of tests and documents.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace foyer::native {

// `pixels`: RGB, three bytes each, rows from the top. False when the file cannot be written.
bool write_png(const std::string& path, int width, int height, const std::vector<std::uint8_t>& pixels);

}  // namespace foyer::native
