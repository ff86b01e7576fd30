import { type Cidr, parseCidr } from '../api/cidr.ts';
import type {
  ClusterSpec,
  L7ControllerSpec,
  ListenSpec,
  NodeSpec,
  OutsideHostSpec,
  PodSpecShorthand,
  ProgramSpec,
  ProxySpec,
} from '../api/cluster-spec.ts';
import { type IPv4, parseIPv4 } from '../api/ipv4.ts';
import type { JsonValue } from '../api/json.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { Protocol } from '../api/protocol.ts';
import type { AuthoredYaml, Field, FieldReader, RecordShape } from './authored-yaml.ts';
import { parseListen } from './listen-text.ts';

/** What one world file says; what it leaves out comes from the files it extends. */
export interface WorldPart {
  readonly extends?: readonly string[];
  readonly name?: string;
  readonly nodes?: readonly NodeSpec[];
  readonly podCIDR?: Cidr;
  readonly serviceCIDR?: Cidr;
  readonly nodePortRange?: ClusterSpec['nodePortRange'];
  readonly podNetwork?: ClusterSpec['podNetwork'];
  readonly programsBind?: ClusterSpec['programsBind'];
  readonly dns?: Partial<ClusterSpec['dns']>;
  readonly proxy?: Partial<ProxySpec>;
  readonly apiServer?: Partial<ClusterSpec['apiServer']>;
  readonly cni?: Partial<ClusterSpec['cni']>;
  readonly loadBalancer?: Partial<ClusterSpec['loadBalancer']>;
  readonly firewall?: ClusterSpec['firewall'];
  readonly outside?: readonly OutsideHostSpec[];
  readonly installedApis?: readonly string[];
  readonly ingressController?: L7ControllerSpec;
  readonly gatewayController?: L7ControllerSpec;
  readonly images?: Readonly<Record<string, ProgramSpec>>;
  readonly objects?: readonly KubeObject[];
  readonly pods?: readonly PodPart[];
}

/** `listen` absent: what the image's program listens on. */
export type PodPart = Omit<PodSpecShorthand, 'listen'> & { readonly listen?: readonly ListenSpec[] };

/** The image of Pods in shorthand that name none. */
const shorthandImage = 'registry.example/app:1';

export function readWorldPart(file: AuthoredYaml, root: Field): WorldPart {
  const texts: FieldReader<readonly string[]> = (field) => file.list(field, (item) => file.text(item));
  const address: FieldReader<IPv4> = (field) => file.parsed(field, parseIPv4, '192.168.10.11');
  const range: FieldReader<Cidr> = (field) => file.parsed(field, parseCidr, '10.244.0.0/16');
  const ranges: FieldReader<readonly Cidr[]> = (field) => file.list(field, range);
  const listen: FieldReader<readonly ListenSpec[]> = (field) =>
    file.list(field, (item) => file.parsed(item, parseListen, '8080/tcp" or "8080/http'));
  const text: FieldReader<string> = (field) => file.text(field);
  const number: FieldReader<number> = (field) => file.number(field);
  const boolean: FieldReader<boolean> = (field) => file.boolean(field);
  const labels: FieldReader<Readonly<Record<string, string>>> = (field) => file.map(field, text);
  const protocol: FieldReader<Protocol> = (field) => file.oneOf(field, ['TCP', 'UDP', 'SCTP'] as const);

  const l7Controller: FieldReader<L7ControllerSpec> = (field) =>
    complete(file, field, file.record<L7ControllerSpec>(field, { controller: text, namespace: text, labels, service: text }), [
      'controller',
      'namespace',
      'labels',
    ]);

  const node: RecordShape<NodeSpec> = { name: text, address, podCIDR: range, zone: text, labels, attracts: ranges };
  const outside: RecordShape<OutsideHostSpec> = {
    name: text,
    address,
    names: texts,
    listen,
    routes: (field) =>
      file.list(field, (item) =>
        complete(file, item, file.record<OutsideHostSpec['routes'][number]>(item, { to: range, via: text }), ['to', 'via']),
      ),
  };
  const containerPort: RecordShape<PodSpecShorthand['ports'][number]> = { name: text, containerPort: number, protocol };
  const pod: RecordShape<PodSpecShorthand> = {
    name: text,
    namespace: text,
    node: text,
    ip: address,
    labels,
    ready: boolean,
    phase: (field) => file.oneOf(field, ['Running', 'Pending', 'Succeeded', 'Failed'] as const),
    terminating: boolean,
    hostNetwork: boolean,
    hostname: text,
    subdomain: text,
    ports: (field) =>
      file.list(field, (item) => {
        const read = complete(file, item, file.record<PodSpecShorthand['ports'][number]>(item, containerPort), ['containerPort']);
        return read && { protocol: 'TCP' as const, ...read };
      }),
    listen,
    image: text,
  };

  return file.record<WorldPart>(root, {
    extends: (field) => (isText(field) ? [String(file.text(field) ?? '')] : texts(field)),
    name: text,
    nodes: (field) =>
      file.list(field, (item) => {
        const read = complete(file, item, file.record<NodeSpec>(item, node), ['name', 'address', 'podCIDR']);
        return read && { labels: {}, attracts: [], ...read };
      }),
    podCIDR: range,
    serviceCIDR: range,
    nodePortRange: (field) => file.parsed(field, parsePortRange, '30000-32767'),
    podNetwork: (field) => file.oneOf(field, ['routed', 'bridge'] as const),
    programsBind: (field) => file.oneOf(field, ['every-address', 'pod-address'] as const),
    dns: (field) =>
      file.record<ClusterSpec['dns']>(field, {
        domain: text,
        address,
        server: address,
        ttl: number,
        upstream: (value) => (isText(value, 'none') ? 'none' : file.map(value, address)),
      }),
    proxy: (field) =>
      file.record<ProxySpec>(field, {
        mode: (value) => file.oneOf(value, ['iptables', 'nftables', 'ipvs', 'userspace'] as const),
        scheduler: text,
        masqueradeAll: boolean,
        masqueradeBit: number,
        nodePortAddresses: (value) => (isText(value, 'default') ? 'default' : file.list(value, range)),
        largeClusterEndpoints: number,
      }),
    apiServer: (field) =>
      file.record<ClusterSpec['apiServer']>(field, { clusterIP: address, port: number, endpoint: address, endpointPort: number }),
    cni: (field) =>
      file.record<ClusterSpec['cni']>(field, {
        kind: (value) => file.oneOf(value, ['routes', 'flannel', 'calico', 'cilium', 'weave'] as const),
      }),
    loadBalancer: (field) =>
      file.record<ClusterSpec['loadBalancer']>(field, {
        kind: (value) => file.oneOf(value, ['none', 'cloud', 'metallb'] as const),
        pool: ranges,
        ipMode: (value) => file.oneOf(value, ['VIP', 'Proxy'] as const),
        address,
        healthCheck: (value) =>
          complete(
            file,
            value,
            file.record<NonNullable<ClusterSpec['loadBalancer']['healthCheck']>>(value, {
              periodSeconds: number,
              failureThreshold: number,
            }),
            ['periodSeconds', 'failureThreshold'],
          ),
      }),
    firewall: (field) =>
      complete(
        file,
        field,
        file.record<NonNullable<ClusterSpec['firewall']>>(field, {
          allow: (value) =>
            file.list(value, (item) => {
              const read = complete(file, item, file.record<{ from: Cidr; ports: FirewallPorts }>(item, firewallRule(file, range)), [
                'from',
                'ports',
              ]);
              return read && { from: read.from, ...read.ports };
            }),
        }),
        ['allow'],
      ),
    outside: (field) =>
      file.list(field, (item) => {
        const read = complete(file, item, file.record<OutsideHostSpec>(item, outside), ['name', 'address']);
        return read && { names: [], listen: [], routes: [], ...read };
      }),
    installedApis: texts,
    ingressController: l7Controller,
    gatewayController: l7Controller,
    images: (field) =>
      file.map(field, (value) => {
        const ports = listen(value);
        return ports && { listen: ports };
      }),
    objects: (field) => file.list(field, (item) => manifest(file, item)),
    pods: (field) =>
      file.list(field, (item) => {
        const read = complete(file, item, file.record<PodSpecShorthand>(item, pod), ['name', 'node']);
        if (read === undefined) return undefined;
        if (read.hostNetwork !== true && read.ip === undefined && read.phase !== 'Pending') {
          return file.report(item, 'the Pod has no address. Give it an "ip" out of its node\'s podCIDR, or "hostNetwork: true".');
        }
        return { ...podDefaults, ...read };
      }),
  });
}

