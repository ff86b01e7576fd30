import { type FieldError, forbidden, invalid, required, tooLong } from '../../api/field-error.ts';
import { byteLength } from '../../api/go-text.ts';
import { configMapKeyProblems } from '../../api/name-formats.ts';
import { sameValue } from '../../api/same-value.ts';
import type { ObjectDraft } from '../draft.ts';
import { nameIsDnsSubdomain, sortedKeys, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';

/** A ConfigMap, unchecked. */
export interface ConfigMapDraft extends ObjectDraft {
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
  immutable?: boolean;
}

/** A Secret, unchecked. Values of `data` are base64. */
export interface SecretDraft extends ObjectDraft {
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  type?: string;
  immutable?: boolean;
}

const maxBytes = 1024 * 1024;
const frozen = 'field is immutable when `immutable` is set';

/**
 * @models yes ConfigMap validation on create and update
 *
 * Models: pkg/apis/core/validation ValidateConfigMap, v1.37.
 */
export function validateConfigMapCreate(configMap: ConfigMapDraft, errors: FieldError[]): void {
  validateObjectMeta(configMap.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  const { data = {}, binaryData = {} } = configMap;
  let size = 0;
  for (const key of sortedKeys(data)) {
    for (const problem of configMapKeyProblems(key)) errors.push(invalid(`data[${key}]`, key, problem));
    if (Object.hasOwn(binaryData, key)) errors.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'));
    size += byteLength(data[key] ?? '');
  }
  for (const key of sortedKeys(binaryData)) {
    for (const problem of configMapKeyProblems(key)) errors.push(invalid(`binaryData[${key}]`, key, problem));
    size += bytesOfBase64(binaryData[key] ?? '');
  }
  // The whole object is meant, so that there is no path.
  if (size > maxBytes) errors.push(tooLong('', maxBytes));
}

export function validateConfigMapUpdate(configMap: ConfigMapDraft, old: ConfigMapDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(configMap.metadata, old.metadata, 'metadata', errors);
  if (old.immutable === true) {
    if (configMap.immutable !== true) errors.push(forbidden('immutable', frozen));
    if (!sameValue(configMap.data, old.data)) errors.push(forbidden('data', frozen));
    if (!sameValue(configMap.binaryData, old.binaryData)) errors.push(forbidden('binaryData', frozen));
  }
  validateConfigMapCreate(configMap, errors);
}

/** Keys that a type of Secret must have. */
const requiredKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};
const accountName = 'kubernetes.io/service-account.name';

/**
 * @models partly Secret validation: that registry credentials are JSON is not looked at
 *
 * Models: pkg/apis/core/validation ValidateSecret, v1.37.
 */
export function validateSecretCreate(secret: SecretDraft, errors: FieldError[]): void {
  validateObjectMeta(secret.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  const { data = {}, type = '' } = secret;
  let size = 0;
  for (const key of sortedKeys(data)) {
    for (const problem of configMapKeyProblems(key)) errors.push(invalid(`data[${key}]`, key, problem));
    size += bytesOfBase64(data[key] ?? '');
  }
  if (size > maxBytes) errors.push(tooLong('data', maxBytes));
  for (const key of requiredKeys[type] ?? []) if (!Object.hasOwn(data, key)) errors.push(required(`data[${key}]`));
  if (type === 'kubernetes.io/basic-auth' && !Object.hasOwn(data, 'username') && !Object.hasOwn(data, 'password')) {
    errors.push(required('data[username]'), required('data[password]'));
  }
  if (type === 'kubernetes.io/service-account-token' && (secret.metadata.annotations?.[accountName] ?? '') === '') {
    errors.push(required(`metadata.annotations[${accountName}]`));
  }
}

export function validateSecretUpdate(secret: SecretDraft, old: SecretDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(secret.metadata, old.metadata, 'metadata', errors);
  if (secret.type !== old.type) errors.push(invalid('type', { json: secret.type ?? '' }, 'field is immutable'));
  if (old.immutable === true) {
    if (secret.immutable !== true) errors.push(forbidden('immutable', frozen));
    if (!sameValue(secret.data, old.data)) errors.push(forbidden('data', frozen));
  }
  validateSecretCreate(secret, errors);
}

function bytesOfBase64(text: string): number {
  return Math.floor((text.replace(/=+$/, '').length * 3) / 4);
}
