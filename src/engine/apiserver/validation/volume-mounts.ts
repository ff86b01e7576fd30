import { type FieldError, forbidden, invalid, notFoundValue, notSupported, required } from '../../api/field-error.ts';
import type { ContainerDraft, VolumeMountDraft } from '../pod-draft.ts';
import { validateLocalPath } from './paths.ts';

const propagations = ['Bidirectional', 'HostToContainer', 'None'];
const recursiveReadOnlyModes = ['Disabled', 'Enabled', 'IfPossible'];

/**
 * `volumes`: the names of the Pod's volumes. The server reports some fields at the list, not at the mount, and so does this.
 *
 * @models partly volume mounts: overlap with volumeDevices and bindMountOptions are left out
 *
 * Models: pkg/apis/core/validation ValidateVolumeMounts, v1.37.
 */
export function validateVolumeMounts(container: ContainerDraft, volumes: ReadonlySet<string>, path: string, errors: FieldError[]): void {
  const taken = new Set<string>();
  for (const [i, mount] of (container.volumeMounts ?? []).entries()) {
    const own = `${path}[${i}]`;
    const { name = '', mountPath = '', subPath = '', subPathExpr = '' } = mount;
    if (name === '') errors.push(required(`${own}.name`));
    if (!volumes.has(name)) errors.push(notFoundValue(`${own}.name`, name));
    if (mountPath === '') errors.push(required(`${own}.mountPath`));
    if (taken.has(mountPath)) errors.push(invalid(`${own}.mountPath`, mountPath, 'must be unique'));
    taken.add(mountPath);
    if (subPath !== '') validateLocalPath(subPath, `${path}.subPath`, errors);
    if (subPathExpr !== '') {
      if (subPath !== '') errors.push(invalid(`${own}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
      validateLocalPath(subPathExpr, `${path}.subPathExpr`, errors);
    }
    validatePropagation(mount, container, `${path}.mountPropagation`, errors);
    validateRecursiveReadOnly(mount, `${path}.recursiveReadOnly`, errors);
  }
}

function validatePropagation({ mountPropagation }: VolumeMountDraft, container: ContainerDraft, path: string, errors: FieldError[]): void {
  if (mountPropagation === undefined) return;
  if (!propagations.includes(mountPropagation)) errors.push(notSupported(path, { json: mountPropagation }, propagations));
  if (mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true) {
    errors.push(forbidden(path, 'Bidirectional mount propagation is available only to privileged containers'));
  }
}

function validateRecursiveReadOnly(mount: VolumeMountDraft, path: string, errors: FieldError[]): void {
  const { recursiveReadOnly: mode, readOnly, mountPropagation } = mount;
  if (mode === undefined || mode === 'Disabled') return;
  if (!recursiveReadOnlyModes.includes(mode)) {
    errors.push(notSupported(path, { json: mode }, recursiveReadOnlyModes));
    return;
  }
  if (readOnly !== true) errors.push(forbidden(path, 'may only be specified when readOnly is true'));
  if (mountPropagation !== undefined && mountPropagation !== 'None') {
    errors.push(forbidden(path, 'may only be specified when mountPropagation is None or not specified'));
  }
}
