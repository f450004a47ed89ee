# forensics_plugin(<family> SOURCES ...) declares a built-in plugin. One folder under plugins/ is all
# there is to a plugin: it sees the public headers and nothing of the core. The sources are compiled
# once, with the entry symbol renamed so that several plugins can stand in one worker.
#
# Produces the object library forensics_plugin_<family> and adds it to the registry of the worker.
add_library(forensics_plugin_api INTERFACE)
add_library(forensics::plugin ALIAS forensics_plugin_api)
target_include_directories(forensics_plugin_api INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/libforensics/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)

set_property(GLOBAL PROPERTY FORENSICS_PLUGINS "")

function(forensics_plugin family)
  cmake_parse_arguments(ARG "" "" "SOURCES" ${ARGN})
  add_library(forensics_plugin_${family} STATIC ${ARG_SOURCES})
  target_compile_definitions(forensics_plugin_${family} PRIVATE
    fx_plugin_entry_v1=fx_plugin_entry_v1_${family})
  # A parser is one hot loop over every byte of the evidence: -O3 takes a tenth off it.
  target_compile_options(forensics_plugin_${family} PRIVATE
    $<$<AND:$<CONFIG:Release,RelWithDebInfo>,$<NOT:$<BOOL:${FORENSICS_SANITIZE}>>>:-O3>)
  target_link_libraries(forensics_plugin_${family} PUBLIC forensics_plugin_api
                        PRIVATE $<BUILD_INTERFACE:forensics::flags>)
  set_property(GLOBAL APPEND PROPERTY FORENSICS_PLUGINS ${family})
endfunction()

# Writes the list of built-in plugins as a C++ file: one entry function a family, in name order.
function(forensics_plugin_registry output)
  get_property(families GLOBAL PROPERTY FORENSICS_PLUGINS)
  list(SORT families)
  set(declarations "")
  set(entries "")
  foreach(family ${families})
    string(APPEND declarations "extern \"C\" const fx_plugin *fx_plugin_entry_v1_${family}(void);\n")
    string(APPEND entries "    &fx_plugin_entry_v1_${family},\n")
  endforeach()
  list(LENGTH families count)
  file(CONFIGURE OUTPUT ${output} CONTENT
"// Made by cmake/plugins.cmake.
#include \"worker/registry.hpp\"

${declarations}
namespace forensics::worker {

std::span<const fx_plugin_entry_fn> builtin_plugins() {
  static constexpr fx_plugin_entry_fn kPlugins[] = {
${entries}  };
  return kPlugins;
}

}  // namespace forensics::worker
" @ONLY)
endfunction()
