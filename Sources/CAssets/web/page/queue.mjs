// What was done on the page and is still to be sent. It is kept on the device until the server has answered, and what
// the server didn't take stays until somebody has seen it. The network, the store, the clock and the locks are given.

/** Files take their time; what has none isn't kept waiting by them. */
export const LANES = ['text', 'file'];
export const RETRY = 20000;
/** After so long the server is told when something was done; until then it takes its own time. */
const TOLD_AFTER = 30000;

export const hasFile = (entry) => entry.fields.some(([, value]) => typeof value !== 'string');
export const laneOf = (entry) => (hasFile(entry) ? 'file' : 'text');
/** Waits for the network; what was refused waits for somebody. */
export const isWaiting = (entry) => !entry.refused;
const isSameItem = (one, other) => one.item === other.item && one.run === other.run && one.page === other.page;

/** What somebody typed or chose, without what the form says by itself. */
export function givenBy(entry) {
  const own = entry.typed ?? ['note', 'link', 'file', 'file_name', 'reason'];
  return entry.fields.filter(([name]) => own.includes(name));
}

/** The first of a lane that may be sent: not before what was done earlier to the same item. */
export function nextOf(list, lane) {
  return list.find((entry, place) => isWaiting(entry) && laneOf(entry) === lane
    && !list.slice(0, place).some((earlier) => isWaiting(earlier)
      && (isSameItem(earlier, entry) || earlier.key === entry.behind)));
}

/** What an answer means: `done`, `refused`, `later`, `signIn`, or `failed` where it has to be tried again. */
export function outcomeOf({ status = 0, isRedirect = false, retryAfter = 0, body }) {
  const reason = body?.detail || body?.title || '';
  if (isRedirect || status === 401) return { kind: 'signIn' };
  // A café's network answers everything with a page of its own.
  if (status >= 200 && status < 300) return body?.message ? { kind: 'done', answer: body } : { kind: 'failed', reason };
  if ([429, 503].includes(status) && retryAfter > 0) return { kind: 'later', seconds: retryAfter, reason };
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) return { kind: 'refused', status, reason };
  return { kind: 'failed', reason };
}

/** When it was done, where the server isn't to take the time at which it hears of it. */
export function toldTime(entry, now) {
  if (!entry.tried && !entry.offline && now - entry.made <= TOLD_AFTER) return null;
  const offset = -new Date(entry.made).getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, '0');
  const local = new Date(entry.made + offset * 60000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
}

/**
 * `store`: `all`, `put`, `drop`. `post(entry, told, progress)` gives an outcome. `clock`: `now`, `after`, `cancel`.
 * `exclusively(name, work, ifFree)` lets one tab at a time; with `ifFree` it gives undefined where another is at it.
 * `tell(event)` hears what came of it.
 */
