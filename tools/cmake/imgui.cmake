# Dear ImGui as libraries of ours, from the pinned sources (tools/setup/imgui.sh; -DFOYER_IMGUI_DIR overrides).
#
#   imgui           the interface library as the page uses it: no demo, no debug tools, no file functions
#   imgui_referee   the same with item hooks (IMGUI_ENABLE_TEST_ENGINE); the tests define the four hook functions
#   imgui_gl3       OpenGL 3 / WebGL 2 renderer backend
#   imgui_glfw      GLFW window backend (native only)
if(NOT FOYER_IMGUI_DIR)
  execute_process(COMMAND ${PROJECT_SOURCE_DIR}/tools/setup/imgui.sh OUTPUT_VARIABLE dir
                  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(FOYER_IMGUI_DIR "${dir}" CACHE PATH "Dear ImGui 1.92 or newer: the folder with imgui.cpp")
endif()

set(tables ${FOYER_IMGUI_DIR}/imgui_tables.cpp)
if(FOYER_HOST STREQUAL "web") # bytes: nothing of ours draws a table, a tab or a scrollbar, or scans a number
  set(tables ${PROJECT_SOURCE_DIR}/web/page/no_widgets.cpp ${PROJECT_SOURCE_DIR}/web/page/no_scan.cpp)
  set_source_files_properties(${FOYER_IMGUI_DIR}/imgui_widgets.cpp PROPERTIES COMPILE_DEFINITIONS
    "EndTabBar=UnusedEndTabBar;EndMultiSelect=UnusedEndMultiSelect;Selectable=UnusedSelectable;Scrollbar=UnusedScrollbar")
endif()
foreach(target IN ITEMS imgui imgui_referee)
  add_library(${target} STATIC EXCLUDE_FROM_ALL ${FOYER_IMGUI_DIR}/imgui.cpp ${FOYER_IMGUI_DIR}/imgui_draw.cpp
    ${tables} ${FOYER_IMGUI_DIR}/imgui_widgets.cpp)
  target_include_directories(${target} SYSTEM PUBLIC ${FOYER_IMGUI_DIR})
  target_compile_definitions(${target} PUBLIC IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS
    IMGUI_DISABLE_DEBUG_TOOLS IMGUI_DISABLE_FILE_FUNCTIONS IMGUI_DISABLE_DEFAULT_FONT)
  target_compile_options(${target} PRIVATE -w)
  target_link_libraries(${target} PRIVATE foyer_flags)
endforeach()
target_compile_definitions(imgui_referee PUBLIC IMGUI_ENABLE_TEST_ENGINE)

if(NOT FOYER_HOST STREQUAL "node")
  add_library(imgui_gl3 STATIC EXCLUDE_FROM_ALL ${FOYER_IMGUI_DIR}/backends/imgui_impl_opengl3.cpp)
  target_include_directories(imgui_gl3 SYSTEM PUBLIC ${FOYER_IMGUI_DIR}/backends)
  target_compile_options(imgui_gl3 PRIVATE -w)
  target_link_libraries(imgui_gl3 PUBLIC imgui PRIVATE foyer_flags)
  if(EMSCRIPTEN)
    target_compile_definitions(imgui_gl3 PUBLIC IMGUI_IMPL_OPENGL_ES3)
  else()
    target_link_libraries(imgui_gl3 PUBLIC ${CMAKE_DL_LIBS})
  endif()
endif()
if(FOYER_HOST STREQUAL "native")
  find_package(glfw3 REQUIRED)
  find_package(OpenGL REQUIRED)
  add_library(imgui_glfw STATIC EXCLUDE_FROM_ALL ${FOYER_IMGUI_DIR}/backends/imgui_impl_glfw.cpp)
  target_include_directories(imgui_glfw SYSTEM PUBLIC ${FOYER_IMGUI_DIR}/backends)
  target_compile_options(imgui_glfw PRIVATE -w)
  target_link_libraries(imgui_glfw PUBLIC imgui glfw OpenGL::GL PRIVATE foyer_flags)
endif()
