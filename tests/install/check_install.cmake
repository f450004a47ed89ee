# Installs BUILD below WORK, looks at what stands there, and builds and runs CONSUMER against it.
file(REMOVE_RECURSE ${WORK})
set(prefix ${WORK}/prefix)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT code EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${code}:\n${out}")
  endif()
  set(output "${out}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})

foreach(wanted bin/forensics libexec/forensics/forensics-worker include/forensics/plugin.h
        include/forensics/plugin.hpp share/man/man1/forensics.1
        share/bash-completion/completions/forensics share/zsh/site-functions/_forensics
        share/fish/vendor_completions.d/forensics.fish)
  if(NOT EXISTS ${prefix}/${wanted})
    message(FATAL_ERROR "${wanted} was not installed")
  endif()
endforeach()
file(GLOB headers RELATIVE ${prefix}/include ${prefix}/include/*)
if(NOT headers STREQUAL "forensics")
  message(FATAL_ERROR "headers besides include/forensics were installed: ${headers}")
endif()

# Nothing in the package may point back to where it was built.
file(GLOB_RECURSE described ${prefix}/*.cmake ${prefix}/*.pc)
foreach(file ${described})
  file(READ ${file} text)
  string(FIND "${text}" ${BUILD} found)
  if(NOT found EQUAL -1)
    message(FATAL_ERROR "${file} names the build folder")
  endif()
endforeach()

string(REPLACE ";" "," sanitize "${SANITIZE}")
set(flags "")
if(sanitize)
  set(flags "-fsanitize=${sanitize}")
endif()
run(${CMAKE_COMMAND} -S ${CONSUMER} -B ${WORK}/consumer -G ${GENERATOR}
    -DCMAKE_CXX_COMPILER=${COMPILER} "-DCMAKE_CXX_FLAGS=${flags}" -DCMAKE_PREFIX_PATH=${prefix})
run(${CMAKE_COMMAND} --build ${WORK}/consumer)
run(${WORK}/consumer/consumer ${WORK}/consumer/toy.so)
if(NOT output MATCHES "org.example.toy: 2 lines")
  message(FATAL_ERROR "the plugin of the consumer was not run: ${output}")
endif()

# The installed command finds its worker.
run(${prefix}/bin/forensics plugin list)
if(NOT output MATCHES "org.libforensics.whatsapp-text")
  message(FATAL_ERROR "the installed command knows no plugin: ${output}")
endif()
