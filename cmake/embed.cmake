# huxin_embed(TARGET SYMBOL FILE): compiles a text file into TARGET as the constant
#   namespace huxin::embedded { extern const std::string_view SYMBOL; }
function(huxin_embed target symbol file)
  get_filename_component(source ${file} ABSOLUTE)
  set(generated ${PROJECT_BINARY_DIR}/generated/embedded/${symbol}.cpp)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated/embedded)
  add_custom_command(OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${source} -DSYMBOL=${symbol} -DOUTPUT=${generated}
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
    DEPENDS ${source} ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake VERBATIM)
  target_sources(${target} PRIVATE ${generated})
endfunction()
