import type { ClusterSpec, ListenSpec } from '../api/cluster-spec.ts';
import type { Pod } from '../api/pod.ts';

/** What runs inside a Pod; the API does not know it, so it is kept beside the store. */
export interface PodProgram {
  readonly listen: readonly ListenSpec[];
  /** `NAME=value` of the Services that were there when the containers started; absent for Pods that ran before the world began. */
  readonly environment?: readonly string[];
}

/**
 * What the containers of a Pod listen on: what the world says of their images, or, for an image it does not know, the ports they declare,
 * answering HTTP on TCP. A declared port changes nothing in Kubernetes; here it is the only hint there is.
 */
export function programListens(pod: Pod, images: ClusterSpec['images']): readonly ListenSpec[] {
  const sidecars = (pod.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...pod.spec.containers, ...sidecars].flatMap(({ image, ports }) => {
    const known = programOfImage(images, image);
    if (known !== undefined) return known.listen;
    return (ports ?? []).map(
      ({ containerPort, protocol = 'TCP' }): ListenSpec =>
        protocol === 'TCP' ? { port: containerPort, protocol, http: 200 } : { port: containerPort, protocol },
    );
  });
}

/** What an image's program listens on: the entry for the image as written, or for its name without tag and digest. */
export function programOfImage(images: ClusterSpec['images'], image: string) {
  const name = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  const key = [image, name].find((each) => Object.hasOwn(images, each));
  return key === undefined ? undefined : images[key];
}
