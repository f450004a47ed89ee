#include <stdint.h>
#include <unistd.h>

#define ROGUE_PROBE
#include "rogue.h"

/* After its answer comes the one to a question that nobody has asked yet: "done", its own score of
 * this round, "done", and a score for the next. The worker's own answer follows. */
static int probe(const fx_host* host, fx_text name) {
  static const unsigned char kScore[] = {9, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0};
  static const unsigned char kDone[] = {5, 0, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0, 0};
  unsigned char all[sizeof kScore + sizeof kDone + sizeof kScore];
  (void)host;
  (void)name;
  memcpy(all, kScore, sizeof kScore);
  memcpy(all + sizeof kScore, kDone, sizeof kDone);
  memcpy(all + sizeof kScore + sizeof kDone, kScore, sizeof kScore);
  return write(3, all, sizeof all) < 0 ? 0 : 50;
}

ROGUE("speaks-unasked")

static fx_status misbehave(const fx_host* host) {
  (void)host;
  return FX_OK;
}
