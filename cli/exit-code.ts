/** Owns what the exit code says. It is never the number of failures. */

export const EXIT_HELD = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;
export const EXIT_HARNESS = 3;
export const EXIT_SIGINT = 130;
export const EXIT_SIGTERM = 143;
