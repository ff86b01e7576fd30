import { goQuote } from '../../api/go-text.ts';
import { dnsLabelProblems } from '../../api/name-formats.ts';
import { parseQuantity } from '../../api/quantity.ts';
import { type ContainerDraft, type ContainerPortDraft, containersOf, type PodSpecDraft } from '../pod-draft.ts';
import { ipWarnings } from './ip.ts';

/** `whose`: `the Pod's hostname`, or what a template's name ends up in. */
export function nameWarnings(name: string, whose: string): readonly string[] {
  const problems = dnsLabelProblems(name);
  if (problems.length === 0) return [];
  return [
    `metadata.name: this is used in ${whose}, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`,
  ];
}

/**
 * @models partly Pod warnings: ports, environment, aliases and addresses; deprecated volumes, annotations and node labels are left out
 *
 * Models: pkg/api/pod/warnings.go, v1.37. `path` is `spec`, or a template's.
 */
export function podSpecWarnings(spec: PodSpecDraft, path: string): readonly string[] {
  const warnings: string[] = [];
  const duplicates = (list: readonly (string | undefined)[], field: string, word: string) => {
    const first = new Map<string, number>();
    for (const [i, value = ''] of list.entries()) {
      const known = first.get(value);
      if (known === undefined) first.set(value, i);
      else warnings.push(`${path}.${field}[${i}]: duplicate ${word} ${goQuote(value)} with ${path}.${field}[${known}]`);
    }
  };
  duplicates(
    (spec.hostAliases ?? []).map(({ ip }) => ip),
    'hostAliases',
    'ip',
  );
  duplicates(
    (spec.imagePullSecrets ?? []).map(({ name }) => name),
    'imagePullSecrets',
    'name',
  );
  for (const [i, { name }] of (spec.imagePullSecrets ?? []).entries()) {
    if (name === undefined) warnings.push(`${path}.imagePullSecrets[${i}]: invalid empty name ""`);
  }
  for (const { container, path: own } of containersOf(spec, path))
    warnings.push(...fractionWarnings(container, own), ...environmentWarnings(container, own));
  warnings.push(...portWarnings(spec, path));
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) {
    warnings.push(`${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`);
  }
  for (const [i, server] of (spec.dnsConfig?.nameservers ?? []).entries()) {
    warnings.push(...ipWarnings(`${path}.dnsConfig.nameservers[${i}]`, server));
  }
  for (const [i, { ip = '' }] of (spec.hostAliases ?? []).entries()) warnings.push(...ipWarnings(`${path}.hostAliases[${i}].ip`, ip));
  return warnings;
}

function fractionWarnings({ resources }: ContainerDraft, path: string): readonly string[] {
  const warnings: string[] = [];
  for (const kind of ['limits', 'requests'] as const) {
    for (const name of ['memory', 'ephemeral-storage']) {
      const text = resources?.[kind]?.[name];
      if (text === undefined || (parseQuantity(text)?.nano ?? 0n) % 10n ** 9n === 0n) continue;
      warnings.push(`${path}.resources.${kind}[${name}]: fractional byte value ${goQuote(text)} is invalid, must be an integer`);
    }
  }
  return warnings;
}

/** A variable set twice is no mistake when the second value builds on the first. */
function environmentWarnings({ env = [] }: ContainerDraft, path: string): readonly string[] {
  const warnings: string[] = [];
  const seen = new Set<string>();
  for (const [i, { name = '', value = '', valueFrom }] of env.entries()) {
    const reference = `$(${name})`;
    if (seen.has(name) && (valueFrom !== undefined || value === reference || !value.includes(reference))) {
      warnings.push(`${path}.env[${i}]: hides previous definition of ${goQuote(name)}, which may be dropped when using apply`);
    }
    seen.add(name);
  }
  return warnings;
}

function portWarnings(spec: PodSpecDraft, path: string): readonly string[] {
  const warnings: string[] = [];
  const byNumber = new Map<string, { port: ContainerPortDraft; path: string }[]>();
  const byName = new Map<string, string>();
  for (const { container, path: containerPath, init } of containersOf(spec, path)) {
    // An init container that ends before the others start cannot be in their way.
    if (init && container.restartPolicy !== 'Always') continue;
    for (const [i, port] of (container.ports ?? []).entries()) {
      const own = `${containerPath}.ports[${i}]`;
      if (port.hostIP !== undefined && (port.hostPort ?? 0) === 0) warnings.push(`${own}: hostIP set without hostPort: ${printPort(port)}`);
      const key = `${port.containerPort ?? 0}/${port.protocol ?? ''}`;
      const others = byNumber.get(key) ?? [];
      for (const other of others) {
        const problem = portClash(port, other.port);
        if (problem !== undefined) warnings.push(`${own}: ${problem} with ${other.path}`);
      }
      byNumber.set(key, [...others, { port, path: own }]);
      if (port.name === undefined) continue;
      const other = byName.get(port.name);
      if (other === undefined) byName.set(port.name, own);
      else {
        const use = `services and probes that select ports by name will use ${other}`;
        warnings.push(`${own}: duplicate port name ${goQuote(port.name)} with ${other}, ${use}`);
      }
    }
  }
  return warnings;
}

function portClash(a: ContainerPortDraft, b: ContainerPortDraft): string | undefined {
  const hostA = a.hostPort ?? 0;
  const hostB = b.hostPort ?? 0;
  if (a.hostIP === b.hostIP && hostA === hostB) return 'duplicate port definition';
  if (hostA === 0 || hostB === 0) return 'overlapping port definition';
  if (hostA === hostB && (a.hostIP === undefined) !== (b.hostIP === undefined)) return 'dangerously ambiguous port definition';
  return undefined;
}

/** Go's `%+v` of a port. */
function printPort({ name = '', hostPort = 0, containerPort = 0, protocol = '', hostIP = '' }: ContainerPortDraft): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}
