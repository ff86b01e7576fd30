import { sameValue } from '../../api/same-value.ts';
import { chance } from '../allocators/chance.ts';
import { defaultPodTemplate } from '../defaults/pod.ts';
import type { ObjectDraft } from '../draft.ts';
import { dropEmpty } from '../stored-form.ts';
import type { Strategy } from '../strategy.ts';
import { validateDaemonSetCreate, validateDaemonSetUpdate } from '../validation/daemon-set.ts';
import {
  validateDeploymentCreate,
  validateDeploymentUpdate,
  validateReplicaSetCreate,
  validateReplicaSetUpdate,
} from '../validation/deployment.ts';
import { validateCronJobCreate, validateCronJobUpdate, validateJobCreate, validateJobUpdate } from '../validation/job.ts';
import { validateStatefulSetCreate, validateStatefulSetUpdate } from '../validation/stateful-set.ts';
import { nameWarnings, podSpecWarnings } from '../warnings/pod.ts';
import type { CronJobDraft, DaemonSetDraft, DeploymentDraft, JobDraft, ReplicaSetDraft, StatefulSetDraft } from '../workload-draft.ts';
import { unmodelledPodFields } from './pod.ts';

const inPodNames = 'Pod names and hostnames';

/** Models: pkg/registry/apps/deployment/strategy.go and pkg/apis/apps/v1/defaults.go, v1.37. */
export const deploymentStrategy: Strategy<DeploymentDraft> = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  resource: 'deployments',
  namespaced: true,
  // Annotations count because they are copied to the ReplicaSets.
  counted: 'spec and annotations',
  default(deployment) {
    deployment.spec ??= {} as DeploymentDraft['spec'];
    const { spec } = deployment;
    spec.template = defaultPodTemplate(spec.template);
    spec.replicas ??= 1;
    spec.strategy ??= {};
    spec.strategy.type ??= 'RollingUpdate';
    if (spec.strategy.type === 'RollingUpdate') {
      spec.strategy.rollingUpdate ??= {};
      spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
      spec.strategy.rollingUpdate.maxSurge ??= '25%';
    }
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
  },
  prepare: keepStatus,
  validateCreate: validateDeploymentCreate,
  validateUpdate: validateDeploymentUpdate,
  warnings: (deployment, old) => [
    ...(old === undefined ? nameWarnings(deployment.metadata.name ?? '', inPodNames) : []),
    ...templateWarnings(deployment, old),
  ],
  notModelled: ({ spec }) => unmodelledPodFields(spec.template.spec, 'spec.template.spec'),
};

/** Models: pkg/registry/apps/replicaset/strategy.go, v1.37. */
export const replicaSetStrategy: Strategy<ReplicaSetDraft> = {
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  resource: 'replicasets',
  namespaced: true,
  counted: 'spec',
  default(replicaSet) {
    replicaSet.spec ??= {} as ReplicaSetDraft['spec'];
    replicaSet.spec.template = defaultPodTemplate(replicaSet.spec.template);
    replicaSet.spec.replicas ??= 1;
  },
  prepare: (replicaSet, old) => keepStatus(replicaSet, old, { replicas: 0 }),
  validateCreate: validateReplicaSetCreate,
  validateUpdate: validateReplicaSetUpdate,
  warnings: (replicaSet, old) => [
    ...(old === undefined ? nameWarnings(replicaSet.metadata.name ?? '', inPodNames) : []),
    ...templateWarnings(replicaSet, old),
  ],
  notModelled: ({ spec }) => unmodelledPodFields(spec.template.spec, 'spec.template.spec'),
};

const templateGeneration = 'deprecated.daemonset.template.generation';

