# Compiler flags shared by every target: hardening always, strict warnings for developers.
add_library(forensics_flags INTERFACE)
add_library(forensics::flags ALIAS forensics_flags)

target_compile_options(forensics_flags INTERFACE
  -fstack-protector-strong -fcf-protection -fno-plt
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
target_compile_definitions(forensics_flags INTERFACE
  _GLIBCXX_ASSERTIONS FORENSICS_VERSION="${PROJECT_VERSION}")
target_link_options(forensics_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)

if(FORENSICS_SANITIZE)
  list(JOIN FORENSICS_SANITIZE "," FORENSICS_SANITIZE_LIST)
  target_compile_options(forensics_flags INTERFACE
    -fsanitize=${FORENSICS_SANITIZE_LIST} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(forensics_flags INTERFACE -fsanitize=${FORENSICS_SANITIZE_LIST})
  target_compile_definitions(forensics_flags INTERFACE FORENSICS_SANITIZED)
elseif(CMAKE_BUILD_TYPE MATCHES "Rel")
  target_compile_options(forensics_flags INTERFACE -D_FORTIFY_SOURCE=2)
endif()

if(FORENSICS_DEVELOPER)
  target_compile_options(forensics_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Werror)
  # GCC 12 sees uninitialised members in every temporary std::variant of containers.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(forensics_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 warns of overlapping copies inside std::string that cannot happen (GCC bug 105651).
  target_compile_options(forensics_flags INTERFACE -Wno-restrict)
endif()

include(CheckPIESupported)
check_pie_supported()
