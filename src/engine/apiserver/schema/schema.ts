import { EngineBug } from '../../diagnostics/engine-bug.ts';
import { schemaData } from './schema-data.ts';

/** A Go type as far as JSON shows it. `goName` is the type's name in the server's messages (`[]v1.ServicePort`). */
export type SchemaType = (
  | { readonly kind: 'string' | 'bool' | 'int32' | 'int64' | 'bytes' | 'raw' | 'quantity' | 'int-or-string' | 'time' }
  | { readonly kind: 'list'; readonly item: SchemaType }
  | { readonly kind: 'map'; readonly value: SchemaType }
  | { readonly kind: 'struct'; readonly struct: StructType }
) & { readonly goName: string; readonly pointer: boolean };

export interface SchemaField {
  readonly name: string;
  readonly type: SchemaType;
  /** Go leaves the field out when it is empty. */
  readonly omitEmpty: boolean;
  /** Names of the embedded Go structs the field comes from, as messages spell them: `['VolumeSource']`. */
  readonly embedded: readonly string[];
  /** How a strategic merge patch treats the field: lists are merged by `mergeKey`, or as sets when there is none. */
  readonly patch?: { readonly merge: boolean; readonly retainKeys: boolean; readonly replace: boolean; readonly mergeKey?: string };
}

/** A Go struct. */
export interface StructType {
  /** Without the package: `ServicePort`. */
  readonly name: string;
  /** With it: `v1.ServicePort`. */
  readonly goName: string;
  /** As OpenAPI calls it: `io.k8s.api.core.v1.ServicePort`. */
  readonly openApiName: string;
  /** By JSON name, in Go's order. */
  readonly fields: ReadonlyMap<string, SchemaField>;
}

/** Reads its fields from the data when they are first asked for: most lessons never meet most structs. */
class SchemaStruct implements StructType {
  readonly name: string;
  readonly goName: string;
  readonly openApiName: string;
  private readonly line: string;
  private known: ReadonlyMap<string, SchemaField> | undefined;

  constructor(goName: string, openApiPackage: string, line: string) {
    this.name = goName.slice(goName.indexOf('.') + 1);
    this.goName = goName;
    this.openApiName = `${openApiPackage}.${this.name}`;
    this.line = line;
  }

  get fields(): ReadonlyMap<string, SchemaField> {
    this.known ??= new Map(
      (this.line === '' ? [] : this.line.split(' ')).map((text) => [text.slice(0, text.indexOf(':')), parseField(text)]),
    );
    return this.known;
  }
}

/** The letter behind each struct's name in the data. */
const packages: Readonly<Record<string, string>> = {
  a: 'io.k8s.api.apps.v1',
  b: 'io.k8s.api.batch.v1',
  c: 'io.k8s.api.core.v1',
  d: 'io.k8s.api.discovery.v1',
  m: 'io.k8s.apimachinery.pkg.apis.meta.v1',
  n: 'io.k8s.api.networking.v1',
  s: 'io.k8s.api.scheduling.v1alpha3',
};

const structs = new Map<string, StructType>();
const kinds = new Map<string, StructType>();

function load(): void {
  if (structs.size > 0) return;
  const [kindLines = '', structLines = ''] = schemaData.split('\n\n');
  for (const line of structLines.split('\n')) {
    const [name = '', letter = ''] = line.split(' ', 2);
    const goName = name.slice(name.indexOf('/') + 1);
    structs.set(
      name,
      new SchemaStruct(goName.includes('.') ? goName : `v1.${goName}`, packages[letter] ?? '', line.slice(name.length + letter.length + 2)),
    );
  }
  for (const line of kindLines.split('\n')) {
    const [apiVersion, kind] = line.split(' ') as [string, string];
    kinds.set(`${apiVersion} ${kind}`, struct(kind));
  }
}

function struct(name: string): StructType {
  const found = structs.get(name);
  if (found === undefined) throw new EngineBug(`no struct ${name} in the schema`);
  return found;
}

/** The Go type of a kind, e.g. `('apps/v1', 'Deployment')`; `undefined` for kinds the engine has no types of. */
export function kindSchema(apiVersion: string, kind: string): StructType | undefined {
  load();
  return kinds.get(`${apiVersion} ${kind}`);
}

/** One struct by its Go name; for tests and for parts that every kind has (`ObjectMeta`). */
export function structSchema(name: string): StructType {
  load();
  return struct(name);
}

/** `apiVersion` and kind of everything with a schema, as `[apiVersion, kind]`. */
export function schemaKinds(): readonly (readonly [string, string])[] {
  load();
  return [...kinds.keys()].map((key) => key.split(' ') as [string, string]);
}

/** `NAME:TYPE[?][@EMBEDDED][%STRATEGY[=KEY]]`: `?` is omitempty. */
function parseField(text: string): SchemaField {
  const match = /^([^:]+):([^?@%]+)(\?)?(?:@([^%]+))?(?:%([^=]+)(?:=(.+))?)?$/.exec(text);
  if (match === null) throw new EngineBug(`schema field ${text}`);
  const [, name = '', code = '', omit, embedded, strategy, mergeKey] = match;
  const strategies = strategy?.split(',') ?? [];
  return {
    name,
    type: parseType(code),
    omitEmpty: omit !== undefined,
    embedded: embedded?.split('.') ?? [],
    ...(strategy !== undefined && {
      patch: {
        merge: strategies.includes('merge'),
        retainKeys: strategies.includes('retainKeys'),
        replace: strategies.includes('replace'),
        ...(mergeKey !== undefined && { mergeKey }),
      },
    }),
  };
}

const scalars: Readonly<
  Record<string, readonly ['string' | 'bool' | 'int32' | 'int64' | 'bytes' | 'raw' | 'quantity' | 'int-or-string' | 'time', string]>
> = {
  s: ['string', 'string'],
  b: ['bool', 'bool'],
  i: ['int32', 'int32'],
  l: ['int64', 'int64'],
  y: ['bytes', '[]uint8'],
  R: ['raw', 'v1.FieldsV1'],
  Q: ['quantity', 'resource.Quantity'],
  I: ['int-or-string', 'intstr.IntOrString'],
  T: ['time', 'v1.Time'],
  M: ['time', 'v1.MicroTime'],
};

/** `*` pointer, `[` list, `{` map (`{v1.KEY}` when its keys are of a named type), `.` struct, `'` named string type, `L` ResourceList; the rest are the letters above. */
function parseType(code: string): SchemaType {
  const rest = code.slice(1);
  switch (code[0]) {
    case '*':
      return { ...parseType(rest), pointer: true };
    case '[': {
      const item = parseType(rest);
      return { kind: 'list', item, goName: `[]${item.goName}`, pointer: false };
    }
    case '{': {
      const named = /^(v1\.\w+)\}(.+)$/.exec(rest);
      const value = parseType(named?.[2] ?? rest);
      return { kind: 'map', value, goName: `map[${named?.[1] ?? 'string'}]${value.goName}`, pointer: false };
    }
    case 'L':
      return { kind: 'map', value: parseType('Q'), goName: 'v1.ResourceList', pointer: false };
    case '.': {
      const target = struct(rest);
      return { kind: 'struct', struct: target, goName: target.goName, pointer: false };
    }
    case "'":
      return { kind: 'string', goName: rest.includes('.') ? rest : `v1.${rest}`, pointer: false };
  }
  const scalar = scalars[code];
  if (scalar === undefined) throw new EngineBug(`schema type ${code}`);
  return { kind: scalar[0], goName: scalar[1], pointer: false };
}
