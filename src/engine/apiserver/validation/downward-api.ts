import { type FieldError, invalid, notSupported, required } from '../../api/field-error.ts';
import { labelKeyProblems } from '../../api/name-formats.ts';
import { parseQuantity, printQuantity } from '../../api/quantity.ts';
import type { FieldReferenceDraft, ResourceReferenceDraft } from '../pod-draft.ts';

const environmentFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const volumeFields = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];
/** All that the downward API knows; what uses it allows only some. */
const knownFields: readonly string[] = [...environmentFields, ...volumeFields, 'spec.restartPolicy', 'spec.schedulerName', 'status.phase'];
const resourceNames = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

/** Models: pkg/apis/core/validation validateObjectFieldSelector, v1.37. */
export function validateFieldReference(
  { apiVersion, fieldPath }: FieldReferenceDraft,
  use: 'environment' | 'volume',
  path: string,
  errors: FieldError[],
): void {
  if (!apiVersion) return void errors.push(required(`${path}.apiVersion`));
  if (!fieldPath) return void errors.push(required(`${path}.fieldPath`));
  const notConverted = (detail: string) => errors.push(invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${detail}`));
  if (apiVersion !== 'v1') return void notConverted(`unsupported pod version: ${apiVersion}`);
  const subscripted = /^(.+?)\['(.*)'\]$/s.exec(fieldPath);
  if (subscripted !== null) {
    const [, map = '', key = ''] = subscripted;
    if (map !== 'metadata.annotations' && map !== 'metadata.labels') {
      return void notConverted(`field label does not support subscript: ${fieldPath}`);
    }
    const shown = map === 'metadata.annotations' ? key.toLowerCase() : key;
    for (const problem of labelKeyProblems(shown)) errors.push(invalid(path, shown, problem));
    return;
  }
  const field = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
  const allowed = use === 'environment' ? environmentFields : volumeFields;
  if (allowed.includes(field)) return;
  if (knownFields.includes(field)) errors.push(notSupported(`${path}.fieldPath`, field, allowed));
  else notConverted(`field label not supported: ${fieldPath}`);
}

const byteDivisors = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];
const divisors = [
  { resource: '.cpu', allowed: ['1m', '1'], detail: "only divisor's values 1m and 1 are supported with the cpu resource" },
  { resource: '.memory', allowed: byteDivisors, detail: bytes('memory') },
  { resource: '.ephemeral-storage', allowed: byteDivisors, detail: bytes('local ephemeral storage') },
  { resource: '.hugepages-', allowed: byteDivisors, detail: bytes('hugepages') },
];

function bytes(resource: string): string {
  return `only divisor's values ${byteDivisors.join(', ')} are supported with the ${resource} resource`;
}

/** Models: pkg/apis/core/validation validateContainerResourceFieldSelector, v1.37. */
export function validateResourceReference(
  { containerName, resource = '', divisor = '0' }: ResourceReferenceDraft,
  use: 'environment' | 'volume',
  path: string,
  errors: FieldError[],
): void {
  if (use === 'volume' && !containerName) errors.push(required(`${path}.containerName`));
  else if (!resource) errors.push(required(`${path}.resource`));
  else if (!resourceNames.includes(resource) && !/^(requests|limits)\.hugepages-/.test(resource)) {
    errors.push(notSupported(`${path}.resource`, resource, resourceNames));
  }
  const amount = parseQuantity(divisor);
  if (amount === undefined || amount.nano === 0n) return;
  const rule = divisors.find((each) => resource.replace(/^(requests|limits)/, '').startsWith(each.resource));
  if (rule !== undefined && !rule.allowed.includes(printQuantity(amount))) errors.push(invalid(`${path}.divisor`, resource, rule.detail));
}
