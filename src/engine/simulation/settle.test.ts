import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../api/kube-object.ts';
import type { Pod } from '../api/pod.ts';
import { sampleNode, samplePod, sampleService, storeOf } from '../api/sample-objects.ts';
import { sampleWorld } from '../api/sample-world.ts';
import type { Service } from '../api/service.ts';
import type { Deployment, PodTemplate, ReplicaSet, StatefulSet } from '../api/workload.ts';
import { settle } from './settle.ts';
import type { Snapshot } from './snapshot.ts';
import { noSources } from './source-map.ts';

function snapshot(cluster: Snapshot['cluster'], ...objects: readonly KubeObject[]): Snapshot {
  const store = storeOf(sampleNode('node-1'), sampleNode('node-2', 'zone-b'), ...objects);
  return settle({
    cluster,
    time: 0,
    seed: 1,
    store,
    programs: new Map(),
    sources: noSources,
    faults: new Map(),
    streaks: new Map(),
    events: [],
  });
}

function withObject(before: Snapshot, object: KubeObject): Snapshot {
  return settle({ ...before, store: before.store.put(object) });
}

const world = sampleWorld({ images: { web: { listen: [{ port: 8080, protocol: 'TCP', http: 200 }] }, work: { listen: [] } } });

function template(image = 'web:1', spec: Partial<Pod['spec']> = {}): PodTemplate {
  return { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }], ...spec } };
}

function deployment(replicas: number, podTemplate = template()): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: podTemplate },
  };
}

const pods = ({ store }: Snapshot) => store.list<Pod>('Pod', 'default');
const probed = (port: number) =>
  template('web:2', { containers: [{ name: 'c', image: 'web:2', readinessProbe: { httpGet: { path: '/', port } } }] });

describe('a Deployment', () => {
  test('becomes Pods that run, ready, spread over the nodes, each with an address of its node', () => {
    const made = pods(snapshot(world, deployment(4)));
    expect(made).toHaveLength(4);
    expect(made.filter(({ spec }) => spec.nodeName === 'node-1')).toHaveLength(2);
    for (const pod of made) {
      expect(pod.metadata.name).toMatch(/^web-[4-9b-df]{1,10}-[bcdfghjklmnpqrstvwxz2-9]{5}$/);
      expect(pod.status.podIP).toMatch(pod.spec.nodeName === 'node-1' ? /^10\.244\.1\./ : /^10\.244\.2\./);
    }
    expect(new Set(made.map(({ status }) => status.podIP)).size).toBe(4);
  });

  test('a new template replaces all Pods', () => {
    const after = withObject(snapshot(world, deployment(4)), deployment(4, template('web:2')));
    expect(pods(after).map(({ spec }) => spec.containers[0]?.image)).toEqual(['web:2', 'web:2', 'web:2', 'web:2']);
    expect(
      after.store
        .list<ReplicaSet>('ReplicaSet')
        .map(({ spec }) => spec.replicas)
        .sort(),
    ).toEqual([0, 4]);
  });

  test('a template that never gets ready leaves the old Pods in service', () => {
    const after = withObject(snapshot(world, deployment(4)), deployment(4, probed(9999)));
    const images = pods(after).map(({ spec }) => spec.containers[0]?.image);
    expect(images.filter((image) => image === 'web:1')).toHaveLength(3);
    expect(images.filter((image) => image === 'web:2')).toHaveLength(2);
  });

  test('a Pod whose label changes is let go of and replaced', () => {
    const before = snapshot(world, deployment(1));
    const [pod] = pods(before);
    if (pod === undefined) throw new Error('no Pod');
    const after = withObject(before, { ...pod, metadata: { ...pod.metadata, labels: { app: 'debug' } } });
    expect(
      pods(after)
        .map(({ metadata }) => metadata.labels?.app)
        .sort(),
    ).toEqual(['debug', 'web']);
    expect(pods(after).find(({ metadata }) => metadata.labels?.app === 'debug')?.metadata.ownerReferences).toBeUndefined();
  });

  test('its Pods go with it', () => {
    const before = snapshot(world, deployment(2));
    const after = settle({ ...before, store: before.store.delete('Deployment', 'default', 'web') });
    expect(pods(after)).toEqual([]);
    expect(after.programs.size).toBe(0);
  });

  test('every order of two Deployments gives the same cluster', () => {
    const other: Deployment = { ...deployment(3), metadata: { name: 'api', namespace: 'default' } };
    const names = (all: Snapshot) => pods(all).map(({ metadata, status }) => `${metadata.name} ${status.podIP}`);
    expect(names(snapshot(world, deployment(3), other))).toEqual(names(snapshot(world, other, deployment(3))));
  });
});

