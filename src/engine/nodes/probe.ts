import type { ListenSpec } from '../api/cluster-spec.ts';
import type { Container } from '../api/pod.ts';

/** A container's probe as stored; absent numbers have the API's defaults. */
export interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port: number | string };
  readonly tcpSocket?: { readonly port: number | string };
  readonly grpc?: { readonly port: number };
  readonly exec?: object;
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly failureThreshold?: number;
  readonly successThreshold?: number;
}

export type ProbeKind = 'startupProbe' | 'readinessProbe' | 'livenessProbe';

export function probeOf(container: Container, kind: ProbeKind): Probe | undefined {
  // Admission has checked its shape.
  return container[kind] as Probe | undefined;
}

/**
 * Whether one probe of a container succeeds now. HTTP counts from 200 up to 399. What a command would say is not known: it succeeds.
 *
 * Models: pkg/kubelet/prober and pkg/probe, v1.37.
 *
 * @models partly Probes: httpGet, tcpSocket and grpc against what the program listens on; exec always succeeds; paths are not told apart
 */
export function probeSucceeds(container: Container, probe: Probe, listen: readonly ListenSpec[]): boolean {
  const { httpGet, tcpSocket, grpc } = probe;
  const port = probedPort(container, probe);
  if (httpGet === undefined && tcpSocket === undefined && grpc === undefined) return true;
  const listener = listen.find((each) => each.protocol === 'TCP' && each.port === port);
  if (listener === undefined) return false;
  return httpGet === undefined || (listener.http !== undefined && listener.http >= 200 && listener.http < 400);
}

/** The port a probe asks; `undefined` for a command, and for a name that the container does not have. */
export function probedPort(container: Container, { httpGet, tcpSocket, grpc }: Probe): number | undefined {
  const port = httpGet?.port ?? tcpSocket?.port ?? grpc?.port;
  if (typeof port === 'number' || port === undefined) return port;
  return container.ports?.find(({ name }) => name === port)?.containerPort;
}
