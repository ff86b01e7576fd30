import { type FieldError, invalid, notSupported, required } from '../../api/field-error.ts';
import { parseIpText } from '../../api/ip-text.ts';
import { dnsLabelProblems, dnsSubdomainProblems, isPortNumber, labelKeyProblems, portNumberProblem } from '../../api/name-formats.ts';
import { sameValue } from '../../api/same-value.ts';
import type { ObjectDraft } from '../draft.ts';
import { validateIp, validateNonSpecialIp } from './ip-fields.ts';
import { nameIsDnsSubdomain, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';

/** A legacy Endpoints object, unchecked. */
export interface EndpointsDraft extends ObjectDraft {
  subsets?: SubsetDraft[];
}

interface SubsetDraft {
  addresses?: AddressDraft[];
  notReadyAddresses?: AddressDraft[];
  ports?: { name?: string; port?: number; protocol?: string; appProtocol?: string }[];
}

interface AddressDraft {
  ip?: string;
  hostname?: string;
  nodeName?: string;
}

const protocols = ['SCTP', 'TCP', 'UDP'];

/**
 * @models yes Endpoints validation on create and update
 *
 * Models: pkg/apis/core/validation ValidateEndpoints, v1.37.
 */
export function validateEndpointsCreate(endpoints: EndpointsDraft, errors: FieldError[]): void {
  validateObjectMeta(endpoints.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  for (const [i, subset] of (endpoints.subsets ?? []).entries()) validateSubset(subset, `subsets[${i}]`, errors);
}

export function validateEndpointsUpdate(endpoints: EndpointsDraft, old: EndpointsDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(endpoints.metadata, old.metadata, 'metadata', errors);
  // Subsets that older servers let through stay as long as nobody touches them.
  const subsets = sameValue(endpoints.subsets, old.subsets) ? [] : (endpoints.subsets ?? []);
  validateEndpointsCreate({ ...endpoints, subsets }, errors);
}

function validateSubset({ addresses = [], notReadyAddresses = [], ports = [] }: SubsetDraft, path: string, errors: FieldError[]): void {
  if (addresses.length + notReadyAddresses.length === 0) errors.push(required(path, 'must specify `addresses` or `notReadyAddresses`'));
  for (const [i, address] of addresses.entries()) validateAddress(address, `${path}.addresses[${i}]`, errors);
  for (const [i, address] of notReadyAddresses.entries()) validateAddress(address, `${path}.notReadyAddresses[${i}]`, errors);
  for (const [i, { name, port = 0, protocol = '', appProtocol }] of ports.entries()) {
    const own = `${path}.ports[${i}]`;
    if (name !== undefined) for (const problem of dnsLabelProblems(name)) errors.push(invalid(`${own}.name`, name, problem));
    else if (ports.length > 1) errors.push(required(`${own}.name`));
    if (!isPortNumber(port)) errors.push(invalid(`${own}.port`, port, portNumberProblem));
    if (!protocols.includes(protocol)) errors.push(notSupported(`${own}.protocol`, { json: protocol }, protocols));
    if (appProtocol === undefined) continue;
    for (const problem of labelKeyProblems(appProtocol)) errors.push(invalid(`${own}.appProtocol`, appProtocol, problem));
  }
}

function validateAddress({ ip = '', hostname, nodeName }: AddressDraft, path: string, errors: FieldError[]): void {
  validateIp(ip, `${path}.ip`, errors);
  if (hostname !== undefined) for (const problem of dnsLabelProblems(hostname)) errors.push(invalid(`${path}.hostname`, hostname, problem));
  if (nodeName !== undefined)
    for (const problem of dnsSubdomainProblems(nodeName)) errors.push(invalid(`${path}.nodeName`, nodeName, problem));
  const parsed = parseIpText(ip);
  // Told twice, in other words: the second check does not know of the first.
  if (parsed === undefined) errors.push(invalid(`${path}.ip`, ip, 'must be a valid IP address'));
  else validateNonSpecialIp(ip, parsed, `${path}.ip`, errors);
}
