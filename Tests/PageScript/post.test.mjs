// How an entry goes over the network: given up when it stalls, however long it takes.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fakeClock, photo, quiet, tick } from './faking.mjs';
import { STALL, makePost } from '../../Sources/CAssets/web/page/post.mjs';

/** A form's fields, as far as they are looked at. */
class Body {
  constructor() {
    this.fields = [];
  }

  append(name, value) {
    this.fields.push([name, value]);
  }
}

class FakeUpload {
  constructor() {
    this.upload = {};
    this.headers = {};
    this.responseURL = '';
    FakeUpload.last = this;
  }

  open(method, url) {
    Object.assign(this, { method, url, responseURL: `http://shop${url}` });
  }

  setRequestHeader(name, value) {
    this.headers[name] = value;
  }

  getResponseHeader() {
    return this.retryAfter ?? null;
  }

  send(body) {
    this.body = body;
  }

  abort() {
    this.isAborted = true;
    this.onabort();
  }

  answer(status, body) {
    Object.assign(this, { status, responseText: JSON.stringify(body) });
    this.onload();
  }
}

function sending(entry, fetch) {
  const clock = fakeClock();
  const shares = [];
  const post = makePost({ fetch, XMLHttpRequest: FakeUpload, FormData: Body, URLSearchParams: Body, AbortController, clock });
  return { clock, shares, outcome: post(entry, '2026-12-10T16:00:00+08:00', (share) => shares.push(share)) };
}

const withPhoto = { ...tick('filed', { fields: [['run', '1'], ['file', photo]] }), key: 'k', who: 'me' };

describe('an upload', () => {
  test('goes on for as long as something of it goes out', async () => {
    const { clock, shares, outcome } = sending(withPhoto);
    const request = FakeUpload.last;
    for (let part = 1; part <= 20; part++) {
      await clock.pass(STALL - 1000);
      request.upload.onprogress({ loaded: part, total: 20 });
    }
    assert.ok(!request.isAborted);
    assert.equal(shares[shares.length - 1], 1);
    request.answer(200, { message: 'Done.' });
    assert.equal((await outcome).kind, 'done');
  });

  test('is given up when nothing goes out', async () => {
    const { clock, outcome } = sending(withPhoto);
    await clock.pass(STALL);
    assert.ok(FakeUpload.last.isAborted);
    assert.equal((await outcome).kind, 'failed');
  });

  test('is given up when nothing comes back', async () => {
    const { clock, outcome } = sending(withPhoto);
    FakeUpload.last.upload.onload();
    await clock.pass(STALL);
    assert.equal((await outcome).kind, 'failed');
  });

  test('says whose it is, under its key, and when it was', async () => {
    const { outcome } = sending(withPhoto);
    const request = FakeUpload.last;
    assert.deepEqual(request.headers, { Accept: 'application/json', 'Idempotency-Key': 'k', 'Switchlist-Who': 'me' });
    assert.deepEqual(request.body.fields, [['run', '1'], ['file', photo], ['told_at', '2026-12-10T16:00:00+08:00']]);
    request.answer(422, { detail: 'no' });
    assert.deepEqual(await outcome, { kind: 'refused', status: 422, reason: 'no' });
  });

  test('that was led elsewhere has to be signed in for', async () => {
    const { outcome } = sending(withPhoto);
    FakeUpload.last.responseURL = 'http://shop/sign-in';
    FakeUpload.last.answer(200, null);
    assert.equal((await outcome).kind, 'signIn');
  });

  test('whose network is lost failed', async () => {
    const { outcome } = sending(withPhoto);
    FakeUpload.last.onerror();
    assert.equal((await outcome).kind, 'failed');
  });
});

describe('what has no file', () => {
  const entry = { ...tick(), key: 'k', who: 'me' };
  const answer = (status, body, headers = {}) => async () => ({ status, type: 'basic', headers: new Headers(headers), json: async () => body });

  test('is answered', async () => {
    assert.equal((await sending(entry, answer(200, { message: 'Done.' })).outcome).kind, 'done');
  });

  test('is put off', async () => {
    assert.deepEqual(await sending(entry, answer(429, { detail: 'slow' }, { 'Retry-After': '7' })).outcome, { kind: 'later', seconds: 7, reason: 'slow' });
  });

  test('is given up after a while', async () => {
    const { clock, outcome } = sending(entry, (url, { signal }) => new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    }));
    await quiet();
    await clock.pass(30000);
    assert.equal((await outcome).kind, 'failed');
  });
});
