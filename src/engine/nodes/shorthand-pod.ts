import type { ClusterSpec, PodSpecShorthand } from '../api/cluster-spec.ts';
import type { Pod } from '../api/pod.ts';
import { EngineBug } from '../diagnostics/engine-bug.ts';
import { podStatus } from './pod-status.ts';

/** Long enough that a Pod which is terminating from the start is still there when anybody looks. */
const longGracePeriod = 3000;
const defaultGracePeriod = 30;

/**
 * The Pod that a line of a world file stands for: one container `app`, on its node, with its address, as if it had been running for long.
 */
export function podFromShorthand(shorthand: PodSpecShorthand, cluster: ClusterSpec, time: number): Pod {
  const node = cluster.nodes.find((each) => each.name === shorthand.node);
  if (node === undefined) throw new EngineBug(`pod ${shorthand.name} stands on ${shorthand.node}, which the world does not have`);
  const { name, namespace, labels, hostname, subdomain, hostNetwork, terminating, ready, phase, ports, image } = shorthand;
  const grace = terminating ? longGracePeriod : defaultGracePeriod;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels,
      creationTime: time,
      ...(terminating ? { deletionTime: time + grace * 1000 } : {}),
    },
    spec: {
      nodeName: node.name,
      ...(hostNetwork ? { hostNetwork } : {}),
      ...(hostname === undefined ? {} : { hostname }),
      ...(subdomain === undefined ? {} : { subdomain }),
      containers: [
        {
          name: 'app',
          image,
          ...(ports.length === 0 ? {} : { ports: hostNetwork ? ports.map(onHost) : ports }),
          // It still answers, because it takes its time to stop.
          ...(terminating ? { lifecycle: { preStop: { sleep: { seconds: grace } } } } : {}),
        },
      ],
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: grace,
    },
    status: podStatus({
      phase,
      containers: [{ name: 'app', image, ready, started: true }],
      gatesOpen: true,
      hostIP: node.address,
      podIP: hostNetwork ? node.address : shorthand.ip,
      startTime: time,
    }),
  };
}

/** The API server fills in the host's port: there is only one network. */
function onHost(port: PodSpecShorthand['ports'][number]) {
  return { ...port, hostPort: port.containerPort };
}
