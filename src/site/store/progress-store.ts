import type { DBSchema, IDBPDatabase } from 'idb';

/**
 * What a reader did, kept in this browser only: predictions, answers, edited texts. Nothing here is needed for a page to work: a
 * store that cannot be had, is full, or holds what nobody can read says so once and is then left alone.
 */

/** One thing a reader left, under the lesson's or lab's version it was given in. */
export interface Saved<T> {
  readonly version: number;
  readonly value: T;
}

/** Why something could not be read or kept. */
export type StoreTrouble = 'blocked' | 'full' | 'foreign' | 'corrupt';

export type Loaded<T> =
  | { readonly kind: 'none' }
  /** `older`: given in an earlier version of the text; kept, and said to be so. */
  | { readonly kind: 'found'; readonly saved: Saved<T>; readonly older: boolean }
  | { readonly kind: 'trouble'; readonly trouble: StoreTrouble };

interface Schema extends DBSchema {
  answers: { key: string; value: unknown };
}

/** Raised with every change of the schema; `migrate` brings older stores here, one version at a time. */
const schemaVersion = 1;
const databaseName = 'packet-path';

type Database = IDBPDatabase<Schema>;

let opening: Promise<Database> | undefined;

/** Keys under which this page found something it cannot read: to be moved aside by the first save. */
const unreadable = new Set<string>();

async function database(): Promise<Database> {
  opening ??= open();
  return await opening;
}

async function open(): Promise<Database> {
  const { openDB } = await import('idb');
  return await openDB<Schema>(databaseName, schemaVersion, {
    upgrade(db, from) {
      if (from < 1) db.createObjectStore('answers');
    },
    // Another page with a newer site wants to change the schema: let it.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      opening = undefined;
    },
    terminated() {
      opening = undefined;
    },
  });
}

/** What was kept under a key. `isValue` says whether a stored value still has the shape it should; anything else counts as corrupt. */
export async function load<T>(key: string, version: number, isValue: (value: unknown) => value is T): Promise<Loaded<T>> {
  try {
    const stored: unknown = await (await database()).get('answers', key);
    if (stored === undefined) return { kind: 'none' };
    if (!isSaved(stored) || !isValue(stored.value)) {
      unreadable.add(key);
      return { kind: 'trouble', trouble: 'corrupt' };
    }
    return { kind: 'found', saved: { version: stored.version, value: stored.value }, older: stored.version < version };
  } catch (error) {
    opening = undefined;
    return { kind: 'trouble', trouble: troubleOf(error) };
  }
}

/** Keeps a value. A corrupt one under the same key is moved aside, not thrown away. Gives the trouble, if there was any. */
export async function save(key: string, version: number, value: unknown): Promise<StoreTrouble | undefined> {
  try {
    const db = await database();
    const transaction = db.transaction('answers', 'readwrite');
    const before: unknown = await transaction.store.get(key);
    if (before !== undefined && (unreadable.has(key) || !isSaved(before))) await transaction.store.put(before, `unreadable/${key}`);
    await transaction.store.put({ version, value }, key);
    await transaction.done;
    unreadable.delete(key);
    return undefined;
  } catch (error) {
    opening = undefined;
    return troubleOf(error);
  }
}

function isSaved(value: unknown): value is Saved<unknown> {
  return typeof value === 'object' && value !== null && 'value' in value && 'version' in value && Number.isInteger(value.version);
}

/** Names of `DOMException` as browsers give them; anything else is a browser that will not store. */
function troubleOf(error: unknown): StoreTrouble {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return 'full';
  if (name === 'VersionError') return 'foreign';
  if (name === 'NotFoundError' || name === 'DataError' || name === 'DataCloneError') return 'corrupt';
  return 'blocked';
}
