import { all, find, make, main, ownPath, said, say, who } from './dom.mjs';

// A form that is sent after the session's end comes back, with what was typed, once somebody has signed in again.

const KEY = 'switchlist-form';

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
};
const forget = () => sessionStorage.removeItem(KEY);

/** Until the next page says what became of it. Passwords are never kept. */
export function rememberForm(form) {
  if (!who || form.method !== 'post' || find('[type=password]', form)) return;
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && form.elements[name]?.type !== 'hidden');
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ who, page: ownPath(), action: form.getAttribute('action'), fields }));
  } catch {
    // No room: it is sent all the same.
  }
}

/** What became of the form that was sent last. */
export function returnForm() {
  try {
    const kept = read();
    if (!kept) return;
    const way = find('[data-sign-in]');
    if (way) {
      sessionStorage.setItem(KEY, JSON.stringify({ ...kept, isEnded: true }));
      way.href = '/sign-in?back=' + encodeURIComponent(kept.page);
    } else if (location.pathname !== '/sign-in') {
      if (kept.isEnded && kept.who === who && kept.page === ownPath()) fill(kept);
      // Somebody who has to choose a new password comes back later.
      if (!kept.isEnded || kept.who !== who || location.pathname !== '/account') forget();
    }
  } catch {
    // A browser that keeps nothing.
  }
}

function fill({ action, fields }) {
  const form = all('form', main).find((form) => form.getAttribute('action') === action);
  if (!form) return;
  for (const control of all('input, textarea, select', form)) {
    if (['hidden', 'file', 'password'].includes(control.type)) continue;
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (['checkbox', 'radio'].includes(control.type)) control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
  for (let fold = form.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  form.prepend(said('status', 'notice warn', make('span', say('登录过期时，刚才填的内容还没有发送。都在这里，请再发送一次。',
    'You had been signed out, so what you typed wasn’t sent. It is all here; please send it again.'))));
  form.scrollIntoView({ block: 'center' });
}
