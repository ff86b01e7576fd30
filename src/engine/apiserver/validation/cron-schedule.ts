import { goQuote } from '../../api/go-text.ts';

/** The five fields of a schedule: their bounds, and names that stand for numbers. */
const fields: readonly { readonly min: number; readonly max: number; readonly names: Readonly<Record<string, number>> }[] = [
  { min: 0, max: 59, names: {} },
  { min: 0, max: 23, names: {} },
  { min: 1, max: 31, names: {} },
  { min: 1, max: 12, names: { jan: 1, feb: 2, mar: 3, apr: 4, may: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, nov: 11, dec: 12 } },
  { min: 0, max: 6, names: { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 } },
];
const descriptors = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

/**
 * What is wrong with a CronJob's schedule, in the words of the parser that the server uses.
 *
 * Models: github.com/robfig/cron/v3 ParseStandard.
 */
export function cronScheduleProblem(schedule: string): string | undefined {
  const text = schedule.replace(/^(?:CRON_)?TZ=\S*\s*/, '').trim();
  if (text.startsWith('@')) {
    if (descriptors.has(text)) return undefined;
    if (!text.startsWith('@every ')) return `unrecognized descriptor: ${text}`;
    return /^@every (\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)
      ? undefined
      : `failed to parse duration ${text}: time: invalid duration "${text.slice(7)}"`;
  }
  const parts = text === '' ? [] : text.split(/\s+/);
  if (text === '') return 'empty spec string';
  if (parts.length !== fields.length) return `expected exactly 5 fields, found ${parts.length}: [${parts.join(' ')}]`;
  for (const [i, field] of fields.entries()) {
    for (const range of (parts[i] ?? '').split(',')) {
      const problem = rangeProblem(range, field);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function rangeProblem(range: string, { min, max, names }: (typeof fields)[number]): string | undefined {
  const [span = '', step, ...moreSlashes] = range.split('/');
  const [low = '', high, ...moreHyphens] = span.split('-');
  const any = low === '*' || low === '?';
  const start = any ? min : readNumber(low, names);
  if (typeof start === 'string') return start;
  if (!any && moreHyphens.length > 0) return `too many hyphens: ${range}`;
  let end = any ? max : high === undefined ? start : readNumber(high, names);
  if (typeof end === 'string') return end;
  if (moreSlashes.length > 0) return `too many slashes: ${range}`;
  const every = step === undefined ? 1 : readNumber(step, {});
  if (typeof every === 'string') return every;
  // `5/15` means from 5 on, every 15.
  if (step !== undefined && high === undefined) end = max;
  if (start < min) return `beginning of range (${start}) below minimum (${min}): ${range}`;
  if (end > max) return `end of range (${end}) above maximum (${max}): ${range}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${range}`;
  return every === 0 ? `step of range should be a positive number: ${range}` : undefined;
}

/** The number, or what is wrong with it. */
function readNumber(text: string, names: Readonly<Record<string, number>>): number | string {
  const named = names[text.toLowerCase()];
  if (named !== undefined) return named;
  if (/^\+?\d+$/.test(text)) return Number(text);
  if (/^-\d+$/.test(text)) return `negative number (${Number(text)}) not allowed: ${text}`;
  return `failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`;
}
