import { type FieldError, invalid, notSupported, required } from '../../api/field-error.ts';
import { gatewayGroup } from '../../api/gateway.ts';
import type { JsonObject, JsonValue } from '../../api/json.ts';
import type { ObjectDraft } from '../draft.ts';
import type { Strategy } from '../strategy.ts';
import { nameIsDnsSubdomain, validateObjectMeta, validateObjectMetaUpdate } from '../validation/object-meta.ts';

/** A custom object, unchecked: no Go type stands behind it, so that every field may be of any shape. */
interface CustomDraft extends ObjectDraft {
  spec?: JsonValue;
  status?: JsonValue;
}

/** The part of a CRD's schema that is looked at here. Fields that are known but not listed keep any value. */
interface CustomSchema {
  readonly type: 'string' | 'integer' | 'array' | 'object' | 'any';
  readonly fields?: Readonly<Record<string, CustomSchema>>;
  readonly required?: readonly string[];
  readonly items?: CustomSchema;
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: JsonValue;
}

const text: CustomSchema = { type: 'string' };
const any: CustomSchema = { type: 'any' };
const port: CustomSchema = { type: 'integer', minimum: 1, maximum: 65535 };
const list = (items: CustomSchema, given?: JsonValue): CustomSchema => ({
  type: 'array',
  items,
  ...(given === undefined ? {} : { default: given }),
});
const object = (fields: Readonly<Record<string, CustomSchema>>, ...needed: readonly string[]): CustomSchema => ({
  type: 'object',
  fields,
  required: needed,
});

const valueMatch = object(
  { type: { ...text, default: 'Exact', values: ['Exact', 'RegularExpression'] }, name: text, value: text },
  'name',
  'value',
);
const rootMatch = [{ path: { type: 'PathPrefix', value: '/' } }];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

const routeMatch = object({
  path: {
    ...object({
      type: { ...text, default: 'PathPrefix', values: ['Exact', 'PathPrefix', 'RegularExpression'] },
      value: { ...text, default: '/' },
    }),
    default: { type: 'PathPrefix', value: '/' },
  },
  headers: list(valueMatch),
  queryParams: list(valueMatch),
  method: { ...text, values: methods },
});

const backendRef = object(
  {
    group: { ...text, default: '' },
    kind: { ...text, default: 'Service' },
    name: text,
    namespace: text,
    port,
    weight: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 1 },
    filters: list(any),
  },
  'name',
);

const routeSpec = object({
  parentRefs: list(
    object(
      {
        group: { ...text, default: gatewayGroup },
        kind: { ...text, default: 'Gateway' },
        namespace: text,
        name: text,
        sectionName: text,
        port,
      },
      'name',
    ),
  ),
  hostnames: list(text),
  rules: list(
    object({
      name: text,
      matches: list(routeMatch, rootMatch),
      filters: list(object({ type: text })),
      backendRefs: list(backendRef),
      timeouts: any,
      retry: any,
      sessionPersistence: { type: 'object' },
    }),
    [{ matches: rootMatch }],
  ),
});

const gatewaySpec = object(
  {
    gatewayClassName: text,
    listeners: list(
      object(
        {
          name: text,
          hostname: text,
          port,
          protocol: text,
          tls: object({
            mode: text,
            certificateRefs: list(object({ group: text, kind: text, name: text, namespace: text }, 'name')),
            options: any,
          }),
          allowedRoutes: {
            ...object({
              namespaces: { ...object({ from: { ...text, default: 'Same' }, selector: any }), default: { from: 'Same' } },
              kinds: any,
            }),
            default: { namespaces: { from: 'Same' } },
          },
        },
        'name',
        'port',
        'protocol',
      ),
    ),
    addresses: any,
    infrastructure: any,
  },
  'gatewayClassName',
  'listeners',
);

const classSpec = object({ controllerName: text, parametersRef: any, description: text }, 'controllerName');

