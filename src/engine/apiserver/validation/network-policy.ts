import { type FieldError, forbidden, invalid, notSupported, required } from '../../api/field-error.ts';
import { type CidrText, parseCidrText } from '../../api/ip-text.ts';
import { isPortNumber, portNameProblems, portNumberProblem } from '../../api/name-formats.ts';
import type { ObjectDraft } from '../draft.ts';
import { validateCidr } from './ip-fields.ts';
import { type LabelSelectorDraft, validateLabelSelector } from './label-selector.ts';
import { nameIsDnsSubdomain, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';

/** A NetworkPolicy, unchecked. */
export interface NetworkPolicyDraft extends ObjectDraft {
  spec: {
    podSelector: LabelSelectorDraft;
    ingress?: { ports?: PolicyPortDraft[]; from?: PolicyPeerDraft[] }[];
    egress?: { ports?: PolicyPortDraft[]; to?: PolicyPeerDraft[] }[];
    policyTypes?: string[];
  };
}

export interface PolicyPortDraft {
  protocol?: string;
  port?: number | string;
  endPort?: number;
}

interface PolicyPeerDraft {
  podSelector?: LabelSelectorDraft;
  namespaceSelector?: LabelSelectorDraft;
  ipBlock?: { cidr?: string; except?: string[] };
}

/** Not sorted: the server keeps these in slices. */
const protocols = ['TCP', 'UDP', 'SCTP'];
const policyTypes = ['Ingress', 'Egress'];

/**
 * @models yes NetworkPolicy validation on create and update
 *
 * Models: pkg/apis/networking/validation ValidateNetworkPolicy, v1.37.
 */
export function validateNetworkPolicyCreate(policy: NetworkPolicyDraft, errors: FieldError[]): void {
  validateObjectMeta(policy.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  validateSpec(policy.spec, undefined, errors);
  validateDeclared(policy.spec, errors);
}

export function validateNetworkPolicyUpdate(policy: NetworkPolicyDraft, old: NetworkPolicyDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(policy.metadata, old.metadata, 'metadata', errors);
  validateSpec(policy.spec, old.spec, errors);
  validateDeclared(policy.spec, errors);
}

function validateSpec(spec: NetworkPolicyDraft['spec'], old: NetworkPolicyDraft['spec'] | undefined, errors: FieldError[]): void {
  validateLabelSelector(spec.podSelector, 'spec.podSelector', errors);
  // Ranges that the stored policy has stay valid, wherever they move.
  const existing = old === undefined ? [] : cidrsOf(old);
  for (const [i, rule] of (spec.ingress ?? []).entries()) {
    for (const [j, port] of (rule.ports ?? []).entries()) validatePort(port, `spec.ingress[${i}].ports[${j}]`, errors);
    for (const [j, peer] of (rule.from ?? []).entries()) validatePeer(peer, `spec.ingress[${i}].from[${j}]`, existing, errors);
  }
  for (const [i, rule] of (spec.egress ?? []).entries()) {
    for (const [j, port] of (rule.ports ?? []).entries()) validatePort(port, `spec.egress[${i}].ports[${j}]`, errors);
    for (const [j, peer] of (rule.to ?? []).entries()) validatePeer(peer, `spec.egress[${i}].to[${j}]`, existing, errors);
  }
  const types = spec.policyTypes ?? [];
  if (types.length > policyTypes.length) {
    errors.push(invalid('spec.policyTypes', { json: types }, 'may not specify more than two policyTypes'));
    return;
  }
  for (const [i, type] of types.entries()) {
    if (!policyTypes.includes(type)) errors.push(notSupported(`spec.policyTypes[${i}]`, { json: type }, policyTypes));
  }
}

function validatePort({ protocol, port, endPort }: PolicyPortDraft, path: string, errors: FieldError[]): void {
  if (protocol !== undefined && !protocols.includes(protocol)) errors.push(notSupported(`${path}.protocol`, { json: protocol }, protocols));
  if (port === undefined) {
    if (endPort !== undefined) errors.push(invalid(`${path}.endPort`, endPort, 'may not be specified when `port` is not specified'));
  } else if (typeof port === 'string') {
    if (endPort !== undefined) errors.push(invalid(`${path}.endPort`, endPort, 'may not be specified when `port` is non-numeric'));
    for (const problem of portNameProblems(port)) errors.push(invalid(`${path}.port`, port, problem));
  } else {
    if (!isPortNumber(port)) errors.push(invalid(`${path}.port`, port, portNumberProblem));
    if (endPort === undefined) return;
    if (endPort < port) errors.push(invalid(`${path}.endPort`, endPort, 'must be greater than or equal to `port`'));
    if (!isPortNumber(endPort)) errors.push(invalid(`${path}.endPort`, endPort, portNumberProblem));
  }
}

function validatePeer(peer: PolicyPeerDraft, path: string, existing: readonly string[], errors: FieldError[]): void {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  validateLabelSelector(podSelector, `${path}.podSelector`, errors);
  validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`, errors);
  if (ipBlock !== undefined) validateIPBlock(ipBlock, `${path}.ipBlock`, existing, errors);
  if (podSelector !== undefined || namespaceSelector !== undefined) {
    if (ipBlock !== undefined) errors.push(forbidden(path, 'may not specify both ipBlock and another peer'));
  } else if (ipBlock === undefined) {
    errors.push(required(path, 'must specify a peer'));
  }
}

function validateIPBlock(
  { cidr, except = [] }: { cidr?: string; except?: string[] },
  path: string,
  existing: readonly string[],
  errors: FieldError[],
): void {
  // A missing range is reported by the declared rules.
  if (!cidr) return;
  validateCidr(cidr, `${path}.cidr`, errors, existing);
  const range = parseCidrText(cidr);
  if (range === undefined) return;
  for (const [i, text] of except.entries()) {
    validateCidr(text, `${path}.except[${i}]`, errors, existing);
    const hole = parseCidrText(text);
    if (hole !== undefined && !isStrictSubset(hole, range)) {
      errors.push(invalid(`${path}.except[${i}]`, text, 'must be a strict subset of `cidr`'));
    }
  }
}

/** Rules that stand beside the API's types and run after the hand-written ones. */
function validateDeclared(spec: NetworkPolicyDraft['spec'], errors: FieldError[]): void {
  const peers = (list: readonly PolicyPeerDraft[], path: string) => {
    for (const [j, { ipBlock }] of list.entries()) {
      if (ipBlock !== undefined && !ipBlock.cidr) errors.push(required(`${path}[${j}].ipBlock.cidr`));
    }
  };
  for (const [i, rule] of (spec.ingress ?? []).entries()) peers(rule.from ?? [], `spec.ingress[${i}].from`);
  for (const [i, rule] of (spec.egress ?? []).entries()) peers(rule.to ?? [], `spec.egress[${i}].to`);
}

function isStrictSubset(inner: CidrText, outer: CidrText): boolean {
  if (inner.ip.family !== outer.ip.family || inner.length <= outer.length) return false;
  return outer.ip.bytes.every((byte, i) => {
    const kept = Math.min(8, Math.max(0, outer.length - i * 8));
    const mask = (0xff00 >> kept) & 0xff;
    return (byte & mask) === ((inner.ip.bytes[i] ?? 0) & mask);
  });
}

function cidrsOf(spec: NetworkPolicyDraft['spec']): readonly string[] {
  const peers = [...(spec.ingress ?? []).flatMap((rule) => rule.from ?? []), ...(spec.egress ?? []).flatMap((rule) => rule.to ?? [])];
  return peers.flatMap(({ ipBlock }) => [...(ipBlock?.cidr ? [ipBlock.cidr] : []), ...(ipBlock?.except ?? [])]);
}
