import type { KubeObject } from '../../api/kube-object.ts';
import { type ProbeKind, probedPort, probeOf } from '../../nodes/probe.ts';
import type { Finding, FindingRule } from './finding.ts';
import { listenersOf } from './listeners.ts';
import { podsWrittenBy } from './written-pods.ts';

const kinds: readonly ProbeKind[] = ['startupProbe', 'readinessProbe', 'livenessProbe'];

/** A probe that knocks where nobody listens: it never succeeds, so that the Pod is never ready, or is started again and again. */
export const podProbePortNotListened: FindingRule<KubeObject> = (object, snapshot) => {
  const written = podsWrittenBy(object, snapshot);
  const running = (written?.pods ?? []).filter(({ status }) => status.podIP !== undefined);
  if (written === undefined || running.length === 0) return [];
  return written.spec.containers.flatMap((container, index) =>
    kinds.flatMap((kind): readonly Finding[] => {
      const probe = probeOf(container, kind);
      const asked = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
      const port = probe === undefined ? undefined : probedPort(container, probe);
      const field = probe?.httpGet !== undefined ? 'httpGet' : probe?.tcpSocket !== undefined ? 'tcpSocket' : 'grpc';
      const isHeard = (number: number) =>
        running.some((pod) => listenersOf(pod, snapshot).some((one) => one.protocol === 'TCP' && one.port === number));
      if (asked === undefined || (port !== undefined && isHeard(port))) return [];
      const open = [...new Set(running.flatMap((pod) => listenersOf(pod, snapshot).map((one) => one.port)))].sort((a, b) => a - b);
      return [
        {
          code: 'pod-probe-port-not-listened',
          message: `The ${kind} of container ${container.name} asks port ${asked}, where nobody listens: it always fails.`,
          args: { name: object.metadata.name, container: container.name, probe: kind, port: asked, open: open.join(', ') },
          path: `${written.path}.containers[${index}].${kind}.${field}.port`,
        },
      ];
    }),
  );
};
