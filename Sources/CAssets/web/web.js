// A module: deferred, strict, with a scope of its own.

const zh = document.documentElement.lang.startsWith('zh');
const say = (chinese, english) => (zh ? chinese : english);
const find = (query, root = document) => root.querySelector(query);
const all = (query, root = document) => [...root.querySelectorAll(query)];
const main = find('main');
const who = document.body.dataset.who;
const controls = 'input, textarea, select';
const reachable = 'a, button, summary, input';
let canReopen = 'serviceWorker' in navigator;
/** A shop's page, which may stand at the address of a form that was refused. */
const isShop = main.dataset.live && main.dataset.live !== '/live';
const home = isShop && new URL(main.dataset.live.slice(0, -4), location.href).pathname;
/** Where the same person is there: a link's pages, or all those of whoever signed in. */
const scope = home && home.startsWith('/l/') ? home : '/';

function make(tag, content, properties) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...[content].flat().filter(Boolean));
  return element;
}
const button = (text, onclick) => make('button', text, { type: 'button', onclick });

// What is still to be sent: in IndexedDB, else only as long as the page is open.

const unsaved = [];
const opened = new Promise((resolve) => {
  setTimeout(resolve, 2000, null);
  try {
    const request = indexedDB.open('switchlist', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('unsent', { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  } catch {
    resolve(null);
  }
});

async function stored(mode, work) {
  const database = await opened;
  if (!database) throw new Error('no database');
  return new Promise((resolve, reject) => {
    const transaction = database.transaction('unsent', mode);
    const request = work(transaction.objectStore('unsent'));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

const saved = () => stored('readonly', (store) => store.getAll()).catch(() => []);

async function entries() {
  return [...(await saved()), ...unsaved].filter((entry) => entry.who === who).sort((a, b) => a.made - b.made);
}

/** What was done on this page under another name, and can only be sent under that. */
const othersEntries = async () => (await saved()).filter((entry) => home && entry.who !== who && entry.url.startsWith(home));

async function keep(entry) {
  if (unsaved.includes(entry)) return;
  await stored('readwrite', (store) => store.put(entry)).catch(() => unsaved.push(entry));
}

async function drop(entry) {
  const at = unsaved.findIndex((other) => other.key === entry.key);
  if (at >= 0) unsaved.splice(at, 1);
  await stored('readwrite', (store) => store.delete(entry.key)).catch(() => {});
}

// Sending, in the order in which it was done

let isSending = false;
let mustSendAgain = false;
let retry;
/** What the server said when it takes no more for now, and until when. */
let pause;

async function send() {
  if (!who) return;
  mustSendAgain = isSending;
  if (isSending) return;
  clearTimeout(retry);
  const left = pause ? pause.until - Date.now() : 0;
  if (left > 0) {
    retry = setTimeout(send, left);
    return;
  }
  isSending = true;
  try {
    await (navigator.locks ? navigator.locks.request('switchlist', sendAll) : sendAll());
  } finally {
    isSending = false;
  }
  await show();
  // Somebody asked while what then failed was under way.
  if (mustSendAgain) send();
  else if ((await entries()).some((entry) => !entry.refused)) retry = setTimeout(send, pause ? pause.until - Date.now() : 20000);
}

async function sendAll() {
  let hasChanged = false;
  for (;;) {
    const entry = (await entries()).find((entry) => !entry.refused);
    if (!entry) break;
    const answer = await post(entry);
    if (!answer) break;
    hasChanged = true;
    if (answer.refused) {
      hide();
      await keep(Object.assign(entry, { refused: answer.refused }));
    } else {
      await drop(entry);
      toast(answer.message, entry.verb === 'tick' && answer.undo && (() => undo(entry)));
    }
  }
  if (hasChanged) await refresh(true);
}

/** The answer, or what refuses it; nothing when it has to be tried again. */
async function post(entry) {
  const hasFile = entry.fields.some(([, value]) => typeof value !== 'string');
  const body = hasFile ? new FormData() : new URLSearchParams();
  for (const [name, value] of entry.fields) body.append(name, value);
  if (entry.tried || entry.offline || Date.now() - entry.made > 30000) body.append('at', localTime(entry.made));
  const mayReach = navigator.onLine;
  let isPutOff = false;
  pause = null;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), hasFile ? 180000 : 30000);
  try {
    const response = await fetch(entry.url, {
      method: 'POST', body, redirect: 'manual', signal: limit.signal,
      headers: { Accept: 'application/json', 'Idempotency-Key': entry.key, 'Switchlist-Who': entry.who },
    });
    signInAgain = response.type === 'opaqueredirect' || response.status === 401;
    if (signInAgain) forgetPages(scope);
    if (response.ok) return await response.json();
    const problem = await response.json().catch(() => ({}));
    const seconds = Number(response.headers.get('Retry-After'));
    if ([429, 503].includes(response.status) && seconds > 0) {
      pause = { until: Date.now() + seconds * 1000, reason: problem.detail };
      isPutOff = true;
    } else if (!signInAgain && response.status < 500 && ![408, 425, 429].includes(response.status)) {
      return { refused: problem.detail || problem.title || `${response.status}` };
    }
  } catch {
    // No network, or none that answers in time.
  } finally {
    clearTimeout(timer);
  }
  // What was put off wasn't done, as what never got there.
  const failed = mayReach && !isPutOff ? 'tried' : 'offline';
  if (!entry[failed]) await keep(Object.assign(entry, { [failed]: true }));
  return null;
}

let signInAgain = false;

function localTime(milliseconds) {
  const offset = -new Date(milliseconds).getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, '0');
  const local = new Date(milliseconds + offset * 60000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
}

/** Also where the page isn't served securely, so that `randomUUID` is missing. */
const randomKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function begin(url, fields, title, label) {
  const [, item, verb] = url.match(/\/items\/([^/]+)\/(\w+)$/);
  const run = fields.find(([name]) => name === 'run')?.[1];
  const entry = { key: randomKey(), who, url, fields, title, label, item, verb, run, made: Date.now(), offline: !navigator.onLine };
  await keep(entry);
  if (verb === 'tick') toast(say(`已完成“${title}”`, `Done: ${title}`), () => undo(entry));
  send();
  await show();
}

async function undo(entry) {
  const waiting = (await entries()).find((other) => other.key === entry.key);
  if (waiting && !waiting.tried && !isSending) {
    await drop(entry);
    return show();
  }
  const reason = say('点错了', 'ticked by mistake');
  begin(entry.url.replace(/tick$/, 'untick'), [['run', entry.run], ['reason', reason]], entry.title, say('撤销', 'Undo'));
}

// Forms

document.addEventListener('submit', (event) => {
  const form = event.target;
  const action = new URL(event.submitter?.getAttribute('formaction') || form.getAttribute('action'), location.href);
  if (['/sign-out', '/account/sessions/end'].includes(action.pathname)) return leave(event, form);
  if (!who || form.method !== 'post' || !/\/items\/[^/]+\/\w+$/.test(action.pathname)) return;
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([, value]) => value.size || (typeof value === 'string' && value));
  if (!isComplete(form, fields)) return;
  const title = find('h2, b', form.closest('[data-item]')).textContent;
  form.reset();
  begin(action.pathname, fields, title, event.submitter?.textContent || say('完成', 'Done'));
});

function isComplete(form, fields) {
  const input = find('[name=note], [name=link], [name=file]', form);
  const large = fields.find(([, value]) => value.size > 10e6);
  const lacks = 'any' in form.dataset && !fields.some(([name]) => name !== 'run');
  if (!large && !lacks) return true;
  const wrong = large ? form.elements[large[0]] : input;
  wrong.setCustomValidity(large ? say('文件超过 10 MB，请换一个小一点的。', 'The file is over 10 MB; choose a smaller one.')
    : say('请填写一种凭证。', 'Give one of the proofs.'));
  wrong.reportValidity();
  form.addEventListener('input', () => wrong.setCustomValidity(''), { once: true });
  return false;
}

function leave(event, form) {
  event.preventDefault();
  if (!navigator.onLine) return toast(say('没有网络，现在不能退出。', 'No network: you can sign out when there is one.'));
  entries().then(async (waiting) => {
    const question = say(`还有 ${waiting.length} 项没有发送，现在退出会丢失。仍然退出吗？`,
      `${waiting.length} not sent yet will be lost. Sign out all the same?`);
    if (waiting.length && !confirm(question)) return;
    for (const entry of waiting) await drop(entry);
    isLeaving = true;
    await forgetPages('/');
    form.submit();
  });
}

/** Forgets copies by the worker, which may be about to keep another; all of them in any case here. */
async function forgetPages(path) {
  if (!self.caches) return;
  const worker = navigator.serviceWorker?.controller;
  if (worker) {
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      setTimeout(resolve, 1000);
      worker.postMessage({ forget: path }, [port2]);
    });
  }
  if (path === '/') await caches.delete('pages');
}

// What the page says of it

const panel = make('div');
main.before(panel);
const bubble = said('status', 'toast');
document.body.append(bubble);
let bubbleTimer;

const hide = () => bubble.replaceChildren();
function wait() {
  clearTimeout(bubbleTimer);
  bubbleTimer = setTimeout(hide, 8000);
}
for (const name of ['mouseenter', 'focusin']) bubble.addEventListener(name, () => clearTimeout(bubbleTimer));
for (const name of ['mouseleave', 'focusout']) bubble.addEventListener(name, wait);

function toast(text, action) {
  const hadFocus = bubble.contains(document.activeElement);
  bubble.replaceChildren(make('span', text), ...(action ? [button(say('撤销', 'Undo'), () => hide(action()))] : []));
  if (hadFocus) find('button', bubble)?.focus();
  wait();
}

let mustWarn = false;

async function show() {
  const list = await entries();
  const waiting = list.filter((entry) => !entry.refused);
  const isOpenOnly = !canReopen || unsaved.length > 0;
  mustWarn = waiting.length > 0 && isOpenOnly;
  const parts = [];
  if (document.body.dataset.copied) {
    const time = new Date(document.body.dataset.copied).toLocaleString(zh ? 'zh-CN' : 'en-GB', { dateStyle: 'short', timeStyle: 'short' });
    parts.push(notice(say(`没有网络，显示的是 ${time} 的副本。`, `No network: this is the copy from ${time}.`)));
  } else if (!navigator.onLine && !waiting.length && main.dataset.live) {
    parts.push(notice(say('没有网络。勾选会先存下来，联网后发送。', 'No network. What you tick is kept, and sent when there is one.')));
  }
  if (waiting.length && (!isSending || waiting.some((entry) => entry.tried || entry.offline))) {
    const time = pause && new Date(pause.until).toLocaleTimeString(zh ? 'zh-CN' : 'en-GB');
    let text = (time ? say(`待发送（${waiting.length}），${time} 自动再发：`, `Waiting to be sent, again at ${time} (${waiting.length}): `)
      : say(`待发送（${waiting.length}），联网后自动发送：`, `Waiting to be sent when there is a network (${waiting.length}): `))
      + waiting.map((entry) => entry.title).join(say('、', ', '));
    if (pause?.reason) text += say(`。服务器说：${pause.reason}`, `. The server says: ${pause.reason}`);
    if (isOpenOnly) text += say('。这个浏览器不能存到以后：发送完之前，请不要关闭这一页。', '. This browser keeps nothing for later: leave this page open until it is sent.');
    parts.push(notice(text, signInAgain ? comeBack() : !pause && button(say('现在发送', 'Send now'), send)));
  }
  const others = (await othersEntries()).length;
  if (others) {
    parts.push(notice(say(`这台设备上还有 ${others} 项没有发送，是用别的名字做的；用那个名字打开这一页，就会发送。`,
      `Done on this device under another name, and not sent yet: ${others}. It is sent when this page is opened under that name.`)));
  }
  for (const entry of list.filter((entry) => entry.refused)) {
    const again = button(say('再试一次', 'Try again'), async () => {
      await drop(entry);
      await keep({ ...entry, refused: '', tried: false, key: randomKey() });
      send();
    });
    const given = entry.fields.filter(([name]) => name !== 'run').map(([, value]) => value.name || value).join(say('；', '; '));
    parts.push(said('alert', 'problem',
      make('h2', say('没有成功：', 'Not done: ') + `${entry.label} “${entry.title}”`), make('p', entry.refused),
      given && make('p', say('你填写的：', 'You gave: ') + given),
      make('div', [again, button(say('知道了', 'Dismiss'), () => drop(entry).then(show))], { className: 'row' })));
  }
  if (hasNews) parts.push(notice(say('有新的变化。', 'There is something new.'), button(say('显示', 'Show'), () => refresh(true))));
  panel.className = parts.length ? 'said' : '';
  panel.replaceChildren(...parts);
  for (const card of all('.sent')) card.classList.remove('sent');
  for (const entry of waiting) {
    const card = document.getElementById(`r${entry.run}-${entry.item}`);
    if (card && entry.verb === 'tick') card.classList.add('sent');
  }
}

/** A link's page asks for the name by itself. */
function comeBack() {
  if (scope !== '/') return make('a', say('重新打开后发送', 'Open again to send'), { href: home });
  return make('a', say('重新登录后发送', 'Sign in again to send'), { href: '/sign-in?back=' + encodeURIComponent(home || location.pathname) });
}

function said(role, className, ...content) {
  const box = make('div', content, { className });
  box.setAttribute('role', role);
  return box;
}
const notice = (text, action) => said('status', 'notice warn', make('span', text), action);

addEventListener('beforeunload', (event) => {
  if (mustWarn) event.returnValue = event.preventDefault() || '';
});

// The page's newest state in place of what is shown

let hasNews = false;
let isLeaving = false;
let lastFresh = Date.now();

function isTouched(control) {
  if (control.type === 'hidden') return false;
  if (control.type === 'checkbox') return control.checked !== control.defaultChecked;
  if (control.options) {
    return control.selectedIndex !== Math.max(0, [...control.options].findIndex((option) => option.defaultSelected));
  }
  return control.value !== control.defaultValue;
}

/** Somebody writes, or reads why something was refused. */
const isBusy = () => find('.problem, input:not([type=checkbox]):focus, textarea:focus, select:focus', main) || all(controls, main).some(isTouched);

function foldKey(fold) {
  const home = fold.id ? fold : fold.closest('[id]');
  return `${home.id} ${all('details', home).indexOf(fold)}`;
}

function controlKey(control) {
  const value = control.type === 'checkbox' && control.value;
  return [control.closest('[id]').id, control.form?.getAttribute('action'), control.name, value].join(' ');
}

async function refresh(isWanted) {
  if (!main.dataset.live || isLeaving) return;
  const page = new URL(main.dataset.page || (main.dataset.live.endsWith('/live') && isShop ? home : location.href), location.href);
  for (const name of ['did', 'item', 'run']) page.searchParams.delete(name);
  let fresh;
  try {
    const headers = { Accept: 'text/html', ...(who && { 'Switchlist-Who': who }) };
    const response = await fetch(page, { headers, redirect: 'manual' });
    if (response.type === 'opaqueredirect') forgetPages(scope);
    if (!response.ok) return;
    fresh = find('main', new DOMParser().parseFromString(await response.text(), 'text/html'));
  } catch {
    return;
  }
  hasNews = !isWanted && isBusy();
  if (hasNews) return show();
  lastFresh = Date.now();
  delete document.body.dataset.copied;
  const open = new Set(all('details[open]', main).map(foldKey));
  const typed = all(controls, main).filter((control) => isTouched(control) && control.type !== 'file')
    .map((control) => [controlKey(control), control.value, control.checked]);
  const held = document.activeElement;
  const hadFocus = main.contains(held);
  const place = held.closest('[id]');
  const index = hadFocus && all(reachable, place).indexOf(held);
  const top = scrollY;
  main.replaceChildren(...fresh.childNodes);
  for (const fold of all('details', main)) if (open.has(foldKey(fold))) fold.open = true;
  for (const [key, value, checked] of typed) {
    const control = all(controls, main).find((control) => controlKey(control) === key);
    if (control) Object.assign(control, { value, checked });
  }
  if (hadFocus) {
    const again = (place !== main && all(`#${CSS.escape(place.id)} :is(${reachable})`)[index]) || find('#next', main) || main;
    if (!again.matches(reachable)) again.tabIndex = -1;
    again.focus({ preventScroll: true });
  }
  scrollTo(0, top);
  prepare();
  await show();
}

if (main.dataset.live) {
  let soon;
  const later = () => {
    clearTimeout(soon);
    soon = setTimeout(() => document.hidden || isSending || refresh(), 400);
  };
  if (self.EventSource) {
    const news = new EventSource(main.dataset.live);
    let wasOpen = false;
    news.addEventListener('changed', later);
    // What happened while nothing could be heard.
    news.addEventListener('open', () => {
      if (wasOpen || document.body.dataset.copied) later();
      wasOpen = true;
    });
    // Nothing more will be told, perhaps because whoever was here may see nothing any more.
    news.addEventListener('error', () => news.readyState === EventSource.CLOSED && later());
  }
  document.addEventListener('visibilitychange', () => Date.now() - lastFresh > 30000 && later());
}
addEventListener('online', () => {
  send();
  refresh();
  show();
});
addEventListener('offline', show);

// Small things

function count() {
  for (const time of all('time[data-until]')) {
    const seconds = (new Date(time.dataset.until) - Date.now()) / 1000;
    if (seconds <= 0) {
      time.removeAttribute('data-until');
      refresh();
    } else time.textContent = length(seconds);
  }
}

function length(seconds) {
  const minutes = Math.floor(seconds / 60);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const part = (number, chinese, english) => (number ? `${number} ${say(chinese, english)}` : '');
  const parts = days ? [part(days, '天', 'd'), part(hours, '小时', 'h')] : [part(hours, '小时', 'h'), part(rest, '分钟', 'min')];
  return parts.filter(Boolean).join(' ') || `${Math.floor(seconds)} ${say('秒', 's')}`;
}

function prepare() {
  for (const copier of all('[data-copy]')) copier.hidden = !navigator.clipboard;
  for (const chooser of all('[data-all]')) chooser.closest('label').hidden = false;
  count();
}

document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-copy], [data-reload]');
  if (!target) {
    for (const menu of all('.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
  } else if ('reload' in target.dataset) location.reload();
  else {
    navigator.clipboard.writeText(document.getElementById(target.dataset.copy).textContent)
      .then(() => toast(say('已复制', 'Copied')));
  }
});
document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' && event.target.closest('.menu[open]');
  if (menu) {
    menu.open = false;
    find('summary', menu).focus();
  }
});
document.addEventListener('change', ({ target }) => {
  const boxes = all('input[name=shop]');
  if ('all' in target.dataset) for (const box of boxes) box.checked = target.checked;
  if (target.name !== 'shop' && !('all' in target.dataset)) return;
  for (const box of boxes) box.closest('tr').classList.toggle('picked', box.checked);
  const count = boxes.filter((box) => box.checked).length;
  for (const shown of all('[data-count]')) {
    shown.textContent = count ? ` (${count})` : '';
    shown.closest('form').classList.toggle('choosing', count > 0);
  }
});

find('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
prepare();
setInterval(count, 1000);
show();
send();
if (document.body.dataset.copied) refresh();
if (canReopen && who) {
  navigator.serviceWorker.register('/sw.js').catch(() => {
    canReopen = false;
    show();
  });
  if (main.dataset.live === 'live') {
    const parts = all('link[rel=stylesheet], link[rel=icon], script[src]').map((part) => part.href || part.src);
    navigator.serviceWorker.ready.then((worker) => worker.active.postMessage({ page: location.pathname, parts }));
  }
}
