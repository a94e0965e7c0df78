# Rooms: one static library per folder, and an include is found only along the declared arrows.
#
#   foyer_room(<name> SOURCES a.cpp … [FAST_SOURCES b.cpp …] [LATER c.cpp …] [DEPENDS room …] [LIBS target …]
#              [PATH core/base])
#     Library foyer_<name>. PATH is the folder from the project root; default: where the call stands. SOURCES and
#     FAST_SOURCES are relative to it; FAST_SOURCES (the files that read JSON) are compiled for speed where the rest is
#     compiled for size. LATER are those that the page brings when they are wanted (core/ports/parts.hpp,
#     web/page/split.mjs): their functions run only after their part is here. The build tree gets rooms/<name>/<PATH> as a symbolic link to the folder, and rooms/<name> is
#     the only include folder a room offers: "core/base/result.hpp" is found only with `base` among DEPENDS (or theirs).
#     A room with `imgui` among LIBS gets a twin foyer_<name>_referee, built with Dear ImGui's item hooks on.
#   foyer_test(<name> SOURCES … DEPENDS room … [LIBS target …] [REFEREE])
#     GoogleTest program tests/<name>, natively and (as tests/<name>.js) in Node, from the same sources.
#     REFEREE links the twins of rooms that draw.
#   foyer_bench(<name> SOURCES … DEPENDS … [LIBS …])   benchmark: WebAssembly with the page's own flags, run by Node.
#   foyer_fuzz(<name> SOURCES … DEPENDS …)             libFuzzer program, native-fuzz preset only.
#   foyer_our_flags(<target>)                          our warnings and language rules, for targets made by hand.

set(FOYER_ROOMS_DIR ${CMAKE_BINARY_DIR}/rooms)

add_library(foyer_flags INTERFACE)
target_compile_features(foyer_flags INTERFACE cxx_std_23)
target_compile_options(foyer_flags INTERFACE -fno-exceptions -fno-rtti)

add_library(foyer_warnings INTERFACE)
target_compile_options(foyer_warnings INTERFACE
  -Wall -Wextra -Wpedantic $<$<NOT:$<BOOL:${FOYER_TOGETHER}>>:-Wshadow> -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wimplicit-fallthrough -Wunreachable-code -Wmissing-declarations -Werror)

# nlohmann/json lies in the system's include folder, which a cross compiler must not see as a whole.
find_path(FOYER_JSON_DIR nlohmann/json.hpp PATHS /usr/include /usr/local/include /opt/homebrew/include
          NO_CMAKE_FIND_ROOT_PATH REQUIRED)
file(MAKE_DIRECTORY ${FOYER_ROOMS_DIR}/.json)
file(CREATE_LINK ${FOYER_JSON_DIR}/nlohmann ${FOYER_ROOMS_DIR}/.json/nlohmann SYMBOLIC)
add_library(foyer_json INTERFACE)
target_include_directories(foyer_json SYSTEM INTERFACE ${FOYER_ROOMS_DIR}/.json)
target_compile_definitions(foyer_json INTERFACE JSON_NOEXCEPTION JSON_USE_IMPLICIT_CONVERSIONS=0)

# Release builds read the standard library once for all rooms: it saves a seventh of the time. Debug builds do
# not: there an include that a file has forgotten is missed.
if(FOYER_PRECOMPILE AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT FOYER_FUZZ)
  file(WRITE ${CMAKE_BINARY_DIR}/std.cpp "")
  add_library(foyer_std OBJECT EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/std.cpp)
  target_link_libraries(foyer_std PRIVATE foyer_flags foyer_warnings foyer_json)
  target_compile_options(foyer_std PRIVATE "SHELL:-Xclang -fno-pch-timestamp") # the same bytes each time, for ccache
  target_precompile_headers(foyer_std PRIVATE <algorithm> <array> <charconv> <cmath> <coroutine> <cstdint> <deque>
    <expected> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <utility> <variant> <vector>)
endif()

# foyer_together(<target> <list of sources> …): so many files of each list, as FOYER_TOGETHER says, are one unit of
# compilation; the others' headers come once. All is compiled in a quarter of the time, one edit costs its neighbours' as
# well.
function(foyer_together target)
  if(NOT FOYER_TOGETHER)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  foreach(list IN LISTS ARGN)
    set(at 0)
    foreach(source IN LISTS ${list})
      math(EXPR group "${at} / ${FOYER_TOGETHER}")
      set_property(SOURCE ${source} PROPERTY UNITY_GROUP ${list}_${group})
      math(EXPR at "${at} + 1")
    endforeach()
  endforeach()
