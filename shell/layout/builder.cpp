#include "shell/layout/builder.hpp"

#include <algorithm>
#include <cmath>

namespace foyer::shell {

Action go(Route route) { return Intent{intent::Go{std::move(route)}}; }

void Builder::view(const View& what, Body body) {
  const std::string title = what.name.empty() ? std::string(word(what.title)) : what.name;
  sheet(Layer::main, main_area, Token::none, {.most = what.most}, [&] {
    inside({.id = "main", .role = Role::main, .name = title}, [&] {
      page_title(title, what.back);
      skip(Space::card);
      column({.gap = what.gap}, body);
    });
  });
}

void Builder::page_title(std::string_view title, bool back) {
  row({.gap = Space::gap}, [&] {
    if (back)
      button({.id = "back",
              .name = std::string(word(W::back)),
              .icon = Icon::back,
              .high = Size::field,
              .width = px(Size::field)},
             Local{Local::What::back, {}, {}});
    const bool fits = text_width(title, Type::title, m.scale) <= room();
    column({}, [&] { heading("heading/page", 1, m.phone && !fits ? Type::panel : Type::title, title); });
    take(0, px(Size::field));
  });
}

// ---- Words

namespace {

// A place that was measured for a text is as wide as the text: sums of widths may differ in their last
// digits.
constexpr float kRounding = 0.1F;

}  // namespace

void Builder::put_words(Rect rect, Type type, Token ink, std::string words) {
  Item& item = box(rect, Token::none, 0);
  item.kind = Item::Kind::text;
  item.type = type;
  item.value = m.scale;
  item.ink = ink;
  item.text = std::move(words);
}

void Builder::put_icon(Rect rect, Icon which, float size, Token ink) {
  if (which == Icon::none) return;
  Item& item = box(rect, Token::none, 0);
  item.kind = Item::Kind::icon;
  item.icon = which;
  item.value = size;
  item.ink = ink;
}

void Builder::put_line(float x, float y, float to_x, float to_y, float thick, Token ink) {
  Item& item = box({x, y, to_x - x, to_y - y}, Token::none, 0);
  item.kind = Item::Kind::line;
  item.ink = ink;
  item.value = thick;
}

Rect Builder::text(Type type, Token ink, std::string_view words) {
  const float high = line_height(type, m.scale), width = room();
  const float wide = text_width(words, type, m.scale);
  if (wide <= width + kRounding && words.find('\n') == words.npos) {
    const Rect rect = take(wide, high);
    put_words(rect, type, ink, std::string(words));
    return rect;
  }
  std::vector<std::string> lines = shell::wrap(words, type, m.scale, width);
  float widest = 0;
  for (const std::string& one : lines) widest = std::max(widest, text_width(one, type, m.scale));
  const Rect all = take(std::min(widest, width), high * static_cast<float>(lines.size()));
  Rect rect{all.x, all.y, 0, high};
  for (std::string& one : lines) {
    rect.w = text_width(one, type, m.scale);
    put_words(rect, type, ink, std::move(one));
    rect.y += high;
  }
  return all;
}

void Builder::line(Type type, Token ink, std::string_view words) {
  std::string cut;
  one_line(type, ink, words, cut);
  if (!cut.empty()) was_cut(words);
}

Rect Builder::one_line(Type type, Token ink, std::string_view words, std::string& cut) {
  const float high = line_height(type, m.scale), width = room(), wide = text_width(words, type, m.scale);
  if (wide > width + kRounding) cut = ellipsize(words, type, m.scale, width);
  const Rect rect = take(cut.empty() ? wide : std::min(width, text_width(cut, type, m.scale)), high);
  put_words(rect, type, ink, cut.empty() ? std::string(words) : cut);
  return rect;
}

void Builder::paragraph(std::string id, Type type, Token ink, std::string_view words) {
  const Rect rect = text(type, ink, words);
  node({.id = std::move(id), .role = Role::text, .name = std::string(words)}, rect);
}

Node& Builder::label(std::string id, Type type, Token ink, std::string_view words) {
  std::string cut;
  const Rect rect = one_line(type, ink, words, cut);
  Node made{.id = std::move(id), .role = Role::text, .name = std::string(words)};
  if (!cut.empty()) made.title = words;
  return node(std::move(made), rect);
}

void Builder::heading(std::string id, int level, Type type, std::string_view words) {
  const Rect rect = text(type, Token::ink, words);
  Node made{.id = std::move(id), .role = Role::heading, .name = std::string(words)};
  made.level = level;
  node(std::move(made), rect);
}

void Builder::section(std::string id, W title) {
  skip(Space::gap);
  heading(std::move(id), 2, Type::section, word(title));
}

void Builder::fact(const std::string& id, std::string_view name, std::string_view value) {
  column({}, [&] {
    skip(Space::fine);
    node({.id = id, .role = Role::text, .name = std::string(name) + ": " + std::string(value)}, {});
    const auto made = static_cast<std::size_t>(last());
    const Rect top = lane(0);
    split(
        {.least = Size::words}, [&] { text(Type::small, Token::ink2, name); },
        [&] { text(Type::small, Token::ink, value); });
    skip(Space::fine);
    page.places[made].rect = {top.x, top.y, top.w, lane(0).y - top.y};
  });
}

void Builder::copy_fact(const std::string& id, std::string_view name, const std::string& full) {
  split(
      {.least = Size::words}, [&] { text(Type::small, Token::ink2, name); },
      [&] { copy_id(id, name, full, Token::ink); });
}

void Builder::lead_in(std::string id, bool small, Token ink, std::string_view bold, std::string_view plain) {
  const Type strong = small ? Type::small_strong : Type::strong, usual = small ? Type::small : Type::body;
  const float width = room(), high = line_height(usual, m.scale);
  const std::vector<std::string> head = shell::wrap(bold, strong, m.scale, width);
  const float used = text_width(head.back() + " ", strong, m.scale);
  std::string_view rest = plain;
  std::size_t fits = 0;
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t end = std::min(plain.find(' ', at), plain.size());
    if (used + text_width(plain.substr(0, end), usual, m.scale) > width) break;
    fits = end;
    at = end + 1;
  }
  rest.remove_prefix(std::min(plain.size(), fits == 0 ? 0 : fits + 1));
  const auto tail = rest.empty() ? std::vector<std::string>{} : shell::wrap(rest, usual, m.scale, width);
  float widest = 0;
  for (const std::string& one : head) widest = std::max(widest, text_width(one, strong, m.scale));
  widest = std::max(widest, used + text_width(plain.substr(0, fits), usual, m.scale));
  for (const std::string& one : tail) widest = std::max(widest, text_width(one, usual, m.scale));
  const Rect all = take(std::min(width, widest), high * static_cast<float>(head.size() + tail.size()));
  Rect rect{all.x, all.y, 0, high};
  const auto put = [&](Type type, Token tint, std::string_view words) {
    rect.w = text_width(words, type, m.scale);
    put_words(rect, type, tint, std::string(words));
  };
  for (const std::string& one : head) put(strong, ink, one), rect.y += high;
  if (fits > 0) {
    rect = {all.x + used, rect.y - high, 0, high};
    put(usual, Token::ink, plain.substr(0, fits));
    rect = {all.x, rect.y + high, 0, high};
  }
  for (const std::string& one : tail) put(usual, Token::ink, one), rect.y += high;
  Node made{.id = std::move(id), .role = Role::text, .name = std::string(bold)};
  if (!plain.empty()) made.name.append(" ").append(plain);
  node(std::move(made), all);
}

