# Toolchain file for the page and for Node: finds (or fetches, through tools/setup/emscripten.sh) an Emscripten that
# is new enough and hands over to its own CMake module. Needs no environment, so that an IDE can use the presets.
if(NOT EMSCRIPTEN_ROOT_PATH)
  if(DEFINED ENV{FOYER_EMSCRIPTEN_ROOT})
    set(root "$ENV{FOYER_EMSCRIPTEN_ROOT}")
  else()
    execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/../setup/emscripten.sh OUTPUT_VARIABLE root
                    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    set(ENV{FOYER_EMSCRIPTEN_ROOT} "${root}")
  endif()
  set(EMSCRIPTEN_ROOT_PATH "${root}" CACHE PATH "Folder that holds emcc")
endif()
include("${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake")