/**
 * Kinds of the Gateway API, in worlds where it is installed. They are custom resources: their CRDs fill in defaults and check types; fields not
 * known here are kept, and said to be not modelled.
 *
 * Models: kubernetes-sigs/gateway-api config/crd/standard, v1.5; the texts are those of kube-apiserver's schema validation.
 *
 * @models partly Gateway API objects: GatewayClass, Gateway and HTTPRoute with defaults, types and bounds; no patterns, list limits or CEL rules
 */
export const gatewayStrategies: readonly Strategy<CustomDraft>[] = [
  customStrategy('GatewayClass', 'gatewayclasses', false, classSpec),
  customStrategy('Gateway', 'gateways', true, gatewaySpec),
  customStrategy('HTTPRoute', 'httproutes', true, routeSpec),
];

function customStrategy(kind: string, resource: string, namespaced: boolean, spec: CustomSchema): Strategy<CustomDraft> {
  const validate = (draft: CustomDraft, errors: FieldError[]) => {
    if (draft.spec === undefined) errors.push(required('spec'));
    else check(draft.spec, spec, 'spec', errors);
  };
  return {
    group: gatewayGroup,
    version: 'v1',
    kind,
    resource,
    namespaced,
    counted: 'spec',
    default(draft) {
      if (draft.spec !== undefined) draft.spec = withDefaults(draft.spec, spec);
    },
    prepare(draft, old) {
      if (old?.status === undefined) delete draft.status;
      else draft.status = old.status;
    },
    validateCreate(draft, errors) {
      validateObjectMeta(draft.metadata, namespaced, nameIsDnsSubdomain, 'metadata', errors);
      validate(draft, errors);
    },
    validateUpdate(draft, old, errors) {
      validateObjectMetaUpdate(draft.metadata, old.metadata, 'metadata', errors);
      validate(draft, errors);
    },
    notModelled: (draft) => unknownFields(draft.spec, spec, 'spec'),
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withDefaults(value: JsonValue, { fields, items }: CustomSchema): JsonValue {
  if (Array.isArray(value)) return items === undefined ? value : value.map((item) => withDefaults(item, items));
  if (!isObject(value) || fields === undefined) return value;
  const made: Record<string, JsonValue | undefined> = { ...value };
  for (const [name, schema] of Object.entries(fields)) {
    const given = Object.hasOwn(made, name) ? made[name] : undefined;
    const filled = given ?? schema.default;
    if (filled !== undefined) made[name] = withDefaults(filled, schema);
  }
  return made;
}

function check(value: JsonValue, schema: CustomSchema, path: string, errors: FieldError[]): void {
  const found = typeOf(value);
  if (schema.type === 'any') return;
  if (found !== schema.type) {
    // The server prints the type it found in the value's place.
    errors.push(invalid(path, found, `${path} in body must be of type ${schema.type}: "${found}"`));
    return;
  }
  if (typeof value === 'string' && schema.values !== undefined && !schema.values.includes(value)) {
    errors.push(notSupported(path, value, schema.values));
  }
  if (typeof value === 'number') {
    const { minimum = value, maximum = value } = schema;
    if (value < minimum) errors.push(invalid(path, value, `${path} in body should be greater than or equal to ${minimum}`));
    if (value > maximum) errors.push(invalid(path, value, `${path} in body should be less than or equal to ${maximum}`));
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (schema.items !== undefined) check(item, schema.items, `${path}[${index}]`, errors);
  } else if (isObject(value)) {
    for (const name of schema.required ?? []) if (!Object.hasOwn(value, name)) errors.push(required(`${path}.${name}`));
    for (const [name, field] of Object.entries(schema.fields ?? {})) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      if (given !== undefined) check(given, field, `${path}.${name}`, errors);
    }
  }
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function unknownFields(value: JsonValue | undefined, { fields, items }: CustomSchema, path: string): readonly string[] {
  if (Array.isArray(value))
    return items === undefined ? [] : value.flatMap((item, index) => unknownFields(item, items, `${path}[${index}]`));
  if (!isObject(value) || fields === undefined) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const schema = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return schema === undefined ? [`${path}.${name}`] : unknownFields(field, schema, `${path}.${name}`);
  });
}
