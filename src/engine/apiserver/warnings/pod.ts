import { goQuote } from '../../api/go-text.ts';
import { dnsLabelProblems } from '../../api/name-formats.ts';
import { parseQuantity } from '../../api/quantity.ts';
import { type ContainerDraft, type ContainerPortDraft, containersOf, type PodSpecDraft } from '../pod-draft.ts';
import { sortedKeys } from '../validation/object-meta.ts';
import { ipWarnings } from './ip.ts';

/** `whose`: `the Pod's hostname`, or what a template's name ends up in. */
export function nameWarnings(name: string, whose: string): readonly string[] {
  const problems = dnsLabelProblems(name);
  if (problems.length === 0) return [];
  return [
    `metadata.name: this is used in ${whose}, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`,
  ];
}

/** Models: pkg/api/node/util.go GetNodeLabelDeprecatedMessage, v1.37. */
const deprecatedNodeLabels: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods': 'deprecated since v1.22; use Taints and Tolerations instead',
};

/**
 * @models partly Pod warnings: ports, environment, aliases and addresses; deprecated volumes and annotations are left out
 *
 * Models: pkg/api/pod/warnings.go, v1.37. `path` is `spec`, or a template's.
 */
export function podSpecWarnings(spec: PodSpecDraft, path: string): readonly string[] {
  const warnings: string[] = [];
  for (const label of sortedKeys(spec.nodeSelector ?? {})) {
    const advice = deprecatedNodeLabels[label];
    if (advice !== undefined) warnings.push(`${path}.nodeSelector[${label}]: ${advice}`);
  }
  const duplicates = (list: readonly (string | undefined)[], pathOf: (i: number) => string, word: string) => {
    const seen = new Set<string>();
    for (const [i, value = ''] of list.entries()) {
      if (seen.has(value)) warnings.push(`${pathOf(i)}: duplicate ${word} ${goQuote(value)}`);
      seen.add(value);
    }
  };
  const secrets = spec.imagePullSecrets ?? [];
  for (const [i, { topologyKey = '', labelSelector }] of (spec.topologySpreadConstraints ?? []).entries()) {
    const own = `${path}.topologySpreadConstraints[${i}]`;
    const advice = deprecatedNodeLabels[topologyKey];
    if (advice !== undefined) warnings.push(`${own}.topologyKey: ${topologyKey} is ${advice}`);
    if (labelSelector === undefined) warnings.push(`${own}.labelSelector: a null labelSelector results in matching no pod`);
  }
  duplicates(
    (spec.hostAliases ?? []).map(({ ip }) => ip),
    (i) => `${path}.hostAliases[${i}].ip`,
    'ip',
  );
  duplicates(
    secrets.map(({ name }) => name),
    (i) => `${path}.imagePullSecrets[${i}].name`,
    'name',
  );
  for (const [i, { name }] of secrets.entries()) {
    if (name === undefined) warnings.push(`${path}.imagePullSecrets[${i}].name: invalid empty name ""`);
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
  const nameWarnings: string[] = [];
  for (const { container, path: containerPath } of containersOf(spec, path)) {
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
        nameWarnings.push(`${own}: duplicate port name ${goQuote(port.name)} with ${other}, ${use}`);
      }
    }
  }
  // The server looks at all numbers before it looks at names.
  return [...warnings, ...nameWarnings];
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
