import { type FieldError, invalid, required } from '../../api/field-error.ts';
import { labelKeyProblems } from '../../api/name-formats.ts';
import { parseQuantity } from '../../api/quantity.ts';
import type { ResourcesDraft } from '../pod-draft.ts';
import { sortedKeys } from './object-meta.ts';

const standard = new Set(['cpu', 'memory', 'ephemeral-storage']);
const hugePages = 'hugepages-';
const one = 10n ** 9n;

/**
 * @models partly resource requests and limits: names, signs and the order of request and limit; huge pages and claims are left out
 *
 * Models: pkg/apis/core/validation ValidateContainerResourceRequirements, v1.37.
 */
export function validateResources({ limits = {}, requests = {} }: ResourcesDraft, path: string, errors: FieldError[]): void {
  for (const name of sortedKeys(limits)) validateAmount(name, limits[name] ?? '', `${path}.limits`, errors);
  for (const name of sortedKeys(requests)) {
    const text = requests[name] ?? '';
    validateAmount(name, text, `${path}.requests`, errors);
    const request = parseQuantity(text);
    const limitText = limits[name];
    const limit = limitText === undefined ? undefined : parseQuantity(limitText);
    const overcommit = isOvercommitAllowed(name);
    if (request === undefined) continue;
    if (limit === undefined) {
      if (!overcommit) errors.push(required(`${path}.limits`, 'Limit must be set for non overcommitable resources'));
    } else if (!overcommit && request.nano !== limit.nano) {
      errors.push(invalid(`${path}.requests`, text, `must be equal to ${name} limit of ${limitText}`));
    } else if (request.nano > limit.nano) {
      errors.push(invalid(`${path}.requests`, text, `must be less than or equal to ${name} limit of ${limitText}`));
    }
  }
}

function validateAmount(name: string, text: string, path: string, errors: FieldError[]): void {
  const problems = labelKeyProblems(name);
  for (const problem of problems) errors.push(invalid(path, name, problem));
  if (problems.length === 0) {
    if (!name.includes('/') && !standard.has(name) && !name.startsWith(hugePages)) {
      errors.push(invalid(path, name, 'must be a standard resource for containers'));
    } else if (name.includes('/') && !isNative(name) && (name.startsWith('requests.') || labelKeyProblems(`requests.${name}`).length > 0)) {
      errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
    }
  }
  const nano = parseQuantity(text)?.nano ?? 0n;
  if (nano < 0n) errors.push(invalid(`${path}[${name}]`, text, 'must be greater than or equal to 0'));
  if (!isNative(name) && nano % one !== 0n) errors.push(invalid(`${path}[${name}]`, { json: text }, 'must be an integer'));
}

/** Kubernetes' own resources have no prefix, or `kubernetes.io/`. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !name.startsWith(hugePages);
}
