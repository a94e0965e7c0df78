// Stands in for imgui_tables.cpp and some widgets in the page: Foyer draws no ImGui tables, columns, tabs,
// lists or scrollbars, but ImGui's window code refers to them for error recovery, and all of it would come
// along (about 12 KB brotli of a first visit). With none ever begun none of these has anything to do. Only
// what imgui.cpp and imgui_widgets.cpp refer to is here; a call to BeginTable() or Columns() does not link.
#include <imgui.h>
#include <imgui_internal.h>

namespace ImGui {

void EndColumns() {}
void EndTable() {}
void PopColumnsBackground() {}
void PushColumnsBackground() {}
void TableEndCell(ImGuiTable*) {}
void TableEndRow(ImGuiTable*) {}
void TableGcCompactSettings() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}
void TablePopBackgroundChannel() {}
void TablePopColumnChannel() {}
void TablePushBackgroundChannel() {}
void TablePushColumnChannel(int) {}
void TableSettingsAddSettingsHandler() {}

// Their own definitions are called otherwise (tools/cmake/imgui.cmake), and nobody refers to those.
void EndTabBar() {}
ImGuiMultiSelectIO* EndMultiSelect() { return nullptr; }
bool Selectable(const char*, bool, ImGuiSelectableFlags, const ImVec2&) { return false; }
void Scrollbar(ImGuiAxis) {}

}  // namespace ImGui
