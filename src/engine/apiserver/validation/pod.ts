import { duplicate, type FieldError, forbidden, invalid, notSupported, required, tooLong } from '../../api/field-error.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  labelKeyProblems,
  labelValueProblems,
  type Problems,
  underscoreSubdomainProblems,
} from '../../api/name-formats.ts';
import type { PodDraft, PodSpecDraft, PodTemplateDraft, TolerationDraft } from '../pod-draft.ts';
import { validateAffinity, validateTopologySpread } from './affinity.ts';
import { validateContainers, validateInitContainers } from './container.ts';
import { validateIp } from './ip-fields.ts';
import { nameIsDnsSubdomain, validateAnnotations, validateLabels, validateObjectMeta } from './object-meta.ts';
import { validateResources } from './resources.ts';
import { validateVolumes } from './volumes.ts';

const maxInt32 = 2 ** 31 - 1;
const restartPolicies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const preemptionPolicies = ['PreemptLowerPriority', 'Never'];
const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const maxNameservers = 3;
const maxSearches = 32;
const maxSearchCharacters = 2048;

/**
 * @models partly Pod validation: security contexts, node affinity, resource claims and ephemeral containers are left out
 *
 * Models: pkg/apis/core/validation ValidatePodCreate, v1.37.
 */
export function validatePodCreate(pod: PodDraft, errors: FieldError[]): void {
  validateObjectMeta(pod.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  validatePodSpec(pod.spec, 'spec', true, errors);
  // Templates may have an image with blanks around it: older ones do.
  for (const field of ['containers', 'initContainers'] as const) {
    for (const [i, { image = '' }] of (pod.spec[field] ?? []).entries()) {
      if (image !== image.trim()) errors.push(invalid(`spec.${field}[${i}].image`, image, 'must not have leading or trailing whitespace'));
    }
  }
}

/** Models: pkg/apis/core/validation ValidatePodTemplateSpec, v1.37. */
export function validatePodTemplate(template: PodTemplateDraft, path: string, errors: FieldError[]): void {
  if (template.metadata.labels !== undefined) validateLabels(template.metadata.labels, `${path}.labels`, errors);
  if (template.metadata.annotations !== undefined) validateAnnotations(template.metadata.annotations, `${path}.annotations`, errors);
  validatePodSpec(template.spec, `${path}.spec`, false, errors);
  if ((template.spec.ephemeralContainers?.length ?? 0) > 0) {
    errors.push(forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'));
  }
}

/** Models: pkg/apis/core/validation ValidatePodSpec, v1.37. */
function validatePodSpec(spec: PodSpecDraft, path: string, isPod: boolean, errors: FieldError[]): void {
  const check = (field: string, value: string | undefined, problems: (text: string) => Problems) => {
    if (value === undefined) return;
    for (const problem of problems(value)) errors.push(invalid(`${path}.${field}`, value, problem));
  };
  const volumes = validateVolumes(spec.volumes ?? [], `${path}.volumes`, errors);
  validateContainers(spec, volumes, `${path}.containers`, errors);
  validateInitContainers(spec, volumes, `${path}.initContainers`, errors);
  if (spec.resources !== undefined) validateResources(spec.resources, `${path}.resources`, errors);
  validateHostNetwork(spec, path, isPod, errors);
  const restart = spec.restartPolicy ?? '';
  if (!restartPolicies.includes(restart)) errors.push(notSupported(`${path}.restartPolicy`, { json: restart }, restartPolicies));
  const dns = spec.dnsPolicy ?? '';
  if (!dnsPolicies.includes(dns)) errors.push(notSupported(`${path}.dnsPolicy`, { json: dns }, dnsPolicies));
  if (spec.nodeSelector !== undefined) validateLabels(spec.nodeSelector, `${path}.nodeSelector`, errors);
  validateAffinity(spec.affinity, `${path}.affinity`, errors);
  validateDnsConfig(spec, `${path}.dnsConfig`, errors);
  for (const [i, { conditionType = '' }] of (spec.readinessGates ?? []).entries()) {
    for (const problem of labelKeyProblems(conditionType)) {
      errors.push(invalid(`${path}.readinessGates[${i}].conditionType`, conditionType, problem));
    }
  }
  validateSchedulingGates(spec, `${path}.schedulingGates`, errors);
  validateTopologySpread(spec.topologySpreadConstraints ?? [], `${path}.topologySpreadConstraints`, errors);
  validateHostUsers(spec, path, errors);
  validateHostnameOverride(spec, path, errors);
  check('serviceAccountName', spec.serviceAccountName, dnsSubdomainProblems);
  check('nodeName', spec.nodeName, dnsSubdomainProblems);
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined && (deadline < 1 || deadline > maxInt32)) {
    errors.push(invalid(`${path}.activeDeadlineSeconds`, deadline, `must be between 1 and ${maxInt32}, inclusive`));
  }
  check('hostname', spec.hostname, dnsLabelProblems);
  check('subdomain', spec.subdomain, dnsLabelProblems);
  validateTolerations(spec.tolerations ?? [], `${path}.tolerations`, errors);
  for (const [i, { ip = '', hostnames = [] }] of (spec.hostAliases ?? []).entries()) {
    validateIp(ip, `${path}.hostAliases[${i}].ip`, errors);
    for (const [j, name] of hostnames.entries()) check(`hostAliases[${i}].hostnames[${j}]`, name, dnsSubdomainProblems);
  }
  check('priorityClassName', spec.priorityClassName, dnsSubdomainProblems);
  check('runtimeClassName', spec.runtimeClassName, dnsSubdomainProblems);
  const preemption = spec.preemptionPolicy;
  if (preemption !== undefined && !preemptionPolicies.includes(preemption)) {
    errors.push(notSupported(`${path}.preemptionPolicy`, { json: preemption }, preemptionPolicies));
  }
  const os = spec.os?.name;
  if (spec.os === undefined) return;
  if (!os) errors.push(required(`${path}.os.name`));
  else if (os !== 'linux' && os !== 'windows') errors.push(notSupported(`${path}.os`, { json: os }, ['linux', 'windows']));
}

/** In a template a port that names no host port is filled in later, when the Pod is made. */
function validateHostNetwork(spec: PodSpecDraft, path: string, isPod: boolean, errors: FieldError[]): void {
  if (spec.hostNetwork !== true) return;
  for (const [i, container] of (spec.containers ?? []).entries()) {
    for (const [j, { hostPort = 0, containerPort = 0 }] of (container.ports ?? []).entries()) {
      if ((!isPod && hostPort === 0) || hostPort === containerPort) continue;
      errors.push(
        invalid(`${path}.containers[${i}].ports[${j}].hostPort`, hostPort, 'must match `containerPort` when `hostNetwork` is true'),
      );
    }
  }
}

function validateDnsConfig({ dnsConfig, dnsPolicy }: PodSpecDraft, path: string, errors: FieldError[]): void {
  if (dnsPolicy === 'None' && dnsConfig === undefined) {
    errors.push(required(path, 'must provide `dnsConfig` when `dnsPolicy` is None'));
    return;
  }
  const nameservers = dnsConfig?.nameservers ?? [];
  if (dnsPolicy === 'None' && nameservers.length === 0) {
    errors.push(required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None'));
    return;
  }
  if (nameservers.length > maxNameservers) {
    errors.push(invalid(`${path}.nameservers`, { json: nameservers }, `must not have more than ${maxNameservers} nameservers`));
  }
  for (const [i, server] of nameservers.entries()) validateIp(server, `${path}.nameservers[${i}]`, errors);
  const searches = dnsConfig?.searches ?? [];
  const shown = { json: searches };
  if (searches.length > maxSearches) errors.push(invalid(`${path}.searches`, shown, `must not have more than ${maxSearches} search paths`));
  if (searches.join(' ').length > maxSearchCharacters) {
    const detail = `must not have more than ${maxSearchCharacters} characters (including spaces) in the search list`;
    errors.push(invalid(`${path}.searches`, shown, detail));
  }
  for (const [i, search] of searches.entries()) {
    if (search === '.') continue;
    const name = search.replace(/\.$/, '');
    for (const problem of underscoreSubdomainProblems(name)) errors.push(invalid(`${path}.searches[${i}]`, name, problem));
  }
  for (const [i, option] of (dnsConfig?.options ?? []).entries()) {
    if (!option.name) errors.push(required(`${path}.options[${i}]`, 'must not be empty'));
  }
}

function validateSchedulingGates({ schedulingGates = [] }: PodSpecDraft, path: string, errors: FieldError[]): void {
  const seen = new Set<string>();
  for (const [i, { name = '' }] of schedulingGates.entries()) {
    for (const problem of labelKeyProblems(name)) errors.push(invalid(`${path}[${i}]`, name, problem));
    if (seen.has(name)) errors.push(duplicate(`${path}[${i}]`, name));
    seen.add(name);
  }
}

function validateHostUsers(spec: PodSpecDraft, path: string, errors: FieldError[]): void {
  if (spec.hostUsers !== false) return;
  const detail = 'when `hostUsers` is false';
  if (spec.hostNetwork === true) errors.push(forbidden(`${path}.hostNetwork`, detail));
  if (spec.hostPID === true) errors.push(forbidden(`${path}.HostPID`, detail));
  if (spec.hostIPC === true) errors.push(forbidden(`${path}.HostIPC`, detail));
}

function validateHostnameOverride(spec: PodSpecDraft, path: string, errors: FieldError[]): void {
  const name = spec.hostnameOverride;
  if (name === undefined) return;
  const own = `${path}.hostnameOverride`;
  if (spec.setHostnameAsFQDN === true) errors.push(forbidden(own, 'may not be specified when setHostnameAsFQDN is true'));
  if (spec.hostNetwork === true) errors.push(forbidden(own, 'may not be specified when hostNetwork is true'));
  if (name.length > 64) errors.push(tooLong(own, 64));
  for (const problem of dnsSubdomainProblems(name)) errors.push(invalid(own, name, problem));
}

/** Models: pkg/apis/core/validation ValidateTolerations, v1.37. */
function validateTolerations(tolerations: readonly TolerationDraft[], path: string, errors: FieldError[]): void {
  for (const [i, { key, operator = '', value = '', effect, tolerationSeconds }] of tolerations.entries()) {
    const own = `${path}[${i}]`;
    if (key !== undefined) for (const problem of labelKeyProblems(key)) errors.push(invalid(`${own}.key`, key, problem));
    if (key === undefined && operator !== 'Exists') {
      const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${own}.operator`, { json: operator }, detail));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      errors.push(invalid(`${own}.effect`, { json: effect ?? '' }, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    if (operator === 'Equal' || operator === '') {
      const problems = labelValueProblems(value);
      if (problems.length > 0) errors.push(invalid(`${own}.operator`, value, problems.join(';')));
    } else if (operator === 'Exists') {
      if (value !== '') errors.push(invalid(`${own}.operator`, value, "value must be empty when `operator` is 'Exists'"));
    } else {
      errors.push(notSupported(`${own}.operator`, { json: operator }, ['Equal', 'Exists']));
    }
    if (effect !== undefined && !taintEffects.includes(effect)) errors.push(notSupported(`${own}.effect`, { json: effect }, taintEffects));
  }
}
