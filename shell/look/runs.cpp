#include "shell/look/runs.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <tuple>

#include <imgui.h>
#include <imgui_internal.h>

#include "core/base/utf8.hpp"
#include "generated/fonts.inc"

namespace foyer::shell {
namespace {

RunHost* lent = nullptr;

bool is_own(char32_t c) {
  for (const auto& [first, last] : k_letters)
    if (c >= first && c <= last) return true;
  return c < 0x20;
}

// Hebrew to Arabic Extended, their presentation forms, and the old scripts of the first supplementary plane.
bool is_from_right(char32_t c) {
  return (c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFE00) || (c >= 0xFE70 && c < 0xFEFF) ||
         (c >= 0x10800 && c < 0x11000) || (c >= 0x1E800 && c < 0x1F000);
}

constexpr char32_t joiner = 0x200D;
bool is_flag_half(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }
// Belongs to the character before it: combining marks, joiners, selectors, skin tones, tags of flags.
bool is_mark(char32_t c) {
  constexpr std::pair<char32_t, char32_t> marks[] = {
      {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},     {0x610, 0x61A},    {0x64B, 0x65F},
      {0x900, 0x903},   {0x93A, 0x94F},   {0x981, 0x983},     {0x9BC, 0x9CD},    {0xB82, 0xB82},
      {0xBBE, 0xBCD},   {0xE31, 0xE31},   {0xE34, 0xE3A},     {0xE47, 0xE4E},    {0x1AB0, 0x1AFF},
      {0x1DC0, 0x1DFF}, {0x200C, joiner}, {0x20D0, 0x20FF},   {0x302A, 0x302F},  {0x3099, 0x309A},
      {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE007F}};
  return std::ranges::any_of(marks, [c](const auto& one) { return c >= one.first && c <= one.second; });
}

// Every byte of it is one that texts of the own font are written with: the usual case, decided without
// decoding.
bool is_plain(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xC6) return false;
  }
  return true;
}

struct Key {
  std::string run;
  int em = 0;  // in 1/64
  bool semibold = false;
  std::uint32_t color = 0;
  auto operator<=>(const Key&) const = default;
};
int fixed(float em) { return static_cast<int>(std::lround(em * 64)); }

struct Drawn {
  ImFontAtlasRectId place = ImFontAtlasRectId_Invalid;
  const ImFontAtlas* atlas = nullptr;
  int frame = 0;
};
std::map<Key, Drawn> drawn;
std::map<Key, float> widths;
std::size_t drawn_pixels = 0;

constexpr std::size_t most_pixels = 1U << 21U;  // of the atlas, that pictures may take
constexpr std::size_t most_widths = 20'000;
constexpr int widest = 2000;  // pixels of one run

// Of a picture, in em: what stands above the baseline, below it, and beside the run.
constexpr float above = 1.25F, below = 0.5F, beside = 0.25F;

// Pictures that the last frames did not show make room.
void make_room() {
  const int now = ImGui::GetFrameCount();
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  std::erase_if(drawn, [&](const auto& one) {
    if (one.second.frame >= now - 1) return false;
    ImFontAtlasRect rect;
    if (atlas.GetCustomRect(one.second.place, &rect)) {
      drawn_pixels -= static_cast<std::size_t>(rect.w) * rect.h;
      atlas.RemoveCustomRect(one.second.place);
    }
    return true;
  });
}

