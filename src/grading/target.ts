import { type Probe, parseProbe, type Service, type Snapshot } from '#engine';
import type { Check } from './lab.ts';

const placeholder = /\{(\w+):([^}]+)\}/g;
const placeholderKinds = ['clusterIP', 'nodePort', 'nodeIP'];

/** A probe ready to send, or `undefined` when the cluster has no such address or port. Throws `TypeError` for a template no cluster could fill. */
export function resolveTarget(snapshot: Snapshot, from: string, template: string): Probe | undefined {
  let missing = false;
  const text = template.replace(placeholder, (_, kind: string, name: string) => {
    const value = clusterValue(snapshot, kind, name);
    if (value === undefined) missing = true;
    return value ?? '1';
  });
  if (missing) return undefined;
  const parsed = parseProbe(from, text);
  if (!parsed.ok) throw new TypeError(parsed.reason);
  return parsed.probe;
}

/** A sender or a target of a check, and where it stands in the check. */
export interface WrittenProbePart {
  readonly text: string;
  readonly path: readonly (string | number)[];
}

export function sendersOf(check: Check): readonly WrittenProbePart[] {
  return check.kind === 'virtual-address' ? [] : partsOf('from', check.from);
}

function partsOf(field: 'from' | 'to', texts: string | readonly string[]): readonly WrittenProbePart[] {
  return typeof texts === 'string' ? [{ text: texts, path: [field] }] : texts.map((text, index) => ({ text, path: [field, index] }));
}

/** What an author wrote wrong in a check's senders and targets: where in the check, and one English sentence. */
export function targetProblems(check: Check): readonly { readonly path: WrittenProbePart['path']; readonly message: string }[] {
  if (check.kind === 'virtual-address') return [];
  const senders = sendersOf(check).flatMap(({ text, path }) => {
    const parsed = parseProbe(text, 'ping://1');
    return parsed.ok ? [] : [{ path, message: parsed.reason }];
  });
  const targets = partsOf('to', check.to).flatMap(({ text, path }) => {
    const wrong = [...text.matchAll(placeholder)].filter(([, kind = '']) => !placeholderKinds.includes(kind));
    const parsed = parseProbe('pod/any', text.replace(placeholder, '1'));
    return [
      ...wrong.map(([written]) => ({
        path,
        message: `"${written}" is no value of a cluster; use {clusterIP:…}, {nodePort:…} or {nodeIP:…}`,
      })),
      ...(parsed.ok ? [] : [{ path, message: parsed.reason }]),
    ];
  });
  return [...senders, ...targets];
}

function clusterValue(snapshot: Snapshot, kind: string, name: string): string | undefined {
  if (kind === 'nodeIP') return snapshot.cluster.nodes.find((node) => node.name === name)?.address;
  const service = snapshot.store.get('Service', 'default', name) as Service | undefined;
  if (kind === 'clusterIP') return hasVirtualAddress(service) ? service?.spec.clusterIP : undefined;
  if (kind === 'nodePort') return service?.spec.ports?.[0]?.nodePort?.toString();
  throw new TypeError(`"{${kind}:${name}}" is no value of a target; use ${placeholderKinds.join(', ')}`);
}

/** Whether the Service has an address of its own: not headless, not an alias. */
export function hasVirtualAddress(service: Service | undefined): boolean {
  const address = service?.spec.clusterIP;
  return address !== undefined && address !== '' && address !== 'None';
}
