import type { KubeObject } from './kube-object.ts';

export type Labels = Readonly<Record<string, string>>;

/** A `metav1.LabelSelector`: Deployments, NetworkPolicies and their like; Services have the plain map only. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** Whether an object with these labels is selected by the map of a Service or a nodeSelector. An empty map selects everything. */
export function matchesLabels(selector: Labels, labels: Labels | undefined): boolean {
  return Object.entries(selector).every(([key, value]) => labels !== undefined && Object.hasOwn(labels, key) && labels[key] === value);
}

/** An absent selector selects nothing, an empty one everything. */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  if (selector === undefined) return false;
  return (
    matchesLabels(selector.matchLabels ?? {}, labels) &&
    (selector.matchExpressions ?? []).every((requirement) => meets(requirement, labels))
  );
}

function meets({ key, operator, values }: LabelSelectorRequirement, labels: Labels | undefined): boolean {
  const value = labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values?.includes(value) === true;
    case 'NotIn':
      return value === undefined || values?.includes(value) !== true;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

/**
 * The objects of a list that have all labels of a map. The list is indexed once, so that asking for thousands of Services costs no more
 * than the objects they select. An empty map selects nothing: the caller decides what "no selector" means.
 */
export function withLabels<T extends KubeObject>(objects: readonly T[], selector: Labels): readonly T[] {
  const index = indexOf(objects);
  let best: readonly KubeObject[] | undefined;
  for (const [key, value] of Object.entries(selector)) {
    const found = index.get(`${key}=${value}`);
    if (found === undefined) return [];
    if (best === undefined || found.length < best.length) best = found;
  }
  // The index holds objects of this very list.
  return ((best ?? []) as readonly T[]).filter((object) => matchesLabels(selector, object.metadata.labels));
}

const indexes = new WeakMap<readonly KubeObject[], ReadonlyMap<string, readonly KubeObject[]>>();

function indexOf(objects: readonly KubeObject[]): ReadonlyMap<string, readonly KubeObject[]> {
  const known = indexes.get(objects);
  if (known !== undefined) return known;
  const index = new Map<string, KubeObject[]>();
  for (const object of objects) {
    for (const [key, value] of Object.entries(object.metadata.labels ?? {})) {
      const entry = `${key}=${value}`;
      const list = index.get(entry);
      if (list === undefined) index.set(entry, [object]);
      else list.push(object);
    }
  }
  indexes.set(objects, index);
  return index;
}
