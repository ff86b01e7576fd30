import { expect, test } from 'vitest';
import { closestWord } from './closest-word.ts';

const fields = ['port', 'targetPort', 'nodePort', 'protocol', 'name', 'selector', 'type'];

test.each<[word: string, meant: string | undefined]>([
  ['targetport', 'targetPort'],
  ['selctor', 'selector'],
  ['seletcor', 'selector'],
  ['protocl', 'protocol'],
  ['nmae', 'name'],
  ['ports', 'port'],
  ['sort', 'port'],
  ['x', undefined],
  ['port', undefined],
  ['replicas', undefined],
])('%s is probably %s', (word, meant) => {
  expect(closestWord(word, fields)).toBe(meant);
});

test('says nothing when two are equally near', () => {
  expect(closestWord('bat', ['cat', 'hat'])).toBeUndefined();
});
