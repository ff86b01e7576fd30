import type { JsonObject, JsonValue } from '#engine/api/json.ts';

/** Numbers from 0 to below `below`, the same for the same seed (mulberry32). */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

type Roll = ReturnType<typeof dice>;

/** An answer in which now and then something is wrong, missing, of another shape, or only in another order. */
export function damaged(answer: JsonObject, roll: Roll): JsonValue | undefined {
  const fate = roll(12);
  if (fate === 0) return undefined;
  if (fate === 1) return { id: answer.id ?? null };
  if (fate === 2) return { ...answer, notModelled: ['spec.x'], ...(damagedInside(answer, roll) as JsonObject) };
  // Four in twelve stay whole.
  if (fate > 7) return answer;
  return damagedInside(answer, roll);
}

/** Damages between one and four places below the top. The id stays: it is how answers are found. */
function damagedInside(answer: JsonObject, roll: Roll): JsonValue {
  let result: JsonValue = answer;
  for (let count = 1 + roll(4); count > 0; count -= 1) result = damageOnce(result, roll, true);
  return result;
}

function damageOnce(value: JsonValue, roll: Roll, top = false): JsonValue {
  if (Array.isArray(value) && value.length > 0 && roll(3) > 0) {
    const index = roll(value.length);
    return value.map((item, at) => (at === index ? damageOnce(item, roll) : item));
  }
  if (isMap(value) && (top || roll(4) > 0)) {
    const keys = Object.keys(value).filter((key) => !(top && key === 'id'));
    const key = keys[roll(keys.length)];
    if (key === undefined) return value;
    if (roll(12) === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    return { ...value, [key]: damageOnce(value[key] ?? null, roll) };
  }
  return hurt(value, roll);
}

function hurt(value: JsonValue, roll: Roll): JsonValue {
  const change = roll(9);
  if (change === 0) return null;
  if (change === 1) return {};
  if (change === 2) return [];
  if (typeof value === 'number') return change === 3 ? String(value) : value + 1;
  if (typeof value === 'boolean') return change < 6 ? !value : Number(value);
  if (typeof value === 'string') return hurtText(value, change);
  if (Array.isArray(value)) return change < 6 ? value.toReversed() : value.slice(1);
  if (isMap(value)) return change < 6 ? Object.fromEntries(Object.entries(value).reverse()) : { ...value, ports: [], extra: null };
  return 0;
}

/** Some of these matter and some do not: blanks at line ends, another random UID, another allocated address, events. */
function hurtText(text: string, change: number): JsonValue {
  if (change === 3) return `${text.replaceAll('\n', '  \n')}\n`;
  if (change === 4) return text.replace(/10\.96\.(\d+)\.(\d+)/, '10.96.$2.$1');
  if (change === 5) return `${text}\nEvents:\n  none`;
  if (change === 6) return text.split('\n').reverse().join('\n');
  if (change === 7) return text.split(',').reverse().join(',');
  return `${text}x`;
}

function isMap(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
