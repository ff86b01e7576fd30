import { type ClusterSpec, cidrContains, ipv4FromNumber, listRules, type Pod, type Snapshot } from '#engine';
import { Agent } from './agents.ts';
import { run, runIn } from './machine.ts';

/** A cluster laid out in network namespaces: one for each node, each Pod with an address of its own, each host outside. */
export interface LaidOutWorld {
  /** By `pod/NAMESPACE/NAME`, `node/NAME`, `outside/NAME`. */
  readonly agents: ReadonlyMap<string, Agent>;
  /** Namespaces of nodes, by node. */
  readonly nodes: ReadonlyMap<string, string>;
  takeDown(): void;
}

/** The namespace this suite runs in is the switch all hosts are plugged into. */
const lan = 'lan';

/** Pods send everything here; the node's end of their wire answers to it. */
const podGateway = '169.254.1.1';

/** Nobody's: what is sent by the default route goes to the switch, and no host takes it. */
const nobodysMac = '02:00:00:00:00:01';

/** Not what rules decide about, but what the recordings' nodes were set to. */
const nodeSettings = [
  'net/ipv4/ip_forward=1',
  'net/ipv4/conf/all/rp_filter=0',
  'net/ipv4/conf/default/rp_filter=0',
  'net/ipv4/conf/all/send_redirects=0',
  'net/ipv4/conf/default/send_redirects=0',
];

/** Every host's: missing neighbours are given up on after a third of a second, and no refusal is held back because there were many. */
const hostSettings = ['net/ipv4/neigh/eth0/retrans_time_ms=100', 'net/ipv4/icmp_ratelimit=0'];

/** kube-proxy's own, in iptables mode: node ports on 127.0.0.1 need it. */
const localhostNodePorts = 'net/ipv4/conf/all/route_localnet=1';

