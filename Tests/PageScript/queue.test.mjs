// States of a page × what can happen to it. Whatever was typed or photographed is on the server, waits to be sent, or
// is shown: never anything else; and nothing says that something is done before the server did.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { conflict, done, failed, fakeClock, fakeLocks, fakeStore, later, page, photo, quiet, refused, signIn, tick, withNote, withPhoto } from './faking.mjs';
import { RETRY, givenBy, isWaiting, nextOf, outcomeOf, toldTime } from '../../Sources/CAssets/web/page/queue.mjs';

const ENTRIES = { 'a tick': tick, 'a tick with a note': withNote, 'a tick with a photo': withPhoto };

/** What each answer comes to: where the entry is afterwards, and what was said. */
const ANSWERS = {
  'done': { answer: done(), leaves: 'nothing', says: 'done' },
  'conflict 409 (needs something)': { answer: refused(409), leaves: 'shown', says: 'refused' },
  'refusal 422': { answer: refused(422), leaves: 'shown', says: 'refused' },
  'refusal 403': { answer: refused(403), leaves: 'shown', says: 'refused' },
  'link ended 410': { answer: refused(410), leaves: 'shown', says: 'refused' },
  'too large 413': { answer: refused(413), leaves: 'shown', says: 'refused' },
  'session ended 401': { answer: signIn, leaves: 'waiting', says: 'signIn' },
  'put off 429': { answer: later(60), leaves: 'waiting', says: null },
  'no network': { answer: failed, leaves: 'waiting', says: null },
  'a post that throws': { answer: () => Promise.reject(new Error('broken')), leaves: 'waiting', says: null },
};

for (const [given, make] of Object.entries(ENTRIES)) {
  for (const [name, { answer, leaves, says }] of Object.entries(ANSWERS)) {
    for (const isFull of [false, true]) {
      test(`${given}, ${name}${isFull ? ', where nothing can be stored' : ''}`, async () => {
        const { queue, kinds } = page({ answers: [answer], store: fakeStore({ isFull }) });
        await queue.add(make());
        await quiet();
        const left = await queue.entries();
        if (leaves === 'nothing') assert.deepEqual(left, []);
        else {
          assert.equal(left.length, 1);
          assert.equal(isWaiting(left[0]), leaves === 'waiting');
          assert.deepEqual(left[0].fields, make().fields, 'all that was given is still there');
          if (leaves === 'shown') assert.equal(left[0].refused, 'not so');
        }
        assert.equal(kinds().filter((kind) => kind === 'done').length, says === 'done' ? 1 : 0);
        if (says) assert.ok(kinds().includes(says));
      });
    }
  }
}

describe('somebody else was first', () => {
  test('with a note it stays, and says who', async () => {
    const { queue, kinds } = page({ answers: [conflict()] });
    await queue.add(withNote());
    await quiet();
    const [left] = await queue.entries();
    assert.equal(left.refused, 'Li did it already.');
    assert.ok(left.isConflict);
    assert.deepEqual(givenBy(left), [['note', 'seen']]);
    assert.ok(kinds().includes('conflict') && !kinds().includes('done'));
  });

  test('with a photo it stays with the photo', async () => {
    const { queue } = page({ answers: [conflict()] });
    await queue.add(withPhoto());
    await quiet();
    assert.deepEqual(givenBy((await queue.entries())[0]), [['file', photo]]);
  });

  test('with nothing given there is nothing to keep', async () => {
    const { queue, events } = page({ answers: [conflict()] });
    await queue.add(tick());
    await quiet();
    assert.deepEqual(await queue.entries(), []);
    assert.equal(events.find(({ kind }) => kind === 'done').answer.changed, false);
  });

  test('a reason for a block or a skip stays too', async () => {
    const { queue } = page({ answers: [conflict()] });
    await queue.add(tick('a', { verb: 'skip', typed: ['reason'], fields: [['run', '1'], ['reason', 'no need']] }));
    await quiet();
    assert.equal((await queue.entries()).length, 1);
  });

  test('what a form says by itself is nothing that was given', async () => {
    const { queue } = page({ answers: [conflict()] });
    await queue.add(tick('a', { verb: 'untick', typed: [], fields: [['run', '1'], ['reason', 'by mistake']] }));
    await quiet();
    assert.deepEqual(await queue.entries(), []);
  });

  test('it becomes a note, and is dropped only once that is kept', async () => {
    const { queue, sent, answer } = page({ answers: [conflict()] });
    await queue.add(withNote());
    await quiet();
    answer(failed);
    await queue.keepAsNote((await queue.entries())[0], 'seen', 'Note');
    await quiet();
    const [note] = await queue.entries();
    assert.deepEqual([note.url, note.verb, note.fields], ['/shops/s/items/noted/note', 'note', [['run', '1'], ['note', 'seen']]]);
    assert.equal(sent.length, 2);
  });

  test('a note that was refused can be kept as one as well', async () => {
    const { queue, answer } = page({ answers: [refused(409)] });
    await queue.add(withNote());
    await quiet();
    answer(done());
    await queue.keepAsNote((await queue.entries())[0], 'seen', 'Note');
    await quiet();
    assert.deepEqual(await queue.entries(), []);
  });
});

