# Language, warnings, sanitizers, ccache: one place for what every target shares.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")

option(SQLGYM_UI "Build the window (Qt Widgets) too" ON)
option(SQLGYM_FUZZ "Build the libFuzzer targets (Clang)" OFF)
set(SQLGYM_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")

find_program(SQLGYM_CCACHE ccache)
if(SQLGYM_CCACHE)
    set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_PCH_EXTSUM=1 ${SQLGYM_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()
find_program(SQLGYM_LLD ld.lld)
if(SQLGYM_LLD)
    add_link_options(-fuse-ld=lld)
endif()

add_library(sqlgym_flags INTERFACE)
target_compile_options(sqlgym_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wno-missing-field-initializers
    # Not in what users build: the optimiser's warnings differ from one compiler to the next.
    $<$<NOT:$<CONFIG:Release>>:-Werror>)
if(SQLGYM_SANITIZE)
    add_compile_options(-fsanitize=${SQLGYM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${SQLGYM_SANITIZE})
    add_compile_definitions(SQLGYM_SANITIZED=1)
endif()
# How many times longer than an ordinary build this one may take, where a test holds the program to a time.
set(SQLGYM_PACE 1)
if(SQLGYM_SANITIZE)
    set(SQLGYM_PACE 10)
endif()
