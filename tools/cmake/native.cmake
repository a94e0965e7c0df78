# The compiler of this machine, found by version and not by name (tools/setup/env.sh `compiler`): $CC and $CXX, clang-19,
# clang, or a newer one. Needs no environment, so that an IDE can use the presets.
foreach(language IN ITEMS C CXX)
  if(NOT CMAKE_${language}_COMPILER)
    set(name clang)
    if(language STREQUAL "CXX")
      set(name clang++)
    endif()
    execute_process(COMMAND bash -c ". '${CMAKE_CURRENT_LIST_DIR}/../setup/env.sh'; compiler ${name}"
                    OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(NOT found)
      message(FATAL_ERROR "Foyer needs ${name} 19 or newer: install it, or name one with CC and CXX")
    endif()
    set(CMAKE_${language}_COMPILER ${found} CACHE FILEPATH "Compiler")
  endif()
endforeach()
