// One stream of news for all pages of a browser that are shown: a browser holds six connections to a server, and a
// page that is hidden needs no news.

/**
 * `address`: where the page's own news come from; `shared`: where those of all pages do, null where there is no such
 * place. `listen(address, heard)` opens a stream, and closes it by what it gives back.
 */
export function makeNews({ name, address, shared, locks, openChannel, listen, id, tell }) {
  const state = { isShown: false, others: new Map(), heard: null, close: null, end: null, turn: 0 };
  const channel = locks && openChannel ? openChannel(name) : null;

  function show() {
    if (state.isShown) return;
    state.isShown = true;
    // What happened while nothing could be heard.
    if (state.turn) tell();
    const turn = ++state.turn;
    if (!channel) return tune();
    channel.postMessage({ id, here: address });
    const isOver = new Promise((resolve) => { state.end = resolve; });
    locks.request(name, () => {
      if (!state.isShown || turn !== state.turn) return;
      state.isLeading = true;
      channel.postMessage({ who: true });
      tune();
      return isOver;
    });
  }

  function hide() {
    if (!state.isShown) return;
    state.isShown = state.isLeading = false;
    state.others.clear();
    stop();
    channel?.postMessage({ id, gone: true });
    state.end?.();
  }

  function stop() {
    state.close?.();
    state.close = state.heard = null;
  }

  function tune() {
    const isAlone = [...state.others.values()].every((other) => other === address);
    const wanted = isAlone || !shared ? address : shared;
    if (wanted === state.heard) return;
    stop();
    state.heard = wanted;
    state.close = listen(wanted, () => {
      channel?.postMessage({ changed: true });
      tell();
    });
  }

  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data.who && state.isShown) channel.postMessage({ id, here: address });
      if (data.changed && state.isShown) tell();
      if (data.here) state.others.set(data.id, data.here);
      if (data.gone) state.others.delete(data.id);
      if (state.isLeading) tune();
    };
  }
  return { show, hide, state };
}
