import { hasFile, outcomeOf } from './queue.mjs';

/** An upload is given up when nothing of it goes out, and nothing comes back, for so long. */
export const STALL = 60000;
const PATIENCE = 30000;

/** How an entry is sent. */
export function makePost({ fetch, XMLHttpRequest, FormData, URLSearchParams, AbortController, clock }) {
  return async (entry, told, progress) => {
    const isUpload = hasFile(entry);
    const body = isUpload ? new FormData() : new URLSearchParams();
    for (const [name, value] of entry.fields) body.append(name, value);
    if (told) body.append('told_at', told);
    const headers = { Accept: 'application/json', 'Idempotency-Key': entry.key, 'Switchlist-Who': entry.who };
    return outcomeOf(await (isUpload ? upload(entry.url, headers, body, progress) : ask(entry.url, headers, body)));
  };

  async function ask(url, headers, body) {
    const limit = new AbortController();
    const timer = clock.after(PATIENCE, () => limit.abort());
    try {
      const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal: limit.signal });
      return {
        status: response.status, isRedirect: response.type === 'opaqueredirect',
        retryAfter: Number(response.headers.get('Retry-After')), body: await response.json().catch(() => null),
      };
    } catch {
      // No network, or none that answers in time.
      return {};
    } finally {
      clock.cancel(timer);
    }
  }

  /** Only this way a browser tells how far it is. */
  function upload(url, headers, body, progress) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      let timer;
      const live = () => {
        clock.cancel(timer);
        timer = clock.after(STALL, () => request.abort());
      };
      const finish = (answer) => {
        clock.cancel(timer);
        resolve(answer);
      };
      request.open('POST', url);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total }) => {
        live();
        progress(total ? loaded / total : 0);
      };
      request.upload.onload = live;
      request.onload = () => finish({
        status: request.status, isRedirect: !request.responseURL.endsWith(url),
        retryAfter: Number(request.getResponseHeader('Retry-After')), body: parsed(request.responseText),
      });
      request.onerror = request.onabort = () => finish({});
      live();
      request.send(body);
    });
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
