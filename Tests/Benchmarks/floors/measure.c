// measure STATUS… -- COMMAND…: runs a command and prints, as the last line of standard error,
// `measured: WALL_MS CPU_MS PEAK_KIB`; fails unless the command's exit status is one of those given.
//
// Small, because a child's peak memory is never below that of the process that forked it.
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **arguments) {
  int command = 1;
  while (command < count && strcmp(arguments[command], "--") != 0) command++;
  if (command + 1 >= count) return 64;

  struct timespec began, ended;
  clock_gettime(CLOCK_MONOTONIC, &began);
  pid_t child = vfork();
  if (child == 0) {
    execvp(arguments[command + 1], arguments + command + 1);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (child < 0 || wait4(child, &status, 0, &usage) != child) { perror("measure"); return 2; }
  clock_gettime(CLOCK_MONOTONIC, &ended);

  double wall = (ended.tv_sec - began.tv_sec) * 1e3 + (ended.tv_nsec - began.tv_nsec) / 1e6;
  double cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3
    + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
  fprintf(stderr, "measured: %.3f %.3f %ld\n", wall, cpu, usage.ru_maxrss);
  for (int i = 1; i < command; i++)
    if (WIFEXITED(status) && WEXITSTATUS(status) == atoi(arguments[i])) return 0;
  fprintf(stderr, "measure: %s ended with wait status %d\n", arguments[command + 1], status);
  return 2;
}
