import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../api/json.ts';
import { emptyStore } from '../api/object-store.ts';
import { explainCause, explainFailure, explainWarning } from '../diagnostics/refusals.ts';
import type { AdmissionResult } from './admission.ts';
import { cluster, create, pod, service, storeWith, update } from './example-requests.ts';

/** The pages for everything the server says, each once, in order. */
function codes(result: AdmissionResult, kind = 'Service'): readonly (string | undefined)[] {
  const warned = result.warnings.map((text) => explainWarning(text)?.code);
  if (result.ok) return [...new Set(warned)];
  const { causes, message, code } = result.failure;
  const refused =
    code === 422 ? causes.map((cause) => explainCause(kind, cause.field, cause.message)?.code) : [explainFailure(message)?.code];
  return [...new Set([...refused, ...warned])];
}

const port = (fields: JsonObject): JsonObject => service({ ports: [{ port: 80, ...fields }] });
const nodePort = (spec: JsonObject): JsonObject => service({ type: 'NodePort', ...spec });
const balancer = (spec: JsonObject): JsonObject => service({ type: 'LoadBalancer', ...spec });
const outside = (spec: JsonObject): JsonObject => service({ type: 'ExternalName', externalName: 'db.example.com', ...spec });
const affinity = (timeoutSeconds: number): JsonObject =>
  service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds } } });

describe('every refusal of a Service has its own page', () => {
  it.each([
    ['service-name-invalid', service({}, { name: 'web.v1' })],
    ['object-name-required', service({}, { name: '' })],
    ['object-label-invalid', service({}, { labels: { app: 'my app' } })],
    ['object-annotation-invalid', service({}, { annotations: { 'bad key': '' } })],
    ['service-type-unsupported', service({ type: 'Nodeport' })],
    ['service-ports-required', service({ ports: [] })],
    ['service-port-name-required', service({ ports: [{ port: 80 }, { port: 81, name: 'b' }] })],
    [
      'service-port-name-duplicate',
      service({
        ports: [
          { port: 80, name: 'a' },
          { port: 81, name: 'a' },
        ],
      }),
    ],
    ['service-port-name-invalid', port({ name: 'HTTP' })],
    ['service-port-out-of-range', port({ port: 65536, targetPort: 80 })],
    ['service-port-protocol-unsupported', port({ protocol: 'tcp' })],
    [
      'service-port-duplicate',
      service({
        ports: [
          { port: 80, name: 'a' },
          { port: 80, name: 'b' },
        ],
      }),
    ],
    ['service-target-port-out-of-range', port({ targetPort: 70000 })],
    ['service-target-port-name-invalid', port({ targetPort: 'HTTP' })],
    ['service-app-protocol-invalid', port({ appProtocol: 'HTTP 2' })],
    ['service-selector-invalid', service({ selector: { app: 'my app' } })],
    ['service-node-port-out-of-range', nodePort({ ports: [{ port: 80, nodePort: 80 }] })],
    [
      'service-node-port-taken',
      nodePort({
        ports: [
          { port: 80, name: 'a', nodePort: 30080 },
          { port: 81, name: 'b', nodePort: 30080 },
        ],
      }),
    ],
    ['service-node-port-not-allowed', port({ nodePort: 30080 })],
    ['service-headless-type-not-allowed', nodePort({ clusterIP: 'None' })],
    ['service-external-name-field-not-allowed', outside({ clusterIP: '10.96.0.50' })],
    ['service-cluster-ip-taken', service({ clusterIP: '10.96.0.1' })],
    ['service-cluster-ip-out-of-range', service({ clusterIP: '10.0.0.1' })],
    ['service-cluster-ip-invalid', service({ clusterIP: '10.96.0.256' })],
    ['service-cluster-ips-mismatch', service({ clusterIPs: ['10.96.0.50'] })],
    ['service-dual-stack-unavailable', service({ ipFamilyPolicy: 'RequireDualStack' })],
    ['service-ip-family-invalid', service({ ipFamilies: ['IPv5'] })],
    ['service-session-affinity-unsupported', service({ sessionAffinity: 'Cookie' })],
    ['service-session-affinity-timeout-out-of-range', affinity(86401)],
    ['service-external-name-required', outside({ externalName: '' })],
    ['service-external-name-invalid', outside({ externalName: 'http://db' })],
    ['service-external-ip-invalid', service({ externalIPs: ['127.0.0.1'] })],
    ['service-source-ranges-not-allowed', service({ loadBalancerSourceRanges: ['10.0.0.0/8'] })],
    ['service-source-range-invalid', balancer({ loadBalancerSourceRanges: ['10.0.0.0'] })],
    ['service-load-balancer-field-not-allowed', service({ loadBalancerClass: 'a/b' })],
    ['service-load-balancer-class-invalid', balancer({ loadBalancerClass: 'a b' })],
    ['service-external-traffic-policy-not-allowed', service({ externalTrafficPolicy: 'Local' })],
    ['service-traffic-policy-unsupported', service({ internalTrafficPolicy: 'Node' })],
    ['service-traffic-distribution-unsupported', service({ trafficDistribution: 'Near' })],
    ['service-health-check-node-port-not-allowed', service({ healthCheckNodePort: 32000 })],
    ['service-health-check-node-port-unavailable', balancer({ externalTrafficPolicy: 'Local', healthCheckNodePort: 80 })],
  ])('%s', (code, object) => {
    expect(codes(create(object))).toEqual([code]);
  });

  it('when two ports share one number and only one names its node port', () => {
    const twice = nodePort({
      ports: [
        { port: 80, name: 'a', nodePort: 30080 },
        { port: 80, name: 'b' },
      ],
    });
    expect(codes(create(twice))).toEqual(['service-node-port-duplicate', 'service-port-duplicate']);
  });

  it('when the ranges are used up', () => {
    const [first, last] = [30000, 30000];
    const small = { ...cluster, nodePortRange: { first, last } };
    expect(
      codes(
        create(
          nodePort({
            ports: [
              { port: 80, name: 'a' },
              { port: 81, name: 'b' },
            ],
          }),
          emptyStore(),
          small,
        ),
      ),
    ).toEqual(['service-node-ports-exhausted']);
    const narrow = { ...cluster, serviceCIDR: { ...cluster.serviceCIDR, last: cluster.serviceCIDR.first + 2 } };
    expect(codes(create(service(), emptyStore(), narrow))).toEqual(['service-cluster-ips-exhausted']);
  });

  it.each([
    ['service-cluster-ip-immutable', service({ clusterIP: '10.96.0.50' }), service({ clusterIP: '10.96.0.51' })],
    ['service-load-balancer-class-immutable', balancer({ loadBalancerClass: 'a/b' }), balancer({ loadBalancerClass: 'a/c' })],
    [
      'service-health-check-node-port-immutable',
      balancer({ externalTrafficPolicy: 'Local', healthCheckNodePort: 32000 }),
      balancer({ externalTrafficPolicy: 'Local', healthCheckNodePort: 32001 }),
    ],
  ])('%s', (code, before, after) => {
    expect(codes(update(before, after))).toEqual([code]);
  });

  it.each([
    ['service-topology-annotation-deprecated', service({}, { annotations: { 'service.kubernetes.io/topology-aware-hints': 'Auto' } })],
    ['service-headless-field-ignored', service({ clusterIP: 'None', sessionAffinity: 'ClientIP' })],
    ['service-external-ips-deprecated', service({ externalIPs: ['198.51.100.7'] })],
    ['service-field-ignored-for-type', service({ externalName: 'db.example.com' })],
    ['service-traffic-distribution-deprecated', service({ trafficDistribution: 'PreferClose' })],
    ['address-not-canonical', service({ externalIPs: ['2001:db8:0::1'] })],
  ])('%s warns', (code, object) => {
    expect(codes(create(object))).toContain(code);
  });
});

