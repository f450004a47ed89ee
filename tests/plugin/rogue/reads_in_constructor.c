#include <fcntl.h>
#include <unistd.h>

#include "rogue.h"

ROGUE("reads-in-constructor")

static int passwords = -1;
static int libraries = -1;
static char first[4];

static fx_status misbehave(const fx_host* host) {
  say(host, passwords >= 0 ? "it was opened" : "refused");
  say(host, libraries >= 0 && memcmp(first, "\177ELF", 4) == 0 ? "library read" : "no library");
  return FX_OK;
}

__attribute__((constructor)) static void look_around(void) {
  passwords = open("/etc/passwd", O_RDONLY);
  libraries = open("/lib64/ld-linux-x86-64.so.2", O_RDONLY);
  if (libraries >= 0 && read(libraries, first, sizeof first) < 0) first[0] = 0;
}
