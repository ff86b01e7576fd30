import { type Cidr, canonicalCidr, cidrContains } from '../api/cidr.ts';
import type { ClusterSpec, DnsSpec, PodSpecShorthand } from '../api/cluster-spec.ts';
import type { IPv4 } from '../api/ipv4.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { programOfImage } from '../nodes/program.ts';
import { AuthoredYaml, type Field, suggest } from './authored-yaml.ts';
import { readWorldPart, type WorldPart } from './world-file.ts';

/** Texts of the files that a world may extend, by the name it says after `extends:` (`ref3`, `workloads/my-app`). */
export type WorldLibrary = Readonly<Record<string, string>>;

/**
 * Reads a world: a YAML file whose fields are those of {@link ClusterSpec}, with ranges, ports and programs as texts.
 *
 * `extends: [ref3, workloads/my-app]` lays this file over others, in order: a section's fields replace those below, lists of nodes, Pods,
 * hosts and objects grow, and an entry with a name that is there already replaces it. So a lesson's world is two lines and its own Pods.
 *
 * `value` is `undefined` when any file had a mistake; the diagnostics then say which.
 */
export function parseClusterFile(text: string, name: string, library: WorldLibrary = {}): Result<ClusterSpec | undefined> {
  const diagnostics: Diagnostic[] = [];
  const parts: WorldPart[] = [];
  const top = new AuthoredYaml({ name, text }, 'cluster-file-invalid');
  collect(top, library, [name], parts, diagnostics);
  diagnostics.push(...top.diagnostics);
  if (top.root === undefined || diagnostics.length > 0) return { value: undefined, diagnostics };
  const value = assemble(parts.reduce(overlay, {}), top, top.root);
  return top.diagnostics.length > 0 ? { value: undefined, diagnostics: top.diagnostics } : { value, diagnostics: [] };
}

/** Puts the parts of a file into `parts`, those it extends first. */
function collect(file: AuthoredYaml, library: WorldLibrary, chain: readonly string[], parts: WorldPart[], diagnostics: Diagnostic[]): void {
  if (file.root === undefined) return;
  const part = readWorldPart(file, file.root);
  for (const base of part.extends ?? []) {
    const text = Object.hasOwn(library, base) ? library[base] : undefined;
    if (text === undefined) {
      file.report(file.root, `extends "${base}", and there is no such world. ${suggest(base, Object.keys(library))}`);
    } else if (chain.includes(base)) {
      file.report(file.root, `extends "${base}", which extends this file. Remove one of the two.`);
    } else {
      const below = new AuthoredYaml({ name: `clusters/${base}.yaml`, text }, 'cluster-file-invalid');
      collect(below, library, [...chain, base], parts, diagnostics);
      diagnostics.push(...below.diagnostics);
    }
  }
  parts.push(part);
}

