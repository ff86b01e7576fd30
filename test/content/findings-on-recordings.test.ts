import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ClusterSpec, type DiagnosticCode, parseClusterFile, simulate } from '#engine';
import { readRecordings, type ScenarioRecord } from '../conformance/recordings.ts';

/**
 * What is found in the recorded cluster states, by `kind/name`. A state that is not here is sound: nothing may be found in it. Load balancers
 * are left out: the recordings write a Service's status, which `kubectl apply` does not.
 */
const expected: Readonly<Record<string, Readonly<Record<string, readonly DiagnosticCode[]>>>> = {
  'affinity-local-policy': { 'Service/web': ['service-local-policy-without-local-pods'] },
  'course-exercise-1-payment': { 'Service/payment-here': ['service-pods-in-other-namespace'] },
  'course-exercise-2-fallback': { 'Service/shop-api-v1-1': ['service-endpoints-not-ready'] },
  'course-my-pod-as-written': { 'Service/my-service': ['service-selector-matches-no-pods'] },
  'course-my-pod-labelled-wrong-port': { 'Service/my-service': ['service-target-port-not-listened'] },
  'course-network-policy-without-plugin': { 'NetworkPolicy/db-only-web': ['network-policy-not-enforced'] },
  'course-orders-one-label': { 'Service/orders': ['service-target-port-not-listened-in-some'] },
  'course-orders-two-labels': { 'Service/orders-no-target': ['service-target-port-not-listened'] },
  'course-selector-typo-my-ap': { 'Service/my-service': ['service-selector-matches-no-pods'] },
  'dist-topology-mode-auto': { 'Service/few': ['service-topology-mode-without-hints'] },
  'dns-does-not-look-at-readiness': {
    'Service/web': ['service-endpoints-not-ready'],
    'Service/web-headless': ['service-headless-endpoints-not-ready', 'service-headless-port-not-translated'],
    'Service/web-lb': ['service-endpoints-not-ready'],
    'Service/web-np': ['service-endpoints-not-ready'],
  },
  'ext-local-and-source-ranges': { 'Service/web': ['service-local-policy-without-local-pods'] },
  'ext-local-health-check-node-port': { 'Service/web': ['service-local-policy-without-local-pods'] },
  'ext-local-lb-address-no-local': { 'Service/web': ['service-local-policy-without-local-pods'] },
  'ext-local-lb-address': { 'Service/web': ['service-local-policy-without-local-pods'] },
  'ext-local-no-endpoints-at-all': { 'Service/web': ['service-endpoints-not-ready'] },
  'ext-local-source-ip-kept': { 'Service/web': ['service-local-policy-without-local-pods'] },
  'externalip-local-policy-no-local': { 'Service/web': ['service-local-policy-without-local-pods'] },
  'externalip-local-policy': { 'Service/web': ['service-local-policy-without-local-pods'] },
  'externalip-no-endpoints': { 'Service/web': ['service-selector-matches-no-pods'] },
  'externalname-chain-and-headless': { 'Service/lost': ['service-external-name-not-found'] },
  'externalname-with-ports-and-selector': { 'Service/db': ['service-external-name-selector-ignored'] },
  'headless-named-target-port-differs': { 'Service/m': ['service-headless-port-not-translated'] },
  'headless-none-ready': { 'Service/db': ['service-headless-endpoints-not-ready'], 'Service/db-vip': ['service-endpoints-not-ready'] },
  'headless-port-is-not-translated': { 'Service/web': ['service-headless-port-not-translated'] },
  'headless-terminating': { 'Service/old': ['service-headless-endpoints-not-ready'] },
  'hostnetwork-nodeport': { 'Service/proxy-local': ['service-local-policy-without-local-pods'] },
  'int-local-no-endpoints-at-all': { 'Service/agent': ['service-endpoints-not-ready'] },
  'int-local-nodeport-cluster': { 'Service/agent': ['service-local-policy-without-local-pods'] },
  'int-local-terminating-fallback': { 'Service/agent': ['service-local-policy-without-local-pods'] },
  'int-local-with-and-without-endpoint': { 'Service/agent': ['service-local-policy-without-local-pods'] },
  'lb-no-endpoints': { 'Service/web': ['service-endpoints-not-ready'] },
  'lb-source-ranges-deny': { 'Service/web': ['service-source-ranges-leave-node-ports-open'] },
  'manual-conditions': { 'Service/off': ['service-endpoints-not-ready'] },
  'manual-no-slice': { 'Service/web': ['service-without-endpoints'] },
  'manual-node-name-and-local-policy': { 'Service/web': ['service-local-policy-without-local-pods'] },
  'manual-port-name-mismatch': {
    'EndpointSlice/empty-1': ['endpointslice-port-name-mismatch'],
    'EndpointSlice/extra-1': ['endpointslice-port-name-mismatch'],
    'EndpointSlice/named-1': ['endpointslice-port-name-mismatch'],
  },
  'manual-to-unreachable-address': { 'EndpointSlice/external-db-1': ['endpointslice-address-unknown'] },
  'nodeport-two-ports-one-without-listener': { 'Service/web': ['service-target-port-not-listened'] },
  'ports-multi-port-one-name-per-pod': {
    'Service/shop': ['service-target-port-name-missing-in-some', 'service-target-port-name-missing-in-some'],
  },
  'ports-multi-port-one-not-listened': { 'Service/web': ['service-target-port-not-listened-in-some'] },
  'ports-named-target-port-in-no-pod': { 'Service/web': ['service-target-port-name-unknown'] },
  'ports-named-target-port-missing-in-one-pod': { 'Service/web': ['service-target-port-name-missing-in-some'] },
  'ports-named-target-port-wrong-protocol': { 'Service/dns': ['service-target-port-name-unknown'] },
  'ports-nobody-listens-on-target': { 'Service/web': ['service-target-port-not-listened'] },
  'ready-no-pods-at-all': { 'Service/web': ['service-selector-matches-no-pods'] },
  'ready-pod-phases': { 'Service/web-early': ['service-publishes-not-ready-pods'] },
  'ready-pods-without-labels': { 'Service/web': ['service-selector-matches-no-pods'] },
  'ready-publish-not-ready-addresses': { 'Service/web': ['service-publishes-not-ready-pods'] },
  'ready-ready-but-crashed': { 'Service/web': ['service-target-port-not-listened-in-some'] },
  'ready-selector-typo': { 'Service/web': ['service-selector-matches-no-pods'] },
  'ready-terminating-and-not-ready-mixed': { 'Service/web-all': ['service-publishes-not-ready-pods'] },
  'scale-five-services': { 'Service/epsilon': ['service-selector-matches-no-pods'] },
  'sessions-udp-refused-and-local': {
    'Service/log': ['service-local-policy-without-local-pods'],
    'Service/mute': ['service-port-protocol-mismatch'],
    'Service/none': ['service-selector-matches-no-pods'],
  },
};

