import { type FieldError, forbidden, invalid, notSupported, required } from '../../api/field-error.ts';
import type { JsonValue } from '../../api/json.ts';
import { dnsLabelProblems } from '../../api/name-formats.ts';
import { parseQuantity } from '../../api/quantity.ts';
import { sameValue } from '../../api/same-value.ts';
import type { StatefulSetDraft, VolumeClaimTemplateDraft } from '../workload-draft.ts';
import { numberOf, validateAtMost100Percent, validateIntOrPercent } from './int-or-percent.ts';
import { selectorJson } from './label-selector.ts';
import { validateNonnegative } from './numbers.ts';
import { nameIsDnsLabel, validateAnnotations, validateLabels, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { validateEndlessTemplate, validateOwnedTemplate } from './pod-owner.ts';

type Spec = StatefulSetDraft['spec'];
const retentions = ['Retain', 'Delete'];
const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const volumeModes = ['Block', 'Filesystem'];

/**
 * @models partly StatefulSet validation: of volume claim templates only access modes and the storage request are looked at
 *
 * Models: pkg/apis/apps/validation ValidateStatefulSet, v1.37.
 */
export function validateStatefulSetCreate(statefulSet: StatefulSetDraft, errors: FieldError[]): void {
  validateObjectMeta(statefulSet.metadata, true, nameIsDnsLabel, 'metadata', errors);
  validateSpec(statefulSet.spec, errors);
}

export function validateStatefulSetUpdate(statefulSet: StatefulSetDraft, old: StatefulSetDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(statefulSet.metadata, old.metadata, 'metadata', errors);
  validateSpec(statefulSet.spec, errors);
  const fixed = 'field is immutable';
  const { spec } = statefulSet;
  const selector = selectorJson(spec.selector ?? {});
  if (!sameValue(selector, selectorJson(old.spec.selector ?? {}))) errors.push(invalid('spec.selector', { json: selector }, fixed));
  const [claims, oldClaims] = [spec.volumeClaimTemplates ?? [], old.spec.volumeClaimTemplates ?? []];
  if (!sameValue(claims, oldClaims)) {
    errors.push(invalid('spec.volumeClaimTemplates', { json: claims.length === 0 ? null : claims.map(goClaim) }, fixed));
  }
  if ((spec.serviceName ?? '') !== (old.spec.serviceName ?? '')) errors.push(invalid('spec.serviceName', spec.serviceName ?? '', fixed));
  if (spec.podManagementPolicy !== old.spec.podManagementPolicy) {
    errors.push(invalid('spec.podManagementPolicy', { json: spec.podManagementPolicy ?? '' }, fixed));
  }
}

function validateSpec(spec: Spec, errors: FieldError[]): void {
  const management = spec.podManagementPolicy ?? '';
  if (management !== 'OrderedReady' && management !== 'Parallel') {
    errors.push(invalid('spec.podManagementPolicy', { json: management }, "must be 'OrderedReady' or 'Parallel'"));
  }
  validateUpdateStrategy(spec.updateStrategy, errors);
  for (const field of ['whenDeleted', 'whenScaled'] as const) {
    const retention = spec.persistentVolumeClaimRetentionPolicy?.[field] ?? '';
    if (retentions.includes(retention)) continue;
    errors.push(notSupported(`spec.persistentVolumeClaimRetentionPolicy.${field}`, { json: retention }, retentions));
  }
  for (const [i, claim] of (spec.volumeClaimTemplates ?? []).entries())
    validateClaim(claim, `spec.volumeClaimTemplates[${i}].spec`, errors);
  validateNonnegative(spec.replicas, 'spec.replicas', errors);
  validateNonnegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  validateNonnegative(spec.ordinals?.start, 'spec.ordinals.start', errors);
  if (spec.serviceName !== undefined) {
    for (const problem of dnsLabelProblems(spec.serviceName)) errors.push(invalid('spec.serviceName', spec.serviceName, problem));
  }
  const { template } = spec;
  // The controller gives every Pod its host name, its subdomain and the volumes of its claims.
  const { hostname: _hostname, subdomain: _subdomain, ...podSpec } = template.spec;
  const claimed = (spec.volumeClaimTemplates ?? []).map(({ metadata }) => ({
    ...(metadata.name !== undefined && { name: metadata.name }),
    persistentVolumeClaim: { claimName: metadata.name ?? '' },
  }));
  const own = (podSpec.volumes ?? []).filter(({ name }) => claimed.every((claim) => claim.name !== name));
  const checked = { ...template, spec: { ...podSpec, volumes: [...claimed, ...own] } };
  validateOwnedTemplate({ ...(spec.selector !== undefined && { selector: spec.selector }), template: checked }, 'statefulset', '', errors);
  if (template.metadata.labels !== undefined) validateLabels(template.metadata.labels, 'spec.template.labels', errors);
  if (template.metadata.annotations !== undefined) validateAnnotations(template.metadata.annotations, 'spec.template.annotations', errors);
  validateEndlessTemplate(spec, 'StatefulSet', errors);
}

function validateUpdateStrategy({ type = '', rollingUpdate }: Spec['updateStrategy'], errors: FieldError[]): void {
  const path = 'spec.updateStrategy';
  const shown =
    rollingUpdate === undefined ? null : { Partition: rollingUpdate.partition ?? 0, MaxUnavailable: rollingUpdate.maxUnavailable ?? null };
  if (type === 'OnDelete') {
    if (rollingUpdate !== undefined) {
      errors.push(invalid(`${path}.rollingUpdate`, { json: shown }, "only allowed for updateStrategy 'RollingUpdate'"));
    }
  } else if (type !== 'RollingUpdate') {
    errors.push(invalid(path, { json: { Type: type, RollingUpdate: shown } }, "must be 'RollingUpdate' or 'OnDelete'"));
  } else if (rollingUpdate !== undefined) {
    validateNonnegative(rollingUpdate.partition, `${path}.rollingUpdate.partition`, errors);
    const { maxUnavailable } = rollingUpdate;
    if (maxUnavailable === undefined) return;
    const own = `${path}.rollingUpdate.maxUnavailable`;
    validateIntOrPercent(maxUnavailable, own, errors);
    if (numberOf(maxUnavailable) === 0) errors.push(invalid(own, { json: maxUnavailable }, 'cannot be 0'));
    validateAtMost100Percent(maxUnavailable, own, errors);
  }
}

function validateClaim({ spec }: VolumeClaimTemplateDraft, path: string, errors: FieldError[]): void {
  const modes = spec.accessModes ?? [];
  if (modes.length === 0) errors.push(required(`${path}.accessModes`, 'at least 1 access mode is required'));
  for (const mode of modes) {
    if (!accessModes.includes(mode)) errors.push(notSupported(`${path}.accessModes`, { json: mode }, accessModes));
  }
  if (modes.includes('ReadWriteOncePod') && modes.length > 1) {
    errors.push(forbidden(`${path}.accessModes`, 'may not use ReadWriteOncePod with other access modes'));
  }
  const storage = spec.resources?.requests?.storage;
  if (!storage) errors.push(required(`${path}.resources[storage]`));
  else if ((parseQuantity(storage)?.nano ?? 0n) <= 0n)
    errors.push(invalid(`${path}.resources[storage]`, storage, 'must be greater than zero'));
  if (spec.volumeMode !== undefined && !volumeModes.includes(spec.volumeMode)) {
    errors.push(notSupported(`${path}.volumeMode`, { json: spec.volumeMode }, volumeModes));
  }
}

/** Go prints the server's own struct, whose fields are never absent. */
function goClaim({ metadata, spec, status }: VolumeClaimTemplateDraft): JsonValue {
  return {
    ...metadata,
    Spec: {
      AccessModes: spec.accessModes ?? null,
      Selector: spec.selector === undefined ? null : selectorJson(spec.selector),
      Resources: { Limits: spec.resources?.limits ?? null, Requests: spec.resources?.requests ?? null },
      VolumeName: spec.volumeName ?? '',
      StorageClassName: spec.storageClassName ?? null,
      VolumeMode: spec.volumeMode ?? null,
      DataSource: null,
      DataSourceRef: null,
      VolumeAttributesClassName: spec.volumeAttributesClassName ?? null,
    },
    Status: {
      Phase: status.phase ?? '',
      AccessModes: null,
      Capacity: null,
      Conditions: null,
      AllocatedResources: null,
      AllocatedResourceStatuses: null,
      CurrentVolumeAttributesClassName: null,
      ModifyVolumeStatus: null,
      HealthStatus: null,
    },
  };
}
