import { expect, test } from 'vitest';
import { alignTabs, alignText } from './tab-writer.ts';

test('a table: every column as wide as its widest cell and the padding, the last one as it is', () => {
  const table = [
    ['NAME', 'AGE'],
    ['my-app-service', '0s'],
  ];
  expect(alignTabs(table, 6, 3)).toBe('NAME             AGE\nmy-app-service   0s\n');
});

test('a column has its minimum width', () => {
  expect(alignTabs([['a', 'b']], 6, 3)).toBe('a     b\n');
});

test('a column is a run of neighbouring lines: another run has its own width', () => {
  expect(alignText('Port:\thttp\t80/TCP\nTargetPort:\t8080/TCP\nNodePort:\thttp-web\t30080/TCP\n', 0, 2)).toBe(
    'Port:        http  80/TCP\nTargetPort:  8080/TCP\nNodePort:    http-web  30080/TCP\n',
  );
});

test('an empty last cell leaves the padding of the one before', () => {
  expect(alignText('Endpoints:\t\nEvents:\t<none>\n', 0, 2)).toBe('Endpoints:  \nEvents:     <none>\n');
});

test('a line without tabs ends all columns', () => {
  expect(alignText('a\tb\nSubsets:\naaaa\tb\n', 0, 1)).toBe('a b\nSubsets:\naaaa b\n');
});
