import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { JsonValue } from '../api/json.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic, Position, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../manifest/source-file.ts';

/** One value of an authored file, with its path (`nodes[1].address`) and place. */
export interface Field {
  readonly path: string;
  readonly node: Node;
}

/** Reads one field; reports and gives `undefined` when it cannot. */
export type FieldReader<T> = (field: Field) => T | undefined;

/** One reader a field; fields of the file without a reader are mistakes. */
export type RecordShape<T> = { readonly [K in keyof T]: FieldReader<T[K]> };

const nameLimit = 200;

/**
 * A YAML file that a course author wrote (a world, a workload), read field by field. Every mistake becomes a diagnostic that says file,
 * line, column, field and what to do next; reading goes on, so that an author sees all of them at once.
 *
 * Anchors and aliases are refused: these files are short, and without them no text can grow beyond what was written.
 */
export class AuthoredYaml {
  readonly root: Field | undefined;
  readonly #source: SourceFile;
  readonly #code: DiagnosticCode;
  readonly #lines = new LineCounter();
  readonly #diagnostics: Diagnostic[] = [];

  constructor(source: SourceFile, code: DiagnosticCode) {
    this.#source = source;
    this.#code = code;
    if (/[[{]{40}/.test(source.text.replace(/\s/g, ''))) {
      this.#reportAt([0, 0], 'lists or fields are nested too deeply. Write the file in block style.');
      return;
    }
    const document = parseDocument(source.text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true });
    for (const error of document.errors) this.#reportAt(error.pos, `not valid YAML: ${firstLine(error.message)}`);
    const node = document.contents;
    if (document.errors.length === 0 && node === null) this.#reportAt([0, 0], 'the file is empty. Start it with the line "name: …".');
    this.root = document.errors.length === 0 && node !== null ? { path: '', node } : undefined;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  /** `message` says what is wrong and what to do; the field's path goes before it. */
  report(field: Field, message: string): undefined {
    const range = field.node.range ?? [0, 0, 0];
    this.#reportAt([range[0], range[1]], field.path === '' ? message : `${field.path}: ${message}`);
    return undefined;
  }

  record<T extends object>(field: Field, shape: RecordShape<T>): Partial<T> {
    const out: Partial<T> = {};
    this.#eachEntry(field, (key, value, keyNode) => {
      if (!Object.hasOwn(shape, key)) {
        this.report({ path: value.path, node: keyNode }, `unknown field. ${suggest(key, Object.keys(shape))}`);
        return;
      }
      const name = key as keyof T;
      out[name] = shape[name](value);
    });
    return out;
  }

  /** A map from names the author chose. */
  map<T>(field: Field, read: FieldReader<T>): Readonly<Record<string, T>> {
    const out: Record<string, T> = Object.create(null);
    this.#eachEntry(field, (key, value) => {
      const made = read(value);
      if (made !== undefined) out[key] = made;
    });
    return { ...out };
  }

  list<T>(field: Field, read: FieldReader<T>): readonly T[] {
    if (!isSeq(field.node)) {
      this.report(field, 'expected a list. Write each item on a line of its own after "- ".');
      return [];
    }
    return field.node.items.flatMap((item, index) => {
      const path = `${field.path}[${index}]`;
      const made = isNode(item) ? read({ path, node: item }) : this.report({ path, node: field.node }, 'the item is empty. Remove it.');
      return made === undefined ? [] : [made];
    });
  }

  text(field: Field): string | undefined {
    const value = this.#scalar(field);
    return typeof value === 'string' ? value : this.report(field, `expected text, found ${describe(value)}. Put it in quotes.`);
  }

  number(field: Field): number | undefined {
    const value = this.#scalar(field);
    return typeof value === 'number' ? value : this.report(field, `expected a number, found ${describe(value)}.`);
  }

  boolean(field: Field): boolean | undefined {
    const value = this.#scalar(field);
    return typeof value === 'boolean' ? value : this.report(field, `expected true or false, found ${describe(value)}.`);
  }

  oneOf<T extends string>(field: Field, choices: readonly T[]): T | undefined {
    const value = this.#scalar(field);
    const chosen = choices.find((choice) => choice === value);
    return chosen ?? this.report(field, `${describe(value)} is none of ${choices.join(', ')}. ${suggest(String(value), choices)}`);
  }

  /** `parse` gives `undefined` for a text it cannot read; `example` shows the author one it can. */
  parsed<T>(field: Field, parse: (text: string) => T | undefined, example: string): T | undefined {
    const value = this.#scalar(field);
    const made = typeof value === 'string' || typeof value === 'number' ? parse(String(value)) : undefined;
    return made ?? this.report(field, `cannot read ${describe(value)}. Write it like "${example}".`);
  }

  /** The value as it is, for parts whose shape somebody else checks (manifests). */
  json(field: Field): JsonValue | undefined {
    if (isMap(field.node)) return this.map(field, (value) => this.json(value));
    if (isSeq(field.node)) return this.list(field, (value) => this.json(value));
    return this.#scalar(field);
  }

  #scalar(field: Field): string | number | boolean | null | undefined {
    if (isAlias(field.node)) return this.report(field, 'aliases are not read here. Write the value out.');
    if (!isScalar(field.node)) return undefined;
    const value = field.node.value;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
  }

  #eachEntry(field: Field, visit: (key: string, value: Field, keyNode: Node) => void): void {
    if (!isMap(field.node)) {
      this.report(field, 'expected fields ("name: value").');
      return;
    }
    for (const { key, value } of field.node.items) {
      if (!isScalar(key) || !isNode(value)) {
        this.report(isNode(key) ? { path: field.path, node: key } : field, 'a field without a value. Give it one, or remove it.');
        continue;
      }
      const name = String(key.value).slice(0, nameLimit);
      visit(name, { path: field.path === '' ? name : `${field.path}.${name}`, node: value }, key);
    }
  }

  #reportAt([start, end]: readonly [number, number], message: string): void {
    const span: Span = { file: this.#source.name, start: this.#position(start), end: this.#position(Math.max(end, start)) };
    this.#diagnostics.push({ code: this.#code, severity: 'error', message, args: {}, span, related: [] });
  }

  #position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { offset, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** A sentence that names the nearest known word, or all of them when none is near. */
export function suggest(written: string, known: readonly string[]): string {
  const near = known.map((word) => ({ word, distance: editDistance(written.toLowerCase(), word.toLowerCase()) }));
  const best = near.reduce<{ word: string; distance: number } | undefined>(
    (found, each) => (found === undefined || each.distance < found.distance ? each : found),
    undefined,
  );
  if (best !== undefined && best.distance <= Math.max(1, Math.floor(best.word.length / 3))) return `Did you mean "${best.word}"?`;
  return known.length === 0 ? 'Remove it.' : `Known here: ${known.join(', ')}.`;
}

/** Levenshtein's distance with neighbours swapped as one edit. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8) return 9;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function describe(value: unknown): string {
  if (value === undefined) return 'a list or fields';
  return typeof value === 'string' ? `"${value.slice(0, nameLimit)}"` : String(value);
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