endfunction()

# Notes which objects of a target the page brings later.
function(foyer_later_objects target)
  set(made ${ARGN})
  if(FOYER_TOGETHER AND made)
    list(LENGTH made count)
    math(EXPR last "(${count} - 1) / ${FOYER_TOGETHER}")
    set(made "")
    foreach(group RANGE ${last})
      list(APPEND made Unity/unity_later_${group}_cxx.cxx)
    endforeach()
  endif()
  foreach(object IN LISTS made)
    set_property(GLOBAL APPEND PROPERTY FOYER_LATER ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/${object}.o)
  endforeach()
endfunction()

function(foyer_our_flags target)
  if(TARGET foyer_std)
    target_precompile_headers(${target} REUSE_FROM foyer_std)
  endif()
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:foyer_flags> $<BUILD_INTERFACE:foyer_warnings>)
endfunction()

function(foyer_fast_sources)
  if(EMSCRIPTEN AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    set_property(SOURCE ${ARGV} APPEND PROPERTY COMPILE_OPTIONS -O2)
    set_property(SOURCE ${ARGV} PROPERTY SKIP_PRECOMPILE_HEADERS ON) # which was made for size
  endif()
endfunction()

function(foyer_room name)
  cmake_parse_arguments(arg "" "PATH" "SOURCES;FAST_SOURCES;LATER;DEPENDS;LIBS" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "foyer_room(${name}): unknown argument ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_PATH)
    file(RELATIVE_PATH arg_PATH ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  endif()
  cmake_path(GET arg_PATH PARENT_PATH parent)
  file(MAKE_DIRECTORY ${FOYER_ROOMS_DIR}/${name}/${parent})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${arg_PATH} ${FOYER_ROOMS_DIR}/${name}/${arg_PATH} SYMBOLIC)

  set(now ${arg_SOURCES} ${arg_FAST_SOURCES})
  set(later ${arg_LATER})
  list(TRANSFORM now PREPEND ${PROJECT_SOURCE_DIR}/${arg_PATH}/)
  list(TRANSFORM later PREPEND ${PROJECT_SOURCE_DIR}/${arg_PATH}/)
  if(arg_FAST_SOURCES)
    list(TRANSFORM arg_FAST_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/${arg_PATH}/)
    foyer_fast_sources(${arg_FAST_SOURCES})
  endif()

  foyer_later_objects(foyer_${name} ${arg_LATER})
  set_property(GLOBAL APPEND PROPERTY FOYER_ROOMS ${name})

  set(twins "")
  if("imgui" IN_LIST arg_LIBS)
    set(twins _referee)
  endif()
  foreach(twin IN ITEMS "none" ${twins})
    string(REPLACE "none" "" twin "${twin}")
    set(target foyer_${name}${twin})
    set(libs ${arg_LIBS})
    if(twin)
      list(TRANSFORM libs REPLACE "^imgui$" imgui_referee)
    endif()
    add_library(${target} STATIC EXCLUDE_FROM_ALL ${now} ${later}) # `all` is the programs and what they are made of
    target_include_directories(${target} PUBLIC ${FOYER_ROOMS_DIR}/${name})
    foyer_our_flags(${target})
    foyer_together(${target} now later)
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:foyer_json>)
    target_compile_definitions(${target} PRIVATE JSON_NO_IO) # no streams in a room; tests print JSON with them
    foreach(room IN LISTS arg_DEPENDS)
      target_link_libraries(${target} PUBLIC foyer_${room})
    endforeach()
    target_link_libraries(${target} PUBLIC ${libs})
  endforeach()
endfunction()

# GoogleTest and GoogleMock as one library, from the sources Debian ships, under our language flags. Who only builds
# programs has no need of them: without them there are no tests, until the build sees that they have come.
function(foyer_googletest)
  if(TARGET foyer_gtest)
    return()
  endif()
  set(FOYER_GTEST_DIR /usr/src/googletest CACHE PATH "Folder with googletest/ and googlemock/")
  file(GLOB there CONFIGURE_DEPENDS ${FOYER_GTEST_DIR}/googletest/src/gtest-all.cc)
  if(NOT there)
    return()
  endif()
  add_library(foyer_gtest STATIC EXCLUDE_FROM_ALL ${FOYER_GTEST_DIR}/googletest/src/gtest-all.cc
    ${FOYER_GTEST_DIR}/googlemock/src/gmock-all.cc ${FOYER_GTEST_DIR}/googlemock/src/gmock_main.cc)
  target_include_directories(foyer_gtest SYSTEM PUBLIC ${FOYER_GTEST_DIR}/googletest/include
    ${FOYER_GTEST_DIR}/googlemock/include)
  target_include_directories(foyer_gtest PRIVATE ${FOYER_GTEST_DIR}/googletest ${FOYER_GTEST_DIR}/googlemock)
  target_link_libraries(foyer_gtest PUBLIC foyer_flags)
  target_compile_options(foyer_gtest PRIVATE -w)
  if(EMSCRIPTEN)
    target_compile_definitions(foyer_gtest PUBLIC GTEST_HAS_PTHREAD=0)
  else()
    find_package(Threads REQUIRED)
    target_link_libraries(foyer_gtest PUBLIC Threads::Threads)
  endif()
endfunction()

# Links rooms (or, with REFEREE, the twins of those that draw) and libraries to a program.
function(foyer_link target referee depends libs)
  foyer_our_flags(${target})
  target_link_libraries(${target} PRIVATE foyer_json)
  foreach(room IN LISTS depends)
    if(referee AND TARGET foyer_${room}_referee)
      target_link_libraries(${target} PRIVATE foyer_${room}_referee)
    else()
      target_link_libraries(${target} PRIVATE foyer_${room})
    endif()
  endforeach()
  target_link_libraries(${target} PRIVATE ${libs})
  target_include_directories(${target} PRIVATE ${FOYER_ROOMS_DIR}/.tests)
endfunction()

# Has the linker write which members of which archives it took (extracted/<target>.txt), for tools/notices.mjs.
function(foyer_note_parts target)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/extracted)
  target_link_options(${target} PRIVATE "LINKER:--why-extract=${CMAKE_BINARY_DIR}/extracted/${target}.txt")
