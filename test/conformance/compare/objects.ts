import type { JsonValue } from '#engine/api/json.ts';
import { canonical, listOr, objectOr, prune, sortedByCanonical } from './same.ts';

/** EndpointSlices by namespace and name, without what is generated; endpoints and ports sorted. */
export function endpointSlices(value: JsonValue | undefined): Readonly<Record<string, readonly unknown[]>> {
  const slices: Record<string, unknown[]> = {};
  for (const item of listOr(value)) {
    const slice = objectOr(prune(item));
    const { generateName: _, ownerReferences: __, ...metadata } = objectOr(slice.metadata);
    const key = canonical([metadata.namespace ?? 'default', metadata.name ?? null]);
    const sorted = {
      ...slice,
      ...(slice.metadata === undefined ? {} : { metadata }),
      endpoints: sortedByCanonical(listOr(slice.endpoints)),
      ports: sortedByCanonical(listOr(slice.ports)),
    };
    slices[key] = [...(slices[key] ?? []), sorted];
  }
  return Object.fromEntries(Object.entries(slices).map(([key, list]) => [key, sortedByCanonical(list)]));
}

/** Objects by kind, namespace and name, pruned. */
export function objectsByName(value: JsonValue | undefined): Readonly<Record<string, JsonValue | undefined>> {
  return Object.fromEntries(
    listOr(value).map((item) => {
      const metadata = objectOr(objectOr(item).metadata);
      return [canonical([objectOr(item).kind ?? null, metadata.namespace ?? '', metadata.name ?? null]), prune(item)];
    }),
  );
}

/** What to call an outcome's endpoint: `pod=web-1 src=10.0.0.1` is `web-1`. */
export function outcomeName(outcome: string): string {
  return outcome.startsWith('pod=') ? (outcome.trim().split(/\s+/)[0] ?? '').slice(4) : outcome;
}
