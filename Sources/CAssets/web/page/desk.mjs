import { all, find, say } from './dom.mjs';

// Small things that lists and menus do.

export function count(refresh) {
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

export function uncover() {
  for (const copier of all('[data-copy]')) copier.hidden = !navigator.clipboard;
  for (const chooser of all('[data-all]')) chooser.closest('label').hidden = false;
}

export function clicked(event, toast) {
  const target = event.target.closest('[data-copy], [data-reload]');
  if (!target) {
    for (const menu of all('.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
  } else if ('reload' in target.dataset) location.reload();
  else {
    navigator.clipboard.writeText(document.getElementById(target.dataset.copy).textContent)
      .then(() => toast(say('已复制', 'Copied')));
  }
}

export function escaped(event) {
  const menu = event.key === 'Escape' && event.target.closest('.menu[open]');
  if (menu) {
    menu.open = false;
    find('summary', menu).focus();
  }
}

export function picked({ target }) {
  const boxes = all('input[name=shop]');
  if ('all' in target.dataset) for (const box of boxes) box.checked = target.checked;
  if (target.name !== 'shop' && !('all' in target.dataset)) return;
  for (const box of boxes) box.closest('tr').classList.toggle('picked', box.checked);
  const count = boxes.filter((box) => box.checked).length;
  for (const shown of all('[data-count]')) {
    shown.textContent = count ? ` (${count})` : '';
    shown.closest('form').classList.toggle('choosing', count > 0);
  }
}
