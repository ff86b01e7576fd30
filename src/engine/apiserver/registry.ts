import { endpointSliceStrategy } from './strategies/endpoint-slice.ts';
import { gatewayStrategies } from './strategies/gateway.ts';
import { ingressStrategy } from './strategies/ingress.ts';
import { networkPolicyStrategy } from './strategies/network-policy.ts';
import {
  configMapStrategy,
  endpointsStrategy,
  ingressClassStrategy,
  namespaceStrategy,
  nodeStrategy,
  secretStrategy,
  serviceAccountStrategy,
} from './strategies/plain-objects.ts';
import { podStrategy } from './strategies/pod.ts';
import { serviceStrategy } from './strategies/service.ts';
import {
  cronJobStrategy,
  daemonSetStrategy,
  deploymentStrategy,
  jobStrategy,
  replicaSetStrategy,
  statefulSetStrategy,
} from './strategies/workloads.ts';
import type { Strategy } from './strategy.ts';

/** Every kind the server knows, by name. */
const strategies: readonly Strategy[] = [
  configMapStrategy,
  cronJobStrategy,
  daemonSetStrategy,
  deploymentStrategy,
  endpointSliceStrategy,
  endpointsStrategy,
  ingressClassStrategy,
  ingressStrategy,
  jobStrategy,
  namespaceStrategy,
  networkPolicyStrategy,
  nodeStrategy,
  podStrategy,
  replicaSetStrategy,
  secretStrategy,
  serviceAccountStrategy,
  serviceStrategy,
  statefulSetStrategy,
];

const byKind = new Map(strategies.map((strategy) => [strategy.kind, strategy]));

const byInstalledKind = new Map(gatewayStrategies.map((strategy) => [strategy.kind, strategy as Strategy]));

/** What the server knows about a kind; `undefined` for kinds that this engine does not admit. `installed`: API versions beyond the built-in ones. */
export function strategyOf(apiVersion: string, kind: string, installed: readonly string[] = []): Strategy | undefined {
  const strategy = byKind.get(kind) ?? (installed.includes(apiVersion) ? byInstalledKind.get(kind) : undefined);
  return strategy !== undefined && apiVersion === apiVersionOf(strategy) ? strategy : undefined;
}

function apiVersionOf({ group, version }: Strategy): string {
  return group === '' ? version : `${group}/${version}`;
}
