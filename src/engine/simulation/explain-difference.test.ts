import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleWorld } from '../api/sample-world.ts';
import type { Probe, TraceEnd } from '../trace/trace.ts';
import { bootCluster } from './boot.ts';
import { advance, disturb } from './clock.ts';
import { type DifferenceExplanation, explainDifference } from './explain-difference.ts';
import { postObjects } from './post-objects.ts';
import { enumerate } from './queries.ts';
import { simulate } from './simulate.ts';
import type { Snapshot } from './snapshot.ts';

const images = { web: { listen: [{ port: 8080, protocol: 'TCP', http: 200 }] }, client: { listen: [] } } as const;
const world = sampleWorld({ images });

const base = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: web:1
---
apiVersion: v1
kind: Pod
metadata:
  name: client
spec:
  containers:
    - name: client
      image: client:1
`;

const probe: Probe = { from: { kind: 'pod', namespace: 'default', name: 'client' }, protocol: 'TCP', host: 'web', port: 80 };

function cluster(text: string, of = world): Snapshot {
  return simulate({ cluster: of, files: [{ name: 'web.yaml', text }], seed: 1 }).snapshot;
}

function changed(...edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((text, [old, fresh]) => {
    if (!text.includes(old)) throw new Error(`there is no ${old}`);
    return text.replace(old, fresh);
  }, base);
}

function turnsOf(explanation: DifferenceExplanation) {
  if (explanation.kind !== 'explained') throw new Error(explanation.kind);
  return explanation.turns.map(({ fields, before, after }) => ({
    fields: fields.map(({ path }) => path),
    before: before.step?.reason.code,
    after: after.step?.reason.code,
    ends: `${before.end.kind} > ${after.end.kind}`,
  }));
}

describe('explainDifference', () => {
  test('names the one field among many that turned a decision, and where it stands', () => {
    const before = changed(
      ['    app: web\n  ports', '    app: wbe\n  ports'],
      ['name: http', 'name: web'],
      ['image: client:1', 'image: client:2'],
    );
    const explanation = explainDifference(cluster(before), cluster(base), probe);
    expect(turnsOf(explanation)).toEqual([
      { fields: ['spec.selector.app'], before: 'reject-no-endpoints', after: 'rule-service-portal', ends: 'rejected > delivered' },
    ]);
    if (explanation.kind !== 'explained') return;
    expect(explanation.level).toBe('end');
    expect(explanation.minimal).toBe(true);
    const [field] = explanation.turns[0]?.fields ?? [];
    expect(field).toMatchObject({ object: { kind: 'Service', name: 'web' }, before: 'wbe', after: 'web' });
    expect(field?.spanBefore?.start.line).toBe(7);
    expect(field?.spanAfter).toMatchObject({ file: 'web.yaml', start: { line: 7 } });
    expect(explanation.turns[0]?.before.rule?.text).toContain('has no endpoints');
    expect(explanation.others.map(({ path }) => path)).toEqual(['spec.containers[0].image', 'spec.ports[0].name']);
  });

  test('tells two mistakes apart, in the order in which they stop the packet', () => {
    const before = changed(['    app: web\n  ports', '    app: wbe\n  ports'], ['targetPort: 8080', 'targetPort: 80']);
    expect(turnsOf(explainDifference(cluster(before), cluster(base), probe))).toEqual([
      { fields: ['spec.selector.app'], before: 'reject-no-endpoints', after: 'rule-service-portal', ends: 'rejected > refused' },
      { fields: ['spec.ports[0].targetPort'], before: 'pick-endpoint', after: 'pick-endpoint', ends: 'refused > delivered' },
    ]);
  });

  test('keeps together what has no effect alone', () => {
    // Either label alone matches no Pod, on the Service or on the Pods.
    const after = changed(
      ['    app: web\n  ports', '    app: shop\n  ports'],
      ['labels: { app: web }', 'labels: { app: shop }'],
      ['matchLabels: { app: web }', 'matchLabels: { app: shop }'],
      ['targetPort: 8080', 'targetPort: 9'],
    );
    const [turn] = turnsOf(explainDifference(cluster(base), cluster(after), probe));
    expect(turn?.fields).toEqual(['spec.ports[0].targetPort']);
  });

  test('counts Pods of one workload as one another, and notices that there are more', () => {
    const renamed = changed(['image: web:1', 'image: web:2']);
    expect(explainDifference(cluster(base), cluster(renamed), probe)).toMatchObject({ kind: 'explained', level: 'packet' });
    const more = turnsOf(
      explainDifference(cluster(base), cluster(changed(['replicas: 2', 'replicas: 3'], ['image: web:1', 'image: web:2'])), probe),
    );
    expect(more).toEqual([{ fields: ['spec.replicas'], before: 'pick-endpoint', after: 'pick-endpoint', ends: 'delivered > delivered' }]);
  });

  test('names affinity, which shows in no decision of a first connection but in the rules', () => {
    const sticky = changed(['  selector:\n    app: web\n', '  sessionAffinity: ClientIP\n  selector:\n    app: web\n']);
    const explanation = explainDifference(cluster(base), cluster(sticky), probe);
    expect(turnsOf(explanation)[0]?.fields).toEqual(['spec.sessionAffinity']);
    if (explanation.kind !== 'explained') return;
    expect(explanation.turns[0]?.after.rule?.text).toContain('-m recent --set');
  });

  test('names an object that came, and a field of the world', () => {
    const [service = '', ...rest] = base.split('---\n');
    const without = cluster(rest.join('---\n'));
    expect(turnsOf(explainDifference(without, cluster(base), probe))[0]).toMatchObject({ fields: [''], ends: 'name-error > delivered' });
    expect(service).toContain('kind: Service');
    const blocked = sampleWorld({ images, dns: { ...world.dns, domain: 'example.test' } });
    const qualified = { ...probe, host: 'web.default.svc.cluster.local' };
    const explanation = explainDifference(cluster(base), cluster(base, blocked), qualified);
    expect(explanation).toMatchObject({ kind: 'explained', turns: [{ fields: [{ path: 'dns.domain', before: 'cluster.local' }] }] });
  });

  test('says what differs and does not matter', () => {
    const explanation = explainDifference(cluster(base), cluster(changed(['image: client:1', 'image: client:2'])), probe);
    expect(explanation).toMatchObject({ kind: 'same', fields: [{ path: 'spec.containers[0].image' }] });
    expect(explainDifference(cluster(base), cluster(base), probe)).toEqual({ kind: 'same', fields: [] });
  });

  test('admits that time, not a manifest, made the difference', () => {
    const started = advance(cluster(base), 1000);
    const stopped = ['node-1', 'node-2'].reduce((snapshot, name) => disturb(snapshot, { kind: 'node-fails', name }), started);
    expect(explainDifference(started, stopped, probe)).toMatchObject({ kind: 'not-reproducible', fields: [] });
  });

  test('owns up to a search that was cut short', () => {
    const before = changed(
      ['    app: web\n  ports', '    app: wbe\n  ports'],
      ['image: client:1', 'image: client:2'],
      ['name: http', 'name: web'],
    );
    expect(explainDifference(cluster(before), cluster(base), probe, { runs: 2 })).toMatchObject({ kind: 'explained', minimal: false });
  });

  test('understands objects that came without kubectl', () => {
    const pod = (name: string, app: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app } },
      spec: { containers: [{ name: 'c', image: name === 'client' ? 'client:1' : 'web:1' }] },
    });
    const service = (app: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app }, ports: [{ port: 80, targetPort: 8080 }] },
    });
    const posted = (app: string) =>
      postObjects(bootCluster(world, 1), [pod('client', 'client'), pod('web-1', 'web'), service(app)]).snapshot;
    expect(turnsOf(explainDifference(posted('wbe'), posted('web'), probe))).toMatchObject([{ fields: ['spec.selector.app'] }]);
  });

  test('names fields that together give the new outcome, whatever was changed', () => {
    const edits: readonly (readonly [string, string])[] = [
      ['    app: web\n  ports', '    app: wbe\n  ports'],
      ['targetPort: 8080', 'targetPort: 9090'],
      ['replicas: 2', 'replicas: 3'],
      ['name: http', 'name: web'],
      ['port: 80\n', 'port: 81\n'],
      ['image: client:1', 'image: client:2'],
    ];
    fc.assert(
      fc.property(fc.subarray([...edits]), fc.subarray([...edits]), (one, other) => {
        const explanation = explainDifference(cluster(changed(...one)), cluster(changed(...other)), probe);
        expect(['same', 'explained']).toContain(explanation.kind);
        if (explanation.kind !== 'explained') return;
        const chances = (ends: readonly { readonly end: TraceEnd; readonly probability: number }[]) =>
          ends.map(({ end, probability }) => `${end.kind} ${probability.toFixed(6)}`).sort();
        const wanted = enumerate(cluster(changed(...other)), probe).possible.map(({ trace: { end }, probability }) => ({
          end,
          probability,
        }));
        if (explanation.level === 'end') expect(chances(explanation.turns.at(-1)?.after.possible ?? [])).toEqual(chances(wanted));
        expect(explanation.turns.flatMap(({ fields }) => fields)).not.toEqual([]);
        expect(explanation.minimal).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
