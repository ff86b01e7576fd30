import type { SliceEndpoint } from '../../api/endpoint-slice.ts';
import type { Service } from '../../api/service.ts';
import type { Finding, FindingRule } from './finding.ts';
import { isReady, slicesOf } from './service-slices.ts';

const modeAnnotations = ['service.kubernetes.io/topology-aware-hints', 'service.kubernetes.io/topology-mode'] as const;

/**
 * Traffic that is asked to stay near and does not, because hints are missing: kube-proxy heeds them only where every ready endpoint has one. A
 * zone or node without endpoints is no finding: going elsewhere is what "prefer" means.
 */
export const serviceTopologyHints: FindingRule<Service> = (service, snapshot) => {
  const endpoints = slicesOf(service, snapshot).flatMap((slice) => (slice.endpoints ?? []).filter(isReady));
  const annotation = modeAnnotations.find((key) => /^[Aa]uto$/.test(service.metadata.annotations?.[key] ?? ''));
  if (endpoints.length === 0) return [];
  return annotation === undefined ? ofField(service, endpoints) : ofAnnotation(service, annotation, endpoints);
};

function ofField({ metadata, spec }: Service, endpoints: readonly SliceEndpoint[]): readonly Finding[] {
  const preference = spec.trafficDistribution;
  if (preference !== 'PreferSameZone' && preference !== 'PreferClose') return [];
  const without = endpoints.filter(({ hints }) => (hints?.forZones ?? []).length === 0);
  if (without.length === 0) return [];
  const nodes = [...new Set(without.flatMap(({ nodeName }) => nodeName ?? []))].sort();
  return [
    {
      code: 'service-traffic-distribution-without-hints',
      message: `Service ${metadata.name} prefers the zone of the sender, and ${without.length} of its ${endpoints.length} ready endpoints have no hint: traffic goes everywhere.`,
      args: { name: metadata.name, preference, count: endpoints.length, without: without.length, nodes: nodes.join(', ') },
      path: 'spec.trafficDistribution',
    },
  ];
}

/** The annotation wins over the field, and is given up as a whole where zones cannot get fair shares. */
function ofAnnotation({ metadata, spec }: Service, annotation: string, endpoints: readonly SliceEndpoint[]): readonly Finding[] {
  const path = `metadata.annotations[${annotation}]`;
  const given: Finding[] = [];
  if (spec.trafficDistribution !== undefined) {
    given.push({
      code: 'service-traffic-distribution-overridden',
      message: `Service ${metadata.name} asks for ${spec.trafficDistribution}, and its annotation ${annotation} wins over that.`,
      args: { name: metadata.name, preference: spec.trafficDistribution, annotation },
      path: 'spec.trafficDistribution',
    });
  }
  if (endpoints.every(({ hints }) => (hints?.forZones ?? []).length === 0)) {
    given.push({
      code: 'service-topology-mode-without-hints',
      message: `Service ${metadata.name} asks for topology aware routing, and its ${endpoints.length} ready endpoints cannot be shared out fairly: none has a hint.`,
      args: { name: metadata.name, annotation, count: endpoints.length },
      path,
    });
  }
  return given;
}
