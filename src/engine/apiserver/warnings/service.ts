import { goQuote } from '../../api/go-text.ts';
import { isHeadless, type ServiceDraft } from '../service-draft.ts';
import { cidrWarnings, ipWarnings } from './ip.ts';

const topologyHints = 'service.kubernetes.io/topology-aware-hints';

/**
 * What the server says about a Service that it accepts.
 *
 * Models: pkg/api/service/warnings.go GetWarningsForService, v1.37.
 */
export function serviceWarnings({ metadata, spec }: ServiceDraft): readonly string[] {
  const warnings: string[] = [];
  if (metadata.annotations?.[topologyHints] !== undefined) {
    warnings.push(`annotation ${topologyHints} is deprecated, please use service.kubernetes.io/topology-mode instead`);
  }
  const headless = isHeadless(spec);
  if (!headless) for (const [i, ip] of (spec.clusterIPs ?? []).entries()) warnings.push(...ipWarnings(`spec.clusterIPs[${i}]`, ip));
  const externalIPs = spec.externalIPs ?? [];
  if (headless) {
    if (spec.loadBalancerIP !== undefined) warnings.push('spec.loadBalancerIP is ignored for headless services');
    if (externalIPs.length > 0) warnings.push('spec.externalIPs is ignored for headless services');
    if (spec.sessionAffinity !== 'None') warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  for (const [i, ip] of externalIPs.entries()) warnings.push(...ipWarnings(`spec.externalIPs[${i}]`, ip));
  if (externalIPs.length > 0 && !headless && spec.type !== 'ExternalName') {
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  }
  if (spec.loadBalancerIP !== undefined) warnings.push(...ipWarnings('spec.loadBalancerIP', spec.loadBalancerIP));
  for (const [i, range] of (spec.loadBalancerSourceRanges ?? []).entries()) {
    warnings.push(...cidrWarnings(`spec.loadBalancerSourceRanges[${i}]`, range));
  }
  if (spec.type === 'ExternalName' && externalIPs.length > 0) warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (spec.type !== 'ExternalName' && spec.externalName !== undefined) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (spec.trafficDistribution === 'PreferClose') {
    warnings.push(`spec.trafficDistribution: ${goQuote('PreferClose')} is deprecated; use ${goQuote('PreferSameZone')}`);
  }
  return warnings;
}
