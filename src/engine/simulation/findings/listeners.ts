import type { ListenSpec } from '../../api/cluster-spec.ts';
import type { Pod } from '../../api/pod.ts';
import { podKey } from '../../nodes/kubelet.ts';
import type { Snapshot } from '../snapshot.ts';

/** Where the program in a Pod listens. */
export function listenersOf(pod: Pod, { programs }: Snapshot): readonly ListenSpec[] {
  return programs.get(podKey(pod))?.listen ?? [];
}
