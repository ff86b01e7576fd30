import type { KubeObject } from '../../api/kube-object.ts';
import type { Pod } from '../../api/pod.ts';
import { takenHostPort } from '../../nodes/host-ports.ts';
import type { FindingRule } from './finding.ts';
import { podsWrittenBy } from './written-pods.ts';

/** A port of the node that somebody else has on every node there is: the Pod waits, and is nowhere. */
export const podHostPortTaken: FindingRule<KubeObject> = (object, snapshot) => {
  const written = podsWrittenBy(object, snapshot);
  const waiting = written?.pods.find(({ spec }) => spec.nodeName === undefined);
  if (written === undefined || waiting === undefined) return [];
  const placed = snapshot.store
    .list<Pod>('Pod')
    .filter(({ spec, status }) => spec.nodeName !== undefined && status.phase !== 'Succeeded' && status.phase !== 'Failed');
  const taken = takenHostPort(waiting, placed);
  if (taken === undefined) return [];
  const { wanted, holder } = taken;
  const asked = wanted.path.replace(/\.\w+$/, '');
  return [
    {
      code: 'pod-host-port-taken',
      message: `Pod ${waiting.metadata.name} waits for a node whose ${wanted.protocol} port ${wanted.port} is free; ${holder.metadata.name} has one.`,
      args: { name: waiting.metadata.name, port: wanted.port, protocol: wanted.protocol, holder: holder.metadata.name },
      path: `${written.path}.${wanted.path}`,
      defaultedFrom: `${written.path}.${asked}.containerPort`,
    },
  ];
};
