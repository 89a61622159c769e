// events FILE…: libyaml's own rate: every event of every file, read from memory; prints the milliseconds.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static unsigned char *contents(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(2); }
  fseek(file, 0, SEEK_END);
  *size = ftell(file);
  rewind(file);
  unsigned char *bytes = malloc(*size + 1);
  if (fread(bytes, 1, *size, file) != *size) { perror(path); exit(2); }
  fclose(file);
  return bytes;
}

int main(int count, char **paths) {
  double total = 0;
  for (int i = 1; i < count; i++) {
    size_t size;
    unsigned char *bytes = contents(paths[i], &size);
    double began = milliseconds();
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, bytes, size);
    for (int type = YAML_NO_EVENT; type != YAML_STREAM_END_EVENT;) {
      yaml_event_t event;
      if (!yaml_parser_parse(&parser, &event)) { fprintf(stderr, "%s: %s\n", paths[i], parser.problem); return 2; }
      type = event.type;
      yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    total += milliseconds() - began;
    free(bytes);
  }
  printf("%.3f\n", total);
}