function overlay(below: WorldPart, above: WorldPart): WorldPart {
  const { extends: _, ...fields } = above;
  return {
    ...below,
    ...fields,
    dns: { ...below.dns, ...above.dns, ...upstreamOf(below, above) },
    proxy: { ...below.proxy, ...above.proxy },
    apiServer: { ...below.apiServer, ...above.apiServer },
    cni: { ...below.cni, ...above.cni },
    loadBalancer: { ...below.loadBalancer, ...above.loadBalancer },
    images: { ...below.images, ...above.images },
    installedApis: [...(below.installedApis ?? []), ...(above.installedApis ?? [])],
    nodes: laidOver(below.nodes, above.nodes, (node) => node.name),
    outside: laidOver(below.outside, above.outside, (host) => host.name),
    pods: laidOver(below.pods, above.pods, (pod) => `${pod.namespace}/${pod.name}`),
    objects: laidOver(below.objects, above.objects, ({ kind, metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`),
  };
}

function upstreamOf(below: WorldPart, above: WorldPart): Pick<DnsSpec, 'upstream'> | undefined {
  const [under, over] = [below.dns?.upstream, above.dns?.upstream];
  if (over === undefined || over === 'none' || under === undefined || under === 'none') return undefined;
  return { upstream: { ...under, ...over } };
}

function laidOver<T>(below: readonly T[] | undefined, above: readonly T[] | undefined, nameOf: (entry: T) => string): readonly T[] {
  const all = new Map([...(below ?? []), ...(above ?? [])].map((entry) => [nameOf(entry), entry]));
  return [...all.values()];
}

/** The flags' own defaults: kube-apiserver's node port range, kube-proxy's configuration. */
const defaults = {
  nodePortRange: { first: 30000, last: 32767 },
  proxy: {
    mode: 'iptables',
    scheduler: 'rr',
    masqueradeAll: false,
    masqueradeBit: 14,
    nodePortAddresses: 'default',
    largeClusterEndpoints: 1000,
  },
  loadBalancer: { kind: 'none', pool: [] },
  cni: { kind: 'routes' },
} as const;

function assemble(part: WorldPart, file: AuthoredYaml, root: Field): ClusterSpec | undefined {
  const need = <T>(path: string, value: T | undefined): T | undefined =>
    value ?? file.report(root, `"${path}" is missing. Add it, or extend a world that has it ("extends: [ref3]").`);
  const name = need('name', part.name);
  const podCIDR = need('podCIDR', part.podCIDR);
  const serviceCIDR = need('serviceCIDR', part.serviceCIDR);
  const domain = need('dns.domain', part.dns?.domain);
  const dnsAddress = need('dns.address', part.dns?.address);
  const ttl = need('dns.ttl', part.dns?.ttl);
  const clusterIP = need('apiServer.clusterIP', part.apiServer?.clusterIP);
  const endpoint = need('apiServer.endpoint', part.apiServer?.endpoint);
  if (name === undefined || podCIDR === undefined || serviceCIDR === undefined || domain === undefined) return undefined;
  if (dnsAddress === undefined || ttl === undefined || clusterIP === undefined || endpoint === undefined) return undefined;
  const outside = part.outside ?? [];
  const images = part.images ?? {};
  const cluster: ClusterSpec = {
    name,
    nodes: part.nodes ?? [],
    podCIDR,
    serviceCIDR,
    nodePortRange: part.nodePortRange ?? defaults.nodePortRange,
    dns: { ...part.dns, domain, address: dnsAddress, ttl, upstream: withOutsideNames(part.dns?.upstream ?? 'none', outside) },
    proxy: { ...defaults.proxy, ...part.proxy },
    apiServer: { clusterIP, endpoint, port: part.apiServer?.port ?? 443, endpointPort: part.apiServer?.endpointPort ?? 6443 },
    cni: { ...defaults.cni, ...part.cni },
    loadBalancer: { ...defaults.loadBalancer, ...part.loadBalancer },
    ...(part.firewall === undefined ? {} : { firewall: part.firewall }),
    outside,
    installedApis: part.installedApis ?? [],
    ...(part.ingressController === undefined ? {} : { ingressController: part.ingressController }),
    ...(part.gatewayController === undefined ? {} : { gatewayController: part.gatewayController }),
    images,
    objects: part.objects ?? [],
    pods: (part.pods ?? []).map(
      (pod): PodSpecShorthand => ({ ...pod, listen: pod.listen ?? programOfImage(images, pod.image)?.listen ?? [] }),
    ),
    podNetwork: part.podNetwork ?? 'routed',
    programsBind: part.programsBind ?? 'every-address',
  };
  checkAddresses(cluster, file, root);
  return cluster;
}

/** With an upstream at all, the world's hosts answer to their names there. */
function withOutsideNames(upstream: DnsSpec['upstream'], outside: ClusterSpec['outside']): DnsSpec['upstream'] {
  if (upstream === 'none') return 'none';
  const names: Record<string, IPv4> = {};
  for (const host of outside) for (const hostName of host.names) names[hostName] = host.address;
  return { ...names, ...upstream };
}

/** Mistakes that no single field shows: ranges that overlap, Pods on nodes that are not there, one address given twice. */
function checkAddresses(cluster: ClusterSpec, file: AuthoredYaml, root: Field): void {
  const nodeNames = cluster.nodes.map((node) => node.name);
  if (overlaps(cluster.podCIDR, cluster.serviceCIDR)) {
    file.report(root, `podCIDR ${cluster.podCIDR.text} and serviceCIDR ${cluster.serviceCIDR.text} overlap. Choose ranges that do not.`);
  }
  for (const node of cluster.nodes) {
    if (!overlaps(cluster.podCIDR, node.podCIDR)) {
      file.report(root, `node ${node.name}: podCIDR ${node.podCIDR.text} is outside the cluster's podCIDR ${cluster.podCIDR.text}.`);
    }
  }
  const taken = new Map<IPv4, string>();
  for (const pod of cluster.pods) {
    const key = `${pod.namespace}/${pod.name}`;
    if (!nodeNames.includes(pod.node)) file.report(root, `pod ${key}: there is no node "${pod.node}". ${suggest(pod.node, nodeNames)}`);
    if (pod.ip === undefined || pod.hostNetwork) continue;
    const holder = taken.get(pod.ip);
    if (holder !== undefined) file.report(root, `pods ${holder} and ${key} both have the address ${pod.ip}. Give each its own.`);
    taken.set(pod.ip, key);
    if (!cidrContains(cluster.podCIDR, pod.ip)) {
      file.report(root, `pod ${key}: ${pod.ip} is outside podCIDR ${canonicalCidr(cluster.podCIDR)}. Choose an address inside.`);
    }
  }
}

function overlaps(a: Cidr, b: Cidr): boolean {
  return a.first <= b.last && b.first <= a.last;
}