const podDefaults = {
  namespace: 'default',
  labels: {},
  ready: true,
  phase: 'Running' as const,
  terminating: false,
  hostNetwork: false,
  ports: [],
  image: shorthandImage,
};

interface FirewallPorts {
  readonly protocol: Protocol;
  readonly first: number;
  readonly last: number;
}

function firewallRule(file: AuthoredYaml, range: FieldReader<Cidr>): RecordShape<{ from: Cidr; ports: FirewallPorts }> {
  return { from: range, ports: (field) => file.parsed(field, parseFirewallPorts, '30080/tcp" or "30000-32767/tcp') };
}

function parseFirewallPorts(text: string): FirewallPorts | undefined {
  const [, ports = '', kind = ''] = /^([\d-]+)\/(tcp|udp|sctp)$/.exec(text) ?? [];
  const range = parsePortRange(ports.includes('-') ? ports : `${ports}-${ports}`);
  const protocol = ({ tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' } as const)[kind];
  return range && protocol && { protocol, ...range };
}

function parsePortRange(text: string): { first: number; last: number } | undefined {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  return range.first >= 1 && range.first <= range.last && range.last <= 65535 ? range : undefined;
}

function manifest(file: AuthoredYaml, field: Field): KubeObject | undefined {
  const value = file.json(field);
  if (isManifest(value)) return value;
  return file.report(field, 'not a manifest. It needs apiVersion, kind and metadata.name.');
}

/** A manifest's shape so far; admission checks the rest when the cluster boots. */
function isManifest(value: JsonValue | undefined): value is JsonValue & KubeObject {
  if (typeof value !== 'object' || value === null || !('metadata' in value)) return false;
  const { apiVersion, kind, metadata } = value;
  return (
    typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata === 'object' && metadata !== null && 'name' in metadata
  );
}

/** The record when it has all it needs; otherwise what is missing is reported. */
function complete<T extends object, K extends keyof T & string>(
  file: AuthoredYaml,
  field: Field,
  part: Partial<T>,
  required: readonly K[],
): (Partial<T> & Pick<T, K>) | undefined {
  const missing = required.filter((name) => !Object.hasOwn(part, name));
  for (const name of missing) file.report(field, `"${name}" is missing. Add it.`);
  return required.every((name) => part[name] !== undefined) ? (part as Partial<T> & Pick<T, K>) : undefined;
}

function isText(field: Field, text?: string): boolean {
  if (!('value' in field.node)) return false;
  return text === undefined ? typeof field.node.value === 'string' : field.node.value === text;
}