/** Models: pkg/registry/apps/daemonset/strategy.go, v1.37. */
export const daemonSetStrategy: Strategy<DaemonSetDraft> = {
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  resource: 'daemonsets',
  namespaced: true,
  counted: 'spec',
  default(daemonSet) {
    daemonSet.spec ??= {} as DaemonSetDraft['spec'];
    const { spec } = daemonSet;
    spec.template = defaultPodTemplate(spec.template);
    spec.updateStrategy ??= {};
    spec.updateStrategy.type ??= 'RollingUpdate';
    if (spec.updateStrategy.type === 'RollingUpdate') {
      spec.updateStrategy.rollingUpdate ??= {};
      spec.updateStrategy.rollingUpdate.maxUnavailable ??= 1;
      spec.updateStrategy.rollingUpdate.maxSurge ??= 0;
    }
    spec.revisionHistoryLimit ??= 10;
  },
  prepare(daemonSet, old) {
    keepStatus(daemonSet, old, { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 });
    const before = Number(old?.metadata.annotations?.[templateGeneration] ?? 0);
    const changed = old === undefined || !sameValue(daemonSet.spec.template, old.spec.template);
    daemonSet.metadata.annotations = { ...daemonSet.metadata.annotations, [templateGeneration]: String(changed ? before + 1 : before) };
  },
  validateCreate: validateDaemonSetCreate,
  validateUpdate: validateDaemonSetUpdate,
  warnings: templateWarnings,
  notModelled: ({ spec }) => unmodelledPodFields(spec.template.spec, 'spec.template.spec'),
};

/** Models: pkg/registry/apps/statefulset/strategy.go, v1.37. */
export const statefulSetStrategy: Strategy<StatefulSetDraft> = {
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  resource: 'statefulsets',
  namespaced: true,
  counted: 'spec',
  default: defaultStatefulSet,
  prepare: (statefulSet, old) => keepStatus(statefulSet, old, { replicas: 0, availableReplicas: 0 }),
  validateCreate: validateStatefulSetCreate,
  validateUpdate: validateStatefulSetUpdate,
  warnings(statefulSet, old) {
    const warnings = [...templateWarnings(statefulSet, old)];
    if ((statefulSet.spec.revisionHistoryLimit ?? 0) < 0) {
      warnings.push('spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended');
    }
    return warnings;
  },
  notModelled: ({ spec }) => unmodelledPodFields(spec.template.spec, 'spec.template.spec'),
};

function defaultStatefulSet(statefulSet: StatefulSetDraft): void {
  statefulSet.spec ??= {} as StatefulSetDraft['spec'];
  const { spec } = statefulSet;
  spec.template = defaultPodTemplate(spec.template);
  spec.podManagementPolicy ??= 'OrderedReady';
  spec.updateStrategy ??= {};
  const strategy = spec.updateStrategy;
  if (strategy.type === undefined) {
    strategy.type = 'RollingUpdate';
    strategy.rollingUpdate ??= {};
  }
  if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate !== undefined) {
    strategy.rollingUpdate.partition ??= 0;
    strategy.rollingUpdate.maxUnavailable ??= 1;
  }
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ??= 'Retain';
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ??= 'Retain';
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  for (const claim of spec.volumeClaimTemplates ?? []) {
    claim.apiVersion = 'v1';
    claim.kind = 'PersistentVolumeClaim';
    claim.metadata ??= {};
    claim.spec ??= {};
    claim.spec.volumeMode ??= 'Filesystem';
    claim.status ??= {};
    claim.status.phase ??= 'Pending';
  }
}

const uidLabels = ['batch.kubernetes.io/controller-uid', 'controller-uid'];
const nameLabels = ['batch.kubernetes.io/job-name', 'job-name'];

/** Models: pkg/registry/batch/job/strategy.go and pkg/apis/batch/v1/defaults.go, v1.37. */
export const jobStrategy: Strategy<JobDraft> = {
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  resource: 'jobs',
  namespaced: true,
  counted: 'spec',
  default(job) {
    job.spec ??= {} as JobDraft['spec'];
    const { spec, metadata } = job;
    spec.template = defaultPodTemplate(spec.template);
    if (spec.parallelism === undefined) spec.completions ??= 1;
    spec.parallelism ??= 1;
    spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1;
    copyTemplateLabels(job);
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
    spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed';
    spec.manualSelector ??= false;
    metadata.labels ??= {};
  },
  mutate(job, old, { seed }) {
    if (old === undefined && job.spec.manualSelector !== true) generateSelector(job, seed);
    return undefined;
  },
  prepare: keepStatus,
  validateCreate: validateJobCreate,
  validateUpdate: validateJobUpdate,
  warnings: (job, old) => [...(old === undefined ? nameWarnings(job.metadata.name ?? '', inPodNames) : []), ...templateWarnings(job, old)],
  notModelled({ spec }) {
    const fields = (['podFailurePolicy', 'successPolicy', 'managedBy', 'scheduling'] as const).filter((field) => spec[field] !== undefined);
    return [...fields.map((field) => `spec.${field}`), ...unmodelledPodFields(spec.template.spec, 'spec.template.spec')];
  },
  // Reading defaults once more, so that the labels made for the template show on the Job.
  finish: copyTemplateLabels,
};

