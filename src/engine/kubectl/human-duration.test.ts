import { expect, test } from 'vitest';
import { humanDuration } from './human-duration.ts';
import { timestamp } from './timestamp.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [0, '0s'],
  [119 * second, '119s'],
  [2 * minute, '2m'],
  [2 * minute + 5 * second, '2m5s'],
  [10 * minute + 5 * second, '10m'],
  [3 * hour, '3h'],
  [3 * hour + 7 * minute, '3h7m'],
  [8 * hour + 7 * minute, '8h'],
  [47 * hour, '47h'],
  [2 * day + 3 * hour, '2d3h'],
  [8 * day + 3 * hour, '8d'],
  [730 * day, '2y'],
  [800 * day, '2y70d'],
  [3000 * day, '8y'],
  [-5 * second, '<invalid>'],
])('%i ms is %s', (milliseconds, text) => {
  expect(humanDuration(milliseconds)).toBe(text);
});

test.each([
  [0, '2026-01-01T00:00:00Z'],
  [90 * second, '2026-01-01T00:01:30Z'],
  [59 * day, '2026-03-01T00:00:00Z'],
  [(365 + 365 + 59) * day, '2028-02-29T00:00:00Z'],
  [-second, '2025-12-31T23:59:59Z'],
])('%i ms after the clock’s start is %s', (milliseconds, text) => {
  expect(timestamp(milliseconds)).toBe(text);
});
