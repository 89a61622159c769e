#include "CSQLite.h"

void sqlite_setup_uncounted_memory(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
