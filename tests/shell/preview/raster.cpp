#include "tests/shell/preview/raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include <imgui.h>

namespace foyer::test {
namespace {

void serve_textures(ImDrawData& data) {
  if (data.Textures == nullptr) return;
  for (ImTextureData* texture : *data.Textures) {
    if (texture->Status == ImTextureStatus_WantDestroy) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    } else if (texture->Status != ImTextureStatus_OK) {
      texture->SetTexID(reinterpret_cast<ImTextureID>(texture));
      texture->SetStatus(ImTextureStatus_OK);
    }
  }
}

float edge(ImVec2 a, ImVec2 b, float x, float y) { return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x); }

struct Canvas {
  Picture& picture;
  const ImTextureData* texture;
  std::array<int, 4> clip;  // x0 y0 x1 y1

  float texel(float u, float v) const {
    const float x = std::clamp(u * static_cast<float>(texture->Width) - 0.5F, 0.0F,
                               static_cast<float>(texture->Width - 1));
    const float y = std::clamp(v * static_cast<float>(texture->Height) - 0.5F, 0.0F,
                               static_cast<float>(texture->Height - 1));
    const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
    const int x1 = std::min(x0 + 1, texture->Width - 1), y1 = std::min(y0 + 1, texture->Height - 1);
    auto at = [&](int px, int py) {
      const unsigned char* pixel = texture->Pixels + (py * texture->Width + px) * texture->BytesPerPixel;
      return static_cast<float>(pixel[texture->BytesPerPixel - 1]) / 255.0F;
    };
    const float fx = x - static_cast<float>(x0), fy = y - static_cast<float>(y0);
    return (at(x0, y0) * (1 - fx) + at(x1, y0) * fx) * (1 - fy) +
           (at(x0, y1) * (1 - fx) + at(x1, y1) * fx) * fy;
  }

  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, float scale) {
    const ImVec2 p{a.pos.x * scale, a.pos.y * scale}, q{b.pos.x * scale, b.pos.y * scale},
        r{c.pos.x * scale, c.pos.y * scale};
    const float area = edge(p, q, r.x, r.y);
    if (area == 0) return;
    const int x0 = std::max(clip[0], static_cast<int>(std::floor(std::min({p.x, q.x, r.x}))));
    const int x1 = std::min(clip[2], static_cast<int>(std::ceil(std::max({p.x, q.x, r.x}))));
    const int y0 = std::max(clip[1], static_cast<int>(std::floor(std::min({p.y, q.y, r.y}))));
    const int y1 = std::min(clip[3], static_cast<int>(std::ceil(std::max({p.y, q.y, r.y}))));
    // Top-left rule, so that a shared edge is painted once.
    auto inside = [&](ImVec2 from, ImVec2 to, float w) {
      if (area < 0) std::swap(from, to), w = -w;
      if (w != 0) return w > 0;
      return (to.y == from.y && to.x > from.x) || to.y < from.y;
    };
    for (int y = y0; y < y1; ++y)
      for (int x = x0; x < x1; ++x) {
        const float cx = static_cast<float>(x) + 0.5F, cy = static_cast<float>(y) + 0.5F;
        const float w0 = edge(q, r, cx, cy), w1 = edge(r, p, cx, cy), w2 = edge(p, q, cx, cy);
        if (!inside(q, r, w0) || !inside(r, p, w1) || !inside(p, q, w2)) continue;
        const float k0 = w0 / area, k1 = w1 / area, k2 = w2 / area;
        auto part = [&](int shift) {
          auto one = [&](ImU32 color) { return static_cast<float>((color >> shift) & 0xFFU); };
          return one(a.col) * k0 + one(b.col) * k1 + one(c.col) * k2;
        };
        const float cover =
            texel(a.uv.x * k0 + b.uv.x * k1 + c.uv.x * k2, a.uv.y * k0 + b.uv.y * k1 + c.uv.y * k2);
        const float alpha = part(IM_COL32_A_SHIFT) / 255.0F * cover;
        std::uint8_t* pixel = &picture.rgb[static_cast<std::size_t>(y * picture.width + x) * 3];
        const std::array<int, 3> shifts{IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT};
        for (std::size_t at = 0; at < 3; ++at)
          pixel[at] = static_cast<std::uint8_t>(
              std::lround(static_cast<float>(pixel[at]) * (1 - alpha) + part(shifts[at]) * alpha));
      }
  }
};

