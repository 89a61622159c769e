import { all, find, home, isShop, main, scope, say, state, who } from './dom.mjs';
import { forgetPages } from './leaving.mjs';

// The page's newest state in place of what is shown.

const controls = 'input, textarea, select';
const reachable = 'a, button, summary, input';

function isTouched(control) {
  if (control.type === 'hidden') return false;
  if (control.type === 'checkbox') return control.checked !== control.defaultChecked;
  if (control.options) {
    return control.selectedIndex !== Math.max(0, [...control.options].findIndex((option) => option.defaultSelected));
  }
  return control.value !== control.defaultValue;
}

/** Somebody writes, or reads why something was refused. */
const isBusy = () => find('.problem, input:not([type=checkbox]):focus, textarea:focus, select:focus', main)
  || all(controls, main).some((control) => isTouched(control) && !('keep' in control.dataset));

function foldKey(fold) {
  const home = fold.id ? fold : fold.closest('[id]');
  return `${home.id} ${all('details', home).indexOf(fold)}`;
}

function controlKey(control) {
  const value = control.type === 'checkbox' && control.value;
  return [control.closest('[id]').id, control.form?.getAttribute('action'), control.name, value].join(' ');
}

/** What a link or button is, whatever rows came before it meanwhile. */
const reachKey = (element) => [element.closest('[id]').id, element.tagName, element.getAttribute('href'),
  element.form?.getAttribute('action'), element.name, element.getAttribute('value'), element.textContent].join(' ');

/** Where somebody's focus is, so that it can be found again in the page's newest state. */
function placeOf(held) {
  const home = held.closest('[id]'), key = reachKey(held);
  const same = () => all(reachable, main).filter((element) => reachKey(element) === key);
  const [nth, inHome, inMain] = [same(), all(reachable, home), all(reachable, main)].map((list) => list.indexOf(held));
  return () => {
    const inPlace = home !== main && all(`#${CSS.escape(home.id)} :is(${reachable})`)[inHome];
    const now = all(reachable, main);
    // What is gone leaves the focus to what took its place.
    return same()[nth] || inPlace || find('#next', main) || (inMain >= 0 && now[Math.min(inMain, now.length - 1)]) || main;
  };
}

export const titleOf = (form) => find('h2, b', form.closest('[data-item]') || form)?.textContent || '';

/** Which item a form is about, and what it does to it; nothing for other forms. */
export function itemOf(path, fields) {
  const [, page, item, verb] = path.match(/^(.*\/)items\/([^/]+)\/(\w+)$/) || [];
  return item && { page, item, verb, run: fields.find(([name]) => name === 'run')?.[1] };
}

/** What was typed into forms that are there no more, form by form. */
function displaced(lost) {
  const forms = new Set(lost.map((control) => control.form).filter(Boolean));
  return [...forms].map((form) => {
    const typed = lost.filter((control) => control.form === form && !control.options && control.type !== 'checkbox');
    const fields = [...new FormData(form)].filter(([, value]) => value.size || (typeof value === 'string' && value));
    const url = new URL(form.getAttribute('action'), location.href).pathname;
    return { url, fields, ...itemOf(url, fields), title: titleOf(form), label: '', typed: typed.map(({ name }) => name), isConflict: true,
      refused: say('这一项已经有了变化，刚才填的地方不在了。', 'This has changed meanwhile, and the place where you wrote is gone.') };
  }).filter(({ typed }) => typed.length);
}

/** `park` keeps what has no place any more. */
export function makeRefresh({ show, park, prepare }) {
  return async function refresh(isWanted) {
    if (!main.dataset.live || state.isLeaving) return;
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
    // A network that answers everything by a page of its own.
    if (!fresh) return;
    state.hasNews = !isWanted && Boolean(isBusy());
    if (state.hasNews) return show();
    state.lastFresh = Date.now();
    delete document.body.dataset.copied;
    await replace(fresh);
    prepare();
    await show();
  };

  async function replace(fresh) {
    const open = new Set(all('details[open]', main).map(foldKey));
    const touched = all(controls, main).filter(isTouched);
    const typed = touched.map((control) => [controlKey(control), control, control.value, control.checked]);
    const held = document.activeElement;
    const hadFocus = main.contains(held);
    const placeAgain = hadFocus && placeOf(held);
    const top = scrollY;
    const places = new Map(all(controls, fresh).map((control) => [controlKey(control), control]));
    const lost = typed.filter(([key]) => !places.has(key)).map(([, control]) => control);
    const left = displaced(lost);
    main.replaceChildren(...fresh.childNodes);
    for (const fold of all('details', main)) if (open.has(foldKey(fold))) fold.open = true;
    for (const [key, control, value, checked] of typed) {
      const now = places.get(key);
      // A file that was chosen can't be written into another field.
      if (now && control.type === 'file') now.replaceWith(control);
      else if (now) Object.assign(now, { value, checked });
    }
    if (hadFocus) {
      const again = placeAgain();
      if (!again.matches(reachable)) again.tabIndex = -1;
      again.focus({ preventScroll: true });
    }
    scrollTo(0, top);
    for (const entry of left) await park(entry);
  }
}
