import { duplicate, type FieldError, forbidden, invalid, notSupported, required } from '../../api/field-error.ts';
import { dnsLabelProblems } from '../../api/name-formats.ts';
import { parseQuantity } from '../../api/quantity.ts';
import type { DownwardFileDraft, KeyToPathDraft, ProjectionDraft, VolumeDraft } from '../pod-draft.ts';
import { validateFieldReference, validateResourceReference } from './downward-api.ts';
import { validateLocalFilePath, validateNoBacksteps } from './paths.ts';

const hostPathTypes = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];
const modeProblem = 'must be a number between 0 and 0777 (octal), both inclusive';

/**
 * The names of the volumes that have no mistake; only those can be mounted.
 *
 * @models partly Pod volumes: names and the sources a Service course meets; other sources are kept unchecked
 *
 * Models: pkg/apis/core/validation ValidateVolumes, v1.37.
 */
export function validateVolumes(volumes: readonly VolumeDraft[], path: string, errors: FieldError[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [i, volume] of volumes.entries()) {
    const own = `${path}[${i}]`;
    const before = errors.length;
    validateSource(volume, own, errors);
    const { name = '' } = volume;
    if (name === '') errors.push(required(`${own}.name`));
    else for (const problem of dnsLabelProblems(name)) errors.push(invalid(`${own}.name`, name, problem));
    if (names.has(name)) errors.push(duplicate(`${own}.name`, name));
    if (errors.length === before) names.add(name);
  }
  return names;
}

type Check = (volume: VolumeDraft, path: string, errors: FieldError[]) => void;
const unchecked: Check = () => undefined;

/** In the server's order: the first that a volume has is checked, each further one is refused. */
const sources: readonly { field: string; check: Check; reportedAs?: string }[] = [
  { field: 'emptyDir', check: checkEmptyDir },
  { field: 'hostPath', check: checkHostPath },
  { field: 'gitRepo', check: unchecked },
  { field: 'gcePersistentDisk', check: unchecked },
  { field: 'awsElasticBlockStore', check: unchecked },
  { field: 'secret', check: checkSecret },
  { field: 'nfs', check: unchecked },
  { field: 'iscsi', check: unchecked },
  { field: 'glusterfs', check: unchecked },
  { field: 'flocker', check: unchecked },
  { field: 'persistentVolumeClaim', check: checkClaim },
  { field: 'rbd', check: unchecked },
  { field: 'cinder', check: unchecked },
  { field: 'cephfs', check: unchecked, reportedAs: 'cephFS' },
  { field: 'quobyte', check: unchecked },
  // The server's own spelling mistake.
  { field: 'downwardAPI', check: checkDownwardApi, reportedAs: 'downwarAPI' },
  { field: 'fc', check: unchecked },
  { field: 'flexVolume', check: unchecked },
  { field: 'configMap', check: checkConfigMap },
  { field: 'azureFile', check: unchecked },
  { field: 'vsphereVolume', check: unchecked },
  { field: 'photonPersistentDisk', check: unchecked },
  { field: 'portworxVolume', check: unchecked },
  { field: 'azureDisk', check: unchecked },
  { field: 'storageos', check: unchecked },
  { field: 'projected', check: checkProjected },
  { field: 'scaleIO', check: unchecked },
  { field: 'csi', check: unchecked },
  { field: 'ephemeral', check: unchecked },
  { field: 'image', check: unchecked },
];
const uncheckedSources: ReadonlySet<string> = new Set(sources.filter(({ check }) => check === unchecked).map(({ field }) => field));

/** The fields of `volume` that this model keeps without checking them. */
export function uncheckedSourcesOf(volume: VolumeDraft): readonly string[] {
  return Object.keys(volume).filter((field) => uncheckedSources.has(field));
}

function validateSource(volume: VolumeDraft, path: string, errors: FieldError[]): void {
  let found = false;
  for (const { field, check, reportedAs = field } of sources) {
    if (volume[field] === undefined) continue;
    if (found) errors.push(forbidden(`${path}.${reportedAs}`, 'may not specify more than 1 volume type'));
    else check(volume, `${path}.${field}`, errors);
    found = true;
  }
  if (!found) errors.push(required(path, 'must specify a volume type'));
}

