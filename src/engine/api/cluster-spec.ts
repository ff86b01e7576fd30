import type { Cidr } from './cidr.ts';
import type { IPv4 } from './ipv4.ts';
import type { KubeObject } from './kube-object.ts';
import type { Protocol } from './protocol.ts';

/**
 * A world: everything about a cluster that is not an API object a person applied. Parsed from a cluster file
 * (`clusters/*.yaml`) by `simulation/cluster-file.ts`. No address, range, zone or name of a cluster stands in engine code.
 */
export interface ClusterSpec {
  readonly name: string;
  readonly nodes: readonly NodeSpec[];
  /** Range of all Pod addresses; kube-proxy's local-traffic detector with `detectLocalMode: ClusterCIDR`. */
  readonly podCIDR: Cidr;
  readonly serviceCIDR: Cidr;
  readonly nodePortRange: { readonly first: number; readonly last: number };
  readonly dns: DnsSpec;
  readonly proxy: ProxySpec;
  readonly apiServer: { readonly clusterIP: IPv4; readonly port: number; readonly endpoint: IPv4; readonly endpointPort: number };
  readonly cni: { readonly kind: CniKind };
  readonly loadBalancer: LoadBalancerSpec;
  /** Outside sources each node's and cloud's firewall lets through to node ports; absent: everything passes. */
  readonly firewall?: FirewallSpec;
  readonly outside: readonly OutsideHostSpec[];
  /** API groups beyond the built-in ones that are installed, e.g. `gateway.networking.k8s.io/v1`. */
  readonly installedApis: readonly string[];
  /** Absent: Ingresses are stored, and nobody acts on them. */
  readonly ingressController?: L7ControllerSpec;
  /** The same for Gateways and HTTPRoutes. */
  readonly gatewayController?: L7ControllerSpec;
  /** What the program of an image listens on; a tag-less key matches every tag. */
  readonly images: Readonly<Record<string, ProgramSpec>>;
  /** Objects that are there before anybody applies anything (kube-dns, …), as manifests; admitted when the cluster boots. */
  readonly objects: readonly KubeObject[];
  /** Pods that run already, in the recordings' shorthand. */
  readonly pods: readonly PodSpecShorthand[];
  /** Whether Pods have one /32 route each and no bridge (`routed`), or hang on a bridge per node (`bridge`). */
  readonly podNetwork: 'routed' | 'bridge';
  /** Programs bind to every address of their Pod, as most do, or to the Pod's own address alone: not to 127.0.0.1. Absent: to every one. */
  readonly programsBind?: 'every-address' | 'pod-address';
}

/** An L7 proxy that acts on API objects: ingress-nginx, or an implementation of the Gateway API. */
export interface L7ControllerSpec {
  /** The controller that an IngressClass or GatewayClass names, e.g. `k8s.io/ingress-nginx`. */
  readonly controller: string;
  /** The Pods it runs in. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The Service in its namespace whose outside address it writes to the status of what it acts on. */
  readonly service?: string;
}

export type ProxyMode = 'iptables' | 'nftables' | 'ipvs' | 'userspace';
export type CniKind = 'routes' | 'flannel' | 'calico' | 'cilium' | 'weave';

export interface NodeSpec {
  readonly name: string;
  readonly address: IPv4;
  readonly podCIDR: Cidr;
  readonly zone?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Outside ranges whose packets the network hands to this node (a cloud's or MetalLB's announcement). */
  readonly attracts: readonly Cidr[];
}

export interface DnsSpec {
  readonly domain: string;
  readonly address: IPv4;
  /** Where the DNS server itself runs; absent: in the Pods behind the Service at `address`, without which no name is answered. */
  readonly server?: IPv4;
  /** Seconds. */
  readonly ttl: number;
  /** Names outside the cluster; `none`: no upstream, so they answer SERVFAIL. */
  readonly upstream: 'none' | Readonly<Record<string, IPv4>>;
}

export interface ProxySpec {
  readonly mode: ProxyMode;
  readonly scheduler: string;
  readonly masqueradeAll: boolean;
  readonly masqueradeBit: number;
  readonly nodePortAddresses: readonly Cidr[] | 'default';
  /** kube-proxy's tables leave comments out above this many endpoints (iptables mode). */
  readonly largeClusterEndpoints: number;
}

export interface LoadBalancerSpec {
  readonly kind: 'none' | 'cloud' | 'metallb';
  readonly pool: readonly Cidr[];
  /**
   * How a cloud's balancer hands on connections, and what it writes into a Service's status: `VIP` keeps its own address as destination, `Proxy`
   * connects to node ports. Absent: VIP.
   */
  readonly ipMode?: 'VIP' | 'Proxy';
  /** `Proxy`: the address it connects to nodes from; absent: it keeps the client's. */
  readonly address?: IPv4;
  /** How long a node that does not answer any more is still sent connections: seconds between checks, and failures in a row. */
  readonly healthCheck?: { readonly periodSeconds: number; readonly failureThreshold: number };
}

export interface FirewallSpec {
  readonly allow: readonly { readonly from: Cidr; readonly protocol: Protocol; readonly first: number; readonly last: number }[];
}

export interface OutsideHostSpec {
  readonly name: string;
  readonly address: IPv4;
  /** DNS names this host answers to in the outside world. */
  readonly names: readonly string[];
  readonly listen: readonly ListenSpec[];
  /** Ranges this host can send to, and the node that takes them; `direct`: it stands in the nodes' network. */
  readonly routes: readonly { readonly to: Cidr; readonly via: 'direct' | string }[];
}

/** `8080/tcp`, parsed. `http`: the status the program answers a request with; absent: it speaks no HTTP. `tls`: only over TLS. */
export interface ListenSpec {
  readonly port: number;
  readonly protocol: Protocol;
  readonly http?: number;
  readonly tls?: true;
}

export interface ProgramSpec {
  readonly listen: readonly ListenSpec[];
}

/** A Pod in the recordings' shorthand (`shared conformance README`): see defaults there. */
export interface PodSpecShorthand {
  readonly name: string;
  readonly namespace: string;
  readonly node: string;
  /** Absent with `hostNetwork`: the node's address. */
  readonly ip?: IPv4;
  readonly labels: Readonly<Record<string, string>>;
  readonly ready: boolean;
  readonly phase: 'Running' | 'Pending' | 'Succeeded' | 'Failed';
  readonly terminating: boolean;
  readonly hostNetwork: boolean;
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly ports: readonly { readonly name?: string; readonly containerPort: number; readonly protocol: Protocol }[];
  readonly listen: readonly ListenSpec[];
  readonly image: string;
}
