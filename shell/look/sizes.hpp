// The theme's lengths, by what they are for. Views name them and never a number of pixels.
#pragma once

#include <cstdint>

namespace foyer::shell {

struct Appearance;

// Between things, and between things and the edge of what holds them. CSS pixels; they do not grow with the
// person's text size.
enum class Space : std::uint8_t {
  none,
  hair,     // 1, between buttons that belong together
  thin,     // 2, between the lines of one thing
  fine,     // 4
  tight,    // 6
  small,    // 8, between buttons
  gap,      // 12 (a phone: 10), between tiles and cards
  pad,      // 14 (a phone: 12), from a tile's edge to what is in it
  card,     // 16, the same of a card
  wide,     // 20, between paragraphs of different things
  page,     // 24, above a page's first line
  section,  // 28, before a new subject
  end,      // 32, below a page's last line
  margin,   // 24 (a phone: 16), beside a page
  columns,  // 48, between two columns of a page
};

// Sizes of things. Those that hold text grow with the person's text size.
enum class Size : std::uint8_t {
  none,
  rail,         // 224, grows
  panel,        // 376, grows: a module beside the home
  welcome,      // 460, grows
  narrow,       // 480, grows: choices, short texts
  reading,      // 560, grows: a column of text
  form,         // 640, grows
  column,       // 720, grows: cards
  tree,         // 880, grows
  both,         // 1000, grows: from here on there is room for two columns
  menu,         // 300, grows
  tile,         // 180, grows
  tile_least,   // what a tile needs where there is little room
  scene,        // 320, grows
  title,        // 220, grows: the longest name of a room in a line with others
  search,       // 260
  beside,       // 170, grows: a text narrower than this leaves what is beside it the next line
  words,        // 96, grows: the same for a word or two
  id,           // 150, grows: what an id may take of a row
  dial,         // 260, grows
  plate,        // 40: the square behind an icon
  plate_small,  // 28
  tall,         // 760: a canvas with room to spare
  mark,         // 56: the sign of the application
  field,        // 44 or more: text fields and what is beside them
  entry,        // 44, grows: a line of the navigation or of a menu
  item,         // 64, grows: a line of a list with two lines of text
  scene_high,   // 76, grows
  choice,       // 40, grows
  big,          // 48, grows: a button as wide as its card
  way,          // 52, grows: the first button of the welcome
  switch_row,   // 64, grows
  glyph,        // 22: an icon on a plate
  glyph_big,    // 24
  glyph_mark,   // 32
  glyph_line,   // 18, grows: an icon in a button
  glyph_text,   // 14, grows: an icon in a line of small text
  glyph_note,   // 16, grows
  number,       // 30, grows: the plate of a step's number
  bar,          // 6: a meter's bar
  track,        // 28: a slider in a tile
  track_big,    // 40
  stripe,       // 4: the coloured edge of a line in a list
  plot,         // 200, grows: the values of a plot
  hour,         // 22, grows: an hour of a week's picture
  day,          // 96, grows: the narrowest column of a day there
};

// What the canvas and the person's settings make of them.
struct Metrics {
  float width = 0, height = 0;
  float scale = 1;     // text, 0.8…4
  bool phone = false;  // narrower than 700 px at the usual text size: five tabs
  bool wide = false;   // 1100 px and more: detail beside the home
  bool touch = false;
  float target = 32;  // least height of a control
  float px(Space space) const;
  float px(Size size) const;
  friend bool operator==(const Metrics&, const Metrics&) = default;
};
Metrics metrics(float width, float height, const Appearance& look);

}  // namespace foyer::shell
