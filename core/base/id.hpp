// Strong ids: the id of one thing cannot be passed for the id of another.
//
// The text form is "<cloud>:<the cloud's own id>", for example "hc:0000aa…" – ids of different clouds cannot
// collide, and the text goes into deep links as it is.
#pragma once

#include <compare>
#include <string>
#include <utility>

namespace foyer {

template <class Tag>
struct Id {
  std::string text;

  Id() = default;
  explicit Id(std::string value) : text(std::move(value)) {}
  // The cloud's own id, without the prefix.
  std::string remote() const {
    auto colon = text.find(':');
    return colon == std::string::npos ? text : text.substr(colon + 1);
  }
  bool empty() const { return text.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace foyer
