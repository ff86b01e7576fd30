import type { JsonObject, JsonValue } from '../../api/json.ts';
import { kindSchema, type SchemaType, type StructType } from '../../apiserver/schema/schema.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';

export interface SchemaProblem {
  readonly code: DiagnosticCode;
  readonly text: string;
  /** From the document: `items[0].spec.ports`. */
  readonly path: string;
}

/**
 * What the published schema says of the items of a list. The server validates no `kind: List`, so that kubectl falls back to the check by
 * OpenAPI that it made of everything before v1.27, with its own words.
 *
 * Models: kubectl pkg/validation schemaValidation, kube-openapi pkg/util/proto/validation.
 */
export function validateListItems(list: JsonObject): SchemaProblem[] {
  const { apiVersion, kind, items } = list;
  if (!Array.isArray(items) || typeof kind !== 'string') return [];
  const validator = new Validator();
  if (kind === 'List' && apiVersion === 'v1') {
    for (const [i, item] of (items as readonly JsonValue[]).entries()) {
      const own = item as JsonObject;
      const struct = kindSchema(String(own.apiVersion), String(own.kind));
      if (struct !== undefined) validator.struct(own, struct, String(own.kind), `items[${i}]`);
    }
  } else if (kind.endsWith('List')) {
    const struct = kindSchema(String(apiVersion), kind.slice(0, -4));
    if (struct !== undefined) {
      const name = `${struct.openApiName}List.items`;
      validator.list(items, { kind: 'struct', struct, goName: struct.goName, pointer: false }, `${kind}.items`, name, 'items');
    }
  }
  return validator.problems;
}

/** Types that OpenAPI v2 calls by another name; what is not here is a list, a map or a struct. */
const primitives: Partial<Readonly<Record<SchemaType['kind'], string>>> = {
  string: 'string',
  bool: 'boolean',
  int32: 'integer',
  int64: 'integer',
  bytes: 'string',
  quantity: 'string',
  'int-or-string': 'string',
  time: 'string',
};

class Validator {
  readonly problems: SchemaProblem[] = [];

  /** `shown` is the path that messages print, `name` the field's name in the schema, `path` the place in the document. */
  private value(value: JsonValue, type: SchemaType, shown: string, name: string, path: string): void {
    const expected = primitives[type.kind];
    const actual = typeName(value);
    if (expected !== undefined) {
      const fits =
        expected === 'string'
          ? actual !== 'map' && actual !== 'array'
          : expected === actual || (expected === 'integer' && actual === 'number');
      if (!fits) this.wrongType(shown, name, actual, expected, path);
    } else if (type.kind === 'list') {
      if (Array.isArray(value)) this.list(value, type.item, shown, name, path);
      else this.wrongType(shown, name, actual, 'array', path);
    } else if (type.kind === 'map') {
      if (actual === 'map') this.map(value as JsonObject, type.value, shown, name, path);
      else this.wrongType(shown, name, actual, 'map', path);
    } else if (type.kind === 'struct') {
      if (actual === 'map') this.struct(value as JsonObject, type.struct, shown, path);
      else this.wrongType(shown, type.struct.openApiName, actual, 'map', path);
    }
  }

  struct(value: JsonObject, struct: StructType, shown: string, path: string): void {
    for (const key of Object.keys(value).sort()) {
      const item = value[key];
      if (item === null || item === undefined) continue;
      const field = struct.fields.get(key);
      if (field !== undefined) this.value(item, field.type, `${shown}.${key}`, `${struct.openApiName}.${key}`, `${path}.${key}`);
      else this.add('decode-unknown-field', shown, `unknown field "${key}" in ${struct.openApiName}`, `${path}.${key}`);
    }
    for (const name of requiredFields(struct)) {
      if (value[name] === undefined || value[name] === null) {
        this.add('field-required', shown, `missing required field "${name}" in ${struct.openApiName}`, `${path}.${name}`);
      }
    }
  }

  list(values: readonly JsonValue[], item: SchemaType, shown: string, name: string, path: string): void {
    for (const [i, value] of values.entries()) {
      if (value === null) this.add('decode-wrong-type', shown, `unknown object type "nil" in ${shown}[${i}]`, `${path}[${i}]`);
      else this.value(value, item, `${shown}[${i}]`, name, `${path}[${i}]`);
    }
  }

  private map(values: JsonObject, item: SchemaType, shown: string, name: string, path: string): void {
    for (const key of Object.keys(values).sort()) {
      const value = values[key];
      if (value === undefined) continue;
      if (value !== null) this.value(value, item, `${shown}.${key}`, name, `${path}.${key}`);
      else this.problems.push({ code: 'decode-wrong-type', text: `unknown object type "nil" in ${shown}.${key}`, path: `${path}.${key}` });
    }
  }

  private wrongType(shown: string, name: string, actual: string, expected: string, path: string): void {
    this.add('decode-wrong-type', shown, `invalid type for ${name}: got "${actual}", expected "${expected}"`, path);
  }

  private add(code: DiagnosticCode, shown: string, text: string, path: string): void {
    this.problems.push({ code, text: `ValidationError(${shown}): ${text}`, path });
  }
}

function typeName(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'map' : typeof value;
}

/** Fields that OpenAPI requires although Go may leave them out. */
const alsoRequired: Readonly<Record<string, readonly string[]>> = {
  DaemonSet: ['spec'],
  Deployment: ['spec'],
  ReplicaSet: ['spec'],
  StatefulSet: ['spec'],
  CronJob: ['spec'],
  ContainerRestartRule: ['action'],
  ContainerRestartRuleOnExitCodes: ['operator'],
  PodCertificateProjection: ['keyType', 'signerName'],
};

/** Fields that Go always writes although OpenAPI does not require them. */
const notRequired: Readonly<Record<string, readonly string[]>> = {
  EndpointSlice: ['endpoints', 'ports'],
  GRPCAction: ['service'],
  IngressClassParametersReference: ['scope'],
  NetworkPolicySpec: ['podSelector'],
  PodFailurePolicyOnPodConditionsPattern: ['status'],
  ProjectedVolumeSource: ['sources'],
  StatefulSetOrdinals: ['start'],
  StatefulSetSpec: ['serviceName'],
  TypedLocalObjectReference: ['apiGroup'],
  TypedObjectReference: ['apiGroup'],
};

/** In Go's order. Status fields are not looked at: nobody applies them. */
function requiredFields({ name, openApiName, fields }: StructType): string[] {
  const always = [...fields.values()]
    .filter((field) => !field.omitEmpty && !(notRequired[name] ?? []).includes(field.name))
    .map((field) => field.name);
  const extra = openApiName === 'io.k8s.api.discovery.v1.EndpointPort' ? ['port'] : (alsoRequired[name] ?? []);
  return [...always, ...extra];
}
