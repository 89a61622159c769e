import { makeSHA256 } from './sha256.mjs';

// Reads a file beside the page, so that the page goes on meanwhile; tells how far it is, then the digest.
addEventListener('message', ({ data: file }) => {
  const [piece, hash, reader] = [1 << 20, makeSHA256(), new FileReaderSync()];
  try {
    for (let at = 0; at < file.size; at += piece) {
      hash.update(new Uint8Array(reader.readAsArrayBuffer(file.slice(at, at + piece))));
      postMessage({ share: Math.min(1, (at + piece) / file.size) });
    }
    postMessage({ sha256: hash.digest() });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
