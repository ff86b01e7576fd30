import { LineCounter, parseDocument } from 'yaml';
import { type ClusterSpec, type Diagnostic, parseClusterFile, type Snapshot, simulate, type WorldLibrary } from '#engine';
import type { Check, Lab, LabFile } from './lab.ts';
import { labSchema } from './lab-schema.ts';
import { didYouMean, schemaProblems } from './schema-problems.ts';
import { sendersOf, targetProblems } from './target.ts';
import { pathText, placeOf, type YamlPath } from './yaml-place.ts';

/** A mistake of a lab's author: `labs/l-302/lab.yaml:22:11 checks[1].from: …`. */
export interface LabProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

type Complain = (path: YamlPath, message: string, at?: 'key' | 'value') => void;

/** One line, as compilers write them: file, place, field, sentence. */
export function problemText({ file, line, column, path, message }: LabProblem): string {
  return `${file}:${line}:${column} ${path}${path === '' ? '' : ': '}${message}`;
}

/**
 * Reads a `lab.yaml`. `readText` gives the text of a file by its path from the lab's folder (start files lie under `start/`), or `undefined`;
 * `worlds` are the files that the lab's cluster file may extend. Returns every mistake it finds, each with its place. Sound texts are applied
 * to the lab's world once, to see that everybody who is to send is there.
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
  const complain: Complain = (path, message, at) =>
    problems.push({ file, ...placeOf(document.contents, lines, path, at), path: pathText(path), message });
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    problems.push({ file, line, column: col, path: '', message: error.message.split('\n')[0] ?? error.message });
  }
  if (problems.length > 0) return { problems };
  const parsed = labSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!parsed.success) {
    const valueAt = (path: YamlPath): unknown => document.getIn(path);
    for (const { path, message, at } of schemaProblems(parsed.error.issues, valueAt)) complain(path, message, at);
    return { problems };
  }
  const data = parsed.data;
  const read = (path: string, at: YamlPath): string => {
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
  // Zod's optional fields are `T | undefined`; the lab's are absent or present, which is the same to every reader.
  const checks = data.checks as readonly Check[];
  const misconceptions = data.misconceptions as Lab['misconceptions'];
  examineChecks(checks, complain);
  const ids = checks.map((check) => check.id);
  misconceptions.forEach((one, index) => {
    if (!ids.includes(one.check))
      complain(
        ['misconceptions', index, 'check'],
        `there is no check "${one.check}"; use one of ${ids.join(', ')}.${didYouMean(one.check, ids)}`,
      );
  });
  const cluster = parseClusterFile(read(data.cluster, ['cluster']), file.replace(/[^/]*$/, data.cluster), worlds);
  for (const diagnostic of cluster.diagnostics) problems.push(problemOf(diagnostic, file));
  if (problems.length > 0 || cluster.value === undefined) return { problems };
  const lab: Lab = { ...data, checks, files, misconceptions, cluster: cluster.value };
  examineSenders(lab, simulate({ cluster: lab.cluster, files, seed: lab.seed }).snapshot, complain);
  return problems.length > 0 ? { problems } : { lab, problems };
}

function problemOf({ span, path, message }: Diagnostic, file: string): LabProblem {
  return { file: span?.file ?? file, line: span?.start.line ?? 1, column: span?.start.column ?? 1, path: path ?? '', message };
}

function examineChecks(checks: readonly Check[], complain: Complain): void {
  const points = checks.reduce((sum, one) => sum + one.points, 0);
  if (points !== 100) complain(['checks'], `the points of all checks add up to ${points}; they must add up to 100`);
  checks.forEach((check, index) => {
    const earlier = checks.slice(0, index).map(({ id }) => id);
    if (earlier.includes(check.id)) complain(['checks', index, 'id'], `two checks have the id "${check.id}"; choose another`);
    if (check.after !== undefined && !earlier.includes(check.after)) {
      const advice = earlier.length === 0 ? 'the first check waits for none' : `use one of ${earlier.join(', ')}`;
      complain(
        ['checks', index, 'after'],
        `there is no check "${check.after}" before this one; ${advice}.${didYouMean(check.after, earlier)}`,
      );
    }
    for (const { path, message } of targetProblems(check)) complain(['checks', index, ...path], message);
    if (check.kind === 'spread') examineBounds(check, index, complain);
  });
}

/** Refuses bounds that an even spread would leave by chance more often than once in 15,000 runs (four standard deviations). */
function examineBounds(
  spread: { readonly times: number; readonly least: number; readonly most: number },
  index: number,
  complain: Complain,
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

/** Everybody who sends must be there before the learner has done anything: nobody else can be meant. */
function examineSenders({ checks, cluster }: Lab, start: Snapshot, complain: Complain): void {
  checks.forEach((check, index) => {
    for (const { text, path } of sendersOf(check)) {
      const problem = senderProblem(text, start, cluster);
      if (problem !== undefined) complain(['checks', index, ...path], problem);
    }
  });
}

function senderProblem(sender: string, { store }: Snapshot, { nodes, outside }: ClusterSpec): string | undefined {
  const [kind = '', ...names] = sender.split('/');
  const name = names.at(-1) ?? '';
  const namespace = names.length > 1 ? (names[0] ?? '') : 'default';
  const there: Readonly<Record<string, { readonly called: string; readonly names: readonly string[] }>> = {
    pod: {
      called: `no Pod named "${name}" after start/ is applied`,
      names: store.list('Pod', namespace).map(({ metadata }) => metadata.name),
    },
    node: { called: `no node named "${name}" in this lab's cluster`, names: nodes.map((node) => node.name) },
    outside: { called: `no host named "${name}" outside this lab's cluster`, names: outside.map((host) => host.name) },
  };
  const known = Object.hasOwn(there, kind) ? there[kind] : undefined;
  if (known === undefined || known.names.includes(name)) return undefined;
  return `${known.called}.${didYouMean(name, known.names)}`;
}
