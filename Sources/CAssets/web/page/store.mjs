// Where entries are kept: in the browser's database; what that doesn't take, only as long as the page is open.

/** `database`: a promise of an `IDBDatabase`, or of null where there is none. */
export function makeStore(database) {
  const unsaved = new Map();

  async function stored(mode, work) {
    const opened = await database;
    if (!opened) throw new Error('no database');
    return new Promise((resolve, reject) => {
      const transaction = opened.transaction('unsent', mode);
      const request = work(transaction.objectStore('unsent'));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  return {
    async all() {
      const saved = await stored('readonly', (store) => store.getAll()).catch(() => []);
      return [...saved.filter(({ key }) => !unsaved.has(key)), ...unsaved.values()];
    },
    async put(entry) {
      unsaved.set(entry.key, entry);
      await stored('readwrite', (store) => store.put(entry)).then(() => unsaved.delete(entry.key), () => {});
    },
    async drop(key) {
      unsaved.delete(key);
      await stored('readwrite', (store) => store.delete(key)).catch(() => {});
    },
    /** Whether something would be lost with the page. */
    isOpenOnly: () => unsaved.size > 0,
  };
}

export function openDatabase(indexedDB, after) {
  return new Promise((resolve) => {
    after(2000, () => resolve(null));
    try {
      const request = indexedDB.open('switchlist', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('unsent', { keyPath: 'key' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}
