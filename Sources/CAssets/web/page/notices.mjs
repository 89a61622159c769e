import { all, button, find, home, locale, main, make, said, say, scope, state, ownPath } from './dom.mjs';
import { givenBy, isWaiting } from './queue.mjs';
import { sizeText } from './files.mjs';

// What the page says of what was done on it, above its content, and shortly at its foot.

/** Without the content of files, for people to read. */
export function givenText(entry) {
  const value = (name) => entry.fields.find(([other]) => other === name)?.[1];
  const text = ([name, given]) => {
    if (typeof given !== 'string') return say(`文件 ${given.name}（${sizeText(given.size)}）`, `file ${given.name} (${sizeText(given.size)})`);
    if (name !== 'file_name') return given;
    const size = sizeText(Number(value('file_size')));
    return say(`文件 ${given}（${size}，SHA-256 ${value('file_sha256')}）`, `file ${given} (${size}, SHA-256 ${value('file_sha256')})`);
  };
  return givenBy(entry).map(text).join(say('；', '; '));
}

export function makeNotices({ queue, store, refresh }) {
  const panel = make('div');
  main.before(panel);
  const bubble = said('status', 'toast');
  document.body.append(bubble);
  let [timer, turn, isSending] = [undefined, 0, false];

  const hide = () => bubble.replaceChildren();
  /** What is on its way is said until something else can be said of it. */
  function wait() {
    clearTimeout(timer);
    if (!isSending) timer = setTimeout(hide, 8000);
  }
  for (const name of ['mouseenter', 'focusin']) bubble.addEventListener(name, () => clearTimeout(timer));
  for (const name of ['mouseleave', 'focusout']) bubble.addEventListener(name, wait);
  panel.addEventListener('click', ({ target }) => target.tagName === 'SPAN' && target.classList.toggle('whole'));

  function toast(text, action, sending = false) {
    isSending = sending;
    const hadFocus = bubble.contains(document.activeElement);
    bubble.replaceChildren(make('span', text), ...(action ? [button(say('撤销', 'Undo'), () => hide(action()))] : []));
    if (hadFocus) find('button', bubble)?.focus();
    wait();
  }

  const notice = (text, action) => said('status', 'notice warn', make('span', text), action);

  async function show() {
    const mine = ++turn;
    const list = await queue.entries();
    const others = home ? (await queue.othersEntries(home)).length : 0;
    // What was read later is newer.
    if (mine !== turn) return;
    const waiting = list.filter(isWaiting);
    const isOpenOnly = !state.canReopen || store.isOpenOnly();
    state.mustWarn = (waiting.length > 0 && isOpenOnly) || (list.length > 0 && store.isOpenOnly());
    const parts = [];
    if (document.body.dataset.copied) {
      const time = new Date(document.body.dataset.copied).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' });
      parts.push(notice(say(`没有网络，显示的是 ${time} 的副本。`, `No network: this is the copy from ${time}.`)));
    } else if (!navigator.onLine && !waiting.length && main.dataset.live) {
      parts.push(notice(say('没有网络。勾选会先存下来，联网后发送。', 'No network. What you tick is kept, and sent when there is one.')));
    }
    if (state.mustWarn) {
      parts.push(notice(say('这个浏览器不能存到以后：发送完之前，请不要关闭这一页。', 'This browser keeps nothing for later: leave this page open until it is sent.')));
    }
    const uploading = waiting.filter(({ key }) => key in queue.state.progress);
    for (const entry of uploading) parts.push(upload(entry));
    const held = waiting.filter((entry) => !uploading.includes(entry));
    if (held.length && (!queue.isSending() || held.some((entry) => entry.tried || entry.offline || entry.behind))) parts.push(toBeSent(held));
    if (isSending && (!waiting.length || parts.length)) {
      isSending = false;
      wait();
    }
    if (others) {
      parts.push(notice(say(`这台设备上还有 ${others} 项没有发送，是用别的名字做的，换回那个名字才会发送。`,
        `Done under another name and not sent yet: ${others}. It is sent when this page is opened under that name.`)));
    }
    parts.push(...list.filter((entry) => !isWaiting(entry)).map(problem));
    if (state.hasNews) parts.push(notice(say('有新的变化。', 'There is something new.'), button(say('显示', 'Show'), () => refresh(true))));
    panel.className = parts.length ? 'said' : '';
    panel.replaceChildren(...parts);
    for (const card of all('.sent')) card.classList.remove('sent');
    for (const entry of waiting) {
      const card = document.getElementById(`r${entry.run}-${entry.item}`);
      if (card && entry.verb === 'tick') card.classList.add('sent');
    }
  }

  function toBeSent(entries) {
    const { state: { lanes, mustSignIn, reason } } = queue;
    const pause = [lanes.text.pause, lanes.file.pause].filter(Boolean).sort((one, other) => one.until - other.until)[0];
    const count = entries.length;
    const time = pause && new Date(pause.until).toLocaleTimeString(locale);
    let text = time ? say(`待发送（${count}），${time} 自动再发：`, `Waiting to be sent, again at ${time} (${count}): `)
      : mustSignIn ? say(`待发送（${count}）：`, `Waiting to be sent (${count}): `)
        : say(`待发送（${count}），联网后自动发送：`, `Waiting to be sent when there is a network (${count}): `);
    text += entries.map(({ title }) => title).join(say('、', ', '));
    const said = pause?.reason || reason;
    if (said) text += say(`。服务器说：${said}`, `. The server says: ${said}`);
    return notice(text, mustSignIn ? comeBack() : !pause && button(say('现在发送', 'Send now'), queue.send));
  }

  /** Told to the eye alone: to hear it again at each percent would be too much. */
  function upload(entry) {
    const bar = make('progress', '', { max: 100 });
    bar.dataset.key = entry.key;
    bar.dataset.title = entry.title;
    const box = make('div', [make('span'), bar], { className: 'notice' });
    showProgress(bar);
    return box;
  }

  function showProgress(bar) {
    const { key, title } = bar.dataset;
    bar.value = Math.floor(queue.state.progress[key] * 100);
    const text = bar.value < 100 ? say(`正在上传“${title}”的文件：${bar.value}%`, `Uploading the file of “${title}”: ${bar.value}%`)
      : say(`“${title}”的文件已传完，等服务器确认…`, `The file of “${title}” is there; the server is checking it…`);
    bar.setAttribute('aria-label', text);
    bar.previousSibling.textContent = text;
  }

  /** How far uploads are, without touching what else is said. */
  function moved() {
    const bars = all('progress', panel);
    const keys = Object.keys(queue.state.progress);
    if (keys.length === bars.length && keys.every((key) => bars.some((bar) => bar.dataset.key === key))) for (const bar of bars) showProgress(bar);
    else show();
  }

  function problem(entry) {
    const given = givenText(entry);
    const file = entry.fields.find(([, value]) => typeof value !== 'string')?.[1];
    const heading = entry.isConflict ? say('你填的没有发送：', 'What you gave wasn’t sent: ') : say('没有成功：', 'Not done: ');
    const canBeNote = entry.item && entry.verb !== 'note' && given;
    const buttons = [
      !entry.isConflict && button(say('再试一次', 'Try again'), () => queue.again(entry)),
      canBeNote && button(say('留作备注', 'Keep it as a note'), () => queue.keepAsNote(entry, given, say('备注', 'Note'))),
      file && button(say('保存文件', 'Save the file'), () => make('a', '', { href: URL.createObjectURL(file), download: file.name }).click()),
      button(entry.isConflict ? say('不要了', 'Drop it') : say('知道了', 'Dismiss'), () => queue.drop(entry).then(show)),
    ];
    return said('alert', 'problem',
      make('h2', heading + `${entry.label} “${entry.title}”`), make('p', entry.refused),
      given && make('p', say('你填写的：', 'You gave: ') + given),
      file && canBeNote && make('p', say('备注里只写文件的名字，文件本身请先保存。', 'A note holds the file’s name alone; save the file itself first.'), { className: 'quiet' }),
      make('div', buttons, { className: 'row' }));
  }

  return { show, toast, hide, moved };
}

/** A link's page asks for the name by itself. */
function comeBack() {
  if (scope !== '/') return make('a', say('重新打开后发送', 'Open again to send'), { href: home });
  return make('a', say('重新登录后发送', 'Sign in again to send'), { href: '/sign-in?back=' + encodeURIComponent(ownPath()) });
}
