#include "shell/layout/page.hpp"

namespace foyer::shell {

int Page::find(std::string_view id) const {
  if (id.empty()) return -1;
  for (std::size_t index = 0; index < nodes.size(); ++index)
    if (nodes[index].id == id) return static_cast<int>(index);
  return -1;
}

void Page::clear() {
  items.clear();
  groups.clear();
  nodes.clear();
  places.clear();
  actions.clear();
  areas = {};
  title.clear();
  open = 0;
  whole = true;
}

}  // namespace foyer::shell
