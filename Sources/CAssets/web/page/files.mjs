// A file as proof: kept on the server where somebody wants it there, else named with its size and digest.

/** In bytes; the server takes no larger one. */
export const LARGEST = 10 << 20;

/** What a lead can look at on the page is worth keeping there; an archive or a table often holds customers' data. */
export const isWorthKeeping = ({ type, size }) => size <= LARGEST && /^image\/|^application\/pdf$/.test(type);

/** A file's digest, by a worker beside the page. */
export function digestOf(file, worker, progress) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.share !== undefined) progress(data.share);
      if (data.sha256) resolve(data.sha256);
      if (data.error) reject(new Error(data.error));
    };
    worker.onerror = () => reject(new Error('no worker'));
    worker.postMessage(file);
  }).finally(() => worker.terminate());
}

/** The form's fields with the file's description in place of its content. */
export function described(fields, file, sha256) {
  const others = fields.filter(([name]) => name !== 'file' && name !== 'keep');
  return [...others, ['file_name', file.name], ['file_size', `${file.size}`], ['file_sha256', sha256]];
}

export function sizeText(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
