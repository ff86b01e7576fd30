import { duplicate, type FieldError, forbidden, invalid, required } from '../../api/field-error.ts';
import { dnsLabelProblems } from '../../api/name-formats.ts';
import type { KeyToPathDraft, VolumeDraft } from '../pod-draft.ts';

const hostPathTypes = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

/**
 * @models partly Pod volumes: names and the sources a Service course meets; other sources are kept unchecked
 *
 * Models: pkg/apis/core/validation ValidateVolumes, v1.37.
 */
export function validateVolumes(volumes: readonly VolumeDraft[], path: string, errors: FieldError[]): void {
  const names = new Set<string>();
  for (const [i, volume] of volumes.entries()) {
    const own = `${path}[${i}]`;
    const before = errors.length;
    validateSource(volume, own, errors);
    const { name } = volume;
    if (!name) errors.push(required(`${own}.name`));
    else {
      for (const problem of dnsLabelProblems(name)) errors.push(invalid(`${own}.name`, name, problem));
      if (names.has(name)) errors.push(duplicate(`${own}.name`, name));
    }
    if (errors.length === before) names.add(name ?? '');
  }
}

/** Every source but the first is reported. The order is the server's, not the manifest's. */
const sourceOrder = ['emptyDir', 'hostPath', 'secret', 'persistentVolumeClaim', 'downwardAPI', 'configMap', 'projected'];

function validateSource(volume: VolumeDraft, path: string, errors: FieldError[]): void {
  const sources = Object.keys(volume)
    .filter((key) => key !== 'name')
    .sort((a, b) => sourceOrder.indexOf(a) - sourceOrder.indexOf(b));
  if (sources.length === 0) errors.push(required(path, 'must specify a volume type'));
  for (const extra of sources.slice(1)) errors.push(forbidden(`${path}.${extra}`, 'may not specify more than 1 volume type'));
  const source = sources[0];
  if (source === 'hostPath') validateHostPath(volume.hostPath ?? {}, `${path}.hostPath`, errors);
  if (source === 'secret') {
    if (!volume.secret?.secretName) errors.push(required(`${path}.secret.secretName`));
    validateFiles(volume.secret?.items ?? [], volume.secret?.defaultMode, `${path}.secret`, errors);
  }
  if (source === 'configMap') {
    if (!volume.configMap?.name) errors.push(required(`${path}.configMap.name`));
    validateFiles(volume.configMap?.items ?? [], volume.configMap?.defaultMode, `${path}.configMap`, errors);
  }
  if (source === 'persistentVolumeClaim' && !volume.persistentVolumeClaim?.claimName) {
    errors.push(required(`${path}.persistentVolumeClaim.claimName`));
  }
}

function validateHostPath({ path: hostPath, type = '' }: { path?: string; type?: string }, path: string, errors: FieldError[]): void {
  if (!hostPath) errors.push(required(`${path}.path`));
  else if (hostPath.split('/').includes('..')) errors.push(invalid(`${path}.path`, hostPath, "must not contain '..'"));
  if (!hostPathTypes.includes(type)) {
    const supported = hostPathTypes.map((each) => `"${each}"`).join(', ');
    errors.push({
      reason: 'FieldValueNotSupported',
      field: `${path}.type`,
      message: `Unsupported value: "${type}": supported values: ${supported}`,
    });
  }
}

function validateFiles(items: readonly KeyToPathDraft[], defaultMode: number | undefined, path: string, errors: FieldError[]): void {
  const mode = (value: number | undefined) => value !== undefined && (value < 0 || value > 0o777);
  const modeText = 'must be a number between 0 and 0777 (octal), both inclusive';
  if (defaultMode !== undefined && mode(defaultMode)) errors.push(invalid(`${path}.defaultMode`, defaultMode, modeText));
  for (const [i, item] of items.entries()) {
    if (!item.key) errors.push(required(`${path}.items[${i}].key`));
    if (!item.path) errors.push(required(`${path}.items[${i}].path`));
    else {
      if (item.path.startsWith('/')) errors.push(invalid(`${path}.items[${i}].path`, item.path, 'must be a relative path'));
      if (item.path.split('/').includes('..')) errors.push(invalid(`${path}.items[${i}].path`, item.path, "must not contain '..'"));
    }
    if (item.mode !== undefined && mode(item.mode)) errors.push(invalid(`${path}.items[${i}].mode`, item.mode, modeText));
  }
}