void Builder::note(std::string id, Icon which, Token ink, Token ground, std::string_view words, Type type) {
  card({.fill = ground, .over = Space::gap}, [&] {
    row({.gap = Space::gap, .align = Align::start}, [&] {
      icon(which, Size::glyph, ink, type);
      column({}, [&] { paragraph(std::move(id), type, ink == Token::ink2 ? Token::ink : ink, words); });
    });
  });
}

void Builder::pill(std::string_view words, Token ink, Token ground, Token edge) {
  const float high = line_height(Type::small_strong, m.scale) + px(Space::thin);
  const float wide = text_width(words, Type::small_strong, m.scale);
  const Rect rect = take(std::max(high, wide + px(Space::pad)), high);
  box(rect, ground, high / 2, edge);
  put_words({rect.x + (rect.w - wide) / 2, rect.y + 1, wide, high - 2}, Type::small_strong, ink,
            std::string(words));
}

void Builder::copy_id(const std::string& id, std::string_view what, const std::string& full, Token ink) {
  const std::string shown = short_id(full);
  const float line = line_height(Type::small, m.scale), glyph = px(Size::glyph_text);
  const float pad = px(Space::small);
  const float most = std::max(room() - glyph - 3 * pad, line);  // a letter, where nothing else fits
  const float wide = std::min({text_width(shown, Type::small, m.scale), px(Size::id), most});
  const Rect hit = take(wide + glyph + 3 * pad, std::max(line + pad, m.touch ? m.target : 28.0F));
  Node made{.id = id, .role = Role::button, .name = say(W::copy, {what}), .description = full};
  node(std::move(made), hit, Intent{intent::CopyText{full, std::string(what)}});
  box({hit.x, hit.y + (hit.h - line - pad) / 2, hit.w, line + pad}, Token::none, 8, Token::none, last());
  const std::string fits = ellipsize(shown, Type::small, m.scale, wide + 1);
  if (fits != shown) was_cut(shown);
  put_words({hit.x + pad, hit.y + (hit.h - line) / 2, wide, line}, Type::small, ink, fits);
  put_icon({hit.x + pad + wide + pad, hit.y, glyph, hit.h}, Icon::copy, glyph, Token::ink2);
}

