import { describe, expect, it } from 'vitest';
import type { ClusterSpec } from '../../api/cluster-spec.ts';
import { sampleWorld } from '../../api/sample-world.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import { simulate } from '../simulate.ts';

const world: ClusterSpec = sampleWorld({ images: { nginx: { listen: [{ port: 80, protocol: 'TCP', http: 200 }] } } });

function findingsOf(...documents: readonly string[]) {
  const { diagnostics } = simulate({ cluster: world, files: [{ name: 'x.yaml', text: documents.join('\n---\n') }], seed: 1 });
  return diagnostics.map(({ code, object, path, span }) => [code, object?.name, path, span?.start.line]);
}

function pod(name: string, container: string, more = 'restartPolicy: Always'): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  ${more}
  containers:
  - name: c
    image: nginx
    ${container}`;
}

function workload(kind: string, spec: string, container: string): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata: {name: w}
spec:
  ${spec}
  selector: {matchLabels: {app: w}}
  template:
    metadata: {labels: {app: w}}
    spec:
      containers:
      - name: c
        image: nginx
        ${container}`;
}

const service = `apiVersion: v1
kind: Service
metadata: {name: w}
spec: {clusterIP: None, selector: {app: w}}`;

describe('findings about Pods', () => {
  it.each<[DiagnosticCode, string, string, number]>([
    [
      'pod-probe-port-not-listened',
      pod('p', 'readinessProbe: {httpGet: {port: 8080}}'),
      'spec.containers[0].readinessProbe.httpGet.port',
      9,
    ],
    [
      'pod-probe-port-not-listened',
      pod('p', 'livenessProbe: {tcpSocket: {port: web}}'),
      'spec.containers[0].livenessProbe.tcpSocket.port',
      9,
    ],
    [
      'pod-probe-port-not-listened',
      workload('Deployment', 'replicas: 1', 'startupProbe: {grpc: {port: 9000}}'),
      'spec.template.spec.containers[0].startupProbe.grpc.port',
      13,
    ],
    ['pod-subdomain-without-service', pod('p', 'tty: true', 'hostname: p\n  subdomain: w'), 'spec.subdomain', 6],
    ['pod-subdomain-without-service', workload('StatefulSet', 'serviceName: db', 'tty: true'), 'spec.serviceName', 5],
    [
      'pod-host-port-taken',
      workload('Deployment', 'replicas: 3', 'ports: [{containerPort: 80, hostPort: 8080}]'),
      'spec.template.spec.containers[0].ports[0].hostPort',
      13,
    ],
  ])('%s (row %#)', (code, text, path, line) => {
    expect(findingsOf(text)).toEqual([[code, text.includes('kind: Pod') ? 'p' : 'w', path, line]]);
  });

  it('see the port that the network of the node makes its own', () => {
    const text = workload('Deployment', 'replicas: 3', 'ports: [{containerPort: 80}]').replace(
      '    spec:\n      c',
      '    spec:\n      hostNetwork: true\n      c',
    );
    expect(findingsOf(text)).toEqual([['pod-host-port-taken', 'w', 'spec.template.spec.containers[0].ports[0].containerPort', 14]]);
  });

  it('are none where all is well', () => {
    expect(findingsOf(pod('p', 'readinessProbe: {httpGet: {port: 80}}'))).toEqual([]);
    expect(findingsOf(workload('StatefulSet', 'serviceName: w', 'tty: true'), service)).toEqual([]);
    expect(findingsOf(workload('Deployment', 'replicas: 2', 'ports: [{containerPort: 80, hostPort: 8080}]'))).toEqual([]);
    expect(
      findingsOf(
        pod('p', 'ports: [{containerPort: 80, hostPort: 53}]'),
        pod('q', 'ports: [{containerPort: 80, hostPort: 53, protocol: UDP}]'),
      ),
    ).toEqual([]);
  });
});
