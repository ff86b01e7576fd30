import { type FieldError, invalid, notSupported, required } from '../../api/field-error.ts';
import { parseIpText } from '../../api/ip-text.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  isPortNumber,
  pathSegmentProblems,
  portNameProblems,
  portNumberProblem,
  wildcardSubdomainProblems,
} from '../../api/name-formats.ts';
import type { ObjectDraft } from '../draft.ts';
import { nameIsDnsSubdomain, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';

/** An Ingress, unchecked. */
export interface IngressDraft extends ObjectDraft {
  spec: IngressSpecDraft;
  status: { loadBalancer: object };
}

interface IngressSpecDraft {
  ingressClassName?: string;
  defaultBackend?: IngressBackendDraft;
  tls?: { hosts?: string[]; secretName?: string }[];
  rules?: IngressRuleDraft[];
}

interface IngressRuleDraft {
  host?: string;
  http?: { paths?: IngressPathDraft[] };
}

interface IngressPathDraft {
  path?: string;
  pathType?: string;
  backend?: IngressBackendDraft;
}

interface IngressBackendDraft {
  service?: { name?: string; port?: { name?: string; number?: number } };
  resource?: ObjectReferenceDraft;
}

/** A reference to any object of the same namespace, unchecked. */
export interface ObjectReferenceDraft {
  apiGroup?: string;
  kind?: string;
  name?: string;
}

export const ingressClassAnnotation = 'kubernetes.io/ingress.class';
const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];
const badSequences = ['//', '/./', '/../', '%2f', '%2F'];
const badEndings = ['/..', '/.'];

/**
 * @models yes Ingress validation on create and update
 *
 * Models: pkg/apis/networking/validation ValidateIngressCreate, v1.37.
 */
