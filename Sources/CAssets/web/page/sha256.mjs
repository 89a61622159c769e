/** SHA-256 of what comes piece by piece: browsers have it only for pages over https, and for a whole file in memory. */
export function makeSHA256() {
  const primes = [];
  for (let number = 2; primes.length < 64; number++) if (primes.every((prime) => number % prime)) primes.push(number);
  const fraction = (root) => ((root - Math.floor(root)) * 4294967296) | 0;
  const constants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
  const hash = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const words = new Int32Array(64);
  const rest = new Uint8Array(64);
  let [held, total] = [0, 0];

  function block(bytes, start) {
    for (let i = 0; i < 16; i++) {
      const at = start + 4 * i;
      words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const [x, y] = [words[i - 15], words[i - 2]];
      const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      words[i] = (words[i - 16] + low + words[i - 7] + high) | 0;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      const high = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const one = (h + high + ((e & f) ^ (~e & g)) + constants[i] + words[i]) | 0;
      const low = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    const mixed = [a, b, c, d, e, f, g, h];
    for (let i = 0; i < 8; i++) hash[i] = (hash[i] + mixed[i]) | 0;
  }

  function update(bytes) {
    total += bytes.length;
    let at = 0;
    if (held) {
      at = Math.min(64 - held, bytes.length);
      rest.set(bytes.subarray(0, at), held);
      held += at;
      if (held < 64) return;
      block(rest, 0);
      held = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) block(bytes, at);
    rest.set(bytes.subarray(at), 0);
    held = bytes.length - at;
  }

  function digest() {
    const bits = [Math.floor(total / 536870912), (total << 3) >>> 0];
    const padding = new Uint8Array((held < 56 ? 64 : 128) - held);
    padding[0] = 128;
    new DataView(padding.buffer).setUint32(padding.length - 8, bits[0]);
    new DataView(padding.buffer).setUint32(padding.length - 4, bits[1]);
    update(padding);
    return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  return { update, digest };
}
