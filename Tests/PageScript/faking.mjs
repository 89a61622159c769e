// What the queue is given in place of a browser: a store in memory, a clock that stands still, a server that answers
// what a test says.

import { makeQueue } from '../../Sources/CAssets/web/page/queue.mjs';

export const START = Date.parse('2026-12-10T08:00:00Z');

export function fakeClock() {
  const clock = { time: START, timers: new Map(), next: 1 };
  clock.now = () => clock.time;
  clock.after = (delay, work) => {
    clock.timers.set(clock.next, { at: clock.time + delay, work });
    return clock.next++;
  };
  clock.cancel = (timer) => clock.timers.delete(timer);
  /** Goes on, and does what falls due meanwhile. */
  clock.pass = async (milliseconds) => {
    await quiet();
    const end = clock.time + milliseconds;
    for (;;) {
      const [first] = [...clock.timers].filter(([, { at }]) => at <= end).sort(([, one], [, other]) => one.at - other.at);
      if (!first) break;
      clock.timers.delete(first[0]);
      clock.time = first[1].at;
      first[1].work();
      await quiet();
    }
    clock.time = end;
  };
  return clock;
}

/** Until nothing goes on by itself any more. */
export async function quiet() {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export function fakeStore({ isFull = false } = {}) {
  const [saved, memory] = [new Map(), new Map()];
  return {
    saved,
    memory,
    all: async () => [...saved.values(), ...memory.values()].map((entry) => ({ ...entry })),
    put: async (entry) => void (isFull ? memory : saved).set(entry.key, entry),
    drop: async (key) => void (saved.delete(key), memory.delete(key)),
    isOpenOnly: () => memory.size > 0,
  };
}

/** One tab at a time, as a browser's locks let them. */
export function fakeLocks() {
  const held = new Map();
  return async (name, work, ifFree) => {
    while (held.has(name)) {
      if (ifFree) return undefined;
      await held.get(name);
    }
    const running = work();
    held.set(name, running.catch(() => {}));
    try {
      return await running;
    } finally {
      held.delete(name);
    }
  };
}

let key = 0;

/** A page with its queue; `answers` are taken one by one, the last one again and again. */
export function page({ who = 'me', store = fakeStore(), clock = fakeClock(), locks = fakeLocks(), answers = [done()], isOnline = true } = {}) {
  const sent = [];
  const events = [];
  const left = [...answers];
  const network = { isOnline };
  const queue = makeQueue({
    who, store, clock, exclusively: locks, isOnline: () => network.isOnline, randomKey: () => `${key++}`,
    tell: (event) => events.push(event),
    post: async (entry, told, progress) => {
      sent.push({ ...entry, told });
      const answer = left.length > 1 ? left.shift() : left[0];
      return typeof answer === 'function' ? answer(entry, progress) : answer;
    },
  });
  return { queue, sent, events, store, clock, locks, network, kinds: () => events.map(({ kind }) => kind), answer: (...next) => left.splice(0, left.length, ...next) };
}

export const done = (more = {}) => ({ kind: 'done', answer: { message: 'Done.', undo: {}, changed: true, ...more } });
export const conflict = () => done({ message: 'Li did it already.', undo: null, changed: false });
export const refused = (status, reason = 'not so') => ({ kind: 'refused', status, reason });
export const failed = { kind: 'failed' };
export const signIn = { kind: 'signIn' };
export const later = (seconds) => ({ kind: 'later', seconds, reason: 'too much' });

export const photo = { name: 'photo.jpg', size: 9_000_000, type: 'image/jpeg' };

export function tick(item = 'free', more = {}) {
  return { url: `/shops/s/items/${item}/tick`, page: '/shops/s/', item, run: '1', verb: 'tick', title: item, label: 'Done', typed: ['note', 'file'], fields: [['run', '1']], ...more };
}
export const withNote = (item = 'noted') => tick(item, { fields: [['run', '1'], ['note', 'seen']] });
export const withPhoto = (item = 'filed') => tick(item, { fields: [['run', '1'], ['file', photo]] });
