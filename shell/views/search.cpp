#include "shell/views/search.hpp"

#include <algorithm>

#include "shell/look/format.hpp"
#include "shell/views/help.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

// The words of a folded query, the longest first: it is the rarest.
std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  std::ranges::sort(words, std::ranges::greater{}, &std::string_view::size);
  return words;
}

bool has_all(std::string_view line, const std::vector<std::string_view>& words) {
  return std::ranges::all_of(words, [&](std::string_view word) { return line.find(word) != line.npos; });
}

struct Maker {
  SearchIndex& index;
  std::string line{};

  void add(std::string_view text) {
    if (text.empty()) return;
    line += text;
    line += ' ';
  }
  void end(Found found) {
    index.text += fold(line);
    index.text += '\n';
    index.ends.push_back(static_cast<std::uint32_t>(index.text.size()));
    index.entries.push_back(found);
    line.clear();
  }
  // The cloud's and the person's: both may be what somebody looks for.
  template <class Thing>
  void names(const State& state, const Thing& one) {
    add(one.name);
    if (const std::string_view own = name_of(state.arrangement, one); own != one.name) add(own);
  }
  void module(const State& state, const Plant& plant, const Module& one) {
    names(state, one);
    if (const Ambient* room = plant.ambient(one.ambient)) names(state, *room);
    add(word(kind_word(one.kind)));
    add(one.product);
    add(one.device);
    if (one.hardware != one.device) add(one.hardware);
    add(one.appliance);
    add(one.id.remote());
    if (one.reach == Reach::unreachable) add(word(W::offline_word));
  }
};

}  // namespace

std::string fold(std::string_view text) {
  static constexpr std::string_view plain = "aaaaaaaceeeeiiiidnooooo/ouuuuyts";
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto byte = static_cast<unsigned char>(text[at]);
    if (text.substr(at, 2) == "\u00A0") {
      out += ' ';
      ++at;
    } else if (text.substr(at, 3) == "\u202F") {
      out += ' ';
      at += 2;
    } else if (byte >= '\t' && byte <= '\r') {
      out += ' ';
    } else if (byte == 0xC3 && at + 1 < text.size()) {
      out += plain[static_cast<unsigned char>(text[++at]) & 0x1FU];
    } else {
      out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : static_cast<char>(byte);
    }
  }
  return out;
}

bool matches(std::string_view text, std::string_view query) {
  const std::string folded = fold(query);
  return has_all(fold(text), words_of(folded));
}

const SearchIndex& search_index(const State& state, std::unique_ptr<SearchIndex>& kept) {
  if (kept && kept->version == state.version && kept->state == &state) return *kept;
  kept = std::make_unique<SearchIndex>();
  kept->version = state.version;
  kept->state = &state;
  Maker make{*kept};
  for (std::uint32_t at = 0; at < all_views().size(); ++at) {
    const ViewRow& row = all_views()[at];
    // A home has a line of its own; rooms and modules have theirs.
    if (row.name == W::home) continue;
    make.add(word(row.name));
    make.end({Found::What::view, 0, at});
  }
  for (std::uint32_t at = 0; at < state.plants.size(); ++at) {
    make.add(shown_name(state, state.plants[at]));
    make.names(state, state.plants[at]);
    make.add(state.plants[at].id.remote());
    make.end({Found::What::home, at, 0});
  }
  for (const bool scenes : {true, false}) {
    for (std::uint32_t at = 0; at < state.plants.size(); ++at) {
      const Plant& plant = state.plants[at];
      for (std::uint32_t index = 0; !scenes && index < plant.ambients.size(); ++index) {
        make.names(state, plant.ambients[index]);
        make.add(plant.ambients[index].floor);
        make.end({Found::What::room, at, index});
      }
    }
    for (std::uint32_t at = 0; at < state.plants.size(); ++at) {
      const Plant& plant = state.plants[at];
      for (std::uint32_t index = 0; index < plant.modules.size(); ++index) {
        const Module& one = plant.modules[index];
        if ((one.kind == Kind::scene) != scenes) continue;
        make.module(state, plant, one);
        make.end({scenes ? Found::What::scene : Found::What::device, at, index});
      }
    }
  }
  for (std::uint32_t at = 0; at < kHelp.size(); ++at) {
    make.add(word(kHelp[at].question));
    make.add(word(W::help));
    make.end({Found::What::help, 0, at});
  }
  return *kept;
}

std::vector<Found> search(const SearchIndex& index, std::string_view query) {
  std::vector<Found> found;
  const std::string folded = fold(query);
  std::vector<std::string_view> words = words_of(folded);
  if (words.empty()) return found;
  const std::string_view text = index.text, rarest = words.front();
  words.erase(words.begin());
  std::size_t line = 0;
  for (std::size_t at = text.find(rarest); at != text.npos; at = text.find(rarest, index.ends[line - 1])) {
    while (index.ends[line] <= at) ++line;
    const std::size_t begin = line == 0 ? 0 : index.ends[line - 1];
    if (has_all(text.substr(begin, index.ends[line] - begin), words)) found.push_back(index.entries[line]);
    ++line;
    if (line == index.ends.size()) break;
  }
  return found;
}

}  // namespace foyer::shell
