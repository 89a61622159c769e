#include "CAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char report_css[] = {
#embed "report.css"
};
const unsigned char *const switchlist_report_css = report_css;
const size_t switchlist_report_css_length = sizeof report_css;

static const unsigned char api_schemas[] = {
#embed "web/api-schemas.json"
};
const unsigned char *const switchlist_api_schemas = api_schemas;
const size_t switchlist_api_schemas_length = sizeof api_schemas;

static const unsigned char web_css[] = {
#embed "web/web.css"
};
// One script of several modules, each after those that it imports: what they import and export of each other is left
// out where it is sent, because they then stand in one scope.
static const unsigned char web_js[] = {
#embed "web/page/queue.mjs"
,
#embed "web/page/store.mjs"
,
#embed "web/page/post.mjs"
,
#embed "web/page/dom.mjs"
,
#embed "web/page/files.mjs"
,
#embed "web/page/leaving.mjs"
,
#embed "web/page/refresh.mjs"
,
#embed "web/page/notices.mjs"
,
#embed "web/page/typed.mjs"
,
#embed "web/page/forms.mjs"
,
#embed "web/page/desk.mjs"
,
#embed "web/page/news.mjs"
,
#embed "web/page/features.mjs"
,
#embed "web/page/start.mjs"
};
static const unsigned char digest_js[] = {
#embed "web/page/sha256.mjs"
,
#embed "web/page/digest-worker.mjs"
};
static const unsigned char sw_js[] = {
#embed "web/sw.js"
};
static const unsigned char icon_svg[] = {
#embed "web/icon.svg"
};
static const unsigned char icon_180[] = {
#embed "web/icon-180.png"
};
static const unsigned char icon_192[] = {
#embed "web/icon-192.png"
};
static const unsigned char icon_512[] = {
#embed "web/icon-512.png"
};

#define ASSET(file, content) {file, content, sizeof content}
static const struct switchlist_asset assets[] = {
    ASSET("web.css", web_css),   ASSET("web.js", web_js),         ASSET("digest.js", digest_js),
    ASSET("sw.js", sw_js),
    ASSET("icon.svg", icon_svg), ASSET("icon-180.png", icon_180), ASSET("icon-192.png", icon_192),
    ASSET("icon-512.png", icon_512),
};
const struct switchlist_asset *const switchlist_web_assets = assets;
const size_t switchlist_web_asset_count = sizeof assets / sizeof assets[0];
