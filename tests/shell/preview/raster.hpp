// A software renderer of ImGui's draw data, for previews: textured, blended triangles into an RGB picture.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

struct ImDrawData;

namespace foyer::test {

struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgb{};
};

// Serves the font textures that ImGui asks for (ImGuiBackendFlags_RendererHasTextures) and draws.
Picture rasterize(ImDrawData& data);
bool write_png(const Picture& picture, const std::string& path);

}  // namespace foyer::test
