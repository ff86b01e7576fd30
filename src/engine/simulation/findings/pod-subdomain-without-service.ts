import type { KubeObject } from '../../api/kube-object.ts';
import { type Labels, matchesLabels } from '../../api/label-selector.ts';
import type { Pod } from '../../api/pod.ts';
import type { Service } from '../../api/service.ts';
import type { PodTemplate, StatefulSet } from '../../api/workload.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Finding, FindingRule } from './finding.ts';

/**
 * Names of single Pods (`db-0.db`), which exist only below a Service of the subdomain's name that selects the Pod. Without one nobody ever
 * writes them into an EndpointSlice, and DNS knows nothing of them.
 */
export const podSubdomainWithoutService: FindingRule<KubeObject> = (object, snapshot) => {
  const { kind, metadata } = object;
  if (kind === 'StatefulSet') {
    const { serviceName = '', template } = (object as StatefulSet).spec;
    const labels = template.metadata?.labels;
    const found = missing(serviceName, metadata.namespace, labels, snapshot);
    return serviceName === '' || !found ? [] : [finding(`${metadata.name}-0`, serviceName, 'spec.serviceName')];
  }
  const isPod = kind === 'Pod';
  const template = isPod ? undefined : (object.spec as { readonly template?: PodTemplate }).template;
  const spec = isPod ? (object as Pod).spec : template?.spec;
  const { hostname = '', subdomain = '' } = spec ?? {};
  const labels = isPod ? metadata.labels : template?.metadata?.labels;
  if (hostname === '' || subdomain === '' || !missing(subdomain, metadata.namespace, labels, snapshot)) return [];
  return [finding(hostname, subdomain, isPod ? 'spec.subdomain' : 'spec.template.spec.subdomain')];
};

function missing(name: string, namespace: string | undefined, labels: Labels | undefined, { store }: Snapshot): boolean {
  const { selector = {} } = store.get<Service>('Service', namespace, name)?.spec ?? {};
  return Object.keys(selector).length === 0 || !matchesLabels(selector, labels);
}

function finding(hostname: string, service: string, path: string): Finding {
  return {
    code: 'pod-subdomain-without-service',
    message: `The name ${hostname}.${service} is nobody's: no Service ${service} selects these Pods.`,
    args: { hostname, service },
    path,
  };
}
