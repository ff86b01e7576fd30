import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Diagnostic, parseClusterFile, type WorldLibrary } from '#engine';
import type { Check, Lab, LabFile } from './lab.ts';
import { resolveTemplateErrors } from './target.ts';

/** A mistake of a lab's author: `labs/l-302/lab.yaml:22:11 checks[1].from: …`. */
export interface LabProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use small letters, digits and single hyphens');
const labels = z.record(z.string(), z.string());
const share = z.number().min(0).max(1);
const base = { id, title: z.string().min(1), points: z.int().min(1).max(100) };
const disturbance = z.strictObject({ readinessFails: labels, afterSeconds: z.number().min(1) });

const check = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('connect'),
    from: z.array(z.string()).min(1),
    to: z.string(),
    times: z.int().min(1).max(1000),
    during: disturbance.optional(),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('spread'),
    from: z.string(),
    to: z.string(),
    times: z.int().min(30).max(3000),
    over: labels,
    least: share,
    most: share,
  }),
  z.strictObject({
    ...base,
    kind: z.literal('unreachable'),
    from: z.array(z.string()).min(1),
    to: z.array(z.string()).min(1),
    times: z.int().min(1).max(1000),
  }),
  z.strictObject({ ...base, kind: z.literal('virtual-address'), service: z.string() }),
]);

const schema = z.strictObject({
  id,
  version: z.int().min(1),
  title: z.string().min(1),
  lesson: id,
  minutes: z.int().min(1),
  seed: z.int().min(0),
  cluster: z.string(),
  files: z.array(z.strictObject({ name: z.string(), editable: z.boolean() })).min(1),
  checks: z.array(check).min(1, 'a lab without checks grades nothing'),
  shakes: z.array(z.enum(['pod-addresses', 'service-addresses'])),
  hints: z.array(z.strictObject({ text: z.string().min(1), cost: z.int().min(1).max(100) })),
  misconceptions: z.array(
    z.strictObject({
      id,
      belief: z.string().min(1),
      feedback: z.string().min(1),
      check: id,
      when: z
        .strictObject({ kind: z.string(), name: z.string(), path: z.string(), equals: z.union([z.string(), z.number(), z.boolean()]) })
        .optional(),
    }),
  ),
});

/**
 * Reads a `lab.yaml`. `readText` gives the text of a file by its path from the lab's folder (start files lie under `start/`), or `undefined`;
 * `worlds` are the files that the lab's cluster file may extend. Returns every mistake it finds, each with its place.
 */
export function parseLabFile(
  text: string,
  file: string,
  readText: (path: string) => string | undefined,
  worlds: WorldLibrary,
): { readonly lab?: Lab; readonly problems: readonly LabProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problems: LabProblem[] = [];
  const complain = (path: readonly PropertyKey[], message: string): void => {
    const { line, col } = lines.linePos(offsetOf(document.contents, path));
    problems.push({ file, line, column: col, path: pathText(path), message });
  };
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    problems.push({ file, line, column: col, path: '', message: error.message.split('\n')[0] ?? error.message });
  }
  if (problems.length > 0) return { problems };
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) complain(issue.path, issue.message);
    return { problems };
  }
  const data = parsed.data;
  const read = (path: string, at: readonly PropertyKey[]): string => {
    const content = readText(path);
    if (content === undefined) complain(at, `there is no file ${path} in this lab; make it, or correct the name`);
    return content ?? '';
  };
  const files: LabFile[] = data.files.map(({ name, editable }, index) => ({
    name,
    editable,
    text: read(`start/${name}`, ['files', index, 'name']),
  }));
  if (!files.some((one) => one.editable))
    complain(['files'], 'no file is editable, so there is nothing to answer; set editable: true on one');
  const checks = data.checks as readonly Check[];
  const points = checks.reduce((sum, one) => sum + one.points, 0);
  if (points !== 100) complain(['checks'], `the points of all checks add up to ${points}; they must add up to 100`);
  const known = new Set<string>();
  checks.forEach((one, index) => {
    if (known.has(one.id)) complain(['checks', index, 'id'], `two checks have the id ${one.id}; choose another`);
    known.add(one.id);
    for (const message of resolveTemplateErrors(one)) complain(['checks', index], message);
    if (one.kind === 'spread') checkBounds(one, index, complain);
  });
  data.misconceptions.forEach((one, index) => {
    if (!known.has(one.check))
      complain(['misconceptions', index, 'check'], `there is no check ${one.check}; use one of ${[...known].join(', ')}`);
  });
  const cluster = parseClusterFile(read(data.cluster, ['cluster']), data.cluster, worlds);
  for (const diagnostic of cluster.diagnostics) problems.push(problemOf(diagnostic, file));
  if (problems.length > 0 || cluster.value === undefined) return { problems };
  // Zod's optional fields are `T | undefined`; the lab's are absent or present, which is the same to every reader.
  const misconceptions = data.misconceptions as Lab['misconceptions'];
  return { lab: { ...data, checks, files, misconceptions, cluster: cluster.value }, problems };
}

function problemOf({ span, path, message }: Diagnostic, file: string): LabProblem {
  return { file: span?.file ?? file, line: span?.start.line ?? 1, column: span?.start.column ?? 1, path: path ?? '', message };
}

/** Refuses bounds that an even spread over three Pods would leave by chance more often than once in 15,000 runs (four standard deviations). */
function checkBounds(
  spread: { readonly times: number; readonly least: number; readonly most: number },
  index: number,
  complain: (path: readonly PropertyKey[], message: string) => void,
): void {
  const middle = (spread.least + spread.most) / 2;
  const reach = (4 * Math.sqrt(middle * (1 - middle) * spread.times)) / spread.times;
  if (spread.most - middle < reach) {
    const advice = `raise times, or allow ${(middle - reach).toFixed(2)} to ${(middle + reach).toFixed(2)}`;
    complain(
      ['checks', index, 'least'],
      `a right answer can fail by chance: the bounds are closer than four standard deviations; ${advice}`,
    );
  }
}

/** Where a path stands in the text; the nearest existing parent when the field is missing. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair === undefined) break;
      node = pair.value;
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
    } else break;
    const start = (node as Node | null | undefined)?.range?.[0];
    if (start !== undefined) offset = start;
  }
  return offset;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`)).join('');
}
