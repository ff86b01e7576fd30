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

/** What an author wrote wrong in a check's senders and targets; one English sentence each. */
export function resolveTemplateErrors(check: Check): readonly string[] {
  if (check.kind === 'virtual-address') return [];
  const senders = typeof check.from === 'string' ? [check.from] : check.from;
  const targets = typeof check.to === 'string' ? [check.to] : check.to;
  const errors: string[] = [];
  for (const target of targets) {
    for (const [text, kind = ''] of target.matchAll(placeholder)) {
      if (!placeholderKinds.includes(kind))
        errors.push(`to: "${text}" is no value of a cluster; use ${placeholderKinds.join(', ')}, as in {clusterIP:cache}`);
    }
    const sample = target.replace(placeholder, '1');
    for (const from of senders) {
      const parsed = parseProbe(from, sample);
      if (!parsed.ok) errors.push(parsed.reason);
    }
  }
  return [...new Set(errors)];
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
