import type { FieldOrigin } from '../diagnostics/diagnostic.ts';
import type { Endpoint } from './endpoint.ts';
import type { ServicePort } from './service-port.ts';

/**
 * The Service fields each kind of rule was written for, the one that decided most first. Everything but the two that every
 * rule of an endpoint shares is made when it is asked for: most Services need little of it.
 */
export interface ServiceOrigins {
  readonly clusterIP: readonly FieldOrigin[];
  readonly nodePort: () => readonly FieldOrigin[];
  readonly externalPolicy: () => readonly FieldOrigin[];
  readonly sourceRanges: () => readonly FieldOrigin[];
  readonly healthCheck: () => readonly FieldOrigin[];
  readonly affinity: () => readonly FieldOrigin[];
  /** For a rule about one of the Service's other addresses, given by its field path. */
  readonly address: (path: string) => readonly FieldOrigin[];
  /** Why this endpoint belongs to the Service: the selector, or the slice that somebody wrote by hand. */
  readonly endpoint: (endpoint: Endpoint) => readonly FieldOrigin[];
  /** Why traffic goes to this address and port. */
  readonly target: (endpoint: Endpoint) => readonly FieldOrigin[];
}

export function serviceOrigins(port: ServicePort): ServiceOrigins {
  const at = (...paths: readonly string[]): readonly FieldOrigin[] => paths.map((path) => ({ object: port.service, path }));
  const portPath = `spec.ports[${port.index}]`;
  const selected = at('spec.selector');
  const selectedTarget = at(`${portPath}.targetPort`, 'spec.selector');
  return {
    clusterIP: at('spec.clusterIP', `${portPath}.port`, `${portPath}.protocol`),
    nodePort: () => at(`${portPath}.nodePort`, 'spec.type'),
    externalPolicy: () => at('spec.externalTrafficPolicy', 'spec.type'),
    sourceRanges: () => at('spec.loadBalancerSourceRanges'),
    healthCheck: () => at('spec.healthCheckNodePort', 'spec.externalTrafficPolicy'),
    affinity: () => at('spec.sessionAffinity', 'spec.sessionAffinityConfig.clientIP.timeoutSeconds'),
    address: (path) => at(path, `${portPath}.port`),
    endpoint: (endpoint) => (port.hasSelector ? selected : [endpoint.origin]),
    target: (endpoint) => (port.hasSelector ? selectedTarget : [endpoint.origin]),
  };
}