endfunction()

function(foyer_test name)
  cmake_parse_arguments(arg "REFEREE" "" "SOURCES;DEPENDS;LIBS" ${ARGN})
  if(FOYER_HOST STREQUAL "web")
    return()
  endif()
  foyer_googletest()
  if(NOT TARGET foyer_gtest)
    return()
  endif()
  add_executable(${name} EXCLUDE_FROM_ALL ${arg_SOURCES})
  foyer_link(${name} "${arg_REFEREE}" "${arg_DEPENDS}" "${arg_LIBS}")
  foyer_together(${name} arg_SOURCES)
  target_link_libraries(${name} PRIVATE foyer_gtest)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(EMSCRIPTEN)
    target_link_options(${name} PRIVATE -sENVIRONMENT=node -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1
      -sSTACK_SIZE=1048576 -sASSERTIONS=1 --pre-js ${PROJECT_SOURCE_DIR}/tools/cmake/node_environment.js)
  endif()
  set_property(GLOBAL APPEND PROPERTY FOYER_TESTS ${name})
  # For ctest and IDE explorers; Emscripten's module for CMake starts the program with Node.
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()

function(foyer_bench name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;LIBS" ${ARGN})
  if(NOT FOYER_HOST STREQUAL "web")
    return()
  endif()
  add_executable(${name} EXCLUDE_FROM_ALL ${arg_SOURCES})
  foyer_link(${name} OFF "${arg_DEPENDS}" "${arg_LIBS}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
  target_link_options(${name} PRIVATE -sENVIRONMENT=node -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1
    --pre-js ${PROJECT_SOURCE_DIR}/tools/cmake/node_environment.js)
  set_property(GLOBAL APPEND PROPERTY FOYER_BENCHES ${name})
endfunction()

function(foyer_fuzz name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;LIBS" ${ARGN})
  if(NOT FOYER_FUZZ)
    return()
  endif()
  add_executable(${name} EXCLUDE_FROM_ALL ${arg_SOURCES})
  foyer_link(${name} OFF "${arg_DEPENDS}" "${arg_LIBS}")
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_compile_options(${name} PRIVATE -Wno-missing-declarations)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  set_property(GLOBAL APPEND PROPERTY FOYER_FUZZERS ${name})
endfunction()

# At the end of configuration: what tools/test.mjs, tools/bench.mjs and tools/fuzz.sh find and run.
function(foyer_write_lists)
  foreach(list IN ITEMS TESTS BENCHES FUZZERS)
    get_property(names GLOBAL PROPERTY FOYER_${list})
    string(TOLOWER ${list} file)
    list(JOIN names "\n" text)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${file}.txt CONTENT "${text}\n")
    add_custom_target(all_${file} DEPENDS ${names})
  endforeach()
endfunction()