export function validateIngressCreate(ingress: IngressDraft, errors: FieldError[]): void {
  validateObjectMeta(ingress.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  validateSpec(ingress.spec, undefined, errors);
  const annotation = ingress.metadata.annotations?.[ingressClassAnnotation];
  const className = ingress.spec.ingressClassName;
  if (annotation !== undefined && className !== undefined && annotation !== className) {
    // The server leaves `metadata` out of this path.
    errors.push(invalid(`annotations.${ingressClassAnnotation}`, annotation, 'must match `ingressClassName` when both are specified'));
  }
}

export function validateIngressUpdate(ingress: IngressDraft, old: IngressDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(ingress.metadata, old.metadata, 'metadata', errors);
  validateObjectMeta(ingress.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  validateSpec(ingress.spec, old.spec, errors);
}

/** `old`: what an earlier server let through stays allowed. */
function validateSpec(spec: IngressSpecDraft, old: IngressSpecDraft | undefined, errors: FieldError[]): void {
  const rules = spec.rules ?? [];
  if (rules.length === 0 && spec.defaultBackend === undefined) {
    errors.push(invalid('spec', { json: spec.rules === undefined ? null : [] }, 'either `defaultBackend` or `rules` must be specified'));
  }
  if (spec.defaultBackend !== undefined) validateBackend(spec.defaultBackend, 'spec.defaultBackend', errors);
  for (const [i, rule] of rules.entries()) validateRule(rule, `spec.rules[${i}]`, errors);
  const badSecretsAllowed = (old?.tls ?? []).some(
    ({ secretName }) => secretName !== undefined && dnsSubdomainProblems(secretName).length > 0,
  );
  for (const [i, { hosts = [], secretName }] of (spec.tls ?? []).entries()) {
    for (const [j, host] of hosts.entries()) {
      const problems = host.includes('*') ? wildcardSubdomainProblems(host) : dnsSubdomainProblems(host);
      for (const problem of problems) errors.push(invalid(`spec.tls[${i}].hosts[${j}]`, host, problem));
    }
    if (secretName === undefined || badSecretsAllowed) continue;
    for (const problem of dnsSubdomainProblems(secretName)) errors.push(invalid(`spec.tls[${i}].secretName`, secretName, problem));
  }
  if (spec.ingressClassName === undefined) return;
  for (const problem of dnsSubdomainProblems(spec.ingressClassName)) {
    errors.push(invalid('spec.ingressClassName', spec.ingressClassName, problem));
  }
}

function validateRule({ host, http }: IngressRuleDraft, path: string, errors: FieldError[]): void {
  if (host !== undefined) {
    if (parseIpText(host) !== undefined) errors.push(invalid(`${path}.host`, host, 'must be a DNS name, not an IP address'));
    const problems = host.includes('*') ? wildcardSubdomainProblems(host) : dnsSubdomainProblems(host);
    for (const problem of problems) errors.push(invalid(`${path}.host`, host, problem));
  }
  if (http === undefined) return;
  const paths = http.paths ?? [];
  if (paths.length === 0) errors.push(required(`${path}.http.paths`));
  for (const [i, rulePath] of paths.entries()) validatePath(rulePath, `${path}.http.paths[${i}]`, errors);
}

function validatePath({ path: text = '', pathType, backend = {} }: IngressPathDraft, path: string, errors: FieldError[]): void {
  if (pathType === undefined) {
    // Nothing else of this path is looked at.
    errors.push(required(`${path}.pathType`, 'pathType must be specified'));
    return;
  }
  if (pathType === 'Exact' || pathType === 'Prefix') {
    if (!text.startsWith('/')) errors.push(invalid(`${path}.path`, text, 'must be an absolute path'));
    for (const sequence of badSequences) {
      if (text.includes(sequence)) errors.push(invalid(`${path}.path`, text, `must not contain '${sequence}'`));
    }
    for (const ending of badEndings) if (text.endsWith(ending)) errors.push(invalid(`${path}.path`, text, `cannot end with '${ending}'`));
  } else if (pathType === 'ImplementationSpecific') {
    if (text !== '' && !text.startsWith('/')) errors.push(invalid(`${path}.path`, text, 'must be an absolute path'));
  } else {
    errors.push(notSupported(`${path}.pathType`, { json: pathType }, pathTypes));
  }
  validateBackend(backend, `${path}.backend`, errors);
}

function validateBackend({ service, resource }: IngressBackendDraft, path: string, errors: FieldError[]): void {
  if (service === undefined) {
    if (resource === undefined) errors.push(invalid(path, '', 'resource or service backend is required'));
    else validateObjectReference(resource, `${path}.resource`, errors);
    return;
  }
  if (resource !== undefined) {
    errors.push(invalid(path, '', 'cannot set both resource and service backends'));
    return;
  }
  if (!service.name) errors.push(required(`${path}.service.name`));
  else for (const problem of dnsLabelProblems(service.name)) errors.push(invalid(`${path}.service.name`, service.name, problem));
  const { name, number = 0 } = service.port ?? {};
  if (name !== undefined && number !== 0) errors.push(invalid(path, '', 'cannot set both port name & port number'));
  else if (name !== undefined) {
    for (const problem of portNameProblems(name)) errors.push(invalid(`${path}.service.port.name`, name, problem));
  } else if (number === 0) errors.push(required(path, 'port name or number is required'));
  else if (!isPortNumber(number)) errors.push(invalid(`${path}.service.port.number`, number, portNumberProblem));
}

/** Models: pkg/apis/networking/validation validateIngressTypedLocalObjectReference, v1.37. */
export function validateObjectReference({ apiGroup, kind, name }: ObjectReferenceDraft, path: string, errors: FieldError[]): void {
  if (apiGroup !== undefined) {
    for (const problem of dnsSubdomainProblems(apiGroup)) errors.push(invalid(`${path}.apiGroup`, apiGroup, problem));
  }
  if (!kind) errors.push(required(`${path}.kind`));
  else for (const problem of pathSegmentProblems(kind)) errors.push(invalid(`${path}.kind`, kind, problem));
  if (!name) errors.push(required(`${path}.name`));
  else for (const problem of pathSegmentProblems(name)) errors.push(invalid(`${path}.name`, name, problem));
}
