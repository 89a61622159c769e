#include "CAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char report_css[] = {
#embed "report.css"
};
const unsigned char *const switchlist_report_css = report_css;
const size_t switchlist_report_css_length = sizeof report_css;