ImFontAtlasRectId draw_picture(const Key& key, float em) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  const float advance = lent->width(key.run, em, key.semibold);
  const int width = std::clamp(static_cast<int>(std::ceil(advance + 2 * beside * em)), 1, widest);
  const float baseline = std::round(above * em),
              left = std::round(beside * em);  // whole pixels: sharp letters
  const int height = std::max(1, static_cast<int>(std::ceil(baseline + below * em)));
  const auto area = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  if (drawn_pixels + area > most_pixels) make_room();
  std::string pixels(area * 4, '\0');
  auto* bytes = reinterpret_cast<std::uint8_t*>(pixels.data());
  lent->draw(key.run, em, key.semibold, key.color,
             {.pixels = bytes, .width = width, .height = height, .left = left, .baseline = baseline});
  atlas.TexPixelsUseColors = true;
  ImFontAtlasRect rect;
  const ImFontAtlasRectId place = atlas.AddCustomRect(width, height, &rect);
  if (place == ImFontAtlasRectId_Invalid) return place;
  drawn_pixels += area;
  ImTextureData* texture = atlas.TexData;
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* row = bytes + static_cast<std::ptrdiff_t>(y) * width * 4;
    if (texture->Format == ImTextureFormat_RGBA32)
      std::memcpy(texture->GetPixelsAt(rect.x, rect.y + y), row, static_cast<std::size_t>(width) * 4);
    else
      for (int x = 0; x < width; ++x)
        *static_cast<std::uint8_t*>(texture->GetPixelsAt(rect.x + x, rect.y + y)) = row[x * 4 + 3];
  }
  ImFontAtlasTextureBlockQueueUpload(&atlas, texture, rect.x, rect.y, width, height);
  return place;
}

}  // namespace

void lend_runs(RunHost* host) {
  lent = host;
  forget_runs();
}

void forget_runs() {
  drawn.clear();
  widths.clear();
  drawn_pixels = 0;
}

std::size_t character_end(std::string_view text, std::size_t at) {
  CodePoint last = code_point(text, at);
  std::size_t end = at + last.size;
  bool flag = is_flag_half(last.value);
  while (end < text.size()) {
    const CodePoint next = code_point(text, end);
    const bool pair = flag && is_flag_half(next.value);
    if (!pair && !is_mark(next.value) && last.value != joiner) break;
    flag = false;  // two halves are a flag, a third one begins another
    end += next.size;
    last = next;
  }
  return end;
}

Split split_runs(std::string_view text) {
  if (lent == nullptr || is_plain(text)) return {.before = text, .run = {}, .after = {}};
  std::size_t first = text.size(), last = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = character_end(text, at);
    bool own = true;
    for (std::size_t part = at; part < end;) {
      const auto [value, size] = code_point(text, part);
      if (is_from_right(value)) return {.before = {}, .run = text, .after = {}};
      own = own && is_own(value);
      part += size;
    }
    if (!own) {
      first = std::min(first, at);
      last = end;
    }
    at = end;
  }
  if (first >= last) return {.before = text, .run = {}, .after = {}};
  return {
      .before = text.substr(0, first), .run = text.substr(first, last - first), .after = text.substr(last)};
}

float run_width(std::string_view run, float em, bool semibold) {
  if (lent == nullptr || run.empty()) return 0;
  Key key{.run = std::string(run), .em = fixed(em), .semibold = semibold};
  if (const auto known = widths.find(key); known != widths.end()) return known->second;
  if (widths.size() >= most_widths) widths.clear();
  const float width = lent->width(key.run, em, semibold);
  widths.emplace(std::move(key), width);
  return width;
}

void draw_run(ImDrawList& list, std::string_view run, ImVec2 at, float em, bool semibold, std::uint32_t color,
              float density) {
  if (lent == nullptr || run.empty()) return;
  const float size = em * density;
  Key key{.run = std::string(run), .em = fixed(size), .semibold = semibold, .color = color};
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  auto known = drawn.find(key);
  ImFontAtlasRect rect;
  if (known == drawn.end() || known->second.atlas != &atlas ||
      !atlas.GetCustomRect(known->second.place, &rect)) {
    const ImFontAtlasRectId place = draw_picture(key, size);
    if (!atlas.GetCustomRect(place, &rect)) return;
    known = drawn.insert_or_assign(std::move(key), Drawn{.place = place, .atlas = &atlas}).first;
  }
  known->second.frame = ImGui::GetFrameCount();
  const auto snap = [density](float value) { return std::round(value * density) / density; };
  // One pixel of the picture is one of the framebuffer.
  const ImVec2 top{snap(at.x) - std::round(beside * size) / density,
                   snap(at.y) - std::round(above * size) / density};
  const ImVec2 end{top.x + static_cast<float>(rect.w) / density,
                   top.y + static_cast<float>(rect.h) / density};
  list.AddImage(atlas.TexRef, top, end, rect.uv0, rect.uv1);
}

}  // namespace foyer::shell
