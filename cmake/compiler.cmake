# The language level, the warnings and the sanitizers, the same for every target.

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  message(FATAL_ERROR
    "GCC ${CMAKE_CXX_COMPILER_VERSION} cannot build Huxin: GCC 12 destroys the temporaries of "
    "`co_await f(Aggregate{...})` twice, a double free in every coroutine of the uplink and the "
    "collector. Use clang 19 (apt-get install clang-19; cmake --preset dev) or GCC 13 and later.")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Programs as libraries, so that both take the same precompiled headers.
set(CMAKE_CXX_COMPILE_OPTIONS_PIE -fPIC)

option(HUXIN_WERROR "Treat warnings as errors" OFF)
set(HUXIN_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")
option(HUXIN_HARDEN "Hardening flags of the shipped build" OFF)
option(HUXIN_LTO "Optimise over the borders of files (ThinLTO)" OFF)
set(HUXIN_PROFILE "" CACHE FILEPATH "Profile of scanning, as packaging/profile makes it")
option(HUXIN_COVERAGE "Record source coverage" OFF)
option(HUXIN_FUZZ "Build the libFuzzer targets" OFF)
option(HUXIN_PCH "Precompile the common headers" ON)

add_library(huxin_flags INTERFACE)
target_include_directories(huxin_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_options(huxin_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wimplicit-fallthrough
  $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-designated-field-initializers>)
# In every build, so that what would stop a shipped program stops a test.
target_compile_definitions(huxin_flags INTERFACE _GLIBCXX_ASSERTIONS)
if(HUXIN_WERROR)
  target_compile_options(huxin_flags INTERFACE -Werror)
endif()
if(HUXIN_SANITIZE)
  target_compile_options(huxin_flags INTERFACE
    -fsanitize=${HUXIN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(huxin_flags INTERFACE -fsanitize=${HUXIN_SANITIZE})
  target_compile_definitions(huxin_flags INTERFACE HUXIN_SANITIZED=1)
endif()
if(HUXIN_HARDEN)
  target_compile_options(huxin_flags INTERFACE
    -fstack-protector-strong -fstack-clash-protection -fcf-protection
    -ftrivial-auto-var-init=zero $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE\;-D_FORTIFY_SOURCE=3>)
  target_link_options(huxin_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack -pie)
endif()
if(HUXIN_LTO AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(huxin_flags INTERFACE -flto=thin)
  target_link_options(huxin_flags INTERFACE -flto=thin -Wl,--thinlto-cache-dir=${PROJECT_BINARY_DIR}/lto)
endif()
# What scans is laid out by how it runs. Functions that changed since go without, silently.
if(HUXIN_PROFILE AND EXISTS "${HUXIN_PROFILE}" AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(huxin_flags INTERFACE -fprofile-instr-use=${HUXIN_PROFILE}
    -Wno-profile-instr-out-of-date -Wno-profile-instr-unprofiled)
  # Another profile compiles anew.
  file(MD5 "${HUXIN_PROFILE}" profile)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${HUXIN_PROFILE}")
  target_compile_definitions(huxin_flags INTERFACE HUXIN_PROFILED="${profile}")
endif()
if(HUXIN_COVERAGE)
  target_compile_options(huxin_flags INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(huxin_flags INTERFACE -fprofile-instr-generate)
endif()
if(HUXIN_FUZZ)
  target_compile_options(huxin_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers are only cacheable when their time stamps are left out of the key.
  set(launcher ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()
if(HUXIN_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Xclang> $<$<COMPILE_LANGUAGE:CXX>:-fno-pch-timestamp>)
endif()
find_program(LLD ld.lld-19)
if(LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_link_options(-fuse-ld=lld)
endif()
