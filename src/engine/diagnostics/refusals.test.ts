import { describe, expect, it } from 'vitest';
import { diagnosticCodes } from './codes.ts';
import { explainCause, explainFailure, explainWarning } from './refusals.ts';

describe('explainCause', () => {
  it.each([
    [
      'spec.ports[0].nodePort',
      'Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
      'service-node-port-out-of-range',
      { value: '80', first: '30000', last: '32767' },
    ],
    ['spec.ports[0].nodePort', "Forbidden: may not be used when `type` is 'ClusterIP'", 'service-node-port-not-allowed', {}],
    [
      'spec.ports[0].protocol',
      'Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
      'service-port-protocol-unsupported',
      { value: 'HTTP', supported: '"SCTP", "TCP", "UDP"' },
    ],
    [
      'spec.clusterIPs[0]',
      'Invalid value: ["10.96.0.111"]: may not change once set',
      'service-cluster-ip-immutable',
      { value: '10.96.0.111' },
    ],
    [
      'spec.clusterIPs',
      'Invalid value: ["10.96.0.10"]: failed to allocate IP 10.96.0.10: provided IP is already allocated',
      'service-cluster-ip-taken',
      { value: '10.96.0.10' },
    ],
    [
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
      'Invalid value: 86401: must be greater than 0 and less than 86400',
      'service-session-affinity-timeout-out-of-range',
      { value: '86401' },
    ],
    [
      'spec.ports[1]',
      'Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
      'service-port-duplicate',
      { value: '80', protocol: 'TCP' },
    ],
    ['metadata.name', 'Invalid value: "web.shop": must not contain dots', 'service-name-invalid', { value: 'web.shop' }],
  ])('%s: %s', (field, message, code, args) => {
    expect(explainCause('Service', field, message)).toEqual({ code, args: { field, ...args } });
  });

  it('takes the affinity that is not there for a mistake of its settings', () => {
    const field = 'spec.sessionAffinityConfig';
    expect(explainCause('Service', field, 'Forbidden: must not be set when session affinity is None')?.code).toBe(
      'service-session-affinity-config-invalid',
    );
  });

  it('explains other kinds by what kind of error it is', () => {
    expect(explainCause('Job', 'spec.template.spec.restartPolicy', 'Required value: valid values: "OnFailure", "Never"')?.code).toBe(
      'field-required',
    );
    expect(explainCause('Deployment', 'spec.selector', 'Invalid value: {}: field is immutable')?.code).toBe('field-immutable');
    expect(explainCause('Namespace', 'metadata.name', 'Invalid value: "Shop": a lowercase RFC 1123 label …')?.code).toBe(
      'object-name-invalid',
    );
  });

  it('knows nothing of a message of no known shape', () => {
    expect(explainCause('Service', 'spec.ports', 'What is this?')).toBeUndefined();
  });
});

describe('explainFailure', () => {
  it('reads refusals that name no field', () => {
    expect(explainFailure('namespaces "shop" not found')).toEqual({ code: 'object-namespace-not-found', args: { value: 'shop' } });
    expect(explainFailure('Internal error occurred: failed to allocate a nodePort: range is full')?.code).toBe(
      'service-node-ports-exhausted',
    );
    expect(explainFailure('something else')).toBeUndefined();
  });
});

describe('explainWarning', () => {
  it('reads warnings', () => {
    expect(explainWarning('spec.SessionAffinity is ignored for headless services')).toEqual({
      code: 'service-headless-field-ignored',
      args: { field: 'spec.SessionAffinity' },
    });
    expect(explainWarning('v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice')?.code).toBe(
      'endpoints-deprecated',
    );
  });
});

it('lists every code once and in order', () => {
  expect([...diagnosticCodes].sort()).toEqual([...new Set(diagnosticCodes)]);
});
