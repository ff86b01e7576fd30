import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject, JsonValue } from '#engine/api/json.ts';

/** A manifest put to `kubectl apply -f -`, and what came of it. `given` was applied before. */
export interface AdmissionRecord {
  readonly id: string;
  readonly group: string;
  readonly given?: string;
  readonly apply: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly objects: readonly JsonObject[];
}

/** A random object that was POSTed with `fieldValidation=Strict`. */
export interface FuzzRecord {
  readonly id: string;
  readonly object: JsonObject & { readonly kind: string };
  readonly code: number;
  readonly message?: string;
  readonly causes?: readonly JsonObject[];
  readonly warnings?: readonly string[];
  readonly stored?: JsonObject;
}

export interface FlowRecord {
  readonly from: string;
  readonly to: string;
  readonly proto?: string;
  readonly outcomes: Readonly<Record<string, readonly string[]>>;
  /** With session affinity: the Pods a client may have been pinned to. */
  readonly possible?: Readonly<Record<string, readonly string[]>>;
}

export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly answer: readonly string[];
  readonly authority: readonly string[];
  readonly additional: readonly string[];
}

/** A cluster state and everything that was seen of it; per node where it differs by node. */
export interface ScenarioRecord {
  readonly id: string;
  readonly group: string;
  readonly pods: readonly JsonObject[];
  readonly objects: readonly JsonObject[];
  readonly endpointSlices: readonly JsonObject[];
  readonly iptables: Readonly<Record<string, readonly string[]>>;
  readonly nftables: Readonly<Record<string, readonly string[]>>;
  readonly ipvs?: Readonly<Record<string, JsonObject & { readonly contended?: readonly string[] }>>;
  readonly flows: readonly FlowRecord[];
  readonly dns: readonly DnsRecord[];
  readonly env?: Readonly<Record<string, readonly string[]>>;
  readonly kubectl?: Readonly<Record<string, string>>;
}

export interface PolicyProbe {
  readonly from: string;
  readonly to: string;
  readonly port?: JsonValue;
  readonly protocol?: string;
  readonly allowed: boolean;
  readonly ingress: boolean;
  readonly egress: boolean;
}

export interface PolicyRecord {
  readonly id: string;
  readonly group: string;
  readonly nodes: JsonValue;
  readonly namespaces: JsonValue;
  readonly pods: JsonValue;
  readonly policies: JsonValue;
  readonly probes: readonly PolicyProbe[];
}

/** One echo request each, to kinds of addresses that the scenarios' flows do not cover. */
export interface PingRecord {
  readonly id: string;
  readonly pods: readonly JsonObject[];
  readonly objects: readonly JsonObject[];
  readonly pings: readonly { readonly from: string; readonly to: string; readonly outcomes: Readonly<Record<string, string>> }[];
}

export interface Recordings {
  readonly admission: readonly AdmissionRecord[];
  readonly fuzz: readonly FuzzRecord[];
  readonly scenarios: readonly ScenarioRecord[];
  readonly policies: readonly PolicyRecord[];
  readonly ping: readonly PingRecord[];
}

/** Answers by record; of any shape. */
export type Answers = ReadonlyMap<string, JsonValue>;

const folder = new URL('recordings/', import.meta.url);

/** Names of the packed files: one JSON record a line. */
export const packedFiles = ['admission.jsonl.gz', 'fuzz.jsonl.gz', 'scenarios.jsonl.gz', 'policies.jsonl.gz', 'ping.jsonl.gz'] as const;

/**
 * Reads one packed file. A file that SHA256SUMS does not vouch for, or that holds nothing, is an error: a comparison with nothing would
 * always succeed.
 */
export function readRecordings<K extends keyof Recordings>(kind: K): Recordings[K] {
  const name = `${kind}.jsonl.gz`;
  const packed = readFileSync(new URL(name, folder));
  const sum = createHash('sha256').update(packed).digest('hex');
  const sums = readFileSync(new URL('SHA256SUMS', folder), 'utf8');
  if (!sums.split('\n').includes(`${sum}  ${name}`)) {
    throw new Error(`test/conformance/recordings/${name} is not the file that SHA256SUMS names; restore it, or sync the recordings again`);
  }
  const lines = gunzipSync(packed).toString('utf8').trimEnd().split('\n');
  const records = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Recordings[K][number]);
  if (records.length === 0) throw new Error(`test/conformance/recordings/${name} holds no records`);
  return records as unknown as Recordings[K];
}
