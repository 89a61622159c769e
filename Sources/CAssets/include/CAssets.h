#pragma once
#include <stddef.h>

/// The style sheet of the HTML report, UTF-8, not terminated.
extern const unsigned char *const switchlist_report_css;
extern const size_t switchlist_report_css_length;
