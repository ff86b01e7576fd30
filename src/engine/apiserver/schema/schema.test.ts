import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fieldsAt } from './fields-at.ts';
import { kindSchema, type SchemaType, schemaKinds } from './schema.ts';

/** As far as the recorded OpenAPI document of a v1.37.1 cluster is read here. */
interface OpenApiSchema {
  readonly type?: string;
  readonly format?: string;
  readonly $ref?: string;
  readonly allOf?: readonly OpenApiSchema[];
  readonly oneOf?: readonly OpenApiSchema[];
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
}

const recording = new URL('../../../../test/conformance/recordings/openapi-structure.json.gz', import.meta.url);
const { schemas } = JSON.parse(gunzipSync(readFileSync(recording)).toString()) as { schemas: Readonly<Record<string, OpenApiSchema>> };

function resolve(schema: OpenApiSchema): OpenApiSchema {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  return ref === undefined ? schema : resolve(schemas[ref.replace('#/components/schemas/', '')] ?? {});
}

function typeWords(schema: OpenApiSchema): string {
  if (schema.oneOf !== undefined) return schema.oneOf.map((one) => one.type).join('|');
  return [schema.type, schema.format].filter((word) => word !== undefined).join(' ');
}

const jsonTypes: Readonly<Record<SchemaType['kind'], string>> = {
  string: 'string',
  bool: 'boolean',
  int32: 'integer int32',
  int64: 'integer int64',
  bytes: 'string byte',
  raw: 'object',
  quantity: 'string|number',
  'int-or-string': 'integer|string',
  time: 'string date-time',
  list: 'array',
  map: 'object',
  struct: 'object',
};

/** `path type` of every field below a type, structs once each. */
function ours(type: SchemaType, path: string, seen: Set<string>): string[] {
  const line = `${path} ${jsonTypes[type.kind]}`;
  if (type.kind === 'list') return [line, ...ours(type.item, `${path}[]`, seen)];
  if (type.kind === 'map') return [line, ...ours(type.value, `${path}{}`, seen)];
  if (type.kind !== 'struct' || seen.has(type.struct.goName)) return [line];
  seen.add(type.struct.goName);
  return [line, ...[...type.struct.fields.values()].flatMap((field) => ours(field.type, `${path}.${field.name}`, seen))];
}

/** The same from the published document, walked along our types. */
function published(type: SchemaType, schema: OpenApiSchema, path: string, seen: Set<string>): string[] {
  const there = resolve(schema);
  const line = `${path} ${typeWords(there)}`;
  if (type.kind === 'list') return [line, ...published(type.item, there.items ?? {}, `${path}[]`, seen)];
  if (type.kind === 'map') return [line, ...published(type.value, there.additionalProperties ?? {}, `${path}{}`, seen)];
  if (type.kind !== 'struct' || seen.has(type.struct.goName)) return [line];
  seen.add(type.struct.goName);
  const { fields } = type.struct;
  const lines = Object.entries(there.properties ?? {}).flatMap(([name, property]) => {
    const field = fields.get(name);
    return field === undefined ? [`${path}.${name} is not ours`] : published(field.type, property, `${path}.${name}`, seen);
  });
  return [line, ...lines];
}

test.each(schemaKinds())('%s %s has the fields that the cluster publishes, and no others', (apiVersion, kind) => {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const document = Object.values(schemas).find((schema) =>
    schema['x-kubernetes-group-version-kind']?.some((one) => one.group === group && one.version === version && one.kind === kind),
  );
  const root = kindSchema(apiVersion, kind);
  if (document === undefined || root === undefined) throw new Error(`${kind} is not published`);
  const type: SchemaType = { kind: 'struct', struct: root, goName: root.goName, pointer: false };
  const fields = ours(type, kind, new Set());
  expect(fields.length).toBeGreaterThan(20);
  // Structs met twice are walked where they come first, and the two documents order fields differently.
  const names = (lines: readonly string[]) => [...new Set(lines.map((line) => line.replace(/^.*\.([^. ]+ )/, '$1')))].sort();
  expect(names(published(type, document, kind, new Set()))).toEqual(names(fields));
});

test('knows the names a struct may have', () => {
  expect(fieldsAt('v1', 'Service', 'spec.ports[0]')).toEqual(['name', 'protocol', 'appProtocol', 'port', 'targetPort', 'nodePort']);
  expect(fieldsAt('v1', 'Service', '')).toEqual(['kind', 'apiVersion', 'metadata', 'spec', 'status']);
  expect(fieldsAt('v1', 'Service', 'spec.selector')).toEqual([]);
  expect(fieldsAt('v1', 'Thing', 'spec')).toEqual([]);
});
