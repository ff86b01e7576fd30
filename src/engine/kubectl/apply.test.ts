import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../api/kube-object.ts';
import { emptyStore, type ObjectStore } from '../api/object-store.ts';
import { sampleWorld } from '../api/sample-world.ts';
import { admit } from '../apiserver/admit.ts';
import { type Applied, applyManifests } from './apply.ts';

const world = sampleWorld();

function apply(text: string, store: ObjectStore = emptyStore()): Applied {
  return applyManifests([{ name: 'web.yaml', text }], store, (before, request) => admit(before, request, world, 1));
}

function service(spec: string, metadata = 'name: web'): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {${metadata}}\nspec: {${spec}}\n`;
}

const configMap = (name: string, more = '') => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${more}`;
const web = service('ports: [{port: 80}]');

/** `code line:column text` of each diagnostic. */
function marks(text: string, store?: ObjectStore): string[] {
  return apply(text, store).diagnostics.map(({ code, span }) => {
    const shown = span === undefined ? '' : text.slice(span.start.offset, span.end.offset);
    return `${code} ${span?.start.line}:${span?.start.column} ${shown}`;
  });
}

describe('what it prints', () => {
  test('created, unchanged, configured', () => {
    const first = apply(web);
    expect(first.output).toEqual({ stdout: 'service/web created\n', stderr: '', exitCode: 0 });
    expect(apply(web, first.store).output.stdout).toBe('service/web unchanged\n');
    expect(apply(web.replace('80', '81'), first.store).output.stdout).toBe('service/web configured\n');
    expect(apply('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n').output.stderr).toContain('The Deployment "a" is invalid');
  });

  const validating = 'error: error validating "web.yaml": error validating data: ';
  const turnOff = '; if you choose to ignore these errors, turn validation off with --validate=false\n';
  const creating =
    'Error from server (BadRequest): error when creating "web.yaml": Service in version "v1" cannot be handled as a Service: ';
  const retrieving = (name: string) =>
    `error: error when retrieving current configuration of:\nResource: "/v1, Resource=services", GroupVersionKind: "/v1, Kind=Service"\nName: "${name}", Namespace: "default"\nfrom server for: "web.yaml": `;

  test.each<[text: string, stderr: string, code: string, place: string]>([
    ['# nothing\n', 'error: no objects passed to apply\n', 'manifest-empty', '1:1 '],
    ['kind: Service\n', `${validating}apiVersion not set${turnOff}`, 'manifest-api-version-missing', '1:7 Service'],
    ['apiVersion: v1\n', `${validating}kind not set${turnOff}`, 'manifest-kind-missing', '1:13 v1'],
    ['a: 1\n', `${validating}[apiVersion not set, kind not set]${turnOff}`, 'manifest-api-version-missing', '1:1 a: 1'],
    ['- a\n', `${validating}invalid object to validate${turnOff}`, 'manifest-not-an-object', '1:1 - a'],
    ['apiVersion: v1\nkind: 1\n', `${validating}kind isn't string type${turnOff}`, 'manifest-kind-missing', '2:7 1'],
    [
      web.replace('v1', 'v2'),
      'error: resource mapping not found for name: "web" namespace: "" from "web.yaml": no matches for kind "Service" in version "v2"\nensure CRDs are installed first\n',
      'manifest-unknown-kind',
      '2:7 Service',
    ],
    [
      web.replace('Service', 'service'),
      'Error from server (BadRequest): error when creating "web.yaml": service in version "v1" cannot be handled as a Service: no kind "service" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"\n',
      'manifest-unknown-kind',
      '2:7 service',
    ],
    [
      service('ports: [{port: 80}]', 'labels: {a: b}'),
      `${retrieving('')}resource name may not be empty\n`,
      'manifest-name-missing',
      '3:11 {labels: {a: b}}',
    ],
    [
      service('ports: [{port: 80}]', 'name: a/b'),
      `${retrieving('a/b')}invalid resource name "a/b": [may not contain '/']\n`,
      'manifest-name-missing',
      '3:18 a/b',
    ],
    [service('', 'generateName: web-'), 'error: from web-: cannot use generate name with apply\n', 'manifest-name-missing', '3:26 web-'],
    [
      service('', 'name: web, labels: {v: 2}'),
      'error: unable to decode "web.yaml": json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string\n',
      'manifest-label-not-text',
      '3:35 2',
    ],
    [
      service('selctor: {app: web}'),
      `${creating}strict decoding error: unknown field "spec.selctor"\n`,
      'decode-unknown-field',
      '4:8 selctor',
    ],
    [
      service('ports: [{port: "80"}]'),
      `${creating}json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32\n`,
      'decode-wrong-type',
      '4:23 "80"',
    ],
    [
      service('ports: [{port: 0, name: a}]'),
      'The Service "web" is invalid: \n* spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive\n* spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive\n',
      'service-port-out-of-range',
      '4:23 0',
    ],
    [
      service('type: Nodeport, ports: [{port: 80}]'),
      'The Service "web" is invalid: spec.type: Unsupported value: "Nodeport": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"\n',
      'service-type-unsupported',
      '4:14 Nodeport',
    ],
    [
      service('ports: [{port: 80}]', 'name: web, namespace: shop'),
      'Error from server (NotFound): error when creating "web.yaml": namespaces "shop" not found\n',
      'object-namespace-not-found',
      '3:34 shop',
    ],
    [
      'a: "b\n',
      'error: error parsing web.yaml: error converting YAML to JSON: yaml: line 2: found unexpected end of stream\n',
      'yaml-unclosed-quote',
      '1:4 "b',
    ],
  ])('%j', (text, stderr, code, place) => {
    const { output } = apply(text);
    expect(output).toEqual({ stdout: '', stderr, exitCode: 1 });
    expect(marks(text)[0]).toBe(`${code} ${place}`);
  });

  test('of several documents the good ones are applied, and each fault has its line', () => {
    const text = [configMap('good'), configMap('bad', 'dat: {}\n'), configMap('worse').replace('ConfigMap', 'Confmap')].join('---\n');
    const { output, applied } = apply(text);
    expect(output).toEqual({
      stdout: 'configmap/good created\n',
      stderr:
        'resource mapping not found for name: "worse" namespace: "" from "web.yaml": no matches for kind "Confmap" in version "v1"\nensure CRDs are installed first\n' +
        'Error from server (BadRequest): error when creating "web.yaml": ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dat"\n',
      exitCode: 1,
    });
    expect(applied.map(({ object }) => object.name)).toEqual(['good']);
  });

  test('what comes before unreadable text is applied', () => {
    expect(apply(`${configMap('good')}---\na: "\n`).output).toMatchObject({ stdout: 'configmap/good created\n', exitCode: 1 });
  });

  test('lists are applied item by item, and their items keep their places', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${configMap('one').trim().replaceAll('\n', '\n  ')}\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: two}\n  sepc: {}\n`;
    expect(apply(list.replace('sepc: {}', 'spec: {containers: [{name: a, image: b, ports: [{containerPort: 0}]}]}')).output).toMatchObject({
      stdout: 'configmap/one created\n',
      stderr: expect.stringContaining('spec.containers[0].ports[0].containerPort: Required value'),
    });
    expect(apply('apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: a}\n').output.stdout).toBe('configmap/a created\n');
    expect(apply('apiVersion: v1\nkind: List\nitems: []\n').output.stderr).toBe('error: no objects passed to apply\n');
  });

  test('items of a list are checked by kubectl itself, before anything is applied', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${configMap('one').trim().replaceAll('\n', '\n  ')}\n- apiVersion: v1\n  kind: Service\n  spec: {ports: [{prot: 80}]}\n`;
    expect(apply(list).output.stderr).toBe(
      `${validating}[ValidationError(Service.spec.ports[0]): unknown field "prot" in io.k8s.api.core.v1.ServicePort, ValidationError(Service.spec.ports[0]): missing required field "port" in io.k8s.api.core.v1.ServicePort]${turnOff}`,
    );
    expect(marks(list)).toEqual(['decode-unknown-field 9:19 prot']);
    const typed = 'apiVersion: v1\nkind: ServiceList\nitems:\n- spec: {ports: 80}\n';
    expect(apply(typed).output.stderr).toBe(
      `${validating}ValidationError(ServiceList.items[0].spec.ports): invalid type for io.k8s.api.core.v1.ServiceSpec.ports: got "integer", expected "array"${turnOff}`,
    );
  });

  test('a kind of an installed API is known, though not modelled', () => {
    const route = 'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\n';
    expect(apply(route).output.stderr).toContain('no matches for kind "HTTPRoute" in version "gateway.networking.k8s.io/v1"');
    const installed = applyManifests(
      [{ name: 'web.yaml', text: route }],
      emptyStore(),
      (before, request) => admit(before, request, world, 1),
      ['gateway.networking.k8s.io/v1'],
    );
    expect(installed.output.exitCode).toBe(1);
    expect(installed.notModelled).toEqual(['gateway.networking.k8s.io/v1 HTTPRoute']);
  });

  test('warnings come first, once each', () => {
    const endpoints = (name: string) => `apiVersion: v1\nkind: Endpoints\nmetadata: {name: ${name}}\n`;
    const { output, diagnostics } = apply(`${endpoints('a')}---\n${endpoints('b')}`);
    expect(output.stderr).toBe('Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n');
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning endpoints-deprecated',
      'warning endpoints-deprecated',
    ]);
  });
});

