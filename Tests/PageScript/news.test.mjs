// How many streams a browser's pages hold, and who hears of a change.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fakeLocks, quiet } from './faking.mjs';
import { makeNews } from '../../Sources/CAssets/web/page/news.mjs';

/** A browser with its tabs. */
function browser({ hasLocks = true } = {}) {
  const [channels, streams, request] = [[], [], fakeLocks()];
  let id = 0;
  const openChannel = (name) => {
    const channel = { name, postMessage: (data) => {
      for (const other of channels) if (other !== channel && other.name === name) setImmediate(() => other.onmessage({ data }));
    } };
    channels.push(channel);
    return channel;
  };
  return {
    streams,
    addresses: () => streams.map(({ address }) => address),
    tab(address, name = 'news /', shared = '/live') {
      const tab = { told: 0 };
      const listen = (address, heard) => {
        const stream = { address, heard };
        streams.push(stream);
        return () => streams.splice(streams.indexOf(stream), 1);
      };
      const locks = hasLocks ? { request: (name, work) => request(name, async () => work()) } : undefined;
      Object.assign(tab, makeNews({ name, address, shared, locks, openChannel: hasLocks && openChannel, listen, id: `${id++}`, tell: () => tab.told++ }));
      return tab;
    },
  };
}

async function shown(tabs) {
  for (const tab of tabs) {
    tab.show();
    await quiet();
  }
  await quiet();
}

describe('a browser', () => {
  test('holds one stream, however many pages it shows', async () => {
    const chromium = browser();
    await shown(Array.from({ length: 9 }, (_, number) => chromium.tab(`/shops/s${number}/live`)));
    assert.deepEqual(chromium.addresses(), ['/live']);
  });

  test('hears of one shop alone where only that is shown', async () => {
    const chromium = browser();
    await shown([chromium.tab('/shops/a/live'), chromium.tab('/shops/a/live')]);
    assert.deepEqual(chromium.addresses(), ['/shops/a/live']);
  });

  test('tells all pages that are shown', async () => {
    const chromium = browser();
    const tabs = [chromium.tab('/shops/a/live'), chromium.tab('/shops/b/live'), chromium.tab('/live')];
    await shown(tabs);
    chromium.streams[0].heard();
    await quiet();
    assert.deepEqual(tabs.map(({ told }) => told), [1, 1, 1]);
  });

  test('hands the stream on when its page is hidden', async () => {
    const chromium = browser();
    const [one, two] = [chromium.tab('/shops/a/live'), chromium.tab('/shops/b/live')];
    await shown([one, two]);
    one.hide();
    await quiet();
    assert.deepEqual(chromium.addresses(), ['/shops/b/live']);
    chromium.streams[0].heard();
    await quiet();
    assert.deepEqual([one.told, two.told], [0, 1]);
  });

  test('holds none while all are hidden, and a page that is shown again looks at once', async () => {
    const chromium = browser();
    const tab = chromium.tab('/shops/a/live');
    await shown([tab]);
    tab.hide();
    await quiet();
    assert.deepEqual(chromium.addresses(), []);
    await shown([tab]);
    assert.equal(tab.told, 1);
    assert.deepEqual(chromium.addresses(), ['/shops/a/live']);
  });

  test('keeps one when a page is hidden and shown in a hurry', async () => {
    const chromium = browser();
    const [one, two] = [chromium.tab('/shops/a/live'), chromium.tab('/shops/b/live')];
    await shown([one, two]);
    for (let turn = 0; turn < 3; turn++) {
      two.hide();
      two.show();
    }
    one.hide();
    await quiet();
    await quiet();
    assert.deepEqual(chromium.addresses(), ['/shops/b/live']);
  });

  test('has a stream for each link, which opens nothing else', async () => {
    const chromium = browser();
    await shown([chromium.tab('/l/x/live', 'news /l/x/', null), chromium.tab('/l/y/live', 'news /l/y/', null)]);
    assert.deepEqual(chromium.addresses().sort(), ['/l/x/live', '/l/y/live']);
  });

  test('without locks has one for each page that is shown', async () => {
    const old = browser({ hasLocks: false });
    const tabs = [old.tab('/shops/a/live'), old.tab('/shops/b/live')];
    await shown(tabs);
    tabs[0].hide();
    assert.deepEqual(old.addresses(), ['/shops/b/live']);
  });
});
