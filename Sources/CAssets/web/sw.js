'use strict';
// Keeps the assets, and the last copy of each shop's page that was opened; nothing else.

const PAGES = 'pages';
const ASSETS = 'assets';
const OFFLINE = '/offline';
const ASSETS_KEPT = 12;
const PATIENCE = 4000;

/** How often all copies were forgotten: what was asked for before that is no copy to keep. */
let timesForgotten = 0;

const isShop = ({ pathname }) => /^\/(l|shops)\/[^/]+\/$/.test(pathname);

addEventListener('install', (event) => {
  event.waitUntil(keepOffline().then(() => skipWaiting()));
});

addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('message', (event) => {
  const { page, parts, forget } = event.data;
  if (page) event.waitUntil(keepPage(page, parts));
  if (forget) event.waitUntil(forgetPages(event.ports[0]));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (isShop(url) && (request.mode === 'navigate' || request.headers.get('accept') === 'text/html')) {
    event.respondWith(shop(event, url));
  } else if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => offline()));
  }
});

/** The offline page with what it needs to look right. */
async function keepOffline() {
  const response = await fetch(OFFLINE);
  if (!response.ok) return;
  const parts = [...(await response.clone().text()).matchAll(/"(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  await (await caches.open(ASSETS)).put(OFFLINE, response);
  await keepAssets(parts);
}

async function offline() {
  return (await caches.match(OFFLINE)) || Response.error();
}

async function asset(request) {
  const kept = await caches.match(request, { ignoreSearch: true });
  return kept || fetch(request);
}

/** A page that was opened before this worker could see it. */
async function keepPage(path, parts) {
  const since = timesForgotten;
  await keepAssets(parts);
  const response = await fetch(path, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (response) await remember(path, response, since);
}

/** Somebody signs out. */
async function forgetPages(port) {
  timesForgotten += 1;
  await caches.delete(PAGES);
  port.postMessage('forgotten');
}

async function keepAssets(parts) {
  const cache = await caches.open(ASSETS);
  for (const part of parts) if (!(await cache.match(part))) await cache.add(part).catch(() => {});
  const kept = (await cache.keys()).filter((request) => !request.url.endsWith(OFFLINE));
  for (const old of kept.slice(0, -ASSETS_KEPT)) await cache.delete(old);
}

/** The network's answer; where that takes too long or fails, the last copy. */
async function shop(event, url) {
  const since = timesForgotten;
  const answer = fetch(event.request).then(async (response) => {
    await remember(url.pathname, response.clone(), since);
    return response;
  });
  event.waitUntil(answer.catch(() => {}));
  const copy = await (await caches.open(PAGES)).match(url.pathname);
  if (!copy) return answer.catch(() => offline());
  if (event.request.mode !== 'navigate') return answer;
  const tooLong = new Promise((resolve) => setTimeout(resolve, PATIENCE, copy));
  return Promise.race([answer.catch(() => copy), tooLong]);
}

/** Keeps a shop's page with the time of the copy in it, and forgets one that may not be seen any more. */
async function remember(path, response, since) {
  if (since !== timesForgotten) return;
  const cache = await caches.open(PAGES);
  if ([401, 403, 404, 410].includes(response.status)) return cache.delete(path);
  if (!response.ok || response.redirected) return;
  const markup = await response.text();
  if (!markup.includes('data-live="live"')) return;
  const headers = new Headers(response.headers);
  for (const name of ['content-encoding', 'content-length', 'set-cookie']) headers.delete(name);
  const copied = markup.replace('<body', `<body data-copied="${new Date().toISOString()}"`);
  await cache.put(path, new Response(copied, { headers }));
}
