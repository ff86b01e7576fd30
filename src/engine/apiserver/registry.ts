import { endpointSliceStrategy } from './strategies/endpoint-slice.ts';
import { ingressStrategy } from './strategies/ingress.ts';
import { networkPolicyStrategy } from './strategies/network-policy.ts';
import { podStrategy } from './strategies/pod.ts';
import { serviceStrategy } from './strategies/service.ts';
import type { Strategy } from './strategy.ts';

const strategies: readonly Strategy[] = [endpointSliceStrategy, ingressStrategy, networkPolicyStrategy, podStrategy, serviceStrategy];

const byKind = new Map(strategies.map((strategy) => [strategy.kind, strategy]));

/** What the server knows about a kind; `undefined` for kinds that this engine does not admit. */
export function strategyOf(apiVersion: string, kind: string): Strategy | undefined {
  const strategy = byKind.get(kind);
  return strategy !== undefined && apiVersion === apiVersionOf(strategy) ? strategy : undefined;
}

function apiVersionOf({ group, version }: Strategy): string {
  return group === '' ? version : `${group}/${version}`;
}