function checkEmptyDir({ emptyDir }: VolumeDraft, path: string, errors: FieldError[]): void {
  const limit = emptyDir?.sizeLimit === undefined ? undefined : parseQuantity(emptyDir.sizeLimit);
  if (limit !== undefined && limit.nano < 0n) {
    errors.push(forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity'));
  }
}

function checkHostPath({ hostPath: { path: hostPath = '', type = '' } = {} }: VolumeDraft, path: string, errors: FieldError[]): void {
  if (hostPath === '') {
    errors.push(required(`${path}.path`));
    return;
  }
  validateNoBacksteps(hostPath, `${path}.path`, errors);
  if (!hostPathTypes.includes(type)) errors.push(notSupported(`${path}.type`, { json: type }, hostPathTypes));
}

function checkSecret({ secret = {} }: VolumeDraft, path: string, errors: FieldError[]): void {
  if (!secret.secretName) errors.push(required(`${path}.secretName`));
  validateMode(secret.defaultMode, `${path}.defaultMode`, errors);
  validateItems(secret.items ?? [], `${path}.items`, errors);
}

function checkConfigMap({ configMap = {} }: VolumeDraft, path: string, errors: FieldError[]): void {
  if (!configMap.name) errors.push(required(`${path}.name`));
  validateMode(configMap.defaultMode, `${path}.defaultMode`, errors);
  validateItems(configMap.items ?? [], `${path}.items`, errors);
}

function checkClaim({ persistentVolumeClaim }: VolumeDraft, path: string, errors: FieldError[]): void {
  if (!persistentVolumeClaim?.claimName) errors.push(required(`${path}.claimName`));
}

/** The server does not say which item is wrong. */
function checkDownwardApi({ downwardAPI = {} }: VolumeDraft, path: string, errors: FieldError[]): void {
  validateMode(downwardAPI.defaultMode, `${path}.defaultMode`, errors);
  for (const file of downwardAPI.items ?? []) validateDownwardFile(file, path, errors);
}

function checkProjected({ projected = {} }: VolumeDraft, path: string, errors: FieldError[]): void {
  validateMode(projected.defaultMode, `${path}.defaultMode`, errors);
  const taken = new Set<string>();
  const take = (filePath: string | undefined, shown: string | undefined) => {
    if (!filePath) return;
    if (taken.has(filePath)) errors.push(invalid(path, shown ?? '', 'conflicting duplicate paths'));
    taken.add(filePath);
  };
  for (const [i, projection] of (projected.sources ?? []).entries()) {
    const own = `${path}.sources[${i}]`;
    for (const field of ['secret', 'configMap'] as const) {
      const source = projection[field];
      if (source === undefined) continue;
      if (!source.name) errors.push(required(`${own}.${field}.name`));
      for (const [j, item] of (source.items ?? []).entries()) {
        validateItem(item, `${own}.${field}.items[${j}]`, errors);
        take(item.path, source.name);
      }
    }
    for (const file of projection.downwardAPI?.items ?? []) {
      validateDownwardFile(file, `${own}.downwardAPI`, errors);
      take(file.path, file.path);
    }
    validateToken(projection, path, own, errors);
    if (Object.keys(projection).length > 1) errors.push(forbidden(own, 'may not specify more than 1 volume type per source'));
  }
}

/** The server reports the token's path at the volume, not at the source. */
function validateToken({ serviceAccountToken: token }: ProjectionDraft, volumePath: string, path: string, errors: FieldError[]): void {
  if (token === undefined) return;
  const seconds = token.expirationSeconds;
  const secondsPath = `${path}.serviceAccountToken.expirationSeconds`;
  if (seconds === undefined) errors.push(required(secondsPath));
  else if (seconds < 600) errors.push(invalid(secondsPath, seconds, 'may not specify a duration less than 10 minutes'));
  else if (seconds > 2 ** 32) errors.push(invalid(secondsPath, seconds, 'may not specify a duration larger than 2^32 seconds'));
  if (!token.path) errors.push(required(`${volumePath}.path`));
  else validateLocalFilePath(token.path, `${volumePath}.path`, errors);
}

function validateDownwardFile(file: DownwardFileDraft, path: string, errors: FieldError[]): void {
  const { fieldRef, resourceFieldRef } = file;
  validateFilePath(file.path, `${path}.path`, errors);
  if (fieldRef !== undefined) {
    validateFieldReference(fieldRef, 'volume', `${path}.fieldRef`, errors);
    if (resourceFieldRef !== undefined) {
      errors.push(invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
    }
  } else if (resourceFieldRef !== undefined) {
    validateResourceReference(resourceFieldRef, 'volume', `${path}.resourceFieldRef`, errors);
  } else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  validateMode(file.mode, `${path}.mode`, errors);
}

function validateItems(items: readonly KeyToPathDraft[], path: string, errors: FieldError[]): void {
  for (const [i, item] of items.entries()) validateItem(item, `${path}[${i}]`, errors);
}

function validateItem(item: KeyToPathDraft, path: string, errors: FieldError[]): void {
  if (!item.key) errors.push(required(`${path}.key`));
  validateFilePath(item.path, `${path}.path`, errors);
  validateMode(item.mode, `${path}.mode`, errors);
}

function validateFilePath(filePath: string | undefined, path: string, errors: FieldError[]): void {
  if (filePath) validateLocalFilePath(filePath, path, errors);
  else errors.push(required(path));
}

function validateMode(mode: number | undefined, path: string, errors: FieldError[]): void {
  if (mode !== undefined && (mode < 0 || mode > 0o777)) errors.push(invalid(path, mode, modeProblem));
}
