import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';
import { selectedPods } from './selected-pods.ts';

/** A Local policy, and nodes without a Pod: what arrives there from outside (or is sent from there) is dropped without an answer. */
export const serviceLocalPolicyWithoutLocalPods: FindingRule<Service> = (service, snapshot) => {
  const { metadata, spec } = service;
  const field =
    spec.externalTrafficPolicy === 'Local'
      ? 'externalTrafficPolicy'
      : spec.internalTrafficPolicy === 'Local'
        ? 'internalTrafficPolicy'
        : undefined;
  const pods = selectedPods(service, snapshot);
  if (field === undefined || pods.length === 0) return [];
  const served = new Set(pods.map((pod) => pod.spec.nodeName));
  const bare = snapshot.cluster.nodes.filter((node) => !served.has(node.name)).map((node) => node.name);
  if (bare.length === 0) return [];
  return [
    {
      code: 'service-local-policy-without-local-pods',
      message: `Service ${metadata.name} keeps traffic on the node it meets (${field}: Local), and no Pod of it runs on ${bare.join(', ')}.`,
      args: { name: metadata.name, field, nodes: bare.join(', ') },
      path: `spec.${field}`,
    },
  ];
};
