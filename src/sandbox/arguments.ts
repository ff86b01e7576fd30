import { HostRefusal } from './cluster-host.ts';

/**
 * Readers for what a guest sent: the value in its expected shape, or a refusal that names the place. A guest may send anything that
 * JSON can hold, so every field is read through one of these.
 */

const longestText = 4000;
const longestDocument = 100_000;

/** A sentence or a name. */
export function readText(value: unknown, place: string): string {
  return readString(value, place, longestText);
}

/** A manifest, or what a command printed. */
export function readLongText(value: unknown, place: string): string {
  return readString(value, place, longestDocument);
}

function readString(value: unknown, place: string, longest: number): string {
  if (typeof value !== 'string') throw new HostRefusal(`${place}: expected a string, got ${kindOf(value)}`);
  if (value.length > longest) throw new HostRefusal(`${place}: at most ${longest} characters`);
  return value;
}

export function readOptionalText(value: unknown, place: string): string | undefined {
  return value === undefined || value === null ? undefined : readText(value, place);
}

export function readNumber(value: unknown, place: string): number {
  // JSON turns NaN and Infinity into null.
  if (typeof value !== 'number') throw new HostRefusal(`${place}: expected a finite number, got ${kindOf(value)}`);
  return value;
}

export function readWhole(value: unknown, place: string, min: number, max: number): number {
  const number = readNumber(value, place);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new HostRefusal(`${place}: expected a whole number from ${min} to ${max}, got ${number}`);
  }
  return number;
}

export function readArray(value: unknown, place: string, longest: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new HostRefusal(`${place}: expected an array, got ${kindOf(value)}`);
  if (value.length > longest) throw new HostRefusal(`${place}: at most ${longest} items, got ${value.length}`);
  return value;
}

export function readTexts(value: unknown, place: string, shortest: number, longest: number): readonly string[] {
  const texts = readArray(value, place, longest).map((text, index) => readText(text, `${place}[${index}]`));
  if (texts.length < shortest) throw new HostRefusal(`${place}: at least ${shortest} items`);
  if (new Set(texts).size !== texts.length) throw new HostRefusal(`${place}: the same text twice`);
  return texts;
}

/** The object's own field; `undefined` where it has none or there is no object. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
