import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../../api/field-error.ts';
import { dnsLabelProblems, dnsSubdomainProblems, labelKeyProblems, labelValueProblems } from '../../api/name-formats.ts';
import { sameValue } from '../../api/same-value.ts';
import type { ObjectDraft } from '../draft.ts';
import { validateCanonicalIp, validateIp, validateNonSpecialIp } from './ip-fields.ts';
import { nameIsDnsSubdomain, validateObjectMeta } from './object-meta.ts';

/** An EndpointSlice, unchecked. */
export interface EndpointSliceDraft extends ObjectDraft {
  addressType?: string;
  endpoints?: EndpointDraft[];
  ports?: EndpointPortDraft[];
}

export interface EndpointDraft {
  addresses?: string[];
  conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean };
  hostname?: string;
  nodeName?: string;
  zone?: string;
  deprecatedTopology?: Record<string, string>;
  hints?: { forZones?: { name?: string }[]; forNodes?: { name?: string }[] };
}

export interface EndpointPortDraft {
  name?: string;
  protocol?: string;
  port?: number;
  appProtocol?: string;
}

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];
const protocols = ['SCTP', 'TCP', 'UDP'];
const maxEndpoints = 1000;
const maxAddresses = 100;
const maxPorts = 20_000;
const maxHints = 8;

/**
 * Some rules are declared beside the API's types and run after the hand-written ones: a missing or unknown addressType and a wrong number
 * of addresses come last.
 *
 * @models yes EndpointSlice validation on create and update: port numbers are not checked, as in the server
 *
 * Models: pkg/apis/discovery/validation ValidateEndpointSlice and the declared rules of discovery/v1, v1.37.
 */
export function validateEndpointSliceCreate(slice: EndpointSliceDraft, errors: FieldError[]): void {
  validateSlice(slice, undefined, errors);
  validateDeclared(slice, undefined, errors);
}

export function validateEndpointSliceUpdate(slice: EndpointSliceDraft, old: EndpointSliceDraft, errors: FieldError[]): void {
  validateSlice(slice, old, errors);
  validateDeclared(slice, old, errors);
}

function validateSlice(slice: EndpointSliceDraft, old: EndpointSliceDraft | undefined, errors: FieldError[]): void {
  validateObjectMeta(slice.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  validatePorts(slice.ports ?? [], errors);
  const endpoints = slice.endpoints ?? [];
  if (old !== undefined && sameValue(old.endpoints, slice.endpoints)) return;
  if (endpoints.length > maxEndpoints) {
    errors.push(tooMany('endpoints', endpoints.length, maxEndpoints));
    return;
  }
  for (const [i, endpoint] of endpoints.entries()) validateEndpoint(endpoint, slice.addressType, `endpoints[${i}]`, errors);
}

function validatePorts(ports: readonly EndpointPortDraft[], errors: FieldError[]): void {
  if (ports.length > maxPorts) {
    errors.push(tooMany('ports', ports.length, maxPorts));
    return;
  }
  const names = new Set<string>();
  for (const [i, { name = '', protocol, appProtocol }] of ports.entries()) {
    const path = `ports[${i}]`;
    if (name !== '') for (const problem of dnsLabelProblems(name)) errors.push(invalid(`${path}.name`, name, problem));
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
    if (protocol === undefined) errors.push(required(`${path}.protocol`));
    else if (!protocols.includes(protocol)) errors.push(notSupported(`${path}.protocol`, { json: protocol }, protocols));
    if (appProtocol === undefined) continue;
    for (const problem of labelKeyProblems(appProtocol)) errors.push(invalid(`${path}.appProtocol`, appProtocol, problem));
  }
}

function validateEndpoint(endpoint: EndpointDraft, addressType: string | undefined, path: string, errors: FieldError[]): void {
  for (const [j, address] of (endpoint.addresses ?? []).entries()) validateAddress(address, addressType, `${path}.addresses`, j, errors);
  const { nodeName, hostname, hints } = endpoint;
  if (nodeName !== undefined)
    for (const problem of dnsSubdomainProblems(nodeName)) errors.push(invalid(`${path}.nodeName`, nodeName, problem));
  if (hostname !== undefined) for (const problem of dnsLabelProblems(hostname)) errors.push(invalid(`${path}.hostname`, hostname, problem));
  validateHints(hints?.forZones ?? [], labelValueProblems, `${path}.hints.forZones`, errors);
  validateHints(hints?.forNodes ?? [], dnsSubdomainProblems, `${path}.hints.forNodes`, errors);
}

/** `path` is that of the list: an address of the wrong family is reported there, other mistakes at the address itself. */
function validateAddress(address: string, type: string | undefined, path: string, index: number, errors: FieldError[]): void {
  const own = `${path}[${index}]`;
  if (type === 'FQDN') validateDomain(address, own, errors);
  if (type !== 'IPv4' && type !== 'IPv6') return;
  // Lenient spellings of IPv4 were once allowed here; IPv6 must be canonical.
  const ip = type === 'IPv4' ? validateIp(address, own, errors) : validateCanonicalIp(address, own, errors);
  if (ip === undefined) return;
  if (ip.family !== (type === 'IPv4' ? 4 : 6)) errors.push(invalid(path, address, `must be an ${type} address`));
  validateNonSpecialIp(address, ip, own, errors);
}

/** Models: apimachinery pkg/util/validation IsFullyQualifiedDomainName, v1.37. */
function validateDomain(address: string, path: string, errors: FieldError[]): void {
  if (address === '') return void errors.push(required(path));
  const name = address.replace(/\.$/, '');
  const problems = dnsSubdomainProblems(name);
  const labels = name.split('.');
  if (problems.length > 0) errors.push(invalid(path, name, problems.join(',')));
  else if (labels.length < 2) errors.push(invalid(path, name, 'should be a domain with at least two segments separated by dots'));
  else {
    const bad = labels.find((label) => dnsLabelProblems(label).length > 0);
    if (bad !== undefined) errors.push(invalid(path, bad, dnsLabelProblems(bad).join(',')));
  }
}

function validateHints(
  hints: readonly { name?: string }[],
  problemsOf: (name: string) => readonly string[],
  path: string,
  errors: FieldError[],
): void {
  if (hints.length > maxHints) {
    errors.push(tooMany(path, hints.length, maxHints));
    return;
  }
  const names = new Set<string>();
  for (const [i, { name = '' }] of hints.entries()) {
    if (names.has(name)) errors.push(duplicate(`${path}[${i}].name`, name));
    names.add(name);
    for (const problem of problemsOf(name)) errors.push(invalid(`${path}[${i}].name`, name, problem));
  }
}

function validateDeclared(slice: EndpointSliceDraft, old: EndpointSliceDraft | undefined, errors: FieldError[]): void {
  const type = slice.addressType;
  if (!type) errors.push(required('addressType'));
  else if (old !== undefined && old.addressType !== type) errors.push(invalid('addressType', { json: type }, 'field is immutable'));
  else if (!addressTypes.includes(type)) errors.push(notSupported('addressType', { json: type }, addressTypes));
  for (const [i, { addresses = [] }] of (slice.endpoints ?? []).entries()) {
    if (addresses.length === 0) errors.push(required(`endpoints[${i}].addresses`));
    else if (addresses.length > maxAddresses) errors.push(tooMany(`endpoints[${i}].addresses`, addresses.length, maxAddresses));
  }
}
