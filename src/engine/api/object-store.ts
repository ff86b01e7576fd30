import type { KubeObject } from './kube-object.ts';
import { entriesOf, lookUp, type MaybeSortedMap, withEntry, withoutEntry } from './sorted-map.ts';

/**
 * The cluster's objects: etcd's part. Immutable; every write gives a new store that shares what did not change, so that
 * snapshots are cheap and `===` says whether anything changed: writing the very object that is there gives the same store.
 * Order of iteration is that of etcd's keys (`namespace/name`), which is how the API server's lists come.
 */
export interface ObjectStore {
  get<T extends KubeObject = KubeObject>(kind: string, namespace: string | undefined, name: string): T | undefined;
  /** All objects of a kind, in key order; one namespace's when named. The same array while none of them changes. */
  list<T extends KubeObject = KubeObject>(kind: string, namespace?: string): readonly T[];
  /** Kinds that have an object, sorted. */
  kinds(): readonly string[];
  put(object: KubeObject): ObjectStore;
  delete(kind: string, namespace: string | undefined, name: string): ObjectStore;
}

export function emptyStore(): ObjectStore {
  return empty;
}

/** One namespace's objects of one kind; `array` is made when somebody first asks for it. */
class NamespaceTable {
  readonly objects: MaybeSortedMap<KubeObject>;
  #array: readonly KubeObject[] | undefined;

  constructor(objects: MaybeSortedMap<KubeObject>) {
    this.objects = objects;
  }

  list(): readonly KubeObject[] {
    this.#array ??= Array.from(entriesOf(this.objects), (entry) => entry.value);
    return this.#array;
  }
}

class KindTable {
  readonly namespaces: MaybeSortedMap<NamespaceTable>;
  #array: readonly KubeObject[] | undefined;

  constructor(namespaces: MaybeSortedMap<NamespaceTable>) {
    this.namespaces = namespaces;
  }

  list(): readonly KubeObject[] {
    this.#array ??= Array.from(entriesOf(this.namespaces), (entry) => entry.value.list()).flat();
    return this.#array;
  }
}

const nothing: readonly KubeObject[] = [];

class PersistentStore implements ObjectStore {
  readonly #tables: MaybeSortedMap<KindTable>;

  constructor(tables: MaybeSortedMap<KindTable>) {
    this.#tables = tables;
  }

  get<T extends KubeObject = KubeObject>(kind: string, namespace: string | undefined, name: string): T | undefined {
    const found = lookUp(lookUp(lookUp(this.#tables, kind)?.namespaces, namespaceKey(namespace))?.objects, name);
    // As in `list`: the kind's name says the type.
    return found as T | undefined;
  }

  list<T extends KubeObject = KubeObject>(kind: string, namespace?: string): readonly T[] {
    const table = lookUp(this.#tables, kind);
    const listed = namespace === undefined ? table?.list() : lookUp(table?.namespaces, namespaceKey(namespace))?.list();
    // The kind's name says the type: a store holds admitted objects, and admission gave each the shape of its kind.
    return (listed ?? nothing) as readonly T[];
  }

  kinds(): readonly string[] {
    return Array.from(entriesOf(this.#tables), (entry) => entry.key);
  }

  put(object: KubeObject): ObjectStore {
    return this.#write(object.kind, object.metadata.namespace, (objects) => withEntry(objects, object.metadata.name, object));
  }

  delete(kind: string, namespace: string | undefined, name: string): ObjectStore {
    return this.#write(kind, namespace, (objects) => withoutEntry(objects, name));
  }

  #write(
    kind: string,
    namespace: string | undefined,
    change: (objects: MaybeSortedMap<KubeObject>) => MaybeSortedMap<KubeObject>,
  ): ObjectStore {
    const key = namespaceKey(namespace);
    const namespaces = lookUp(this.#tables, kind)?.namespaces;
    const before = lookUp(namespaces, key)?.objects;
    const after = change(before);
    if (after === before) return this;
    const changed = after === undefined ? withoutEntry(namespaces, key) : withEntry(namespaces, key, new NamespaceTable(after));
    if (changed === undefined) return new PersistentStore(withoutEntry(this.#tables, kind));
    return new PersistentStore(withEntry(this.#tables, kind, new KindTable(changed)));
  }
}

const empty: ObjectStore = new PersistentStore(undefined);

/** With the slash that follows in etcd's key: `shop-2/web` sorts before `shop/web`, because `-` comes before `/`. */
function namespaceKey(namespace: string | undefined): string {
  return `${namespace ?? ''}/`;
}
