#ifndef CSQLITE_H
#define CSQLITE_H

#include <sqlite3.h>

/// Lets SQLite's connections allocate memory side by side: it no longer counts how much it has, which takes a lock of the
/// whole process at each allocation. Does nothing once SQLite is in use. The call behind it takes any number of
/// arguments, so Swift can't make it.
void sqlite_setup_uncounted_memory(void);

#endif
