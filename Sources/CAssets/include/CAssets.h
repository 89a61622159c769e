#pragma once
#include <stddef.h>

/// The style sheet of the HTML report, UTF-8, not terminated.
extern const unsigned char *const switchlist_report_css;
extern const size_t switchlist_report_css_length;

/// The shapes of the API's answers as JSON Schemas by name, not terminated.
extern const unsigned char *const switchlist_api_schemas;
extern const size_t switchlist_api_schemas_length;

/// A file that the web's pages ask for.
struct switchlist_asset {
  const char *name;
  const unsigned char *content;
  size_t length;
};

/// All of them.
extern const struct switchlist_asset *const switchlist_web_assets;
extern const size_t switchlist_web_asset_count;
