#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "rogue.h"

#ifndef NAME
#define NAME "forges-hello"
#endif
ROGUE(NAME)

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}

static void send(uint16_t type, const void* payload, uint32_t length) {
  unsigned char head[8] = {(unsigned char)length, (unsigned char)(length >> 8), 0, 0,
                           (unsigned char)type,   0,                            0, 0};
  if (write(3, head, sizeof head) < 0 || write(3, payload, length) < 0) _exit(1);
}

/* Never returns to the worker, which would confine itself further, and plays the worker's part: says
 * that it is confined, describes itself, takes evidence and says what it could do. */
__attribute__((constructor)) static void play_the_worker(void) {
  unsigned char about[12 + sizeof kManifest] = {1, 0, 0, 0, sizeof kManifest - 1};
  static const unsigned char kDone[] = {0, 0, 0, 0, 0, 0};
  char task[4096];
#ifndef WITHOUT_HELLO
  static const unsigned char kHello[] = {1, 0, 0, 0, 3, 99, 0, 0, 0, 1, 0, 0, 0, 0};
  send(1, kHello, sizeof kHello);
#endif
  memcpy(about + 8, kManifest, sizeof kManifest - 1);
  while (read(3, task, sizeof task) > 0) {
    if (task[8] == 1) send(3, about, 8 + sizeof kManifest - 1);
    if (task[8] == 3 && open("/etc/passwd", O_RDONLY) >= 0) _exit(3);
    send(13, kDone, sizeof kDone);
  }
  _exit(0);
}
