import type { ClusterEvent } from '../api/cluster-event.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Endpoints } from '../api/endpoints.ts';
import type { KubeObject } from '../api/kube-object.ts';
import { withLabels } from '../api/label-selector.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Service } from '../api/service.ts';
import type { CommandOutput } from './command-output.ts';
import { describeEndpointSlice, describeEndpoints } from './describe/describe-endpoints.ts';
import { describeService } from './describe/describe-service.ts';
import { DescribeWriter } from './describe/describe-writer.ts';
import { concerns, eventAge, eventObjects } from './events.ts';
import { sortedPairs } from './format-labels.ts';
import { printObjects } from './print-object.ts';
import { parseReadCommand, type ReadCommand } from './read-command.ts';
import { qualifiedName, qualifiedResource, type ResourceType, resourceTypes } from './resource-types.ts';
import { fieldFilter, labelFilter } from './selectors.ts';
import { alignTabs } from './tab-writer.ts';
import { tables } from './tables/index.ts';

/** What a reading command looks at. */
export interface ClusterView {
  readonly store: ObjectStore;
  /** Milliseconds of the cluster's clock: ages are counted from it. */
  readonly time: number;
  readonly events: readonly ClusterEvent[];
}

/** Objects of one type that a command asks for. */
interface Found {
  readonly type: ResourceType;
  readonly objects: readonly KubeObject[];
  /** Named on the command line, so that what is missing is an error. */
  readonly byName: boolean;
}

const tableMinWidth = 6;
const tablePadding = 3;

/**
 * `kubectl get …` and `kubectl describe …`; `argv` is what follows `kubectl`.
 *
 * Models: k8s.io/kubectl/pkg/cmd/get and cmd/describe, v1.37.
 */
export function kubectlRead(view: ClusterView, argv: readonly string[]): CommandOutput {
  const parsed = parseReadCommand(argv);
  if (!parsed.ok) return failure(parsed.message);
  const { command } = parsed;
  const problem = outputProblem(command);
  if (problem !== undefined) return failure(problem);
  const labels = labelFilter(command.labelSelector);
  if (!labels.ok) return failure(labels.message);
  const fields = fieldFilter(command.fieldSelector);
  if (!fields.ok) return failure(fields.message);
  const asked = readWords(command.words);
  if (typeof asked === 'string') return failure(asked);

  const mute = asked.find(({ type }) => command.verb === 'describe' && !describable.includes(type.kind));
  if (mute !== undefined) {
    return failure(
      `not modelled: kubectl describe ${mute.type.resource}. Try kubectl get ${mute.type.resource} -o yaml, or describe one of ${describable.join(', ')}.`,
    );
  }

  const errors: string[] = [];
  const found: Found[] = [];
  for (const { type, names } of asked) {
    const all = objectsOf(view, type, type.namespaced ? command.namespace : undefined);
    if (names === undefined) {
      found.push({ type, byName: false, objects: all.filter((object) => labels.matches(object) && fields.matches(object)) });
      continue;
    }
    const objects = names.flatMap((name) => all.find(({ metadata }) => metadata.name === name) ?? []);
    for (const name of names.filter((each) => !objects.some(({ metadata }) => metadata.name === each))) {
      errors.push(`Error from server (NotFound): ${qualifiedResource(type)} "${name}" not found`);
    }
    found.push({ type, objects, byName: true });
  }
  const warnings = found.some(({ type }) => type.kind === 'Endpoints') ? [endpointsWarning] : [];
  const stdout = command.verb === 'describe' ? describe(view, found) : print(view, command, found);
  const nothing =
    found.every(({ objects }) => objects.length === 0) && errors.length === 0 && (command.output === '' || command.output === 'wide');
  const notes = nothing ? [nothingFound(command, found)] : [];
  return { stdout, stderr: [...warnings, ...notes, ...errors].map((line) => `${line}\n`).join(''), exitCode: errors.length > 0 ? 1 : 0 };
}

/** Events are no matter of the store: they are made from what has happened. */
function objectsOf({ store, events }: ClusterView, { kind }: ResourceType, namespace: string | undefined): readonly KubeObject[] {
  if (kind !== 'Event') return store.list(kind, namespace);
  return eventObjects(events).filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
}

const endpointsWarning = 'Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice';

function failure(message: string): CommandOutput {
  return { stdout: '', stderr: `${message}\n`, exitCode: 1 };
}

/** Kinds that can be described so far; for the others it is better to say nothing than something else than kubectl. */
const describable = ['Service', 'EndpointSlice', 'Endpoints'];
const outputs = ['', 'wide', 'yaml', 'json', 'name'];

