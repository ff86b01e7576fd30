import { goFloat } from '../api/go-format.ts';
import { goQuote } from '../api/go-text.ts';
import type { JsonValue } from '../api/json.ts';
import { YamlFault } from './yaml-fault.ts';
import type { YamlMapping, YamlNode, YamlScalar } from './yaml-node.ts';
import { resolveScalar } from './yaml-scalar.ts';

/** A mapping under conversion: Go would keep it in a `map[interface{}]interface{}`, where later entries overwrite earlier ones. */
type Entries = Map<string, JsonValue>;

const mergeTag = 'tag:yaml.org,2002:merge';

/**
 * Turns the tree into the JSON that kubectl works with: keys become strings and are sorted, of a key given twice the last one counts,
 * and a merge key (`<<`) overwrites what stands before it, unlike in other YAML readers.
 * Throws `YamlFault`.
 *
 * Models: go.yaml.in/yaml/v2 2.4 decode.go, sigs.k8s.io/yaml 1.6 convertToJSONableObject.
 */
export function yamlToJson(root: YamlNode): JsonValue {
  return new Converter().convert(root);
}

export function isMergeKey(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.value === '<<' && (key.implicit || key.tag === mergeTag);
}

/** The text a mapping's key has in JSON; `undefined` where it can have none. */
export function jsonKey(node: YamlNode): string | undefined {
  const key = node.kind === 'alias' ? node.target : node;
  if (key.kind !== 'scalar') return undefined;
  const resolved = resolveScalar(key);
  switch (resolved.type) {
    case 'string':
      return resolved.value;
    case 'int':
      return resolved.value < 2 ** 63 ? resolved.digits : undefined;
    case 'bool':
      return resolved.value ? 'true' : 'false';
    case 'float':
      return float32Text(resolved.value);
    case 'null':
      return undefined;
  }
}

class Converter {
  private count = 0;
  private aliasCount = 0;
  private aliasDepth = 0;
  private readonly openAliases = new Set<YamlNode>();
  /** The first thing JSON cannot say. go-yaml's own problems, found on the same walk, come before it. */
  private unsayable: YamlFault | undefined;

  convert(root: YamlNode): JsonValue {
    const value = this.value(root);
    if (this.unsayable !== undefined) throw this.unsayable;
    return value;
  }

  private value(node: YamlNode): JsonValue {
    this.countNode(node);
    switch (node.kind) {
      case 'alias':
        return this.throughAlias(node, (target) => this.value(target));
      case 'scalar':
        return this.scalar(node);
      case 'sequence':
        return node.items.map((item) => this.value(item));
      case 'mapping': {
        const entries: Entries = new Map();
        this.addEntries(node, entries);
        return sortedObject(entries);
      }
    }
  }

  private throughAlias<T>(node: Extract<YamlNode, { kind: 'alias' }>, read: (target: YamlNode) => T): T {
    if (this.openAliases.has(node)) throw new YamlFault(`anchor '${node.name}' value contains itself`, undefined, node.start);
    this.openAliases.add(node);
    this.aliasDepth++;
    const value = read(node.target);
    this.aliasDepth--;
    this.openAliases.delete(node);
    return value;
  }

  private scalar(node: YamlScalar): JsonValue {
    const resolved = resolveScalar(node);
    if (resolved.type === 'null') return null;
    if (resolved.type === 'float' && !Number.isFinite(resolved.value)) {
      const name = Number.isNaN(resolved.value) ? 'NaN' : resolved.value > 0 ? '+Inf' : '-Inf';
      this.unsayable ??= new YamlFault(`json: unsupported value: ${name}`, undefined, node.start);
      return null;
    }
    return resolved.value;
  }

  private addEntries(node: YamlMapping, entries: Entries): void {
    for (const { key, value } of node.entries) {
      if (isMergeKey(key)) {
        this.merge(value, entries);
        continue;
      }
      const name = this.key(key);
      const converted = this.value(value);
      if (name === undefined) this.unsayable ??= this.unsupportedKey(key, value);
      else entries.set(name, converted);
    }
  }

