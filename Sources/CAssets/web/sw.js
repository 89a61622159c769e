'use strict';
// Keeps the assets, and for whoever is there the last copy of each shop's page that they opened; nothing else.

const PAGES = 'pages';
const ASSETS = 'assets';
const OFFLINE = '/offline';
const ASSETS_KEPT = 12;
const PATIENCE = 4000;
/** As long as a session lasts: nobody who was away for longer is signed in still. */
const COPY_LASTS = 30 * 86400000;

/** How often copies were forgotten: what was asked for before that is no copy to keep. */
let timesForgotten = 0;
/** Copies are kept and forgotten one after the other, so that none is kept for somebody who has gone meanwhile. */
let turn = Promise.resolve();
const inTurn = (work) => (turn = turn.then(work, work));

const isShop = ({ pathname }) => /^\/(l|shops)\/[^/]+\/$/.test(pathname);
/** The pages on which the same person is there: a link's, or all those of whoever signed in. */
const scopeOf = (path) => path.match(/^\/l\/[^/]+\//)?.[0] ?? '/';
const isHTML = (response) => response.headers.get('content-type')?.startsWith('text/html');
const copyKey = (path, who) => `${path}?who=${who}`;
const whoKey = (scope) => `${scope}who`;

addEventListener('install', (event) => {
  event.waitUntil(keepOffline().then(() => skipWaiting()));
});

addEventListener('activate', (event) => event.waitUntil(forgetUnowned().then(() => clients.claim())));

addEventListener('message', (event) => {
  const { page, parts, forget } = event.data;
  if (page) event.waitUntil(keepPage(page, parts));
  if (forget) event.waitUntil(forgetPages(forget).then(() => event.ports[0]?.postMessage('forgotten')));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (isShop(url) && (request.mode === 'navigate' || request.headers.get('accept') === 'text/html')) {
    event.respondWith(shop(event, url));
  } else if (request.mode === 'navigate') {
    event.respondWith(other(event, url).catch(() => offline()));
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

async function keepAssets(parts) {
  const cache = await caches.open(ASSETS);
  for (const part of parts) if (!(await cache.match(part))) await cache.add(part).catch(() => {});
  const kept = (await cache.keys()).filter((request) => !request.url.endsWith(OFFLINE));
  for (const old of kept.slice(0, -ASSETS_KEPT)) await cache.delete(old);
}

/** Somebody signs out (`/`), or is told by a link's page that it isn't theirs any more (its path). */
function forgetPages(path) {
  timesForgotten += 1;
  return inTurn(() => (path === '/' ? caches.delete(PAGES) : dropCopies(scopeOf(path))));
}

async function dropCopies(scope, path) {
  timesForgotten += 1;
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    const kept = new URL(request.url).pathname;
    if (scopeOf(kept) === scope && (!path || kept === path)) await cache.delete(request);
  }
}

/** Copies of a former version, which didn't know whose they are. */
async function forgetUnowned() {
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (isShop({ pathname }) && !search) await cache.delete(request);
  }
}

/** The network's answer; where that takes too long or fails, the last copy. */
async function shop(event, url) {
  const since = timesForgotten;
  const answer = fetch(event.request).then(async (response) => {
    await remember(url.pathname, response.clone(), since);
    return response;
  });
  event.waitUntil(answer.catch(() => {}));
  const copy = await copyOf(url.pathname);
  if (!copy) return answer.catch(() => offline());
  if (event.request.mode !== 'navigate') return answer;
  const tooLong = new Promise((resolve) => setTimeout(resolve, PATIENCE, copy));
  return Promise.race([answer.catch(() => copy), tooLong]);
}

/** Any other page, which tells whose browser this is now. */
async function other(event, url) {
  const since = timesForgotten;
  const response = await fetch(event.request);
  if (isHTML(response)) event.waitUntil(remember(url.pathname, response.clone(), since));
  return response;
}

/** The copy of a page for whom the last page from the network was made, and for nobody else. */
async function copyOf(path) {
  await turn;
  const cache = await caches.open(PAGES);
  const who = await (await cache.match(whoKey(scopeOf(path))))?.text();
  const copy = who && (await cache.match(copyKey(path, who)));
  return copy && Date.now() - Date.parse(copy.headers.get('Switchlist-Copied')) < COPY_LASTS ? copy : undefined;
}

/** Keeps a shop's page with the time of the copy in it; forgets what whoever is there now may not see any more. */
async function remember(path, response, since) {
  if (path === OFFLINE || response.status >= 500) return;
  const isDenied = [403, 404, 410].includes(response.status);
  const leadsAway = response.type === 'opaqueredirect' && isShop({ pathname: path });
  const markup = isHTML(response) ? await response.text() : '';
  const body = markup.includes('<main id="main"') && markup.match(/<body(?: data-who="([^"]*)")?>/);
  await inTurn(async () => {
    if (since !== timesForgotten) return;
    const cache = await caches.open(PAGES);
    const scope = scopeOf(path);
    const who = (body && body[1]) || '';
    if (leadsAway || response.status === 401) return dropCopies(scope);
    if (isDenied && isShop({ pathname: path })) await dropCopies(scope, path);
    if (!body) return;
    const known = (await (await cache.match(whoKey(scope)))?.text()) ?? '';
    if (known && known !== who) await dropCopies(scope);
    if (known !== who && who) await cache.put(whoKey(scope), new Response(who));
    if (!who || !response.ok || response.redirected || !markup.includes('data-live="live"') || !isShop({ pathname: path })) return;
    const copied = new Date().toISOString();
    const headers = new Headers(response.headers);
    for (const name of ['content-encoding', 'content-length', 'set-cookie']) headers.delete(name);
    headers.set('Switchlist-Copied', copied);
    await cache.put(copyKey(path, who), new Response(markup.replace('<body', `<body data-copied="${copied}"`), { headers }));
  });
}
