#include "native/window/text.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace foyer::native {
namespace {

// Pango's and Cairo's own declarations (pango-layout.h, pangocairo.h, cairo.h): opaque pointers and numbers.
struct Library {
  void* (*surface_create)(unsigned char* pixels, int format, int width, int height, int stride) = nullptr;
  void (*surface_destroy)(void* surface) = nullptr;
  void (*surface_flush)(void* surface) = nullptr;
  void* (*context_create)(void* surface) = nullptr;
  void (*context_destroy)(void* context) = nullptr;
  void (*set_color)(void* context, double red, double green, double blue) = nullptr;
  void (*move_to)(void* context, double x, double y) = nullptr;
  void* (*layout_create)(void* context) = nullptr;
  void (*show)(void* context, void* layout) = nullptr;
  void (*set_text)(void* layout, const char* text, int length) = nullptr;
  void (*set_font)(void* layout, const void* font) = nullptr;
  void (*set_one_paragraph)(void* layout, int yes) = nullptr;
  void (*get_size)(void* layout, int* width, int* height) = nullptr;
  int (*get_baseline)(void* layout) = nullptr;
  void* (*font_create)() = nullptr;
  void (*font_family)(void* font, const char* family) = nullptr;
  void (*font_size)(void* font, double size) = nullptr;
  void (*font_weight)(void* font, int weight) = nullptr;
  void (*font_destroy)(void* font) = nullptr;
  void (*unref)(void* object) = nullptr;

  bool load() {
    void* library = ::dlopen("libpangocairo-1.0.so.0", RTLD_NOW | RTLD_LOCAL);  // stays until the end
    if (!library) return false;
    const auto find = [library]<class Function>(Function& function, const char* name) {
      function = reinterpret_cast<Function>(::dlsym(library, name));
      return function != nullptr;
    };
    return find(surface_create, "cairo_image_surface_create_for_data") &&
           find(surface_destroy, "cairo_surface_destroy") && find(surface_flush, "cairo_surface_flush") &&
           find(context_create, "cairo_create") && find(context_destroy, "cairo_destroy") &&
           find(set_color, "cairo_set_source_rgb") && find(move_to, "cairo_move_to") &&
           find(layout_create, "pango_cairo_create_layout") && find(show, "pango_cairo_show_layout") &&
           find(set_text, "pango_layout_set_text") && find(set_font, "pango_layout_set_font_description") &&
           find(set_one_paragraph, "pango_layout_set_single_paragraph_mode") &&
           find(get_size, "pango_layout_get_size") && find(get_baseline, "pango_layout_get_baseline") &&
           find(font_create, "pango_font_description_new") &&
           find(font_family, "pango_font_description_set_family_static") &&
           find(font_size, "pango_font_description_set_absolute_size") &&
           find(font_weight, "pango_font_description_set_weight") &&
           find(font_destroy, "pango_font_description_free") && find(unref, "g_object_unref");
  }
};

constexpr double unit = 1024;  // PANGO_SCALE
constexpr int argb = 0;        // CAIRO_FORMAT_ARGB32: premultiplied, in the machine's byte order
constexpr int normal = 400, semi_bold = 600;  // PANGO_WEIGHT_…

// A run laid out over a picture of its own.
class Layout {
 public:
  Layout(const Library& library, const std::string& run, float em, bool semibold, unsigned char* pixels,
         int width, int height)
      : lib_(library),
        surface_(lib_.surface_create(pixels, argb, width, height, width * 4)),
        context_(lib_.context_create(surface_)),
        layout_(lib_.layout_create(context_)) {
    void* font = lib_.font_create();
    lib_.font_family(font, "sans-serif");
    lib_.font_size(font, static_cast<double>(em) * unit);
    lib_.font_weight(font, semibold ? semi_bold : normal);
    lib_.set_font(layout_, font);
    lib_.font_destroy(font);
    lib_.set_one_paragraph(layout_, 1);
    lib_.set_text(layout_, run.c_str(), static_cast<int>(run.size()));
  }
  ~Layout() {
    lib_.unref(layout_);
    lib_.context_destroy(context_);
    lib_.surface_destroy(surface_);
  }
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;

  float width() const {
    int wide = 0, high = 0;
    lib_.get_size(layout_, &wide, &high);
    return static_cast<float>(wide / unit);
  }
  void draw(std::uint32_t color, double left, double baseline) {
    const auto part = [color](unsigned shift) { return static_cast<double>((color >> shift) & 0xFFU) / 255; };
    lib_.set_color(context_, part(16), part(8), part(0));
    lib_.move_to(context_, left, baseline - lib_.get_baseline(layout_) / unit);
    lib_.show(context_, layout_);
    lib_.surface_flush(surface_);
  }

 private:
  const Library& lib_;
  void *surface_, *context_, *layout_;
};

class SystemText final : public shell::RunHost {
 public:
  explicit SystemText(const Library& library) : lib_(library) {}

  float width(const std::string& run, float em, bool semibold) override {
    unsigned char pixel[4] = {};
    return Layout(lib_, run, em, semibold, pixel, 1, 1).width();
  }

  void draw(const std::string& run, float em, bool semibold, std::uint32_t color,
            const Picture& into) override {
    const auto count = static_cast<std::size_t>(into.width) * static_cast<std::size_t>(into.height);
    std::vector<std::uint32_t> drawn(count);
    Layout(lib_, run, em, semibold, reinterpret_cast<unsigned char*>(drawn.data()), into.width, into.height)
        .draw(color, static_cast<double>(into.left), static_cast<double>(into.baseline));
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t pixel = drawn[i], alpha = pixel >> 24U;
      std::uint8_t* to = into.pixels + 4 * i;
      if (alpha == 0) continue;
      for (unsigned part = 0; part < 3; ++part)
        to[part] =
            static_cast<std::uint8_t>(std::min(255U, ((pixel >> (16U - 8U * part)) & 0xFFU) * 255U / alpha));
      to[3] = static_cast<std::uint8_t>(alpha);
    }
  }

 private:
  Library lib_;
};

}  // namespace

std::unique_ptr<shell::RunHost> system_text() {
  Library library;
  if (!library.load()) return nullptr;
  return std::make_unique<SystemText>(library);
}

}  // namespace foyer::native
