import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../api/json.ts';
import { create, refusals, stored, update } from '../example-requests.ts';
import { cronScheduleProblem } from './cron-schedule.ts';

const template = (labels: JsonObject = { app: 'web' }, spec: JsonObject = {}): JsonObject => ({
  metadata: { labels },
  spec: { containers: [{ name: 'app', image: 'nginx' }], ...spec },
});
const workload = (kind: string, spec: JsonObject): JsonObject => ({
  apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: { name: 'web' },
  spec: { ...(kind !== 'Job' && { selector: { matchLabels: { app: 'web' } } }), template: template(), ...spec },
});
const mismatch = 'spec.template.metadata.labels: Invalid value: {"app":"api"}: `selector` does not match template `labels`';

describe('workloads', () => {
  it.each([
    ['a Deployment selects its own Pods', workload('Deployment', { template: template({ app: 'api' }) }), [mismatch]],
    [
      'a Deployment needs a selector',
      workload('Deployment', { selector: null, template: template({ app: 'api' }) }),
      ['spec.selector: Required value', mismatch],
    ],
    [
      'a Deployment does not select everything',
      workload('Deployment', { selector: {} }),
      ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
    ],
    [
      'a ReplicaSet is called a deployment there',
      { ...workload('ReplicaSet', { selector: {} }) },
      ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
    ],
    [
      'a Deployment either rolls or recreates',
      workload('Deployment', { strategy: { type: 'Recreate', rollingUpdate: {} } }),
      ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
    ],
    [
      'a Deployment makes some progress',
      workload('Deployment', { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } }),
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0'],
    ],
    [
      'a DaemonSet that misses its selector hears of its labels',
      workload('DaemonSet', { selector: null, template: template({ app: 'api' }) }),
      [mismatch],
    ],
    [
      'a DaemonSet surges or goes without',
      workload('DaemonSet', { updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } }),
      ['spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero'],
    ],
    [
      'a StatefulSet knows two ways',
      workload('StatefulSet', { updateStrategy: { type: 'Recreate' } }),
      ['spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":null}: must be \'RollingUpdate\' or \'OnDelete\''],
    ],
    [
      'a StatefulSet mounts what its claims bring',
      workload('StatefulSet', {
        template: template(
          { app: 'web' },
          { containers: [{ name: 'app', image: 'db', volumeMounts: [{ name: 'data', mountPath: '/d' }] }] },
        ),
        volumeClaimTemplates: [
          { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
        ],
      }),
      [],
    ],
    [
      'a Job says how it restarts',
      workload('Job', {}),
      ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    [
      'Pods that are replaced always restart',
      workload('Deployment', { template: template({ app: 'web' }, { restartPolicy: 'Never' }) }),
      ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
    ],
  ])('%s', (_name, object, expected) => {
    expect(refusals(create(object))).toEqual(expected);
  });

  it('keep their selectors', () => {
    const moved = workload('Deployment', { selector: { matchLabels: { app: 'api' } }, template: template({ app: 'api' }) });
    expect(refusals(update(workload('Deployment', {}), moved))).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"api"}}: field is immutable',
    ]);
  });

  it('fill in what is left out', () => {
    expect(stored(create(workload('Deployment', {}))).spec).toMatchObject({
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: { spec: { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', terminationGracePeriodSeconds: 30 } },
    });
  });

  it('mark the Pods of a Job as its own', () => {
    const job = stored(create(workload('Job', { template: template({}, { restartPolicy: 'Never' }) })));
    const uid = job.metadata.labels?.['controller-uid'] ?? '';
    expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(job.spec).toMatchObject({ selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } } });
  });

  it('count the templates of a DaemonSet', () => {
    const generation = 'deprecated.daemonset.template.generation';
    const other = workload('DaemonSet', { template: template({ app: 'web', tier: 'a' }) });
    expect(stored(create(workload('DaemonSet', {}))).metadata.annotations?.[generation]).toBe('1');
    expect(stored(update(workload('DaemonSet', {}), other)).metadata.annotations?.[generation]).toBe('2');
  });
});

describe('schedules of CronJobs', () => {
  it.each([
    ['*/5 * * * *', undefined],
    ['0 9-17/2 * jan,dec mon-fri', undefined],
    ['@hourly', undefined],
    ['@every 1h30m', undefined],
    ['*/1 * * *', 'expected exactly 5 fields, found 4: [*/1 * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['* 9-8 * * *', 'beginning of range (9) beyond end of range (8): 9-8'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['a * * * *', 'failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax'],
    ['@noon', 'unrecognized descriptor: @noon'],
  ])('%s', (schedule, problem) => {
    expect(cronScheduleProblem(schedule)).toBe(problem);
  });
});
