import { all, find, main, say, scope, state, who } from './dom.mjs';
import { missing } from './features.mjs';
import { makeQueue } from './queue.mjs';
import { makeStore, openDatabase } from './store.mjs';
import { makePost } from './post.mjs';
import { makeNews } from './news.mjs';
import { makeNotices } from './notices.mjs';
import { makeRefresh } from './refresh.mjs';
import { makeForms } from './forms.mjs';
import { forgetPages } from './leaving.mjs';
import { returnForm } from './typed.mjs';
import { clicked, count, escaped, picked, uncover } from './desk.mjs';

// Puts the parts together, once it is sure that this browser has all that they use.

const script = find('script[data-digest]');
const clock = { now: () => Date.now(), after: (time, work) => setTimeout(work, time), cancel: (timer) => clearTimeout(timer) };
/** Also where the page isn't served securely, so that `randomUUID` is missing. */
const randomKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function exclusively(name, work, ifFree) {
  if (!navigator.locks) return work();
  return navigator.locks.request(name, { ifAvailable: Boolean(ifFree) }, (lock) => lock && work());
}

function start() {
  const store = makeStore(openDatabase(self.indexedDB, clock.after));
  const post = makePost({ fetch: (...asked) => fetch(...asked), XMLHttpRequest, FormData, URLSearchParams, AbortController, clock });
  const tabs = self.BroadcastChannel && new BroadcastChannel('switchlist-queue');
  const queue = makeQueue({ who, store, post, clock, exclusively, randomKey, isOnline: () => navigator.onLine, tell: (event) => happened(event) });
  let refresh;
  const notices = makeNotices({ queue, store, refresh: (isWanted) => refresh(isWanted) });
  const { show, toast } = notices;
  const prepare = () => {
    uncover();
    count(refresh);
  };
  const park = (entry) => store.put({ key: randomKey(), who, made: clock.now(), ...entry });
  refresh = makeRefresh({ show, park, prepare });
  const forms = makeForms({ queue, notices, makeWorker: () => new Worker(script.dataset.digest) });

  function undo(entry) {
    const reason = say('点错了', 'ticked by mistake');
    const fields = [['run', entry.run], ['reason', reason]];
    return queue.undo(entry, { ...entry, key: randomKey(), made: clock.now(), tried: false, offline: !navigator.onLine, typed: [], verb: 'untick',
      url: entry.url.replace(/tick$/, 'untick'), fields, label: say('撤销', 'Undo') });
  }

  function happened({ kind, entry, answer }) {
    if (kind === 'signIn') forgetPages(scope);
    if (kind === 'added' && entry.verb === 'tick') {
      toast(navigator.onLine ? say(`正在发送：“${entry.title}”`, `Sending: ${entry.title}`)
        : say(`先记下了，联网后发送：“${entry.title}”`, `Kept here until there is a network: ${entry.title}`), () => undo(entry), navigator.onLine);
    }
    if (kind === 'done') toast(answer.message, entry.verb === 'tick' && answer.undo && (() => undo(entry)));
    if (kind === 'refused' || kind === 'conflict') notices.hide();
    if (kind === 'sent') refresh(true);
    if (kind === 'progress') return notices.moved();
    tabs?.postMessage(kind);
    show();
  }
  if (tabs) tabs.onmessage = show;

  document.addEventListener('submit', forms.submitted);
  document.addEventListener('change', forms.changed);
  document.addEventListener('change', picked);
  document.addEventListener('click', (event) => clicked(event, toast));
  document.addEventListener('keydown', escaped);
  addEventListener('beforeunload', (event) => {
    if (state.mustWarn) event.returnValue = event.preventDefault() || '';
  });
  addEventListener('online', () => {
    queue.send();
    refresh();
    show();
  });
  addEventListener('offline', show);
  if (main.dataset.live && self.EventSource) hear(() => refresh());

  find('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  prepare();
  returnForm();
  setInterval(count, 1000, refresh);
  show();
  queue.send();
  if (document.body.dataset.copied) refresh();
  if (state.canReopen && who) keepCopies(show);
}

function hear(changed) {
  let soon;
  const later = () => {
    clearTimeout(soon);
    soon = setTimeout(changed, 400);
  };
  const listen = (address, heard) => {
    const news = new EventSource(address);
    let wasOpen = false;
    news.addEventListener('changed', heard);
    // What happened while nothing could be heard.
    news.addEventListener('open', () => {
      if (wasOpen || document.body.dataset.copied) heard();
      wasOpen = true;
    });
    // Nothing more will be told, perhaps because whoever was here may see nothing any more.
    news.addEventListener('error', () => news.readyState === EventSource.CLOSED && later());
    return () => news.close();
  };
  const news = makeNews({
    name: `switchlist-news ${scope}`, address: new URL(main.dataset.live, location.href).pathname, shared: scope === '/' ? '/live' : null,
    locks: navigator.locks, openChannel: self.BroadcastChannel && ((name) => new BroadcastChannel(name)), listen, id: randomKey(), tell: later,
  });
  const look = () => (document.hidden ? news.hide() : news.show());
  document.addEventListener('visibilitychange', look);
  addEventListener('pagehide', news.hide);
  addEventListener('pageshow', look);
  look();
}

function keepCopies(show) {
  navigator.serviceWorker.register('/sw.js').catch(() => {
    state.canReopen = false;
    show();
  });
  if (main.dataset.live !== 'live') return;
  const parts = all('link[rel=stylesheet], link[rel=icon], script[src]').map((part) => part.href || part.src).concat(script.dataset.digest);
  navigator.serviceWorker.ready.then((worker) => worker.active.postMessage({ page: location.pathname, parts }));
}

if (!missing(self).length) start();