std::uint32_t crc(const std::uint8_t* data, std::size_t size, std::uint32_t value) {
  value = ~value;
  for (std::size_t at = 0; at < size; ++at) {
    value ^= data[at];
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ (0xEDB88320U & (0U - (value & 1U)));
  }
  return ~value;
}

void big_endian(std::vector<std::uint8_t>& out, std::uint32_t value) {
  for (int shift : {24, 16, 8, 0}) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

void chunk(std::vector<std::uint8_t>& out, const char* type, const std::vector<std::uint8_t>& data) {
  big_endian(out, static_cast<std::uint32_t>(data.size()));
  const std::size_t start = out.size();
  for (int at = 0; at < 4; ++at) out.push_back(static_cast<std::uint8_t>(type[at]));
  out.insert(out.end(), data.begin(), data.end());
  big_endian(out, crc(out.data() + start, out.size() - start, 0));
}

}  // namespace

Picture rasterize(ImDrawData& data) {
  serve_textures(data);
  const float scale = data.FramebufferScale.x;
  Picture picture{
      static_cast<int>(data.DisplaySize.x * scale), static_cast<int>(data.DisplaySize.y * scale), {}};
  picture.rgb.assign(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3,
                     0);
  for (const ImDrawList* list : data.CmdLists)
    for (const ImDrawCmd& command : list->CmdBuffer) {
      Canvas canvas{picture, reinterpret_cast<const ImTextureData*>(command.GetTexID()), {}};
      canvas.clip = {std::max(0, static_cast<int>(command.ClipRect.x * scale)),
                     std::max(0, static_cast<int>(command.ClipRect.y * scale)),
                     std::min(picture.width, static_cast<int>(command.ClipRect.z * scale)),
                     std::min(picture.height, static_cast<int>(command.ClipRect.w * scale))};
      for (unsigned at = 0; at + 2 < command.ElemCount; at += 3) {
        auto vertex = [&](unsigned offset) -> const ImDrawVert& {
          return list->VtxBuffer[static_cast<int>(
              list->IdxBuffer[static_cast<int>(command.IdxOffset + at + offset)] + command.VtxOffset)];
        };
        canvas.triangle(vertex(0), vertex(1), vertex(2), scale);
      }
    }
  return picture;
}

bool write_png(const Picture& picture, const std::string& path) {
  // Stored (uncompressed) deflate blocks: simple, and nobody keeps these files.
  std::vector<std::uint8_t> raw;
  const auto stride = static_cast<std::size_t>(picture.width) * 3;
  for (int y = 0; y < picture.height; ++y) {
    raw.push_back(0);
    const auto row = picture.rgb.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(y) * stride);
    raw.insert(raw.end(), row, row + static_cast<std::ptrdiff_t>(stride));
  }
  std::vector<std::uint8_t> stream{0x78, 0x01};
  std::uint32_t a = 1, b = 0;
  for (std::size_t at = 0; at < raw.size(); at += 65535) {
    const std::size_t size = std::min<std::size_t>(65535, raw.size() - at);
    stream.push_back(at + size == raw.size() ? 1 : 0);
    for (std::size_t value : {size, ~size})
      for (int shift : {0, 8}) stream.push_back(static_cast<std::uint8_t>(value >> shift));
    for (std::size_t byte = at; byte < at + size; ++byte) {
      stream.push_back(raw[byte]);
      a = (a + raw[byte]) % 65521;
      b = (b + a) % 65521;
    }
  }
  big_endian(stream, (b << 16) | a);
  std::vector<std::uint8_t> out{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}, header;
  big_endian(header, static_cast<std::uint32_t>(picture.width));
  big_endian(header, static_cast<std::uint32_t>(picture.height));
  header.insert(header.end(), {8, 2, 0, 0, 0});
  chunk(out, "IHDR", header);
  chunk(out, "IDAT", stream);
  chunk(out, "IEND", {});
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool good = std::fwrite(out.data(), 1, out.size(), file) == out.size();
  return std::fclose(file) == 0 && good;
}

}  // namespace foyer::test
