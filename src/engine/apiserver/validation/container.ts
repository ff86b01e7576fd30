import { duplicate, type FieldError, forbidden, invalid, notSupported, required } from '../../api/field-error.ts';
import {
  configMapKeyProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  environmentNameProblems,
  isPortNumber,
  portNameProblems,
  portNumberProblem,
} from '../../api/name-formats.ts';
import type { ContainerDraft, ContainerPortDraft, EnvVarDraft, PodSpecDraft } from '../pod-draft.ts';
import { validateFieldReference, validateResourceReference } from './downward-api.ts';
import { validateHandler, validateProbes } from './probe.ts';
import { validateResources } from './resources.ts';
import { validateVolumeMounts } from './volume-mounts.ts';

const protocols = ['SCTP', 'TCP', 'UDP'];
const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const restartPolicies = ['Always', 'Never', 'OnFailure'];
const messagePolicies = ['File', 'FallbackToLogsOnError'];
const initOnlyWithRestart = 'may not be set for init containers without restartPolicy=Always';

/**
 * @models partly container validation: security contexts, resize policies and restart rules are left out
 *
 * Models: pkg/apis/core/validation validateContainers, v1.37.
 */
export function validateContainers(spec: PodSpecDraft, volumes: ReadonlySet<string>, path: string, errors: FieldError[]): void {
  const containers = spec.containers ?? [];
  if (containers.length === 0) {
    errors.push(required(path));
    return;
  }
  const gracePeriod = spec.terminationGracePeriodSeconds ?? 0;
  const names = new Set<string>();
  for (const [i, container] of containers.entries()) {
    const own = `${path}[${i}]`;
    validateContainer(container, volumes, own, errors);
    const name = container.name ?? '';
    if (names.has(name)) errors.push(duplicate(`${own}.name`, name));
    names.add(name);
    validateLifecycle(container, gracePeriod, own, errors);
    validateProbes(container, gracePeriod, own, errors);
    validateRestartPolicy(container, own, errors);
  }
  validateHostPorts(containers, path, errors);
}

/** Models: pkg/apis/core/validation validateInitContainers, v1.37. */
export function validateInitContainers(spec: PodSpecDraft, volumes: ReadonlySet<string>, path: string, errors: FieldError[]): void {
  const names = new Set((spec.containers ?? []).map((container) => container.name ?? ''));
  for (const [i, container] of (spec.initContainers ?? []).entries()) {
    const own = `${path}[${i}]`;
    validateContainer(container, volumes, own, errors);
    validateRestartPolicy(container, own, errors);
    const name = container.name ?? '';
    if (names.has(name)) errors.push(duplicate(`${own}.name`, name));
    else if (name !== '') names.add(name);
    // Init containers run one by one, so that each is checked by itself; the server then counts them all as the first.
    validateHostPorts([container], path, errors);
    if (container.restartPolicy === 'Always') {
      const gracePeriod = spec.terminationGracePeriodSeconds ?? 0;
      validateLifecycle(container, gracePeriod, own, errors);
      validateProbes(container, gracePeriod, own, errors);
      continue;
    }
    for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
      if (container[field] !== undefined) errors.push(forbidden(`${own}.${field}`, initOnlyWithRestart));
    }
  }
}

function validateContainer(container: ContainerDraft, volumes: ReadonlySet<string>, path: string, errors: FieldError[]): void {
  if (!container.name) errors.push(required(`${path}.name`));
  else for (const problem of dnsLabelProblems(container.name)) errors.push(invalid(`${path}.name`, container.name, problem));
  if (!container.image) errors.push(required(`${path}.image`));
  const messages = container.terminationMessagePolicy ?? '';
  if (!messagePolicies.includes(messages)) {
    errors.push(notSupported(`${path}.terminationMessagePolicy`, { json: messages }, messagePolicies));
  }
  validatePorts(container.ports ?? [], `${path}.ports`, errors);
  for (const [i, variable] of (container.env ?? []).entries()) validateEnvVar(variable, `${path}.env[${i}]`, errors);
  validateEnvFrom(container.envFrom ?? [], `${path}.envFrom`, errors);
  validateVolumeMounts(container, volumes, `${path}.volumeMounts`, errors);
  const pull = container.imagePullPolicy ?? '';
  if (!pullPolicies.includes(pull)) errors.push(notSupported(`${path}.imagePullPolicy`, { json: pull }, pullPolicies));
  if (container.resources !== undefined) validateResources(container.resources, `${path}.resources`, errors);
}