/** Lays the snapshot's cluster out as `buildNetwork` models it: Pods on a wire each, a route per Pod, hosts on one switch. */
export async function layOut(snapshot: Snapshot): Promise<LaidOutWorld> {
  const { cluster, store } = snapshot;
  const made: string[] = [];
  const plugged: string[] = [];
  const agents = new Map<string, Agent>();
  const takeDown = () => {
    for (const agent of agents.values()) agent.end();
    // The kernel takes a namespace down some time after its deletion; its wire goes at once when somebody cuts it.
    for (const name of plugged) run(['ip', 'link', 'delete', name]);
    for (const namespace of made) run(['ip', 'netns', 'delete', namespace]);
    run(['ip', 'link', 'delete', lan]);
  };
  const add = (namespace: string) => {
    run(['ip', 'netns', 'add', namespace]);
    made.push(namespace);
    runIn(namespace, ['ip link set lo up']);
  };
  run(['sh', '-e', '-s'], `ip link add ${lan} type bridge\nip link set ${lan} up\n`);
  const network = nodeNetwork(cluster);
  const nodes = new Map(cluster.nodes.map(({ name }) => [name, name]));
  for (const { name, address } of cluster.nodes) {
    add(name);
    plugIn(name, address, network);
    plugged.push(name);
    const settings = cluster.proxy.mode === 'iptables' ? [...nodeSettings, localhostNodePorts] : nodeSettings;
    runIn(name, settings.map(setting));
    agents.set(`node/${name}`, new Agent(name));
  }
  for (const { name, address, routes } of cluster.outside) {
    add(name);
    plugIn(name, address, network);
    plugged.push(name);
    const gateways = routes.flatMap(({ to, via }) => cluster.nodes.filter((node) => node.name === via).map((node) => ({ to, node })));
    runIn(
      name,
      gateways.map(({ to, node }) => `ip route add ${to.text} via ${node.address}`),
    );
    agents.set(`outside/${name}`, new Agent(name));
  }
  for (const [index, pod] of store.list<Pod>('Pod').entries()) {
    const { namespace = 'default', name } = pod.metadata;
    const node = pod.spec.nodeName;
    const address = pod.status.podIP;
    if (node === undefined || address === undefined || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') continue;
    if (pod.spec.hostNetwork === true) {
      agents.set(`pod/${namespace}/${name}`, new Agent(node));
      continue;
    }
    const netns = `${namespace}.${name}`;
    add(netns);
    wirePod(netns, node, address, index);
    for (const other of cluster.nodes.filter((candidate) => candidate.name !== node)) {
      const via = cluster.nodes.find((candidate) => candidate.name === node)?.address;
      runIn(other.name, [`ip route add ${address}/32 via ${via}`]);
    }
    agents.set(`pod/${namespace}/${name}`, new Agent(netns));
  }
  await startPrograms(snapshot, agents);
  return { agents, nodes, takeDown };
}

/** The range nodes and hosts outside share. */
function nodeNetwork({ nodes, outside }: ClusterSpec): { readonly length: number; readonly gateway: string } {
  const direct = outside.flatMap(({ routes }) => routes.flatMap(({ to, via }) => (via === 'direct' ? [to] : [])));
  const range = direct.find((candidate) => nodes.every(({ address }) => cidrContains(candidate, address)));
  if (range === undefined) throw new Error('this world has no network that all nodes and a host outside stand in');
  return { length: range.length, gateway: ipv4FromNumber(range.last - 1) };
}

/** A host on the switch. Its default route leads nowhere. */
function plugIn(namespace: string, address: string, { length, gateway }: ReturnType<typeof nodeNetwork>): void {
  run(['ip', 'link', 'add', namespace, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace]);
  run(['ip', 'link', 'set', namespace, 'master', lan, 'up']);
  runIn(namespace, [
    `ip address add ${address}/${length} dev eth0`,
    'ip link set eth0 up',
    `ip neighbour add ${gateway} lladdr ${nobodysMac} dev eth0 nud permanent`,
    `ip route add default via ${gateway}`,
    ...hostSettings.map(setting),
  ]);
}

/** A Pod on a wire of its own, with a route of its own. */
function wirePod(namespace: string, node: string, address: string, index: number): void {
  const wire = `veth${index}`;
  const mac = `02:00:00:01:${hexByte(index >> 8)}:${hexByte(index & 255)}`;
  run(['ip', '-n', node, 'link', 'add', wire, 'address', mac, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace]);
  runIn(node, [`ip link set ${wire} up`, `ip route add ${address}/32 dev ${wire}`]);
  runIn(namespace, [
    `ip address add ${address}/32 dev eth0`,
    'ip link set eth0 up',
    `ip neighbour add ${podGateway} lladdr ${mac} dev eth0 nud permanent`,
    `ip route add ${podGateway} dev eth0 scope link`,
    `ip route add default via ${podGateway} dev eth0`,
    ...hostSettings.map(setting),
  ]);
}

/** Starts what Pods listen on, and what the proxies' own processes do. */
async function startPrograms(snapshot: Snapshot, agents: ReadonlyMap<string, Agent>): Promise<void> {
  const { cluster, programs, store } = snapshot;
  for (const pod of store.list<Pod>('Pod')) {
    const { namespace = 'default', name } = pod.metadata;
    const address = pod.status.podIP;
    const agent = agents.get(`pod/${namespace}/${name}`);
    if (address === undefined || agent === undefined) continue;
    const greeting = `pod=${name} src=$SOURCE`;
    for (const { port, protocol } of programs.get(`${namespace}/${name}`)?.listen ?? []) {
      if (protocol !== 'SCTP') await agent.listen({ protocol, address, port, greeting });
    }
  }
  // A health check port is the process' own: kube-proxy binds it at every address of its node.
  for (const { name } of cluster.nodes) {
    for (const { port, http } of listRules(snapshot, name)?.listeners ?? []) {
      await agents.get(`node/${name}`)?.listen({ protocol: 'TCP', address: '0.0.0.0', port, greeting: `http ${http}` });
    }
  }
}

function setting(assignment: string): string {
  const [path, value] = assignment.split('=');
  return `echo ${value} > /proc/sys/${path}`;
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, '0');
}
