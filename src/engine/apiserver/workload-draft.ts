import type { ObjectDraft } from './draft.ts';
import type { PodTemplateDraft, ResourcesDraft } from './pod-draft.ts';
import type { LabelSelectorDraft } from './validation/label-selector.ts';

/** A number, or a percentage as text (`25%`). */
export type IntOrPercent = number | string;

interface WorkloadSpecDraft {
  replicas?: number;
  selector?: LabelSelectorDraft;
  template: PodTemplateDraft;
  minReadySeconds?: number;
  revisionHistoryLimit?: number;
}

/** A Deployment on its way through admission, unchecked. */
export interface DeploymentDraft extends ObjectDraft {
  spec: WorkloadSpecDraft & {
    strategy: { type?: string; rollingUpdate?: { maxUnavailable?: IntOrPercent; maxSurge?: IntOrPercent } };
    paused?: boolean;
    progressDeadlineSeconds?: number;
  };
  status: object;
}

export interface ReplicaSetDraft extends ObjectDraft {
  spec: WorkloadSpecDraft;
  status: object;
}

export interface DaemonSetDraft extends ObjectDraft {
  spec: WorkloadSpecDraft & {
    updateStrategy: { type?: string; rollingUpdate?: { maxUnavailable?: IntOrPercent; maxSurge?: IntOrPercent } };
  };
  status: object;
}

export interface StatefulSetDraft extends ObjectDraft {
  spec: WorkloadSpecDraft & {
    serviceName?: string;
    podManagementPolicy?: string;
    updateStrategy: { type?: string; rollingUpdate?: { partition?: number; maxUnavailable?: IntOrPercent } };
    persistentVolumeClaimRetentionPolicy?: { whenDeleted?: string; whenScaled?: string };
    ordinals?: { start?: number };
    volumeClaimTemplates?: VolumeClaimTemplateDraft[];
  };
  status: object;
}

export interface VolumeClaimTemplateDraft {
  apiVersion?: string;
  kind?: string;
  metadata: { name?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: {
    accessModes?: string[];
    resources?: ResourcesDraft;
    storageClassName?: string;
    volumeMode?: string;
    volumeName?: string;
    volumeAttributesClassName?: string;
    selector?: LabelSelectorDraft;
    [field: string]: unknown;
  };
  status: { phase?: string };
}

export interface JobSpecDraft {
  parallelism?: number;
  completions?: number;
  activeDeadlineSeconds?: number;
  backoffLimit?: number;
  backoffLimitPerIndex?: number;
  maxFailedIndexes?: number;
  selector?: LabelSelectorDraft;
  manualSelector?: boolean;
  template: PodTemplateDraft;
  ttlSecondsAfterFinished?: number;
  completionMode?: string;
  suspend?: boolean;
  podReplacementPolicy?: string;
  podFailurePolicy?: unknown;
  successPolicy?: unknown;
  managedBy?: string;
  scheduling?: unknown;
}

export interface JobDraft extends ObjectDraft {
  spec: JobSpecDraft;
  status: object;
}

export interface CronJobDraft extends ObjectDraft {
  spec: {
    schedule?: string;
    timeZone?: string;
    startingDeadlineSeconds?: number;
    concurrencyPolicy?: string;
    suspend?: boolean;
    jobTemplate: { metadata: object; spec: JobSpecDraft };
    successfulJobsHistoryLimit?: number;
    failedJobsHistoryLimit?: number;
  };
  status: object;
}