const library = { recorded: readFileSync('clusters/recorded.yaml', 'utf8') };

function worldOf({ id, pods }: ScenarioRecord): ClusterSpec {
  const { value } = parseClusterFile(JSON.stringify({ name: id, extends: ['recorded'], pods }), id, library);
  if (value === undefined) throw new Error(`${id}: its Pods are no world`);
  return value;
}

function found(record: ScenarioRecord): Readonly<Record<string, readonly string[]>> {
  const text = record.objects.map((object) => JSON.stringify(object)).join('\n');
  const { diagnostics } = simulate({ cluster: worldOf(record), files: [{ name: 'objects.json', text }], seed: 1 });
  const codes: Record<string, string[]> = {};
  for (const { code, severity, object } of diagnostics) {
    if (severity !== 'finding' || code === 'service-load-balancer-pending') continue;
    const name = `${object?.kind}/${object?.name}`;
    codes[name] = [...(codes[name] ?? []), code];
  }
  return codes;
}

const records = readRecordings('scenarios');

describe('findings in recorded cluster states', () => {
  it('are expected of states that are there', () => {
    const ids = records.map(({ id }) => id);
    expect(Object.keys(expected).filter((id) => !ids.includes(id))).toEqual([]);
    expect(records.length - Object.keys(expected).length).toBeGreaterThan(60);
  });

  it.each(records)('$id', (record) => {
    expect(found(record)).toEqual(expected[record.id] ?? {});
  });
});