function validatePorts(ports: readonly ContainerPortDraft[], path: string, errors: FieldError[]): void {
  const names = new Set<string>();
  for (const [i, port] of ports.entries()) {
    const own = `${path}[${i}]`;
    if (port.name !== undefined) {
      const problems = portNameProblems(port.name);
      for (const problem of problems) errors.push(invalid(`${own}.name`, port.name, problem));
      if (problems.length === 0) {
        if (names.has(port.name)) errors.push(duplicate(`${own}.name`, port.name));
        names.add(port.name);
      }
    }
    const { containerPort = 0, hostPort = 0, protocol = '' } = port;
    if (containerPort === 0) errors.push(required(`${own}.containerPort`));
    else if (!isPortNumber(containerPort)) errors.push(invalid(`${own}.containerPort`, containerPort, portNumberProblem));
    if (hostPort !== 0 && !isPortNumber(hostPort)) errors.push(invalid(`${own}.hostPort`, hostPort, portNumberProblem));
    if (!protocols.includes(protocol)) errors.push(notSupported(`${own}.protocol`, { json: protocol }, protocols));
  }
}

/** Two containers cannot have one port of the host, by protocol and address. */
function validateHostPorts(containers: readonly ContainerDraft[], path: string, errors: FieldError[]): void {
  const taken = new Set<string>();
  for (const [i, container] of containers.entries()) {
    for (const [j, { protocol = '', hostIP = '', hostPort = 0 }] of (container.ports ?? []).entries()) {
      if (hostPort === 0) continue;
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key)) errors.push(duplicate(`${path}[${i}].ports[${j}].hostPort`, key));
      taken.add(key);
    }
  }
}

const sourceKinds = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

function validateEnvVar({ name, value, valueFrom }: EnvVarDraft, path: string, errors: FieldError[]): void {
  if (!name) errors.push(required(`${path}.name`));
  else for (const problem of environmentNameProblems(name)) errors.push(invalid(`${path}.name`, name, problem));
  if (valueFrom === undefined) return;
  const from = `${path}.valueFrom`;
  const { fieldRef, resourceFieldRef } = valueFrom;
  if (fieldRef !== undefined) validateFieldReference(fieldRef, 'environment', `${from}.fieldRef`, errors);
  if (resourceFieldRef !== undefined) validateResourceReference(resourceFieldRef, 'environment', `${from}.resourceFieldRef`, errors);
  for (const kind of ['configMapKeyRef', 'secretKeyRef'] as const) {
    const reference = valueFrom[kind];
    if (reference === undefined) continue;
    if (!reference.name) errors.push(required(`${from}.${kind}.name`));
    if (!reference.key) errors.push(required(`${from}.${kind}.key`));
    else for (const problem of configMapKeyProblems(reference.key)) errors.push(invalid(`${from}.${kind}.key`, reference.key, problem));
  }
  const sources = sourceKinds.filter((kind) => valueFrom[kind] !== undefined).length;
  if (sources === 0) {
    const detail = 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
    errors.push(invalid(from, '', detail));
  } else if (value !== undefined) {
    errors.push(invalid(from, '', 'may not be specified when `value` is not empty'));
  } else if (sources > 1) {
    errors.push(invalid(from, '', 'may not have more than one field specified at a time'));
  }
}

function validateEnvFrom(sources: NonNullable<ContainerDraft['envFrom']>, path: string, errors: FieldError[]): void {
  for (const [i, { prefix, configMapRef, secretRef }] of sources.entries()) {
    const own = `${path}[${i}]`;
    if (prefix !== undefined) for (const problem of environmentNameProblems(prefix)) errors.push(invalid(`${own}.prefix`, prefix, problem));
    for (const [field, reference] of [
      ['configMapRef', configMapRef],
      ['secretRef', secretRef],
    ] as const) {
      if (reference === undefined) continue;
      if (!reference.name) errors.push(required(`${own}.${field}.name`));
      else
        for (const problem of dnsSubdomainProblems(reference.name)) errors.push(invalid(`${own}.${field}.name`, reference.name, problem));
    }
    // The server reports these at the list.
    if (configMapRef === undefined && secretRef === undefined) {
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    } else if (configMapRef !== undefined && secretRef !== undefined) {
      errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
    }
  }
}

function validateLifecycle({ lifecycle }: ContainerDraft, gracePeriod: number, path: string, errors: FieldError[]): void {
  if (lifecycle?.postStart !== undefined) validateHandler(lifecycle.postStart, gracePeriod, `${path}.lifecycle.postStart`, errors);
  if (lifecycle?.preStop !== undefined) validateHandler(lifecycle.preStop, gracePeriod, `${path}.lifecycle.preStop`, errors);
}

function validateRestartPolicy({ restartPolicy }: ContainerDraft, path: string, errors: FieldError[]): void {
  if (restartPolicy === undefined || restartPolicies.includes(restartPolicy)) return;
  errors.push(notSupported(`${path}.restartPolicy`, { json: restartPolicy }, restartPolicies));
}
