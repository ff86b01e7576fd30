/**
 * A number from 0 up to `size` (exclusive) that depends on nothing but a seed and a text. The server starts its search for a free address
 * or port at random; here the start follows the object's name, so that the order of a file's documents does not change what each gets.
 */
export function chance(seed: number, text: string, size: number): number {
  // FNV-1a, then a final mix so that texts which differ at the end only do not land side by side.
  let hash = 0x811c9dc5 ^ (seed >>> 0);
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % size;
}

/**
 * The first free number at or after `start`, in the upper band first and then in the lower one, wrapping within each.
 * `undefined` when all are taken.
 *
 * Models: pkg/registry/core/service/allocator/bitmap.go with a reserved range, v1.37.
 */
export function firstFree(size: number, lowerBand: number, start: number, isTaken: (offset: number) => boolean): number | undefined {
  const upper = size - lowerBand;
  for (let i = 0; i < upper; i += 1) {
    const offset = lowerBand + ((start + i) % upper);
    if (!isTaken(offset)) return offset;
  }
  for (let i = 0; i < lowerBand; i += 1) {
    const offset = (start + i) % lowerBand;
    if (!isTaken(offset)) return offset;
  }
  return undefined;
}
