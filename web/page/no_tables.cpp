// Stands in for imgui_tables.cpp in the page: Foyer draws no ImGui tables or columns, but ImGui's window code
// refers to them for error recovery, and the whole file would come along (about 8 KB brotli of a first
// visit). With no table ever begun none of these has anything to do. Only what imgui.cpp and
// imgui_widgets.cpp refer to is here; a call to BeginTable() or Columns() does not link.
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

}  // namespace ImGui