test('a StatefulSet makes Pods with fixed names, one after the other is ready', () => {
  const set: StatefulSet = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'default' },
    spec: { replicas: 3, serviceName: 'db', selector: { matchLabels: { app: 'web' } }, template: template() },
  };
  expect(pods(snapshot(world, set)).map(({ metadata, spec }) => [metadata.name, spec.hostname, spec.subdomain])).toEqual([
    ['db-0', 'db-0', 'db'],
    ['db-1', 'db-1', 'db'],
    ['db-2', 'db-2', 'db'],
  ]);
  const stuck = snapshot(world, { ...set, spec: { ...set.spec, template: probed(9999) } });
  expect(pods(stuck).map(({ metadata }) => metadata.name)).toEqual(['db-0']);
});

test('a DaemonSet has a Pod on every node', () => {
  const set = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent', namespace: 'default' } };
  const made = pods(snapshot(world, { ...set, spec: { selector: { matchLabels: { app: 'web' } }, template: template() } }));
  expect(made.map(({ spec }) => spec.nodeName).sort()).toEqual(['node-1', 'node-2']);
});

test('a Job runs until enough Pods have succeeded', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once', namespace: 'default' } };
  const spec = { completions: 2, parallelism: 1, template: template('work:1', { restartPolicy: 'Never' }) };
  expect(pods(snapshot(world, { ...job, spec })).map(({ status }) => status.phase)).toEqual(['Succeeded', 'Succeeded']);
});

describe('a Pod', () => {
  const bare = (spec: Partial<Pod['spec']>): Pod => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'web:1' }], ...spec },
    status: { phase: 'Pending' },
  });
  const ready = (pod: Pod | undefined) => pod?.status.conditions?.find(({ type }) => type === 'Ready')?.status;

  test.each([
    ['whose probe finds nobody', { tcpSocket: { port: 9999 } }, 'False'],
    ['whose probe is answered', { httpGet: { path: '/', port: 8080 } }, 'True'],
    ['without a probe', undefined, 'True'],
  ])('%s: Ready is %s', (_name, readinessProbe, expected) => {
    const container = { name: 'c', image: 'web:1', ...(readinessProbe === undefined ? {} : { readinessProbe }) };
    expect(ready(pods(snapshot(world, bare({ containers: [container] })))[0])).toBe(expected);
  });

  test('of an unknown image listens on the ports it declares', () => {
    const container = { name: 'c', image: 'own:1', ports: [{ containerPort: 7000, protocol: 'UDP' as const }] };
    const { programs } = snapshot(world, bare({ containers: [container] }));
    expect(programs.get('default/p')?.listen).toEqual([{ port: 7000, protocol: 'UDP' }]);
  });

  test('in the host network has the address of its node', () => {
    expect(pods(snapshot(world, bare({ hostNetwork: true, nodeName: 'node-2' })))[0]?.status.podIP).toBe('192.168.0.12');
  });

  test('that fits no node stays Pending', () => {
    const [pod] = pods(snapshot(world, bare({ nodeSelector: { disk: 'ssd' } })));
    expect(pod?.status).toMatchObject({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False' }] });
  });

  test('hears of the Services that were there when it started, and of no later one', () => {
    const before = snapshot(world, sampleService('early'), bare({}));
    const after = withObject(before, sampleService('late', { clusterIP: '10.96.0.21', clusterIPs: ['10.96.0.21'] }));
    const environment = after.programs.get('default/p')?.environment ?? [];
    expect(environment).toContain('EARLY_SERVICE_HOST=10.96.0.20');
    expect(environment.filter((variable) => variable.startsWith('LATE_'))).toEqual([]);
  });

  test('that is terminating and takes its time is still there', () => {
    const lifecycle = { preStop: { sleep: { seconds: 30 } } };
    const slow = samplePod('slow', { terminating: true, spec: { containers: [{ name: 'c', image: 'web:1', lifecycle }] } });
    const quick = samplePod('quick', { terminating: true });
    expect(pods(snapshot(world, slow, quick)).map(({ metadata }) => metadata.name)).toEqual(['slow']);
  });
});

describe('a Service of type LoadBalancer', () => {
  const service = sampleService('web', { type: 'LoadBalancer' });
  const pool = sampleWorld().nodes.map((node) => node.podCIDR);
  const address = (all: Snapshot) => all.store.list<Service>('Service')[0]?.status.loadBalancer.ingress;

  test('waits where nobody gives addresses', () => {
    expect(address(snapshot(world, service))).toBeUndefined();
  });

  test('gets the first free address of the pool, and gives it back when it changes its type', () => {
    const cloud = sampleWorld({ loadBalancer: { kind: 'cloud', pool } });
    const before = snapshot(cloud, service);
    expect(address(before)).toEqual([{ ip: '10.244.1.0', ipMode: 'VIP' }]);
    const [stored] = before.store.list<Service>('Service');
    if (stored === undefined) throw new Error('no Service');
    expect(address(withObject(before, { ...stored, spec: { ...stored.spec, type: 'ClusterIP' } }))).toBeUndefined();
  });

  test('with a class of its own is left to the one who answers to it', () => {
    const mine = { ...service, spec: { ...service.spec, loadBalancerClass: 'example.com/mine' } };
    expect(address(snapshot(sampleWorld({ loadBalancer: { kind: 'metallb', pool } }), mine))).toBeUndefined();
  });
});