describe('without a network', () => {
  test('all of it waits in its order, and goes in one with its time', async () => {
    const { queue, sent, clock, network, answer } = page({ isOnline: false, answers: [failed] });
    for (const item of ['a', 'b', 'c']) {
      await queue.add(tick(item));
      await clock.pass(1000);
    }
    const tried = sent.length;
    network.isOnline = true;
    answer(done());
    await clock.pass(RETRY);
    assert.deepEqual(sent.slice(tried).map(({ item }) => item), ['a', 'b', 'c']);
    assert.ok(sent.slice(tried).every(({ told }) => told));
    assert.deepEqual(await queue.entries(), []);
  });

  test('the key stays the same however often it is tried', async () => {
    const { queue, sent, clock, answer } = page({ answers: [failed, failed, done()] });
    await queue.add(tick());
    await clock.pass(3 * RETRY);
    assert.equal(new Set(sent.map(({ key }) => key)).size, 1);
    assert.equal(sent.length, 3);
    answer(done());
    assert.deepEqual(await queue.entries(), []);
  });

  test('a reload goes on with what was stored', async () => {
    const store = fakeStore();
    const before = page({ store, answers: [failed] });
    await before.queue.add(withPhoto());
    await quiet();
    const after = page({ store, clock: before.clock });
    await after.queue.send();
    assert.deepEqual(await after.queue.entries(), []);
    assert.deepEqual(after.sent[0].fields, withPhoto().fields);
    assert.ok(after.sent[0].told, 'it is told when it was done');
  });

  test('a reload where nothing can be stored is warned of before', async () => {
    const store = fakeStore({ isFull: true });
    const { queue } = page({ store, answers: [failed] });
    await queue.add(withNote());
    await quiet();
    assert.ok(store.isOpenOnly());
    assert.equal((await queue.entries()).length, 1);
  });

  test('what is taken back before it was sent is never sent', async () => {
    const { queue, sent, clock, answer } = page({ isOnline: false, answers: [failed] });
    const entry = await queue.add(tick());
    await quiet();
    await queue.undo(entry, tick('free', { verb: 'untick' }));
    answer(done());
    const tried = sent.length;
    await clock.pass(2 * RETRY);
    assert.equal(sent.length, tried);
  });

  test('what may have got there is undone by its opposite', async () => {
    const { queue, sent, clock, answer } = page({ answers: [failed] });
    const entry = await queue.add(tick());
    await quiet();
    answer(done());
    await queue.undo(entry, tick('free', { verb: 'untick', url: '/shops/s/items/free/untick' }));
    await clock.pass(2 * RETRY);
    assert.deepEqual(sent.slice(1).map(({ verb }) => verb), ['tick', 'untick']);
  });
});

