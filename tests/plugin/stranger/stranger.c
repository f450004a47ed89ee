/* Code that nobody has hashed: a library that a plugin brings along. */
int stranger(void) {
  return 42;
}
