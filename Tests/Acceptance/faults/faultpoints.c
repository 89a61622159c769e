// Loaded before the program (LD_PRELOAD), this counts the calls by which it changes files, and at the
// FAULT_AT-th one does what FAULT_KIND says:
//
//   kill   dies as by kill -9, before the call
//   torn   writes the first half of what was to be written, and dies
//   full   from here on, nothing more can be written: the disk is full (standard output and error work on)
//   broken from here on, writing fails with an I/O error
//   pause  stops as by kill -STOP, before the call; here the calls count by which the store is opened and read
//
// So a test can end the program between any two changes of a disk, one after the other, or let another one
// work between any two of its looks at the store.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { NONE, KILL, TORN, FULL, BROKEN, PAUSE };

static enum kind kind;
static long at;
static atomic_long calls;

__attribute__((constructor)) static void begin(void) {
  const char *name = getenv("FAULT_KIND"), *number = getenv("FAULT_AT");
  at = number ? atol(number) : 0;
  if (!name) return;
  if (!strcmp(name, "kill")) kind = KILL;
  if (!strcmp(name, "torn")) kind = TORN;
  if (!strcmp(name, "full")) kind = FULL;
  if (!strcmp(name, "broken")) kind = BROKEN;
  if (!strcmp(name, "pause")) kind = PAUSE;
}

// Whether this call fails; torn calls return 2 and are finished by `tear`.
static int reached(int descriptor) {
  int dies = kind == KILL || kind == TORN;
  if (kind == NONE || kind == PAUSE || (!dies && (descriptor == 1 || descriptor == 2))) return 0;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (dies && number == at) {
    if (kind == TORN) return 2;
    kill(getpid(), SIGKILL);
  }
  if (!dies && number >= at) {
    errno = kind == FULL ? ENOSPC : EIO;
    return 1;
  }
  return 0;
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static void look(void) {
  if (kind == PAUSE && atomic_fetch_add(&calls, 1) + 1 == at) kill(getpid(), SIGSTOP);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t place) {
  int fault = reached(descriptor);
  if (fault == 1) return -1;
  if (fault == 2) {
    REAL(pwrite64)(descriptor, bytes, count / 2, place);
    die();
  }
  return REAL(pwrite64)(descriptor, bytes, count, place);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  int fault = reached(descriptor);
  if (fault == 1) return -1;
  if (fault == 2) {
    REAL(write)(descriptor, bytes, count / 2);
    die();
  }
  return REAL(write)(descriptor, bytes, count);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t place) {
  look();
  return REAL(pread64)(descriptor, bytes, count, place);
}

// What can't be done by halves.
static int refused(void) {
  int fault = reached(-1);
  if (fault == 2) die();
  return fault;
}

// A full disk lets a file be shortened, removed, and made durable.
static int refused_unless_full(void) { return kind == FULL ? 0 : refused(); }

int ftruncate64(int descriptor, off64_t length) {
  return refused_unless_full() ? -1 : REAL(ftruncate64)(descriptor, length);
}
int fsync(int descriptor) { return refused_unless_full() ? -1 : REAL(fsync)(descriptor); }
int fdatasync(int descriptor) { return refused_unless_full() ? -1 : REAL(fdatasync)(descriptor); }
int unlink(const char *path) { return refused_unless_full() ? -1 : REAL(unlink)(path); }
int rename(const char *from, const char *to) { return refused_unless_full() ? -1 : REAL(rename)(from, to); }
int link(const char *from, const char *to) { return refused() ? -1 : REAL(link)(from, to); }
int mkdir(const char *path, mode_t mode) { return refused() ? -1 : REAL(mkdir)(path, mode); }

#define OPENING(name)                                                  \
  int name(const char *path, int flags, ...) {                         \
    mode_t mode = 0;                                                   \
    if (strstr(path, ".sqlite")) look();                               \
    if (flags & O_CREAT) {                                             \
      va_list rest;                                                    \
      va_start(rest, flags);                                           \
      mode = va_arg(rest, mode_t);                                     \
      va_end(rest);                                                    \
      if (access(path, F_OK) != 0 && refused()) return -1;             \
    }                                                                  \
    return REAL(name)(path, flags, mode);                              \
  }

OPENING(open)
OPENING(open64)
