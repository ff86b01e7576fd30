import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Endpoints } from '../api/endpoints.ts';
import type { Service } from '../api/service.ts';

/**
 * The Service by which Pods reach the API server. The API server makes it and its slice itself; no controller looks after them.
 *
 * Models: kube-apiserver pkg/controlplane/controller/kubernetesservice, v1.37.
 */
export function kubernetesService({ apiServer }: ClusterSpec): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' }, creationTime: 0 },
    spec: {
      type: 'ClusterIP',
      clusterIP: apiServer.clusterIP,
      clusterIPs: [apiServer.clusterIP],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
      ports: [{ name: 'https', protocol: 'TCP', port: apiServer.port, targetPort: apiServer.endpointPort }],
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  };
}

/** Where the API server listens; on the host network of the control plane, so no node has it. */
export function kubernetesSlice({ apiServer }: ClusterSpec): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' }, creationTime: 0 },
    addressType: 'IPv4',
    endpoints: [{ addresses: [apiServer.endpoint], conditions: { ready: true } }],
    ports: [{ name: 'https', protocol: 'TCP', port: apiServer.endpointPort }],
  };
}

/** The same in the deprecated API; mirroring leaves it alone. */
export function kubernetesEndpoints({ apiServer }: ClusterSpec): Endpoints {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' }, creationTime: 0 },
    subsets: [{ addresses: [{ ip: apiServer.endpoint }], ports: [{ name: 'https', port: apiServer.endpointPort, protocol: 'TCP' }] }],
  };
}
