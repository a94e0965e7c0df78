#include "shell/look/type.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <imgui.h>

#include "generated/fonts.inc"
#include "shell/look/runs.hpp"

namespace foyer::shell {
namespace {

enum class Face : std::uint8_t { regular, semibold };
constexpr int kFonts = 3;  // two faces and the icons
struct Style {
  float em, line;
  Face face;
};
constexpr std::array<Style, 10> kStyles{{{28, 36, Face::semibold},
                                         {20, 28, Face::semibold},
                                         {17, 24, Face::semibold},
                                         {15, 22, Face::regular},
                                         {15, 22, Face::semibold},
                                         {15, 22, Face::semibold},
                                         {13, 18, Face::regular},
                                         {13, 18, Face::semibold},
                                         {12, 16, Face::semibold},
                                         {48, 56, Face::semibold}}};

const Style& style(Type type) { return kStyles[static_cast<std::size_t>(type)]; }

// The fonts of the current context's atlas, in the order load_fonts() added them; the last one holds the
// icons.
ImFont* atlas_font(int index) {
  auto& fonts = ImGui::GetIO().Fonts->Fonts;
  int first = fonts.Size - kFonts;
  return first < 0 ? nullptr : fonts[first + index];
}

// `fallback`: only for what the font before it has not.
template <std::size_t N>
void add(const unsigned char (&data)[N], float size, bool fallback = false) {
  ImFontConfig config;
  config.MergeMode = fallback;
  config.FontDataOwnedByAtlas = false;
  // The atlas does not write to data it does not own.
  ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<unsigned char*>(data), static_cast<int>(N), size,
                                             &config);
}

float own_width(std::string_view text, Type type, float scale) {
  ImFont* face = font(type);
  if (face == nullptr || text.empty()) return 0;
  return face->CalcTextSizeA(font_size(type, scale), 1e9F, 0, text.data(), text.data() + text.size()).x;
}

// The longest beginning of whole characters that is not wider than `width`, in bytes.
std::size_t fitting(std::string_view text, Type type, float scale, float width) {
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at < text.size();) ends.push_back(at = character_end(text, at));
  const auto beyond = std::ranges::partition_point(
      ends, [&](std::size_t end) { return text_width(text.substr(0, end), type, scale) <= width; });
  return beyond == ends.begin() ? 0 : *(beyond - 1);
}

}  // namespace

void load_fonts() {
  forget_runs();
  add(k_regular, 15 * kLinePerEm);
  add(k_semibold, 15 * kLinePerEm, true);
  add(k_semibold, 15 * kLinePerEm);
  add(k_icons, 22);
}

void set_density(float device_pixel_ratio) {
  for (int index = 0; index < kFonts; ++index)
    if (ImFont* face = atlas_font(index)) face->CurrentRasterizerDensity = device_pixel_ratio;
}

ImFont* font(Type type) { return atlas_font(static_cast<int>(style(type).face)); }
ImFont* icon_font() { return atlas_font(kFonts - 1); }
float font_size(Type type, float scale) { return style(type).em * scale * kLinePerEm; }
float line_height(Type type, float scale) { return std::round(style(type).line * scale); }

float em_size(Type type, float scale) { return style(type).em * scale; }
float ascent(Type type, float scale) { return em_size(type, scale) * kAscentPerEm; }
bool is_semibold(Type type) { return style(type).face == Face::semibold; }

float text_width(std::string_view text, Type type, float scale) {
  const Split parts = split_runs(text);
  const float own = own_width(parts.before, type, scale);
  if (parts.run.empty()) return own;
  return own + run_width(parts.run, em_size(type, scale), is_semibold(type)) +
         own_width(parts.after, type, scale);
}

std::string ellipsize(std::string_view text, Type type, float scale, float width) {
  if (text_width(text, type, scale) <= width) return std::string(text);
  const float room = width - text_width("…", type, scale);
  ImFont* face = font(type);
  if (face == nullptr || room <= 0) return "…";
  std::size_t cut = 0;
  if (split_runs(text).run.empty()) {
    const char* end = nullptr;
    face->CalcTextSizeA(font_size(type, scale), room, 0, text.data(), text.data() + text.size(), &end);
    cut = static_cast<std::size_t>(end - text.data());
  } else {
    cut = fitting(text, type, scale, room);
  }
  std::string_view head = text.substr(0, cut);
  while (!head.empty() && head.back() == ' ') head.remove_suffix(1);
  return std::string(head) + "…";
}

std::vector<std::string> wrap(std::string_view text, Type type, float scale, float width, int most) {
  std::vector<std::string> lines(1);
  std::size_t at = 0;
  while (at < text.size()) {
    if (most > 0 && static_cast<int>(lines.size()) == most) {
      std::string rest = lines.back().empty() ? std::string(text.substr(at))
                                              : lines.back() + " " + std::string(text.substr(at));
      lines.back() = ellipsize(rest, type, scale, width);
      return lines;
    }
    std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    std::string_view word = text.substr(at, end - at);
    std::string candidate = lines.back().empty() ? std::string(word) : lines.back() + " " + std::string(word);
    if (text_width(candidate, type, scale) <= width) {
      lines.back() = std::move(candidate);
    } else if (!lines.back().empty()) {
      lines.emplace_back();
      continue;
    } else {
      std::size_t cut = std::max(fitting(word, type, scale, width), character_end(word, 0));
      if (const auto slash = word.rfind('/', cut); slash != word.npos && slash > 0)
        cut = slash;  // an address
      lines.back() = std::string(word.substr(0, cut));
      lines.emplace_back();
      at += cut;
      continue;
    }
    if (end < text.size() && text[end] == '\n') lines.emplace_back();
    at = end + 1;
  }
  return lines;
}

}  // namespace foyer::shell
