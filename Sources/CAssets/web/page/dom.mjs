// Which page this is, and how its parts are found and made.

const zh = document.documentElement.lang.startsWith('zh');
export const say = (chinese, english) => (zh ? chinese : english);
export const locale = say('zh-CN', 'en-GB');
export const find = (query, root = document) => root.querySelector(query);
export const all = (query, root = document) => [...root.querySelectorAll(query)];
export const main = find('main');
export const who = document.body.dataset.who;
/** The server shows by it what isn't one shop's. */
const zone = window.Intl && Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) document.cookie = `switchlist-zone=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Lax`;
/** A shop's page, which may stand at the address of a form that was refused. */
export const isShop = main.dataset.live && main.dataset.live !== '/live';
export const home = isShop && new URL(main.dataset.live.slice(0, -4), location.href).pathname;
/** Where the same person is there: a link's pages, or all those of whoever signed in. */
export const scope = home && home.startsWith('/l/') ? home : '/';
/** Where a list's query is, without what it said of a form that was sent. */
export const ownPath = () => (home || location.pathname + location.search);

export function make(tag, content, properties) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...[content].flat().filter(Boolean));
  return element;
}
export const button = (text, onclick) => make('button', text, { type: 'button', onclick });

export function said(role, className, ...content) {
  const box = make('div', content, { className });
  box.setAttribute('role', role);
  return box;
}

/** What the page knows of itself; the queue has its own. */
export const state = { canReopen: 'serviceWorker' in navigator, hasNews: false, isLeaving: false, lastFresh: Date.now(), mustWarn: false };
