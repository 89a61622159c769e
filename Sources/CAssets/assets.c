#include "CAssets.h"

const unsigned char switchlist_report_css[] = {
#embed "report.css"
};
const size_t switchlist_report_css_length = sizeof switchlist_report_css;