void Builder::code(const std::string& id, std::string_view words, std::size_t most) {
  card({.edge = Token::line, .pad = Space::gap, .radius = 12, .parent = {}, .link = {}}, [&] {
    const std::size_t first = page.nodes.size();
    node({.id = id, .role = Role::text, .name = std::string(words)}, {});
    const Rect top = lane(0);
    std::size_t made = 0;
    for (std::string_view rest = words; !rest.empty() && made < most; ++made) {
      const auto end = rest.find('\n');
      std::string_view one = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      const auto indent = std::min(one.find_first_not_of(' '), one.size());
      row({.gap = Space::none, .align = Align::start}, [&] {
        const float left = std::min(static_cast<float>(indent) * px(Size::glyph_text) / 2, room() / 2);
        if (left > 0) take(left, 0);
        column({}, [&] { text(Type::small, Token::ink, one.substr(indent)); });
      });
    }
    page.places[first].rect = {top.x, top.y, top.w, lane(0).y - top.y};
  });
}

// ---- Pictures

void Builder::icon(Icon which, Size size, Token ink, Type beside) {
  const float glyph = px(size);
  put_icon(take(glyph, line_height(beside, m.scale)), which, glyph, ink);
}

void Builder::icon(Icon which, Size size, Token ink) {
  const float glyph = px(size);
  put_icon(take(glyph, glyph), which, glyph, ink);
}

void Builder::plate(Icon which, Token ground, Token ink, Size size, Size glyph) {
  const Rect rect = take(px(size), px(size));
  box(rect, ground, size == Size::mark ? 16.0F : size == Size::number ? rect.h / 2 : 12.0F);
  put_icon(rect, which, px(glyph), ink);
}

void Builder::number(int value, Token ink, Token ground) {
  const Rect rect = take(px(Size::number), px(Size::number));
  box(rect, ground, rect.h / 2);
  over(rect, [&] { text(Type::small_strong, ink, std::to_string(value)); });
}

void Builder::indent(int depth) {
  if (depth == 0) return;
  const Rect rect = take(px(Space::margin) * static_cast<float>(depth), px(Size::choice));
  box({rect.x + rect.w - px(Space::small), rect.y, 1, rect.h}, Token::line, 0);
}

void Builder::rule() { box(take(room(), 1), Token::line, 0); }

void Builder::meter(std::string id, std::string_view name, int used, int most, std::string_view words,
                    bool much) {
  column({.gap = Space::fine}, [&] {
    Node made{.id = std::move(id),
              .role = Role::progressbar,
              .name = std::string(name),
              .value_text = std::string(words)};
    made.value = used;
    made.least = 0;
    made.most = most;
    node(std::move(made), {});
    const auto twin = static_cast<std::size_t>(last());
    const Rect top = lane(0);
    row({.align = Align::start}, [&] {
      if (much) icon(Icon::warning, Size::glyph_note, Token::bad, Type::small);
      column({}, [&] { text(Type::small, much ? Token::bad : Token::ink2, words); });
    });
    bar(most > 0 ? static_cast<double>(used) / most : 0, much ? Token::bad : Token::accent, Token::line);
    page.places[twin].rect = {top.x, top.y, top.w, lane(0).y - top.y};
  });
}

void Builder::bar(double part, Token ink, Token ground) {
  const Rect rect = take(room(), px(Size::bar));
  box(rect, ground, rect.h / 2);
  if (part > 0)
    box({rect.x, rect.y, std::max(rect.h, rect.w * std::min(1.0F, static_cast<float>(part))), rect.h}, ink,
        rect.h / 2);
}

}  // namespace foyer::shell
