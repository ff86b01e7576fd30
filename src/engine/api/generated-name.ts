/** Kubernetes leaves out vowels and look-alikes, so that no generated name is a word. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * The random end of a generated name, as a function of the seed and of what the name is for: the same cluster gives the same names.
 *
 * Models: k8s.io/apimachinery/pkg/util/rand String, v1.37 (the alphabet; real suffixes are random).
 */
export function nameSuffix(seed: number, purpose: string, length = 5): string {
  let state = 0x811c9dc5 ^ seed;
  for (let i = 0; i < purpose.length; i += 1) state = Math.imul(state ^ purpose.charCodeAt(i), 0x01000193);
  let out = '';
  for (let i = 0; i < length; i += 1) {
    // xorshift, once a character.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    out += alphabet.charAt((state >>> 0) % alphabet.length);
  }
  return out;
}

const maxSubdomainLength = 253;

/** What goes before the suffix: the owner's name and a dash, or no dash where the name would be too long for one. */
export function generatedNamePrefix(owner: string): string {
  return owner.length < maxSubdomainLength ? `${owner}-` : owner;
}
