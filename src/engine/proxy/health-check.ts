import type { ListenSpec } from '../api/cluster-spec.ts';
import type { ServiceMap } from './service-map.ts';

/**
 * The health check node ports a node's proxy answers on: 200 when it has a ready endpoint of the Service, 503 otherwise. A load
 * balancer asks them to learn which nodes may be sent traffic of a Service with policy Local.
 *
 * Models: kube-proxy pkg/proxy/healthcheck/service_health.go, v1.37.
 */
export function healthCheckListeners(services: ServiceMap, node: string): readonly ListenSpec[] {
  const readyPorts = new Map<number, boolean>();
  for (const { port, endpoints } of services.ports) {
    if (port.healthCheckNodePort === 0) continue;
    const ready = endpoints.some((endpoint) => endpoint.ready && endpoint.node === node);
    readyPorts.set(port.healthCheckNodePort, ready || readyPorts.get(port.healthCheckNodePort) === true);
  }
  return [...readyPorts].map(([port, ready]) => ({ port, protocol: 'TCP', http: ready ? 200 : 503 }));
}
