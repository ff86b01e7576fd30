import { expect, test } from 'vitest';
import { fidelityTags } from './fidelity-tags.ts';

test('a tag says how far, what, and what is left out', () => {
  const source = [
    '/**',
    ' * @models partly Jobs: no retries',
    ' * @models yes Names of Services',
    '*/',
    '/** @models no IPv6: never */',
  ].join('\n');
  expect(fidelityTags(source).map(({ tag }) => tag)).toEqual([
    { modelled: 'partly', thing: 'Jobs', note: 'no retries' },
    { modelled: 'yes', thing: 'Names of Services', note: '' },
    { modelled: 'no', thing: 'IPv6', note: 'never' },
  ]);
});

test('a tag that cannot be read, or hides what it leaves out, is a mistake with its line', () => {
  expect(fidelityTags('\n// @models mostly Jobs\n// @models partly Jobs')).toEqual([
    { line: 2, problem: 'write "@models <yes|partly|no> <thing>: <note>"' },
    { line: 3, problem: '"Jobs" is modelled partly: say after a colon what is left out' },
  ]);
});
