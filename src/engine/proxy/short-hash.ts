import { sha256 } from '@noble/hashes/sha2.js';

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

// One hasher is wound back for every name: making thousands of them costs more than hashing does.
const untouched = sha256.create();
const hasher = sha256.create();
const input = new Uint8Array(1024);
const digest = new Uint8Array(32);

/** The first `length` (8 or 16) characters of base32(sha256(text)): five bytes are exactly eight digits. Names here are ASCII by validation. */
export function shortHash(text: string, length: 8 | 16): string {
  const bytes = text.length <= input.length ? input : new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  untouched._cloneInto(hasher).update(bytes.subarray(0, text.length)).digestInto(digest);
  let digits = '';
  let buffer = 0;
  let bits = 0;
  for (let index = 0; index < (length * 5) / 8; index++) {
    buffer = (buffer << 8) | (digest[index] ?? 0);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      digits += base32Alphabet[(buffer >>> bits) & 31];
    }
    buffer &= 31;
  }
  return digits;
}