describe('what other kinds hear', () => {
  const slice = (fields: JsonObject): JsonObject => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'a' },
    addressType: 'IPv4',
    ...fields,
  });
  const ingress: JsonObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'a', annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  };

  it.each([
    ['object-name-invalid', pod(), { metadata: { name: 'Web' } }],
    ['field-required', pod({ containers: [] }), {}],
    ['field-invalid', pod({ containers: [{ name: 'A', image: 'i' }] }), {}],
    ['field-too-long', pod({ hostnameOverride: 'a'.repeat(65) }), {}],
    ['field-forbidden', pod({ hostNetwork: true, hostnameOverride: 'a' }), {}],
    [
      'field-duplicate',
      pod({
        containers: [
          { name: 'a', image: 'i' },
          { name: 'a', image: 'i' },
        ],
      }),
      {},
    ],
    ['field-unsupported-value', pod({ restartPolicy: 'always' }), {}],
  ])('%s', (code, object, over) => {
    expect(codes(create({ ...object, ...over }), 'Pod')).toEqual([code]);
  });

  it('of lists that are too long, and of what is going out of use', () => {
    const addresses = Array.from({ length: 101 }, (_, i) => `10.0.1.${i}`);
    expect(codes(create(slice({ endpoints: [{ addresses }] })), 'EndpointSlice')).toEqual(['endpointslice-too-many']);
    expect(codes(create(slice({ addressType: 'FQDN' })))).toEqual(['endpointslice-fqdn-deprecated']);
    expect(codes(create(ingress))).toEqual(['ingress-class-annotation-deprecated']);
    expect(codes(create({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'a' } }))).toEqual(['endpoints-deprecated']);
  });

  it('of objects that are there, or of namespaces that are not', () => {
    const job = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    expect(codes(create(job, storeWith(job)))).toEqual(['object-already-exists']);
    expect(codes(create({ ...job, metadata: { name: 'a', namespace: 'shop' } }, emptyStore(), cluster, 'shop'))).toEqual([
      'object-namespace-not-found',
    ]);
  });
});