function copyTemplateLabels({ metadata, spec }: JobDraft): void {
  const labels = spec.template.metadata.labels;
  if (labels !== undefined && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
}

/** Marks the Job's Pods by its UID, so that no other controller takes them for its own. */
function generateSelector(job: JobDraft, seed: number): void {
  const { metadata, spec } = job;
  const uid = uidFor(job, seed);
  const labels = { ...spec.template.metadata.labels };
  for (const label of nameLabels) labels[label] ??= metadata.name ?? '';
  for (const label of uidLabels) labels[label] ??= uid;
  spec.template.metadata.labels = labels;
  spec.selector = { ...spec.selector, matchLabels: { ...spec.selector?.matchLabels } };
  spec.selector.matchLabels = { [uidLabels[0] ?? '']: uid, ...spec.selector.matchLabels };
}

/** A version 4 UUID that depends on nothing but the seed and the object's name. */
function uidFor({ kind, metadata }: ObjectDraft, seed: number): string {
  const digit = (i: number) => chance(seed, `uid ${kind} ${metadata.namespace ?? ''}/${metadata.name ?? ''} ${i}`, 16).toString(16);
  const hex = Array.from({ length: 32 }, (_, i) => digit(i)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Models: pkg/registry/batch/cronjob/strategy.go, v1.37. */
export const cronJobStrategy: Strategy<CronJobDraft> = {
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  resource: 'cronjobs',
  namespaced: true,
  counted: 'spec',
  default(cronJob) {
    cronJob.spec ??= {} as CronJobDraft['spec'];
    const { spec } = cronJob;
    spec.jobTemplate ??= {} as CronJobDraft['spec']['jobTemplate'];
    spec.jobTemplate.metadata ??= {};
    spec.jobTemplate.spec ??= {} as CronJobDraft['spec']['jobTemplate']['spec'];
    spec.jobTemplate.spec.template = defaultPodTemplate(spec.jobTemplate.spec.template);
    spec.concurrencyPolicy ??= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
  },
  prepare: keepStatus,
  validateCreate: validateCronJobCreate,
  validateUpdate: validateCronJobUpdate,
  warnings(cronJob, old) {
    const name = old === undefined ? nameWarnings(cronJob.metadata.name ?? '', inPodNames) : [];
    return [...name, ...podSpecWarnings(cronJob.spec.jobTemplate.spec.template.spec, 'spec.jobTemplate.spec.template.spec')];
  },
  notModelled({ spec }) {
    const zone = spec.timeZone === undefined ? [] : ['spec.timeZone'];
    return [...zone, ...unmodelledPodFields(spec.jobTemplate.spec.template.spec, 'spec.jobTemplate.spec.template.spec')];
  },
};

/** A client's status is ignored. An update is compared with what is stored, where nothing is empty. */
function keepStatus(
  workload: ObjectDraft & { status: object },
  old: (ObjectDraft & { status: object }) | undefined,
  initial: object = {},
): void {
  dropEmpty(workload);
  workload.status = old?.status ?? initial;
}

/** On an update the template is only looked at when something of the spec has changed. */
function templateWarnings(
  { spec }: DeploymentDraft | ReplicaSetDraft | JobDraft,
  old: DeploymentDraft | ReplicaSetDraft | JobDraft | undefined,
) {
  if (old !== undefined && sameValue(spec, old.spec)) return [];
  return podSpecWarnings(spec.template.spec, 'spec.template.spec');
}