export function makeQueue({ who, store, post, clock, exclusively, isOnline, randomKey, tell }) {
  const lanes = Object.fromEntries(LANES.map((name) => [name, { isBusy: false, mustGoAgain: false }]));
  const state = { lanes, mustSignIn: false, progress: {}, reason: '' };
  const settled = new Set();

  async function entries() {
    const own = (await store.all()).filter((entry) => entry.who === who && !settled.has(entry.key));
    return own.sort((one, other) => one.made - other.made);
  }

  /** Done on this page under another name; it can only be sent under that. */
  const othersEntries = async (page) => (await store.all()).filter((entry) => entry.who !== who && entry.url.startsWith(page));

  const send = () => Promise.all(LANES.map(sendLane));

  async function sendLane(name) {
    const lane = lanes[name];
    if (!who) return;
    lane.mustGoAgain = lane.isBusy;
    if (lane.isBusy) return;
    clock.cancel(lane.timer);
    if (lane.pause?.until > clock.now()) return wakeLater(name);
    lane.isBusy = true;
    let hasChanged = false;
    try {
      hasChanged = await exclusively(`switchlist-${name}`, () => sendAll(name));
    } finally {
      lane.isBusy = false;
    }
    tell({ kind: hasChanged ? 'sent' : 'stopped' });
    // What waited for this to go first.
    const others = hasChanged ? LANES.filter((other) => other !== name).map(sendLane) : [];
    // Somebody asked while what then failed was under way.
    if (lane.mustGoAgain) await sendLane(name);
    else if (nextOf(await entries(), name)) wakeLater(name);
    await Promise.all(others);
  }

  function wakeLater(name) {
    const lane = lanes[name];
    clock.cancel(lane.timer);
    lane.timer = clock.after(lane.pause ? Math.max(0, lane.pause.until - clock.now()) : RETRY, () => sendLane(name));
  }

  async function sendAll(name) {
    let hasChanged = false;
    for (;;) {
      const list = await entries();
      const entry = nextOf(list, name);
      if (!entry) return hasChanged;
      const couldReach = isOnline();
      const outcome = await post(entry, toldTime(entry, clock.now()), (share) => {
        state.progress[entry.key] = share;
        tell({ kind: 'progress' });
      }).catch(() => ({ kind: 'failed' }));
      delete state.progress[entry.key];
      lanes[name].pause = outcome.kind === 'later' ? { until: clock.now() + outcome.seconds * 1000, reason: outcome.reason } : null;
      if (outcome.kind !== 'failed') state.mustSignIn = outcome.kind === 'signIn';
      if (state.mustSignIn) tell({ kind: 'signIn' });
      state.reason = outcome.kind === 'failed' ? outcome.reason : '';
      if (outcome.kind === 'done') await settle(entry, outcome.answer);
      else if (outcome.kind === 'refused') await refuse(entry, outcome, list);
      else {
        // What was put off wasn't done, as what never got there.
        const flag = couldReach && outcome.kind !== 'later' ? 'tried' : 'offline';
        if (!entry[flag]) await store.put({ ...entry, [flag]: true });
        return hasChanged;
      }
      hasChanged = true;
    }
  }

  /** Somebody else was first: what was given with it isn't on the server, so it stays here. */
  async function settle(entry, answer) {
    if (answer.changed === false && givenBy(entry).length) {
      const kept = { ...entry, refused: answer.message, isConflict: true };
      await store.put(kept);
      return tell({ kind: 'conflict', entry: kept });
    }
    await drop(entry);
    tell({ kind: 'done', entry, answer });
  }

  async function refuse(entry, { status, reason }, list) {
    const before = list.slice(0, list.findIndex(({ key }) => key === entry.key)).filter(isWaiting);
    // Perhaps what it needs is what it overtook.
    const behind = status === 409 && before.length ? before[before.length - 1].key : null;
    if (behind) return store.put({ ...entry, behind });
    const kept = { ...entry, refused: reason || `${status}` };
    await store.put(kept);
    tell({ kind: 'refused', entry: kept });
  }

  async function drop(entry) {
    settled.add(entry.key);
    await store.drop(entry.key);
  }

  /** Kept first; then it is sent. */
  async function add(given) {
    const entry = { key: randomKey(), who, made: clock.now(), offline: !isOnline(), ...given };
    await store.put(entry);
    tell({ kind: 'added', entry });
    send();
    return entry;
  }

  /** Takes back what may not have been sent yet, else does the opposite. */
  async function undo(entry, opposite) {
    const lane = laneOf(entry);
    const isGone = !lanes[lane].isBusy && await exclusively(`switchlist-${lane}`, async () => {
      const waiting = (await entries()).find(({ key }) => key === entry.key);
      if (!waiting || waiting.tried || !isWaiting(waiting)) return false;
      await drop(entry);
      return true;
    }, true);
    if (isGone) tell({ kind: 'stopped' });
    else await add(opposite);
  }

  /** Sends what was refused once more, as something new. */
  async function again(entry) {
    const { refused, isConflict, tried, behind, ...rest } = entry;
    await store.put({ ...rest, key: randomKey() });
    await drop(entry);
    await send();
  }

  /** What was refused or came too late becomes a note on its item. */
  async function keepAsNote(entry, note, label) {
    const { page, item, run, title } = entry;
    await add({ url: `${page}items/${item}/note`, fields: [['run', run], ['note', note]], page, item, run, title, label, verb: 'note', typed: ['note'] });
    await drop(entry);
    tell({ kind: 'stopped' });
  }

  return { state, entries, othersEntries, send, add, undo, again, keepAsNote, drop, isSending: () => LANES.some((name) => lanes[name].isBusy) };
}
