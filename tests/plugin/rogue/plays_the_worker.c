/* As forges_hello, but silent about its confinement: the host has heard of that by now. */
#define NAME "plays-the-worker"
#define WITHOUT_HELLO
#include "forges_hello.c"
