// The smaller parts, and that all of them make one script.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { described, digestOf, isWorthKeeping, LARGEST, sizeText } from '../../Sources/CAssets/web/page/files.mjs';
import { missing } from '../../Sources/CAssets/web/page/features.mjs';
import { makeSHA256 } from '../../Sources/CAssets/web/page/sha256.mjs';
import { makeStore, openDatabase } from '../../Sources/CAssets/web/page/store.mjs';

const ASSETS = new URL('../../Sources/CAssets/', import.meta.url);

describe('SHA-256', () => {
  for (const size of [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 70_001]) {
    test(`of ${size} bytes in pieces of any size`, () => {
      const [bytes, hash] = [randomBytes(size), makeSHA256()];
      for (let at = 0, piece = 1; at < size; at += piece, piece = (piece * 7) % 131 || 1) hash.update(bytes.subarray(at, at + piece));
      assert.equal(hash.digest(), createHash('sha256').update(bytes).digest('hex'));
    });
  }

  test('of what a standard says', () => {
    const hash = makeSHA256();
    hash.update(new TextEncoder().encode('abc'));
    assert.equal(hash.digest(), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('a file', () => {
  test('that a lead can look at is kept where it isn’t too large', () => {
    assert.ok(isWorthKeeping({ type: 'image/jpeg', size: LARGEST }));
    assert.ok(isWorthKeeping({ type: 'application/pdf', size: 1 }));
    assert.ok(!isWorthKeeping({ type: 'image/jpeg', size: LARGEST + 1 }));
    assert.ok(!isWorthKeeping({ type: 'application/zip', size: 1 }));
    assert.ok(!isWorthKeeping({ type: '', size: 1 }));
  });

  test('is described in place of being sent', () => {
    const file = { name: 'a.zip', size: 12_000_000 };
    assert.deepEqual(described([['run', '1'], ['note', 'n'], ['file', file], ['keep', '0']], file, 'd'.repeat(64)),
      [['run', '1'], ['note', 'n'], ['file_name', 'a.zip'], ['file_size', '12000000'], ['file_sha256', 'd'.repeat(64)]]);
  });

  test('has a size that people read', () => {
    assert.deepEqual([10, 2000, 12e6].map(sizeText), ['10 B', '2 KB', '12.0 MB']);
  });

  test('is read by a worker, which ends in any case', async () => {
    const shares = [];
    const worker = (...messages) => ({
      postMessage() {
        for (const data of messages) this.onmessage({ data });
      },
      terminate() {
        this.isOver = true;
      },
    });
    const good = worker({ share: 0.5 }, { sha256: 'abc' });
    assert.equal(await digestOf({}, good, (share) => shares.push(share)), 'abc');
    assert.deepEqual([shares, good.isOver], [[0.5], true]);
    const bad = worker({ error: 'gone' });
    await assert.rejects(digestOf({}, bad, () => {}));
    assert.ok(bad.isOver);
  });
});

describe('features', () => {
  const modern = () => ({
    Element: class { replaceChildren() {} }, SubmitEvent: class { get submitter() { return null; } }, fetch() {}, AbortController, XMLHttpRequest() {},
    FormData, URLSearchParams, DOMParser: class {}, crypto: { getRandomValues() {} }, CSS: { escape() {} }, Object, Array, indexedDB: {},
  });
  test('are all there', () => assert.deepEqual(missing(modern()), []));
  for (const [name, remove] of Object.entries({
    replaceChildren: (self) => delete self.Element.prototype.replaceChildren,
    submitter: (self) => delete self.SubmitEvent.prototype.submitter,
    fetch: (self) => delete self.fetch,
    FormData: (self) => delete self.FormData,
    escape: (self) => delete self.CSS,
    getRandomValues: (self) => delete self.crypto,
    indexedDB: (self) => delete self.indexedDB,
  })) {
    test(`lack ${name}`, () => {
      const self = modern();
      remove(self);
      assert.deepEqual(missing(self), [name]);
    });
  }
});

describe('the store', () => {
  /** A database in memory, which takes nothing when it is full. */
  function database() {
    const kept = new Map();
    const self = { kept, isFull: false };
    self.transaction = () => {
      const transaction = {};
      const request = (result, change) => {
        setImmediate(() => {
          if (self.isFull && change) return transaction.onabort();
          change?.();
          transaction.oncomplete();
        });
        return { result };
      };
      transaction.objectStore = () => ({
        getAll: () => request([...kept.values()]),
        put: (entry) => request(undefined, () => kept.set(entry.key, entry)),
        delete: (key) => request(undefined, () => kept.delete(key)),
      });
      return transaction;
    };
    return self;
  }

  test('keeps in memory what the database doesn’t take, and says so', async () => {
    const full = database();
    full.isFull = true;
    const store = makeStore(Promise.resolve(full));
    await store.put({ key: 'a' });
    assert.deepEqual([await store.all(), store.isOpenOnly()], [[{ key: 'a' }], true]);
    full.isFull = false;
    await store.put({ key: 'a', tried: true });
    assert.deepEqual([await store.all(), store.isOpenOnly(), full.kept.size], [[{ key: 'a', tried: true }], false, 1]);
  });

  test('shows the newest of an entry that it couldn’t change', async () => {
    const data = database();
    const store = makeStore(Promise.resolve(data));
    await store.put({ key: 'a' });
    data.isFull = true;
    await store.put({ key: 'a', refused: 'no' });
    assert.deepEqual(await store.all(), [{ key: 'a', refused: 'no' }]);
  });

  test('works without a database', async () => {
    const store = makeStore(openDatabase({ open: () => { throw new Error('not allowed'); } }, () => {}));
    await store.put({ key: 'a' });
    assert.deepEqual(await store.all(), [{ key: 'a' }]);
    await store.drop('a');
    assert.deepEqual(await store.all(), []);
  });
});

describe('the script', () => {
  const source = readFileSync(new URL('assets.c', ASSETS), 'utf8');
  const parts = (name) => {
    const [, block] = source.match(new RegExp(`${name}\\[\\] = \\{([^}]*)\\}`));
    return [...block.matchAll(/#embed "(.*)"/g)].map(([, file]) => file);
  };
  for (const name of ['web_js', 'digest_js']) {
    test(`${name} has each module after those that it imports, and they fit together`, () => {
      const seen = [];
      let whole = '';
      for (const file of parts(name)) {
        const text = readFileSync(new URL(file, ASSETS), 'utf8');
        for (const line of text.split('\n').filter((line) => /^(import|export) /.test(line))) {
          const [, from] = line.match(/^import .* from '\.\/(.*)';$/) || [];
          assert.ok(line.startsWith('export ') || seen.includes(from), `${file}: ${line}`);
          assert.ok(!/^export (default|\{|\*)/.test(line), `${file}: ${line}`);
        }
        whole += text.replace(/^import .*\n/gm, '').replace(/^export /gm, '');
        seen.push(file.split('/').pop());
      }
      assert.ok(seen.length > 1);
      // A name that two modules have would be said here.
      const folder = mkdtempSync(join(tmpdir(), 'script-'));
      try {
        writeFileSync(join(folder, 'whole.mjs'), whole);
        execFileSync(process.execPath, ['--check', join(folder, 'whole.mjs')]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