describe('an object that is there', () => {
  const { store } = apply(service('selector: {app: web}, ports: [{port: 80}]'));

  test('is patched, and what the manifest no longer says is taken away', () => {
    const next = apply(service('ports: [{port: 80}, {port: 81, name: b}]'), store);
    expect(next.output.stderr).toContain('spec.ports[0].name: Required value');
    const changed = apply(service('ports: [{port: 81}]'), store);
    const spec = changed.store.get('Service', 'default', 'web')?.spec as { selector?: object; ports: readonly { port: number }[] };
    expect(spec.selector).toBeUndefined();
    expect(spec.ports.map(({ port }) => port)).toEqual([81]);
  });

  test('answers a bad patch in the words of patches', () => {
    const annotation = (spec: string) =>
      `map[metadata:map[annotations:map[kubectl.kubernetes.io/last-applied-configuration:{\\"apiVersion\\":\\"v1\\",\\"kind\\":\\"Service\\",\\"metadata\\":{\\"annotations\\":{},\\"name\\":\\"web\\",\\"namespace\\":\\"default\\"},\\"spec\\":${spec}}\\n]]`;
    expect(apply(service('selctor: {a: b}, selector: {app: web}, ports: [{port: 80}]'), store).output.stderr).toBe(
      `The request is invalid: patch: Invalid value: "${annotation('{\\"ports\\":[{\\"port\\":80}],\\"selctor\\":{\\"a\\":\\"b\\"},\\"selector\\":{\\"app\\":\\"web\\"}}')} spec:map[selctor:map[a:b]]]": strict decoding error: unknown field "spec.selctor"\n`,
    );
    const wrong = service('selector: {app: web}, ports: [{port: "80"}]');
    expect(apply(wrong, store).output.stderr).toMatch(/ spec:map\[\]\]": unrecognized type: int32\n$/);
    expect(marks(wrong, store)).toEqual(['decode-wrong-type 4:45 "80"']);
  });

  test('is not taken back to an older version', () => {
    const { stderr } = apply(service('selector: {app: web}, ports: [{port: 80}]', 'name: web, resourceVersion: "7"'), store).output;
    expect(apply(service('selector: {app: web}, ports: [{port: 80}]', 'name: web, resourceVersion: "7"'), store).diagnostics[0]?.code).toBe(
      'object-changed-since',
    );
    expect(stderr).toMatch(/^Error from server \(Conflict\): error when applying patch:\n\{"metadata":/);
    expect(stderr).toMatch(/for: "web\.yaml": error when patching "web\.yaml": Operation cannot be fulfilled on services "web": /);
  });

  test('gets the annotation it lacks, with a warning', () => {
    const bare: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' } };
    const { output } = apply(configMap('a'), emptyStore().put(bare));
    expect(output.stdout).toBe('configmap/a configured\n');
    expect(output.stderr).toMatch(
      /^Warning: resource configmaps\/a is missing the kubectl\.kubernetes\.io\/last-applied-configuration annotation /,
    );
  });

  test('a list whose items cannot be told apart', () => {
    const { stderr } = apply(service('selector: {app: web}, ports: [{targetPort: 80}]'), store).output;
    expect(stderr).toMatch(
      /^warning: error calculating patch from openapi v3 spec: map: map\[targetPort:80\] does not contain declared merge key: port\n/,
    );
  });
});

describe('quick fixes', () => {
  test.each<[text: string, fixed: string]>([
    [service('selctor: {app: web}'), service('selector: {app: web}')],
    [service('ports: [{port: 80, targetport: 1}]'), service('ports: [{port: 80, targetPort: 1}]')],
    [service('ports: [{port: "80"}]'), service('ports: [{port: 80}]')],
    [service('type: nodeport, ports: [{port: 80}]'), service('type: NodePort, ports: [{port: 80}]')],
    [service('', 'name: web, labels: {v: 2}'), service('', 'name: web, labels: {v: "2"}')],
    [web.replace('Service', 'service'), web],
  ])('%j', (text, fixed) => {
    const edit = apply(text).diagnostics[0]?.fix?.edits[0];
    const after = edit === undefined ? text : text.slice(0, edit.span.start.offset) + edit.newText + text.slice(edit.span.end.offset);
    expect(after).toBe(fixed);
  });

  test('none where it would decide something', () => {
    expect(apply(service('selctor: {app: web}, selector: {}')).diagnostics[0]?.fix).toBeUndefined();
    expect(apply(service('flavour: sweet')).diagnostics[0]?.fix).toBeUndefined();
  });
});

test('any manifest is applied or refused, never thrown over, and a second time changes nothing', () => {
  const scrap = fc.constantFrom(
    'spec:',
    '  ports:',
    '  - port: 80',
    '    name: a',
    '  selector: {app: web}',
    '  type: NodePort',
    '  x: 1',
    'metadata: {name: b}',
    '---',
    'kind: Pod',
    '  - a',
    'items: [{}]',
    'items: 1',
    '\t',
    ': {',
    'metadata:',
    '  name: 1',
  );
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 8 }), (lines) => {
      const text = `apiVersion: v1\nkind: Service\nmetadata: {name: a}\n${lines.join('\n')}\n`;
      const first = apply(text);
      expect(first.output.exitCode === 0).toBe(first.output.stderr === '' || /^Warning: /.test(first.output.stderr));
      if (first.output.exitCode === 0) expect(apply(text, first.store).output.stdout).toMatch(/^(\S+ unchanged\n)*$/);
      else expect(first.diagnostics.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
