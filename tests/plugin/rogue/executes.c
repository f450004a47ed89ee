#include <unistd.h>

#include "rogue.h"

ROGUE("executes")

static fx_status misbehave(const fx_host* host) {
  char* const arguments[] = {(char*)"true", NULL};
  (void)host;
  return execve("/bin/true", arguments, arguments + 1) < 0 ? FX_BUG : FX_OK;
}