describe('a slow upload', () => {
  /** Answers when the test says. */
  function slow() {
    let finish;
    const answer = (entry, progress) => new Promise((resolve) => {
      finish = resolve;
      progress(0.4);
    });
    return { answer, finish: (outcome) => finish(outcome) };
  }

  test('other entries pass it', async () => {
    const upload = slow();
    const { queue, sent } = page({ answers: [(entry, progress) => (entry.item === 'filed' ? upload.answer(entry, progress) : done())] });
    await queue.add(withPhoto());
    await quiet();
    await queue.add(withNote());
    await quiet();
    assert.deepEqual(sent.map(({ item }) => item), ['filed', 'noted']);
    assert.deepEqual((await queue.entries()).map(({ item }) => item), ['filed']);
    upload.finish(done());
    await quiet();
    assert.deepEqual(await queue.entries(), []);
  });

  test('says how far it is, and not afterwards', async () => {
    const upload = slow();
    const { queue, kinds } = page({ answers: [upload.answer] });
    const { key } = await queue.add(withPhoto());
    await quiet();
    assert.deepEqual(queue.state.progress, { [key]: 0.4 });
    assert.ok(kinds().includes('progress'));
    upload.finish(failed);
    await quiet();
    assert.deepEqual(queue.state.progress, {});
  });

  test('the same item waits for it', async () => {
    const upload = slow();
    const { queue, sent } = page({ answers: [upload.answer, done()] });
    await queue.add(withPhoto());
    await queue.add(tick('filed', { verb: 'untick' }));
    await quiet();
    assert.deepEqual(sent.map(({ verb }) => verb), ['tick']);
    upload.finish(done());
    await quiet();
    assert.deepEqual(sent.map(({ verb }) => verb), ['tick', 'untick']);
  });

  test('what needs it isn’t refused for having overtaken it', async () => {
    const upload = slow();
    let isThere = false;
    const { queue, sent, kinds } = page({ answers: [(entry, progress) => {
      if (entry.item === 'filed') return upload.answer(entry, progress).then((answer) => ((isThere = true), answer));
      return isThere ? done() : refused(409);
    }] });
    await queue.add(withPhoto());
    await quiet();
    await queue.add(withNote('after'));
    await quiet();
    assert.ok(!kinds().includes('refused'));
    assert.equal((await queue.entries()).length, 2);
    upload.finish(done());
    await quiet();
    assert.deepEqual(await queue.entries(), []);
    assert.deepEqual(sent.map(({ item }) => item), ['filed', 'after', 'after']);
  });

  test('what is refused for another reason is shown at once', async () => {
    const upload = slow();
    const { queue, kinds } = page({ answers: [(entry, progress) => (entry.item === 'filed' ? upload.answer(entry, progress) : refused(422))] });
    await queue.add(withPhoto());
    await quiet();
    await queue.add(withNote());
    await quiet();
    assert.ok(kinds().includes('refused'));
  });

  test('files that are put off keep nothing else waiting', async () => {
    const { queue, clock } = page({ answers: [(entry) => (entry.item === 'filed' ? later(3600) : done())] });
    await queue.add(withPhoto());
    await quiet();
    await queue.add(withNote());
    await quiet();
    assert.deepEqual((await queue.entries()).map(({ item }) => item), ['filed']);
    assert.equal(queue.state.lanes.file.pause.until, clock.now() + 3_600_000);
    assert.equal(queue.state.lanes.text.pause, null);
  });
});

describe('put off', () => {
  test('nothing is sent before its time, however often somebody asks', async () => {
    const { queue, sent, clock, answer } = page({ answers: [later(1800)] });
    await queue.add(tick('a'));
    await quiet();
    answer(done());
    await queue.add(tick('b'));
    await queue.send();
    await clock.pass(1_799_000);
    assert.equal(sent.length, 1);
    await clock.pass(2000);
    assert.deepEqual(await queue.entries(), []);
  });

  test('it can be taken back, as it wasn’t done', async () => {
    const { queue, sent, clock } = page({ answers: [later(60)] });
    const entry = await queue.add(tick());
    await quiet();
    await queue.undo(entry, tick('free', { verb: 'untick' }));
    await clock.pass(120_000);
    assert.equal(sent.length, 1);
  });
});

describe('the session', () => {
  test('ends: all waits, and goes on once somebody has signed in', async () => {
    const { queue, clock, answer } = page({ answers: [signIn] });
    await queue.add(withNote());
    await quiet();
    assert.ok(queue.state.mustSignIn);
    answer(done());
    await clock.pass(RETRY);
    assert.ok(!queue.state.mustSignIn);
    assert.deepEqual(await queue.entries(), []);
  });

  test('a network that is lost meanwhile doesn’t hide that', async () => {
    const { queue, clock, answer } = page({ answers: [signIn] });
    await queue.add(withNote());
    await quiet();
    answer(failed);
    await clock.pass(RETRY);
    assert.ok(queue.state.mustSignIn);
  });

  test('somebody else’s entries are neither sent nor dropped', async () => {
    const store = fakeStore();
    const mine = page({ store, who: 'me', answers: [failed] });
    await mine.queue.add(withNote());
    await quiet();
    const other = page({ store, who: 'other' });
    await other.queue.send();
    assert.equal(other.sent.length, 0);
    assert.equal((await other.queue.othersEntries('/shops/s/')).length, 1);
    assert.equal((await mine.queue.entries()).length, 1);
  });

  test('nobody is there: nothing is sent', async () => {
    const { queue, sent } = page({ who: '' });
    await queue.send();
    assert.equal(sent.length, 0);
  });
});

