# Headers are precompiled once for all that are compiled alike: what everything takes in huxin_base, records
# and JSON beside it in huxin_record_headers, Asio in huxin_asio_headers, what tests take in huxin_test_support.
# huxin_own_precompiled(NAME HEADER): makes NAME the owner of HEADER precompiled.
# huxin_precompiled(NAME OWNER): compiles NAME with the header of OWNER. Clang minds no definition that the
# header does not look at; GCC wants all of them equal, and does without.
function(huxin_own_precompiled name header)
  if(HUXIN_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_precompile_headers(${name} PRIVATE ${header})
  endif()
endfunction()
function(huxin_precompiled name owner)
  if(HUXIN_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_precompile_headers(${name} REUSE_FROM ${owner})
  endif()
endfunction()

# huxin_library(NAME SOURCES … [DEPS …] [PRECOMPILED OWNER]): one static library a folder, so that the linker
# refuses an arrow that ARCHITECTURE.md does not draw. OWNER is HUXIN_PRECOMPILED where it is not said.
set(HUXIN_PRECOMPILED huxin_base)
function(huxin_library name)
  cmake_parse_arguments(arg "" "PRECOMPILED" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  if(NOT arg_SOURCES)
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE huxin_flags ${arg_DEPS})
    return()
  endif()
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC huxin_flags ${arg_DEPS} PRIVATE ${arg_PRIVATE_DEPS})
  if(NOT arg_PRECOMPILED)
    set(arg_PRECOMPILED ${HUXIN_PRECOMPILED})
  endif()
  if(name STREQUAL huxin_base)
    huxin_own_precompiled(${name} ${PROJECT_SOURCE_DIR}/cmake/common.hpp)
  else()
    huxin_precompiled(${name} ${arg_PRECOMPILED})
  endif()
endfunction()

# huxin_program(NAME SOURCES … DEPS …): one of the three programs.
function(huxin_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE huxin_flags ${arg_DEPS})
  huxin_precompiled(${name} ${HUXIN_PRECOMPILED})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  install(TARGETS ${name} RUNTIME DESTINATION bin)
endfunction()

# huxin_test(NAME SOURCES … [DEPS …] [LABELS …]): a Catch2 program whose cases ctest sees one by one.
function(huxin_test name)
  cmake_parse_arguments(arg "SERIAL" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE huxin_flags huxin_test_support Catch2::Catch2WithMain ${arg_DEPS})
  target_compile_definitions(${name} PRIVATE HUXIN_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    HUXIN_BINARY_DIR="${PROJECT_BINARY_DIR}")
  huxin_precompiled(${name} huxin_test_support)
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  set(properties TIMEOUT ${arg_TIMEOUT})
  if(arg_LABELS)
    list(APPEND properties LABELS "${arg_LABELS}")
  endif()
  if(arg_SERIAL)
    list(APPEND properties RUN_SERIAL ON)
  endif()
  catch_discover_tests(${name} DISCOVERY_MODE PRE_TEST TEST_PREFIX "${name}: " PROPERTIES ${properties})
endfunction()

# huxin_proto(NAME FILE…): generated protobuf code, compiled without our warnings.
function(huxin_proto name)
  add_library(${name} STATIC)
  foreach(proto ${ARGN})
    file(RELATIVE_PATH relative ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/${proto})
    string(REGEX REPLACE "\\.proto$" "" stem ${relative})
    set(generated ${PROJECT_BINARY_DIR}/generated/${stem}.pb.cc ${PROJECT_BINARY_DIR}/generated/${stem}.pb.h)
    file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)
    add_custom_command(OUTPUT ${generated}
      COMMAND protobuf::protoc --proto_path=${PROJECT_SOURCE_DIR}
              --cpp_out=${PROJECT_BINARY_DIR}/generated ${PROJECT_SOURCE_DIR}/${relative}
      DEPENDS ${PROJECT_SOURCE_DIR}/${relative})
    target_sources(${name} PRIVATE ${generated})
  endforeach()
  target_include_directories(${name} SYSTEM PUBLIC ${PROJECT_BINARY_DIR}/generated)
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf-lite)
  target_compile_options(${name} PRIVATE -w)
  if(HUXIN_SANITIZE)
    target_compile_options(${name} PRIVATE -fsanitize=${HUXIN_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(${name} PUBLIC -fsanitize=${HUXIN_SANITIZE})
  endif()
endfunction()
