import type { Pod } from '../api/pod.ts';
import type { Protocol } from '../api/protocol.ts';

/** A port of the node that a Pod's container takes for itself. */
export interface HostPort {
  readonly port: number;
  readonly protocol: Protocol;
  /** Where in the Pod's spec it is asked for. */
  readonly path: string;
}

/**
 * What a Pod takes of its node's ports; on the node's own network every declared port is one.
 *
 * Models: k8s.io/kubernetes pkg/scheduler/util GetHostPorts, v1.37, without `hostIP`: each takes its port on all addresses.
 */
export function hostPortsOf({ spec }: Pod): readonly HostPort[] {
  return spec.containers.flatMap(({ ports }, container) =>
    (ports ?? []).flatMap(({ hostPort, containerPort, protocol = 'TCP' }, index) => {
      const path = `containers[${container}].ports[${index}]`;
      if (hostPort !== undefined && hostPort > 0) return [{ port: hostPort, protocol, path: `${path}.hostPort` }];
      return spec.hostNetwork === true ? [{ port: containerPort, protocol, path: `${path}.containerPort` }] : [];
    }),
  );
}

/** The port of a Pod that one of the others has taken already; `undefined`: it can have all of its own. */
export function takenHostPort(pod: Pod, others: readonly Pod[]): { readonly wanted: HostPort; readonly holder: Pod } | undefined {
  for (const wanted of hostPortsOf(pod)) {
    const holder = others.find((other) =>
      hostPortsOf(other).some(({ port, protocol }) => port === wanted.port && protocol === wanted.protocol),
    );
    if (holder !== undefined) return { wanted, holder };
  }
  return undefined;
}