describe('two tabs', () => {
  test('send each entry once', async () => {
    const [store, clock, locks] = [fakeStore(), fakeClock(), fakeLocks()];
    const slowly = async () => {
      await quiet();
      return done();
    };
    const [one, two] = [page({ store, clock, locks, answers: [slowly] }), page({ store, clock, locks, answers: [slowly] })];
    await one.queue.add(tick('a'));
    await two.queue.add(tick('b'));
    for (let turn = 0; turn < 10; turn++) await quiet();
    assert.deepEqual([...one.sent, ...two.sent].map(({ item }) => item).sort(), ['a', 'b']);
    assert.deepEqual(await one.queue.entries(), []);
  });

  test('nothing is taken back while the other tab sends it', async () => {
    const [store, clock, locks] = [fakeStore(), fakeClock(), fakeLocks()];
    let finish;
    const one = page({ store, clock, locks, answers: [() => new Promise((resolve) => { finish = resolve; }), done()] });
    const two = page({ store, clock, locks });
    const entry = await one.queue.add(tick());
    await quiet();
    await two.queue.undo(entry, tick('free', { verb: 'untick' }));
    finish(done());
    for (let turn = 0; turn < 10; turn++) await quiet();
    assert.deepEqual([...one.sent, ...two.sent].map(({ verb }) => verb), ['tick', 'untick']);
  });
});

describe('a store that fails', () => {
  test('what can’t be deleted isn’t sent for ever', async () => {
    const store = { ...fakeStore(), drop: async () => {} };
    const { queue, sent, clock } = page({ store });
    await queue.add(tick());
    await clock.pass(10 * RETRY);
    assert.equal(sent.length, 1);
  });
});

test('what was refused is sent again as something new', async () => {
  const { queue, sent, answer } = page({ answers: [refused(422)] });
  await queue.add(withPhoto());
  await quiet();
  answer(done());
  await queue.again((await queue.entries())[0]);
  await quiet();
  assert.notEqual(sent[0].key, sent[1].key);
  assert.deepEqual(sent[1].fields, withPhoto().fields);
  assert.deepEqual(await queue.entries(), []);
});

describe('an answer means', () => {
  const body = { message: 'Done.' };
  const problem = { title: 'No', detail: 'not now' };
  for (const [name, answer, kind] of [
    ['200', { status: 200, body }, 'done'],
    ['200 by somebody else’s page', { status: 200, body: null }, 'failed'],
    ['200 with other JSON', { status: 200, body: {} }, 'failed'],
    ['a redirect', { status: 0, isRedirect: true }, 'signIn'],
    ['a redirect that was followed', { status: 200, isRedirect: true, body: null }, 'signIn'],
    ['401', { status: 401, body: problem }, 'signIn'],
    ['403', { status: 403, body: problem }, 'refused'],
    ['404', { status: 404, body: problem }, 'refused'],
    ['409', { status: 409, body: problem }, 'refused'],
    ['410', { status: 410, body: problem }, 'refused'],
    ['413', { status: 413, body: problem }, 'refused'],
    ['422', { status: 422, body: problem }, 'refused'],
    ['408', { status: 408, body: problem }, 'failed'],
    ['425', { status: 425, body: problem }, 'failed'],
    ['429', { status: 429, body: problem }, 'failed'],
    ['429 with a time', { status: 429, retryAfter: 5, body: problem }, 'later'],
    ['500', { status: 500, body: problem }, 'failed'],
    ['502', { status: 502, body: null }, 'failed'],
    ['503 with a time', { status: 503, retryAfter: 30, body: problem }, 'later'],
    ['507', { status: 507, body: problem }, 'failed'],
    ['nothing', {}, 'failed'],
  ]) {
    test(name, () => assert.equal(outcomeOf(answer).kind, kind));
  }

  test('and says why', () => {
    assert.equal(outcomeOf({ status: 507, body: problem }).reason, 'not now');
    assert.equal(outcomeOf({ status: 422, body: { title: 'No' } }).reason, 'No');
  });
});

describe('the time of a tick', () => {
  const entry = { made: Date.parse('2026-12-10T08:00:00Z') };
  test('is the server’s where it goes at once', () => assert.equal(toldTime(entry, entry.made + 30_000), null));
  test('is told where it took long', () => assert.equal(Date.parse(toldTime(entry, entry.made + 30_001)), entry.made));
  test('is told where it was tried before', () => assert.equal(Date.parse(toldTime({ ...entry, tried: true }, entry.made)), entry.made));
  test('is told where there was no network', () => assert.equal(Date.parse(toldTime({ ...entry, offline: true }, entry.made)), entry.made));
});

test('entries of a former version still count', () => {
  const old = { key: '1', who: 'me', url: '/l/x/items/a/tick', fields: [['run', '1'], ['note', 'n']], item: 'a', run: '1', verb: 'tick', made: 1 };
  assert.equal(nextOf([old], 'text'), old);
  assert.deepEqual(givenBy(old), [['note', 'n']]);
  assert.equal(nextOf([{ ...old, refused: 'no' }], 'text'), undefined);
});
