import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlightYaml } from './highlight-yaml.ts';

const service = `apiVersion: v1
kind: Service # the Service
metadata:
  name: my-app-service
spec:
  selector:
    app: my-app
  clusterIPs:
    - 10.96.1.100
  ports:
    - name: http
      port: 80
      targetPort: 8080
  type: "ClusterIP"
`;

function kindsOf(text: string, part: string): readonly string[] {
  return highlightYaml(text).flatMap((line) => line.tokens.filter((token) => token.text === part).map((token) => token.kind));
}

test.each([
  ['v1', 'value'],
  ['Service ', 'service'],
  ['# the Service', 'comment'],
  ['my-app-service', 'service'],
  ['my-app', 'pod'],
  ['10.96.1.100', 'service'],
  ['http', 'value'],
  ['80', 'service'],
  ['8080', 'pod'],
  ['"ClusterIP"', 'service'],
  ['targetPort', 'key'],
])('%s is set as %s', (part, kind) => {
  expect(kindsOf(service, part)).toEqual([kind]);
});

test('a second document starts anew', () => {
  expect(kindsOf('kind: Service\n---\nkind: Pod\nspec:\n  port: 1\n', '1')).toEqual(['value']);
});

test('a # inside a value is no comment', () => {
  expect(highlightYaml('a: "x # y"\nb: x#y')[0]?.tokens.map((token) => token.kind)).toEqual(['key', 'punctuation', 'punctuation', 'value']);
});

test('whatever is written, the tokens are the text', () => {
  const yamlish = fc
    .array(fc.oneof(fc.constantFrom(' ', '  ', '- ', ': ', ':', '#', '"', "'", '\n', '---\n', 'spec', 'port', '[', '{'), fc.string()))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(yamlish, (text) => {
      const lines = highlightYaml(text);
      expect(lines.map((line) => line.tokens.map((token) => token.text).join('')).join('\n')).toBe(text);
      for (const token of lines.flatMap((line) => line.tokens))
        expect(text.slice(token.start, token.start + token.text.length)).toBe(token.text);
    }),
  );
});

test('a long line costs no more than its length', () => {
  const started = performance.now();
  highlightYaml(`${'a'.repeat(20_000)} ${'- '.repeat(20_000)}${' :'.repeat(20_000)}`);
  expect(performance.now() - started).toBeLessThan(1000);
});
