import { describe, expect, test } from 'vitest';
import { type ClusterEvent, observer } from '../api/cluster-event.ts';
import { samplePod, sampleService, storeOf } from '../api/sample-objects.ts';
import { kubectlRead } from './read.ts';

const store = storeOf(
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default', creationTime: 0 } },
  sampleService('web', { type: 'NodePort', ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web', nodePort: 30080 }] }),
  sampleService('api', { type: 'LoadBalancer', clusterIPs: ['10.96.0.21'] }),
  samplePod('web-1', { address: '10.244.1.2' }),
  samplePod('db-1', { app: 'db', address: '10.244.1.3', terminating: true }),
);

const unhealthy = {
  object: { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'web-1' },
  type: 'Warning',
  reason: 'Unhealthy',
} as const;
const events: readonly ClusterEvent[] = [
  { ...unhealthy, time: 10_000, message: 'Readiness probe failed: …', source: 'kubelet' },
  { ...unhealthy, time: 20_000, message: 'Readiness probe failed: …', source: 'kubelet' },
  { ...unhealthy, time: 20_000, message: 'Pod web-1 is not ready', source: observer },
];

function run(...argv: readonly string[]) {
  return kubectlRead({ store, time: 30_000, events }, argv);
}

function rows(...argv: readonly string[]): readonly string[] {
  return run(...argv)
    .stdout.trimEnd()
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, ' | '));
}

describe('get', () => {
  test('services, wide', () => {
    expect(rows('get', 'svc', '-o', 'wide')).toEqual([
      'NAME | TYPE | CLUSTER-IP | EXTERNAL-IP | PORT(S) | AGE | SELECTOR',
      'api | LoadBalancer | 10.96.0.21 | <pending> | 80/TCP | 0s | app=api',
      'web | NodePort | 10.96.0.20 | <none> | 80:30080/TCP | 0s | app=web',
    ]);
  });

  test.each([
    [['get', 'pods', '-l', 'app=db'], ['db-1']],
    [
      ['get', 'pods', '-l', 'app in (db, web)'],
      ['db-1', 'web-1'],
    ],
    [['get', 'pods', '-l', 'app!=db'], ['web-1']],
    [
      ['get', 'pods', '-lapp,!tier'],
      ['db-1', 'web-1'],
    ],
    [['get', 'pods', '--field-selector=metadata.name!=db-1'], ['web-1']],
    [['get', 'po', 'web-1'], ['web-1']],
    [
      ['get', 'pod/web-1', 'pod/db-1'],
      ['web-1', 'db-1'],
    ],
  ])('%j', (argv, names) => {
    expect(rows(...argv, '--no-headers').map((line) => line.split(' | ')[0])).toEqual(names);
  });

  test('several kinds are told apart by their names', () => {
    expect(rows('get', 'svc,pods', '--no-headers').map((line) => line.split(' | ')[0])).toEqual([
      'service/api',
      'service/web',
      '',
      'pod/db-1',
      'pod/web-1',
    ]);
  });

  test('-o name, and every namespace', () => {
    expect(run('get', 'pods', '-o', 'name').stdout).toBe('pod/db-1\npod/web-1\n');
    expect(rows('get', 'pods', '-A')[1]).toBe('default | db-1 | 0/1 | Terminating | 0 | 0s');
  });

  test('-o yaml is one object when one was named, and a List otherwise', () => {
    expect(run('get', 'ns', 'default', '-o', 'yaml').stdout).toBe(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  creationTimestamp: "2026-01-01T00:00:00Z"\n  name: default\n',
    );
    expect(run('get', 'ns', '-o', 'yaml').stdout).toMatch(
      /^apiVersion: v1\nitems:\n- apiVersion: v1\n[\s\S]*kind: List\nmetadata:\n {2}resourceVersion: ""\n$/,
    );
  });
});

test('events: equal ones are one row, and what no component records is left out', () => {
  expect(rows('get', 'events')).toEqual([
    'LAST SEEN | TYPE | REASON | OBJECT | MESSAGE',
    '10s | Warning | Unhealthy | pod/web-1 | Readiness probe failed: …',
  ]);
});

describe('what cannot be had', () => {
  test.each([
    [['get', 'svc', 'nope', 'web'], 1, 'Error from server (NotFound): services "nope" not found\n'],
    [['get', 'deploy', 'nope'], 1, 'Error from server (NotFound): deployments.apps "nope" not found\n'],
    [['get', 'jobs'], 0, 'No resources found in default namespace.\n'],
    [['get', 'jobs', '-A'], 0, 'No resources found\n'],
    [['get', 'widgets'], 1, 'error: the server doesn\'t have a resource type "widgets"\n'],
    [['get', 'pods', '-o', 'jsonpath={.items}'], 1, 'not modelled: kubectl get -o jsonpath={.items}. Try wide, yaml, json, name.\n'],
    [
      ['describe', 'pod', 'web-1'],
      1,
      'not modelled: kubectl describe pods. Try kubectl get pods -o yaml, or describe one of Service, EndpointSlice, Endpoints.\n',
    ],
  ])('%j', (argv, exitCode, stderr) => {
    expect(run(...argv)).toMatchObject({ exitCode, stderr });
  });
});

test('describe service: rows only where they apply, values in one column', () => {
  expect(run('describe', 'svc', 'web').stdout.split('\n').slice(0, 12)).toEqual([
    'Name:         web',
    'Namespace:    default',
    'Labels:       <none>',
    'Annotations:  <none>',
    'Selector:     app=web',
    'Type:         NodePort',
    'IP Families:  <none>',
    'IP:           10.96.0.20',
    'IPs:          10.96.0.20',
    'Port:         http  80/TCP',
    'TargetPort:   web/TCP',
    'NodePort:     http  30080/TCP',
  ]);
});
