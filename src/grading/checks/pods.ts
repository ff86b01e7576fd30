import type { Pod, Snapshot } from '#engine';

/** Pods of any namespace that carry all these labels, by namespace and name. */
export function podsWithLabels(snapshot: Snapshot, labels: Readonly<Record<string, string>>): readonly Pod[] {
  const wanted = Object.entries(labels);
  return snapshot.store.list<Pod>('Pod').filter((pod) => wanted.every(([key, value]) => pod.metadata.labels?.[key] === value));
}
