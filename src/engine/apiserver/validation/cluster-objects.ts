import { type FieldError, forbidden, invalid, notSupported, required, tooLong } from '../../api/field-error.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  labelKeyProblems,
  labelValueProblems,
  pathSegmentProblems,
} from '../../api/name-formats.ts';
import { sameValue } from '../../api/same-value.ts';
import type { ObjectDraft } from '../draft.ts';
import { validateCidr } from './ip-fields.ts';
import { nameIsDnsLabel, nameIsDnsSubdomain, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';

/** A Namespace, unchecked. */
export interface NamespaceDraft extends ObjectDraft {
  spec: { finalizers?: string[] };
  status: { phase?: string };
}

/** A Node, unchecked. */
export interface NodeDraft extends ObjectDraft {
  spec: {
    podCIDR?: string;
    podCIDRs?: string[];
    providerID?: string;
    unschedulable?: boolean;
    taints?: { key?: string; value?: string; effect?: string }[];
  };
  status: Record<string, unknown>;
}

/** An IngressClass, unchecked. */
export interface IngressClassDraft extends ObjectDraft {
  spec: { controller?: string; parameters?: { apiGroup?: string; kind?: string; name?: string; scope?: string; namespace?: string } };
}

/** Models: pkg/apis/core/validation ValidateNamespace, v1.37. */
export function validateNamespaceCreate(namespace: NamespaceDraft, errors: FieldError[]): void {
  validateObjectMeta(namespace.metadata, false, nameIsDnsLabel, 'metadata', errors);
}

export function validateNamespaceUpdate(namespace: NamespaceDraft, old: NamespaceDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(namespace.metadata, old.metadata, 'metadata', errors);
}

const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/**
 * @models partly Node validation: names, taints and Pod ranges; resources and status are kept unchecked
 *
 * Models: pkg/apis/core/validation ValidateNode, v1.37.
 */
export function validateNodeCreate(node: NodeDraft, errors: FieldError[]): void {
  validateObjectMeta(node.metadata, false, nameIsDnsSubdomain, 'metadata', errors);
  validateTaints(node, errors);
  for (const [i, range] of (node.spec.podCIDRs ?? []).entries()) validateCidr(range, `spec.podCIDRs[${i}]`, errors);
}

export function validateNodeUpdate(node: NodeDraft, old: NodeDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(node.metadata, old.metadata, 'metadata', errors);
  const before = old.spec.podCIDRs ?? [];
  if (before.length > 0 && !sameValue(before, node.spec.podCIDRs ?? [])) {
    errors.push(forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'));
  }
  validateTaints(node, errors);
}

function validateTaints({ spec }: NodeDraft, errors: FieldError[]): void {
  const seen = new Set<string>();
  for (const [i, { key = '', value = '', effect = '' }] of (spec.taints ?? []).entries()) {
    // The server puts the taints under metadata here.
    const path = `metadata.taints[${i}]`;
    for (const problem of labelKeyProblems(key)) errors.push(invalid(`${path}.key`, key, problem));
    const problems = labelValueProblems(value);
    if (problems.length > 0) errors.push(invalid(`${path}.value`, value, problems.join(';')));
    if (effect === '') errors.push(required(`${path}.effect`));
    else if (!taintEffects.includes(effect)) errors.push(notSupported(`${path}.effect`, { json: effect }, taintEffects));
    const pair = `${effect}/${key}`;
    if (seen.has(pair)) {
      const shown = JSON.stringify({ Key: key, Value: value, Effect: effect, TimeAdded: null });
      const message = `Duplicate value: ${shown}: taints must be unique by key and effect pair`;
      errors.push({ reason: 'FieldValueDuplicate', field: path, message });
    }
    seen.add(pair);
  }
}

const scopes = ['Cluster', 'Namespace'];
const maxController = 250;

/**
 * @models yes IngressClass validation on create and update
 *
 * Models: pkg/apis/networking/validation ValidateIngressClass, v1.37.
 */
export function validateIngressClassCreate(ingressClass: IngressClassDraft, errors: FieldError[]): void {
  validateObjectMeta(ingressClass.metadata, false, nameIsDnsSubdomain, 'metadata', errors);
  validateIngressClassSpec(ingressClass.spec, errors);
  validateDeclaredParameters(ingressClass.spec, errors);
}

export function validateIngressClassUpdate(ingressClass: IngressClassDraft, old: IngressClassDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(ingressClass.metadata, old.metadata, 'metadata', errors);
  const controller = ingressClass.spec.controller ?? '';
  if (controller !== (old.spec.controller ?? '')) errors.push(invalid('spec.controller', controller, 'field is immutable'));
  validateIngressClassCreate(ingressClass, errors);
}

function validateIngressClassSpec({ controller = '', parameters }: IngressClassDraft['spec'], errors: FieldError[]): void {
  const path = 'spec.controller';
  if (controller.length > maxController) errors.push(tooLong(path, maxController));
  validateDomainPrefixedPath(controller, path, errors);
  if (parameters === undefined) return;
  const own = 'spec.parameters';
  const { apiGroup, kind, name, scope, namespace } = parameters;
  if (apiGroup !== undefined)
    for (const problem of dnsSubdomainProblems(apiGroup)) errors.push(invalid(`${own}.apiGroup`, apiGroup, problem));
  if (kind) for (const problem of pathSegmentProblems(kind)) errors.push(invalid(`${own}.kind`, kind, problem));
  if (name) for (const problem of pathSegmentProblems(name)) errors.push(invalid(`${own}.name`, name, problem));
  if (scope === undefined) errors.push(required(`${own}.scope`));
  else if (!scopes.includes(scope)) errors.push(notSupported(`${own}.scope`, scope, scopes));
  else if (scope === 'Cluster') {
    if (namespace !== undefined) errors.push(forbidden(`${own}.namespace`, "`parameters.scope` is set to 'Cluster'"));
  } else if (namespace === undefined) {
    errors.push(required(`${own}.namespace`, "`parameters.scope` is set to 'Namespace'"));
  } else {
    for (const problem of dnsLabelProblems(namespace)) errors.push(invalid(`${own}.namespace`, namespace, problem));
  }
}

/** Rules that stand beside the API's types and run after the hand-written ones. */
function validateDeclaredParameters({ parameters }: IngressClassDraft['spec'], errors: FieldError[]): void {
  if (parameters === undefined) return;
  if (!parameters.kind) errors.push(required('spec.parameters.kind'));
  if (!parameters.name) errors.push(required('spec.parameters.name'));
}

const urlPath = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** Models: apimachinery pkg/util/validation IsDomainPrefixedPath, v1.37. */
function validateDomainPrefixedPath(text: string, path: string, errors: FieldError[]): void {
  if (text === '') {
    errors.push(required(path));
    return;
  }
  const slash = text.indexOf('/');
  const host = slash < 0 ? text : text.slice(0, slash);
  const rest = text.slice(slash + 1);
  if (slash < 0 || host === '' || rest === '') {
    errors.push(invalid(path, text, 'must be a domain-prefixed path (such as "acme.io/foo")'));
    return;
  }
  for (const problem of dnsSubdomainProblems(host)) errors.push(invalid(path, host, problem));
  if (!urlPath.test(rest)) {
    const detail = `Invalid path (e.g. 'path' or 'my/path', regex used for validation is '${urlPath.source.slice(1, -1)}')`;
    errors.push(invalid(path, rest, detail));
  }
}
