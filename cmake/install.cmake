# What an installed tree holds, and how another project finds it:
#
#   find_package(forensics REQUIRED)
#   target_link_libraries(my_tool PRIVATE forensics::forensics)      # the whole library
#   target_link_libraries(my_plugin PRIVATE forensics::plugin)       # the plugin contract alone
#
# Only include/forensics/ is public; the headers of the library folders stay inside. The libraries of
# the folders are installed because static libraries refer to each other by file.
include(CMakePackageConfigHelpers)

get_property(layers GLOBAL PROPERTY FORENSICS_LAYERS)

add_library(forensics_library INTERFACE)
add_library(forensics::forensics ALIAS forensics_library)
target_link_libraries(forensics_library INTERFACE ${layers} forensics_plugin_api)
set_target_properties(forensics_library PROPERTIES EXPORT_NAME forensics)
set_target_properties(forensics_plugin_api PROPERTIES EXPORT_NAME plugin)

if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/forensics)

install(TARGETS forensics_library forensics_plugin_api forensics_headers ${layers}
        EXPORT forensics-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT forensics-targets NAMESPACE forensics:: DESTINATION ${package_dir})
install(DIRECTORY libforensics/include/forensics DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

# The command looks for the worker beside itself, then in ../libexec/forensics.
install(TARGETS forensics_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS forensics-worker RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/forensics)

# The manual page and the words for the shells are drawn by the command itself.
set(pages ${PROJECT_BINARY_DIR}/pages)
file(MAKE_DIRECTORY ${pages})
add_custom_command(OUTPUT ${pages}/forensics.1 ${pages}/forensics ${pages}/_forensics
                          ${pages}/forensics.fish
  COMMAND forensics_cli manual > ${pages}/forensics.1 2> ${pages}/log
  COMMAND forensics_cli completion bash > ${pages}/forensics 2> ${pages}/log
  COMMAND forensics_cli completion zsh > ${pages}/_forensics 2> ${pages}/log
  COMMAND forensics_cli completion fish > ${pages}/forensics.fish 2> ${pages}/log
  DEPENDS forensics_cli VERBATIM)
add_custom_target(forensics_pages ALL DEPENDS ${pages}/forensics.1)
install(FILES ${pages}/forensics.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${pages}/forensics
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${pages}/_forensics DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${pages}/forensics.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

configure_package_config_file(cmake/forensics-config.cmake.in
  ${PROJECT_BINARY_DIR}/forensics-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/forensics-config-version.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/forensics-config.cmake
              ${PROJECT_BINARY_DIR}/forensics-config-version.cmake
        DESTINATION ${package_dir})

# A linker reads static libraries from left to right, so the top layer comes first.
set(pc_layers "")
foreach(layer ${layers})
  string(PREPEND pc_layers "-l${layer} ")
endforeach()
configure_file(cmake/forensics.pc.in ${PROJECT_BINARY_DIR}/forensics.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/forensics.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
