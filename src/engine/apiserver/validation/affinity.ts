import { duplicate, type FieldError, invalid, notSupported, required } from '../../api/field-error.ts';
import { dnsLabelProblems, labelKeyProblems } from '../../api/name-formats.ts';
import type { AffinityDraft, PodAffinityDraft, PodAffinityTermDraft, TopologySpreadDraft } from '../pod-draft.ts';
import { validateLabelSelector } from './label-selector.ts';

const actions = ['DoNotSchedule', 'ScheduleAnyway'];

/** Node affinity is not looked at: nothing in this course depends on it. */
export function validateAffinity(affinity: AffinityDraft | undefined, path: string, errors: FieldError[]): void {
  if (affinity?.podAffinity !== undefined) validatePodAffinity(affinity.podAffinity, `${path}.podAffinity`, errors);
  if (affinity?.podAntiAffinity !== undefined) validatePodAffinity(affinity.podAntiAffinity, `${path}.podAntiAffinity`, errors);
}

/** Models: pkg/apis/core/validation validatePodAffinity, v1.37. */
function validatePodAffinity(affinity: PodAffinityDraft, path: string, errors: FieldError[]): void {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  for (const [i, term] of (affinity[required] ?? []).entries()) validateTerm(term, `${path}.${required}[${i}]`, errors);
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  for (const [i, { weight = 0, podAffinityTerm = {} }] of (affinity[preferred] ?? []).entries()) {
    const own = `${path}.${preferred}[${i}]`;
    if (weight <= 0 || weight > 100) errors.push(invalid(`${own}.weight`, weight, 'must be in the range 1-100'));
    validateTerm(podAffinityTerm, `${own}.podAffinityTerm`, errors);
  }
}

function validateTerm(term: PodAffinityTermDraft, path: string, errors: FieldError[]): void {
  validateLabelSelector(term.labelSelector, `${path}.labelSelector`, errors);
  validateLabelSelector(term.namespaceSelector, `${path}.namespaceSelector`, errors);
  for (const name of term.namespaces ?? []) {
    // The server leaves the index out.
    for (const problem of dnsLabelProblems(name)) errors.push(invalid(`${path}.namespace`, name, problem));
  }
  const key = term.topologyKey;
  if (!key) errors.push(required(`${path}.topologyKey`, 'can not be empty'));
  for (const problem of labelKeyProblems(key ?? '')) errors.push(invalid(`${path}.topologyKey`, key ?? '', problem));
}

/** Models: pkg/apis/core/validation validateTopologySpreadConstraints, v1.37. */
export function validateTopologySpread(constraints: readonly TopologySpreadDraft[], path: string, errors: FieldError[]): void {
  const seen = new Set<string>();
  for (const [i, { maxSkew = 0, topologyKey, whenUnsatisfiable = '', labelSelector }] of constraints.entries()) {
    const own = `${path}[${i}]`;
    if (maxSkew <= 0) errors.push(invalid(`${own}.maxSkew`, maxSkew, 'must be greater than zero'));
    if (!topologyKey) errors.push(required(`${own}.topologyKey`, 'can not be empty'));
    else for (const problem of labelKeyProblems(topologyKey)) errors.push(invalid(`${own}.topologyKey`, topologyKey, problem));
    if (!actions.includes(whenUnsatisfiable)) errors.push(notSupported(`${own}.whenUnsatisfiable`, { json: whenUnsatisfiable }, actions));
    const pair = `{${topologyKey ?? ''}, ${whenUnsatisfiable}}`;
    if (seen.has(pair)) errors.push(duplicate(`${own}.{topologyKey, whenUnsatisfiable}`, pair));
    seen.add(pair);
    validateLabelSelector(labelSelector, `${own}.labelSelector`, errors);
  }
}
