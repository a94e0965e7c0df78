// Somebody's home as nobody's: the same bodies with other ids, names, places, addresses and times.
//
// Contract: equal originals get equal substitutes in all bodies and paths that one Disguise sees, so
// references still fit. Times move by one number of whole weeks, so weekday and clock stay. Everything else
// stays to the letter: spaces, order of members, form of numbers and escapes, members nobody knows. Texts
// stay when they are words of the vendors (vocabulary.hpp), small numbers or versions; a word that is new in
// a member of kinds, modes or states stays, too, unless somebody's name is the same. Bodies that are no JSON
// keep their form and lose every word that is none of the vendors'.
//
// Example (compiled by tests/app/report):
//   Disguise disguise(draw);
//   disguise.learn(R"({"id":"70:ee:50:00:00:01","name":"Hall","type":"NLG"})");   // all bodies first
//   disguise.body(R"({"id":"70:ee:50:00:00:01","name":"Hall","type":"NLG"})");
//   // {"id":"31:cb:04:92:d7:50","name":"Wogg","type":"NLG"}
#pragma once

#include <string>
#include <string_view>

#include "core/app/report/rewrite.hpp"
#include "core/app/report/substitutes.hpp"
#include "core/base/time.hpp"

namespace foyer::report {

class Disguise {
 public:
  explicit Disguise(Draw draw);

  // What is somebody's in it: ids and names, also where they stand elsewhere without saying so.
  void learn(std::string_view body);
  std::string body(std::string_view text);
  // "/plants/abc/topology?home_id=def": parts of the path one by one, the query by its names.
  std::string target(std::string_view path_and_query);
  // One value of a member of that name.
  std::string value(std::string_view member, std::string_view text) {
    return text_of({.member = member}, text);
  }
  Instant time(Instant at) const { return at + by_; }
  // How many different texts were replaced.
  std::size_t count() const { return substitutes_.count(); }

 private:
  void note(const Spot& spot, std::string_view text);
  std::string name_of(const Spot& spot, std::string_view name);
  std::string text_of(const Spot& spot, std::string_view text);
  std::string number_of(const Spot& spot, std::string_view number);
  std::string message(std::string_view text);
  std::string no_json(std::string_view text);
  std::string pieces(std::string_view text);
  std::string piece(std::string_view text);
  std::string zone(std::string_view text);

  Substitutes substitutes_;
  Seconds by_{};
  std::size_t zone_step_ = 0;
};

}  // namespace foyer::report
