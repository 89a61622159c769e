import { say, state } from './dom.mjs';

// Signing out, and what the device forgets then.

export async function leave(event, form, queue, toast) {
  event.preventDefault();
  if (!navigator.onLine) return toast(say('没有网络，现在不能退出。', 'No network: you can sign out when there is one.'));
  const waiting = await queue.entries();
  const question = say(`还有 ${waiting.length} 项没有发送，现在退出会丢失。仍然退出吗？`,
    `${waiting.length} not sent yet will be lost. Sign out all the same?`);
  if (waiting.length && !confirm(question)) return;
  for (const entry of waiting) await queue.drop(entry);
  state.isLeaving = true;
  await forgetPages('/');
  form.submit();
}

/** Forgets copies by the worker, which may be about to keep another; all of them in any case here. */
export async function forgetPages(path) {
  if (!self.caches) return;
  const worker = navigator.serviceWorker?.controller;
  if (worker) {
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      setTimeout(resolve, 1000);
      worker.postMessage({ forget: path }, [port2]);
    });
  }
  if (path === '/') await caches.delete('pages');
}
