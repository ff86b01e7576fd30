import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as parseWithLibrary } from 'yaml';
import type { JsonValue } from '../api/json.ts';
import { parseManifest } from './parse-manifest.ts';

function read(text: string) {
  return parseManifest({ name: 'web.yaml', text });
}

function values(text: string): JsonValue[] {
  const { documents, failure } = read(text);
  expect(failure?.message).toBeUndefined();
  return documents.map((document) => document.value);
}

/** What stands at a field, as written. */
function written(text: string, path: string): { key?: string; value: string } | undefined {
  const found = read(text).documents[0]?.locate(path);
  if (found === undefined) return undefined;
  const cut = (span: { start: { offset: number }; end: { offset: number } }) => text.slice(span.start.offset, span.end.offset);
  return found.key === undefined ? { value: cut(found.value) } : { key: cut(found.key), value: cut(found.value) };
}

describe('documents of a file', () => {
  test.each<[name: string, text: string, documents: JsonValue[]]>([
    ['nothing', '', []],
    ['only comments', '# one\n---\n# two\n', []],
    ['null', 'null\n', []],
    ['two', 'a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['separators before, between and after', '---\na: 1\n---\n---\n# x\n--- # y\nb: 2\n---\n', [{ a: 1 }, { b: 2 }]],
    ['Windows line ends', 'a: |\r\n  x\r\n  y\r\n---\r\nb: 2\r\n', [{ a: 'x\ny\n' }, { b: 2 }]],
    ['a byte order mark', '\ufeffa: 1\n', [{ a: 1 }]],
    ['JSON', '{"a": 1}', [{ a: 1 }]],
    ['JSON objects one after the other', '{"a": 1} {"b": 2}\n{"c": 3}', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ['JSON that YAML forgives', '{"a": [1,],}', [{ a: [1] }]],
    ['JSON and then YAML', '{"a": 1}\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['text after the end of a document', 'a: 1\n...\n@ not read\n', [{ a: 1 }]],
  ])('%s', (_name, text, documents) => {
    expect(values(text)).toEqual(documents);
  });

  test('keys are sorted, as Go writes maps', () => {
    expect(JSON.stringify(values('b: 1\na: {z: 1, k: 2}\n'))).toBe('[{"a":{"k":2,"z":1},"b":1}]');
    expect(JSON.stringify(values('{"b": 1, "a": 2}'))).toBe('[{"a":2,"b":1}]');
  });

  test('keys that JavaScript knows are keys like any other', () => {
    const [yaml] = values('__proto__: {polluted: true}\nconstructor: 1\n');
    expect(Object.keys(yaml as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.keys(values('{"__proto__": {"polluted": true}}')[0] as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('YAML 1.1 as kubectl reads it', () => {
  test.each<[text: string, value: JsonValue]>([
    ['yes', true],
    ['Off', false],
    ['y', true],
    ['"yes"', 'yes'],
    ['!!str yes', 'yes'],
    ['~', null],
    ['0100', 64],
    ['0o17', 15],
    ['0x1F', 31],
    ['-0b11', -3],
    ['+81', 81],
    ['1_000', 1000],
    ['080', 80],
    ['8e3', 8000],
    ['80.0', 80],
    ['.5', 0.5],
    ['1.10', 1.1],
    ['12:30', '12:30'],
    ['2001-01-01', '2001-01-01'],
    ['1e999', '1e999'],
    ['1e20', 100000000000000000000],
    ['!!float 3', 3],
    ['!!binary aGk=', 'hi'],
    ['!thing x', 'x'],
    ['|2-\n    two\n   three\n', '  two\n three'],
    ['>\n  one\n  two\n\n  three\n', 'one two\nthree\n'],
    ['"a\\\n    b \\x41\\u00e9"', 'ab Aé'],
    ["'it''s\n\n    ours'", "it's\nours"],
    ['[a b, {c: d}, e: f, ]', ['a b', { c: 'd' }, { e: 'f' }]],
    ['{a, b: }', { a: null, b: null }],
    ['http://x:80', 'http://x:80'],
  ])('%s', (text, value) => {
    expect(values(`k: ${text}\n`)).toEqual([{ k: value }]);
  });

  test.each<[name: string, text: string, value: JsonValue]>([
    ['of a key given twice the last counts', 'a: 1\nb: 2\na: 3\n', { a: 3, b: 2 }],
    ['a merge key yields to what follows', 'x: &x {a: 1, b: 2}\nz:\n  <<: *x\n  b: 3\n', { x: { a: 1, b: 2 }, z: { a: 1, b: 3 } }],
    ['and overwrites what stands before', 'x: &x {a: 1}\nz:\n  a: 2\n  <<: *x\n', { x: { a: 1 }, z: { a: 1 } }],
    ['of several merged the first wins', 'z:\n  <<: [{a: 1}, {a: 2, b: 3}]\n', { z: { a: 1, b: 3 } }],
    ['keys become text', '{1: a, true: b, 1.5: c, 0x10: d}\n', { '1': 'a', '1.5': 'c', '16': 'd', true: 'b' }],
    ['tabs may separate', 'a:\t1\t# x\nb: [1,\t2]\n', { a: 1, b: [1, 2] }],
  ])('%s', (_name, text, value) => {
    expect(values(text)).toEqual([value]);
  });
});

/** Texts from go.yaml.in/yaml/v2 2.4.4 and encoding/json of Go 1.26. */
const refusals: readonly [text: string, code: string, message: string, place: string][] = [
  ['a: 1\nb:\n\tc: 2\n', 'yaml-tab-indentation', 'yaml: line 3: found character that cannot start any token', '3:1'],
  ['a: |\n\tb\n', 'yaml-tab-indentation', 'yaml: line 2: found a tab character where an indentation space is expected', '2:1'],
  ['a: b\nc: @d\n', 'yaml-reserved-character', 'yaml: line 2: found character that cannot start any token', '2:4'],
  ['a: b\nc: "d\n', 'yaml-unclosed-quote', 'yaml: line 3: found unexpected end of stream', '2:4'],
  ['a: b\nc: d: e\n', 'yaml-colon-not-allowed', 'yaml: line 2: mapping values are not allowed in this context', '2:5'],
  ['a:\n  b: c\n d: e\n', 'yaml-bad-indentation', 'yaml: line 2: did not find expected key', '3:2'],
  ['a:\n  - b\n  c: d\n', 'yaml-bad-indentation', "yaml: line 2: did not find expected '-' indicator", '3:3'],
  ['a: - b\n', 'yaml-bad-indentation', 'yaml: block sequence entries are not allowed in this context', '1:4'],
  ['a: b\nc\nd: e\n', 'yaml-missing-colon', "yaml: line 3: could not find expected ':'", '2:1'],
  ['a: {b: c\nd: e\n', 'yaml-unclosed-flow', "yaml: line 1: did not find expected ',' or '}'", '1:4'],
  ['a: [b, c\n', 'yaml-unclosed-flow', "yaml: line 1: did not find expected ',' or ']'", '1:4'],
  ['a: *b\n', 'yaml-unknown-alias', "yaml: unknown anchor 'b' referenced", '1:4'],
  ['a: *.b\n', 'yaml-unknown-alias', 'yaml: did not find expected alphabetic or numeric character', '1:5'],
  ['a: &a [*a]\n', 'yaml-alias-bomb', "yaml: anchor 'a' value contains itself", '1:8'],
  ['a: {{ .b }}\n', 'yaml-unusable-key', 'yaml: invalid map key: map[interface {}]interface {}{".b":interface {}(nil)}', '1:5'],
  ['a: 1\n~: 2\n', 'yaml-unusable-key', 'unsupported map key of type: %!s(<nil>), key: <nil>, value: 2', '2:1'],
  ['a: .nan\n', 'yaml-syntax', 'json: unsupported value: NaN', '1:4'],
  ['a: "\\q"\n', 'yaml-unknown-escape', 'yaml: found unknown escape character', '1:5'],
  ['a: b\0c\n', 'yaml-control-character', 'yaml: control characters are not allowed', '1:5'],
  ['%YAML 1.2\n---\na: b\n', 'yaml-syntax', 'yaml: found incompatible YAML document', '1:1'],
  ['a: !!int b\n', 'yaml-syntax', 'yaml: cannot decode !!str `b` as a !!int', '1:4'],
];

describe('what it refuses', () => {
  test.each(refusals)('%j', (text, code, message, place) => {
    const { failure } = read(text);
    expect(failure).toMatchObject({ code, message: `error parsing web.yaml: error converting YAML to JSON: ${message}` });
    expect(`${failure?.span?.start.line}:${failure?.span?.start.column}`).toBe(place);
  });

  test.each([
    ['--- x\n', 'yaml-bad-separator', 'invalid Yaml document separator: x', '1:4'],
    ['{"a": {"b" 1}}', 'json-syntax', "json: offset 12: invalid character '1' after object key", '1:12'],
    ['{"a": "é", @', 'json-syntax', "json: offset 13: invalid character '@' looking for beginning of object key string", '1:12'],
    ['{"a": [1', 'json-syntax', 'unexpected EOF', '1:8'],
  ])('%j', (text, code, message, place) => {
    const { failure } = read(text);
    expect(failure).toMatchObject({ code, message: `error parsing web.yaml: ${message}` });
    expect(`${failure?.span?.start.line}:${failure?.span?.start.column}`).toBe(place);
  });

  test('go-yaml counts lines its own way, the diagnostic has both', () => {
    const { failure } = read('---\na: 1\n---\nb:\n  c: d\n e: f\n');
    expect(failure?.args).toMatchObject({ line: 2 });
    expect(failure?.span?.start.line).toBe(6);
  });

  test('what comes before is kept', () => {
    expect(read('a: 1\n---\nb: "\n---\nc: 1\n').documents.map((document) => document.value)).toEqual([{ a: 1 }]);
  });

  test('alias bombs are bounded', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`);
    const { failure } = read(['a0: &a0 [x]', ...levels].join('\n'));
    expect(failure).toMatchObject({ code: 'yaml-alias-bomb' });
    expect(failure?.message).toContain('yaml: document contains excessive aliasing');
  });
});

describe('places', () => {
  const service = [
    'metadata:',
    '  labels: &common',
    '    app.kubernetes.io/name: web',
    'spec:',
    '  selector:',
    '    <<: *common',
    '  ports:',
    '  - port: 80   # http',
    '    name: "http"',
    '  - port: 443',
    '    port: 444',
    '  empty:',
    '',
  ].join('\n');

  test.each<[path: string, key: string | undefined, value: string]>([
    ['spec.ports[0].port', 'port', '80'],
    ['spec.ports[0].name', 'name', '"http"'],
    ['spec.ports[0]', undefined, 'port: 80   # http\n    name: "http"'],
    ['spec.ports[1].port', 'port', '444'],
    ['metadata.labels[app.kubernetes.io/name]', 'app.kubernetes.io/name', 'web'],
    ['metadata.labels.app.kubernetes.io/name', 'app.kubernetes.io/name', 'web'],
    ['spec.selector.app.kubernetes.io/name', 'app.kubernetes.io/name', 'web'],
    ['spec.empty', 'empty', ''],
  ])('%s', (path, key, value) => {
    expect(written(service, path)).toEqual(key === undefined ? { value } : { key, value });
    expect(written(service.replaceAll('\n', '\r\n'), path)).toEqual(
      key === undefined ? { value: value.replaceAll('\n', '\r\n') } : { key, value },
    );
  });

  test('a field that is not there has none, whatever is above it', () => {
    expect(written(service, 'spec.ports[2].port')).toBeUndefined();
    expect(written(service, 'spec.ports[0].nodePort')).toBeUndefined();
  });

  test('of the second document, and of JSON', () => {
    const text = 'a: 1\n---\nb:\n  c: 2\n';
    expect(read(text).documents[1]?.locate('b.c')?.value.start).toEqual({ offset: 17, line: 4, column: 6 });
    expect(written(' {"a": {"b": [true]}}', 'a.b[0]')).toEqual({ value: 'true' });
  });
});

/** Kubernetes-like text: enough structure to get past the first token, and enough rubbish to fail anywhere. */
const scraps = fc
  .array(
    fc.oneof(
      fc.constantFrom('a: ', '- ', '\n', '\n  ', '\t', '{', '}', '[', ']', ', ', '"', "'", '&x ', '*x', '<<: ', '? ', ': ', '|\n', '>-\n'),
      fc.constantFrom(
        '---\n',
        '...\n',
        '# c\n',
        '!!str ',
        '%YAML 1.1\n',
        '\ufeff',
        '\0',
        '\u2028',
        '\r\n',
        '__proto__',
        'yes',
        '0x',
        '1e9',
        '\\u',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('any text', () => {
  test('is read or refused, never thrown over', () => {
    fc.assert(
      fc.property(fc.oneof(scraps, fc.string({ unit: 'binary' })), (text) => {
        const { documents, failure } = read(text);
        for (const document of documents) expect(document.locate('')).toBeDefined();
        if (failure?.span !== undefined) expect(failure.span.end.offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });

  // Asked again where a busy machine spoiled the measurement: a square stays a square.
  test('takes time in step with its length', { retry: 2 }, () => {
    const shapes = ['[', '- ', '? ', 'a: b\n', '"a\n', '{"a":', '{a: b, ', '\n', '<<: {a: 1}\n', ':', '  ', '&a *a ', '{}'];
    const cost = (text: string) => {
      const start = performance.now();
      read(text);
      return performance.now() - start;
    };
    for (const shape of shapes) {
      const small = Math.max(cost(shape.repeat(20_000)), cost(shape.repeat(20_000)), 5);
      // Eight times the text may take eight times as long; thirty leaves room for a busy machine, not for a square.
      expect(cost(shape.repeat(160_000)), shape).toBeLessThan(30 * small);
    }
  });

  test('agrees with an independent reader where both know the same YAML', () => {
    const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.stringMatching(/^[a-z][a-z .-]{0,12}[a-z]$/));
    const key = fc.stringMatching(/^[a-z]{3,9}$/).filter((word) => !/^(yes|off|null|true|false)$/.test(word));
    const tree = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('node'), { maxLength: 4 }), fc.dictionary(key, tie('node'), { maxKeys: 4 })),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 }), fc.boolean(), (value, flow) => {
        const text = flow ? JSON.stringify({ kept: value }).replace(/^\{/, '{ ') : `kept:\n${block(value as JsonValue, 2)}`;
        expect(values(text)).toEqual([parseWithLibrary(text, { version: '1.1' })]);
      }),
    );
  });
});

/** A value as block YAML, strings quoted. */
function block(value: JsonValue, indent: number): string {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value) && value.length > 0) return value.map((item) => `${pad}-\n${block(item as JsonValue, indent + 2)}`).join('');
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    return Object.entries(value)
      .map(([key, item]) => `${pad}${key}:\n${block(item as JsonValue, indent + 2)}`)
      .join('');
  }
  return `${pad}${JSON.stringify(value)}\n`;
}
