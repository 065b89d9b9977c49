/*
 * Preloaded by shifted-clock.sh: adds SHIFTED_CLOCK seconds to what a process is told of the time of day. Only that:
 * timers, waits and durations go by the monotonic clock, which stays, and costs nothing more than before. (libfaketime
 * shifts them all; engines and browsers took six times the processor under it.)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

static long shift;
static char *kept[3];
static int (*told)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
  const char *seconds = getenv("SHIFTED_CLOCK");
  shift = seconds ? atol(seconds) : 0;
  told = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
}

static const char *const names[] = {"SHIFTED_CLOCK", "LD_PRELOAD", "TZ"};

__attribute__((constructor)) static void keep(void) {
  for (int n = 0; n < 3; n++) kept[n] = getenv(names[n]) ? strdup(getenv(names[n])) : NULL;
}

/* Node starts all processes with this; some get an environment of their own, and must have the same clock. */
int execvp(const char *file, char *const arguments[]) {
  for (int n = 0; n < 3; n++)
    if (kept[n]) setenv(names[n], kept[n], 0);
  return ((int (*)(const char *, char *const[]))dlsym(RTLD_NEXT, "execvp"))(file, arguments);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  /* Others' constructors may ask before this one has run. */
  if (!told) begin();
  int failed = told(clock, now);
  if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += shift;
  return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec exact;
  if (clock_gettime(CLOCK_REALTIME, &exact)) return -1;
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *into) {
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
  if (into) *into = now.tv_sec;
  return now.tv_sec;
}
