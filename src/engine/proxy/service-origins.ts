import type { FieldOrigin } from '../diagnostics/diagnostic.ts';
import type { Endpoint } from './endpoint.ts';
import type { ServicePort } from './service-port.ts';

/**
 * The Service fields each kind of rule was written for, the one that decided most first. Everything but the three that nearly every
 * Service needs is made when it is asked for.
 */
export class ServiceOrigins {
  readonly clusterIP: readonly FieldOrigin[];
  readonly #port: ServicePort;
  readonly #portPath: string;
  readonly #selected: readonly FieldOrigin[];
  readonly #target: readonly FieldOrigin[];

  constructor(port: ServicePort) {
    this.#port = port;
    this.#portPath = `spec.ports[${port.index}]`;
    this.#selected = this.#at('spec.selector');
    this.#target = this.#at(`${this.#portPath}.targetPort`, 'spec.selector');
    this.clusterIP = this.#at('spec.clusterIP', `${this.#portPath}.port`, `${this.#portPath}.protocol`);
  }

  get nodePort(): readonly FieldOrigin[] {
    return this.#at(`${this.#portPath}.nodePort`, 'spec.type');
  }

  get externalPolicy(): readonly FieldOrigin[] {
    return this.#at('spec.externalTrafficPolicy', 'spec.type');
  }

  get sourceRanges(): readonly FieldOrigin[] {
    return this.#at('spec.loadBalancerSourceRanges');
  }

  get healthCheck(): readonly FieldOrigin[] {
    return this.#at('spec.healthCheckNodePort', 'spec.externalTrafficPolicy');
  }

  get affinity(): readonly FieldOrigin[] {
    return this.#at('spec.sessionAffinity', 'spec.sessionAffinityConfig.clientIP.timeoutSeconds');
  }

  /** For a rule about one of the Service's other addresses, given by its field path. */
  address(path: string): readonly FieldOrigin[] {
    return this.#at(path, `${this.#portPath}.port`);
  }

  /** Why this endpoint belongs to the Service: the selector, or the slice that somebody wrote by hand. */
  endpoint(endpoint: Endpoint): readonly FieldOrigin[] {
    return this.#port.hasSelector ? this.#selected : [endpoint.origin];
  }

  /** Why traffic goes to this address and port. */
  target(endpoint: Endpoint): readonly FieldOrigin[] {
    return this.#port.hasSelector ? this.#target : [endpoint.origin];
  }

  #at(...paths: readonly string[]): readonly FieldOrigin[] {
    return paths.map((path) => ({ object: this.#port.service, path }));
  }
}