function outputProblem({ output, words, verb }: ReadCommand): string | undefined {
  if (words.length === 0) {
    const advice =
      'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples';
    return verb === 'get'
      ? `You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\n${advice}`
      : 'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.';
  }
  if (!outputs.includes(output)) return `not modelled: kubectl ${verb} -o ${output}. Try ${outputs.filter(Boolean).join(', ')}.`;
  return undefined;
}

/** `svc,pods`, `svc web api`, `svc/web pod/client`; a text when something is wrong with it. */
function readWords(words: readonly string[]): readonly { type: ResourceType; names: readonly string[] | undefined }[] | string {
  const unknown = (word: string) => `error: the server doesn't have a resource type "${word}"`;
  if (words.some((word) => word.includes('/'))) {
    const asked: { type: ResourceType; names: string[] }[] = [];
    for (const word of words) {
      const [typeWord = '', name = '', ...more] = word.split('/');
      if (name === '' || more.length > 0)
        return "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";
      const types = resourceTypes(typeWord);
      if (types === undefined) return unknown(typeWord);
      for (const type of types) {
        const known = asked.find((each) => each.type === type);
        if (known === undefined) asked.push({ type, names: [name] });
        else known.names.push(name);
      }
    }
    return asked;
  }
  const [typeWords = '', ...names] = words;
  const asked: { type: ResourceType; names: readonly string[] | undefined }[] = [];
  for (const typeWord of typeWords.split(',')) {
    const types = resourceTypes(typeWord);
    if (types === undefined) return unknown(typeWord);
    asked.push(...types.map((type) => ({ type, names: names.length === 0 ? undefined : names })));
  }
  return asked;
}

function nothingFound({ namespace }: ReadCommand, found: readonly Found[]): string {
  const namespaced = found.some(({ type }) => type.namespaced);
  return namespaced && namespace !== undefined ? `No resources found in ${namespace} namespace.` : 'No resources found';
}

function print(view: ClusterView, command: ReadCommand, found: readonly Found[]): string {
  const objects = found.flatMap((each) => each.objects);
  if (command.output === 'yaml' || command.output === 'json') {
    const single = objects.length === 1 && found.length === 1 && found[0]?.byName === true;
    return objects.length === 0 && found.some(({ byName }) => byName) ? '' : printObjects(objects, !single, command.output);
  }
  if (command.output === 'name') {
    return found.flatMap(({ type, objects: own }) => own.map(({ metadata }) => `${qualifiedName(type, metadata.name)}\n`)).join('');
  }
  const mixed = new Set(found.map(({ type }) => type.kind)).size > 1;
  return found
    .filter(({ objects: own }) => own.length > 0)
    .map((each) => printTable(view, command, each, mixed))
    .join('\n');
}

function printTable(view: ClusterView, command: ReadCommand, { type, objects }: Found, mixed: boolean): string {
  const table = tables[type.kind];
  if (table === undefined) return '';
  const wide = command.output === 'wide';
  const withNamespace = command.namespace === undefined && type.namespaced;
  const header = [...(withNamespace ? ['NAMESPACE'] : []), ...table.header(wide), ...(command.showLabels ? ['LABELS'] : [])];
  const rows = objects.map((object) => {
    const [name = '', ...cells] = table.row(object, { now: view.time, wide });
    return [
      ...(withNamespace ? [object.metadata.namespace ?? ''] : []),
      mixed ? qualifiedName(type, name) : name,
      ...cells,
      ...(command.showLabels ? [sortedPairs(object.metadata.labels).join(',') || '<none>'] : []),
    ];
  });
  return alignTabs(command.noHeaders ? rows : [header, ...rows], tableMinWidth, tablePadding);
}

function describe(view: ClusterView, found: readonly Found[]): string {
  return found.flatMap(({ type, objects }) => objects.map((object) => describeObject(view, type, object))).join('\n\n');
}

function describeObject({ store, events, time }: ClusterView, { kind }: ResourceType, object: KubeObject): string {
  const { namespace, name } = object.metadata;
  const told = eventObjects(events).filter((event) => concerns(event, object));
  const rows = told.map((event) => [event.type, event.reason, eventAge(event, time), event.source.component, event.message]);
  const out = new DescribeWriter();
  if (kind === 'Service') {
    const service = store.get<Service>(kind, namespace, name);
    const slices = withLabels(store.list<EndpointSlice>('EndpointSlice', namespace), { 'kubernetes.io/service-name': name });
    if (service !== undefined) describeService(out, service, slices);
  }
  if (kind === 'EndpointSlice') {
    const slice = store.get<EndpointSlice>(kind, namespace, name);
    if (slice !== undefined) describeEndpointSlice(out, slice);
  }
  if (kind === 'Endpoints') {
    const endpoints = store.get<Endpoints>(kind, namespace, name);
    if (endpoints !== undefined) describeEndpoints(out, endpoints);
  }
  out.events(rows);
  return out.toString();
}
