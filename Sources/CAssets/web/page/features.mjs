/** What of all that the script uses this browser lacks. Where that is something, forms are sent without the script. */
export function missing(global) {
  const needed = {
    replaceChildren: global.Element?.prototype.replaceChildren,
    submitter: global.SubmitEvent && 'submitter' in global.SubmitEvent.prototype,
    fetch: global.fetch,
    AbortController: global.AbortController,
    XMLHttpRequest: global.XMLHttpRequest,
    FormData: global.FormData?.prototype[Symbol.iterator],
    URLSearchParams: global.URLSearchParams,
    DOMParser: global.DOMParser,
    getRandomValues: global.crypto?.getRandomValues,
    escape: global.CSS?.escape,
    fromEntries: global.Object.fromEntries,
    flat: global.Array.prototype.flat,
    indexedDB: 'indexedDB' in global,
  };
  return global.Object.keys(needed).filter((name) => !needed[name]);
}