  private key(key: YamlNode): string | undefined {
    this.countNode(key);
    if (key.kind === 'alias') return this.throughAlias(key, (target) => this.key(target));
    if (key.kind === 'scalar') return jsonKey(key);
    this.value(key);
    throw new YamlFault(`invalid map key: ${goSyntax(key)}`, undefined, key.start);
  }

  private unsupportedKey(node: YamlNode, value: YamlNode): YamlFault {
    const key = node.kind === 'alias' ? node.target : node;
    const resolved = key.kind === 'scalar' ? resolveScalar(key) : undefined;
    const text =
      resolved?.type === 'int'
        ? `unsupported map key of type: uint64, key: 0x${BigInt(resolved.digits).toString(16)}, value: ${goSyntax(value)}`
        : `unsupported map key of type: %!s(<nil>), key: <nil>, value: ${goSyntax(value)}`;
    return new YamlFault(text, undefined, node.start);
  }

  private merge(node: YamlNode, entries: Entries): void {
    const sources = node.kind === 'sequence' ? [...node.items].reverse() : [node];
    for (const source of sources) {
      const target = source.kind === 'alias' ? source.target : source;
      if (target.kind !== 'mapping')
        throw new YamlFault('map merge requires map or sequence of maps as the value', undefined, source.start);
      this.countNode(source);
      if (source.kind === 'alias') {
        this.throughAlias(source, () => {
          this.countNode(target);
          this.addEntries(target, entries);
        });
      } else {
        this.addEntries(target, entries);
      }
    }
  }

  /** go-yaml's bound on alias bombs: how much of the work may come from aliases shrinks with the size of the document. */
  private countNode(node: YamlNode): void {
    this.count++;
    if (this.aliasDepth > 0) this.aliasCount++;
    if (this.aliasCount > 100 && this.count > 1000 && this.aliasCount / this.count > allowedAliasRatio(this.count)) {
      throw new YamlFault('document contains excessive aliasing', undefined, node.start);
    }
  }
}

function allowedAliasRatio(count: number): number {
  const [low, high] = [400_000, 4_000_000];
  if (count <= low) return 0.99;
  if (count >= high) return 0.1;
  return 0.99 - 0.89 * ((count - low) / (high - low));
}

function sortedObject(entries: Entries): JsonValue {
  const object: Record<string, JsonValue> = {};
  for (const name of [...entries.keys()].sort()) {
    const value = entries.get(name) as JsonValue;
    // A plain assignment to this one name would change the prototype.
    if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
    else object[name] = value;
  }
  return object;
}

/**
 * A node's value as Go's `%#v` prints what go-yaml decodes it to: `map[interface {}]interface {}{"a":1}`. Merge keys print as keys.
 *
 * Models: Go's fmt.
 */
function goSyntax(node: YamlNode): string {
  const text = goSyntaxInside(node);
  return text === 'interface {}(nil)' ? '<nil>' : text;
}

function goSyntaxInside(node: YamlNode): string {
  switch (node.kind) {
    case 'alias':
      return goSyntaxInside(node.target);
    case 'sequence':
      return `[]interface {}{${node.items.map(goSyntaxInside).join(', ')}}`;
    case 'mapping': {
      const entries = new Map(node.entries.map(({ key, value }) => [goSyntaxInside(key), value]));
      const printed = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}:${goSyntaxInside(value)}`);
      return `map[interface {}]interface {}{${printed.join(', ')}}`;
    }
    case 'scalar': {
      const resolved = resolveScalar(node);
      if (resolved.type === 'null') return 'interface {}(nil)';
      if (resolved.type === 'string') return goQuote(resolved.value);
      if (resolved.type === 'bool') return String(resolved.value);
      return resolved.type === 'int' ? resolved.digits : goFloat(resolved.value);
    }
  }
}

/** Go's FormatFloat(x, 'g', -1, 32), which sigs.k8s.io/yaml uses for keys: the fewest digits that name the same 32-bit float. */
function float32Text(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits++;
  return goFloat(Number(single.toPrecision(digits)));
}
