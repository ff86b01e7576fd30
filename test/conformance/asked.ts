import type { JsonObject } from '#engine/api/json.ts';
import type { Recordings } from './recordings.ts';

/** Kinds of records the command `answer` knows. */
export type AnswerKind = Exclude<keyof Recordings, 'ping'>;

/** What of a record the engine may see: the question, never the answer. */
export function asked<K extends AnswerKind>(kind: K, record: Recordings[K][number]): JsonObject & { readonly id: string } {
  // Plain JSON, read from a file that the checksums vouch for.
  const full = record as unknown as JsonObject & { readonly id: string };
  const question: Record<string, JsonObject[string]> = { id: full.id };
  for (const field of askedFields[kind]) if (full[field] !== undefined) question[field] = full[field];
  return { ...question, ...narrowed[kind](full), id: full.id };
}

const askedFields: Readonly<Record<AnswerKind, readonly string[]>> = {
  admission: ['group', 'given', 'apply'],
  fuzz: ['object'],
  scenarios: ['pods', 'objects'],
  policies: ['nodes', 'namespaces', 'pods', 'policies'],
};

/** Fields that are half question, half answer. */
const narrowed: Readonly<Record<AnswerKind, (record: JsonObject) => JsonObject>> = {
  admission: () => ({}),
  fuzz: () => ({}),
  scenarios: ({ flows, dns, env, kubectl }) => ({
    flows: only(flows, ['from', 'to', 'proto', 'tries']),
    dns: only(dns, ['name', 'type']),
    env: Object.keys((env ?? {}) as JsonObject),
    kubectl: Object.keys((kubectl ?? {}) as JsonObject),
  }),
  policies: ({ probes }) => ({ probes: only(probes, ['from', 'to', 'port', 'protocol']) }),
};

function only(list: JsonObject[string], fields: readonly string[]): readonly JsonObject[] {
  return ((list ?? []) as readonly JsonObject[]).map((item) =>
    Object.fromEntries(fields.flatMap((field) => (item[field] === undefined ? [] : [[field, item[field]]]))),
  );
}
