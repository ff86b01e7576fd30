import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type ClusterSpec, type Diagnostic, parseClusterFile, parseProbe } from '#engine';
import type { ExerciseProbe } from '#views/exercise.ts';
import { AuthorError, type LessonFile, lessonFile, worlds } from './lesson-files.ts';

const probeSchema = z.array(
  z.strictObject({
    id: z.string().min(1).optional(),
    label: z.string().min(1).optional(),
    from: z.string().min(1),
    to: z.string().min(1),
    /** Connections of 「N번 보내기」; 0 leaves the button out. */
    count: z.int().min(0).max(2000).optional(),
  }),
);

/** A lesson's world: its `cluster.yaml` laid over the worlds it extends. */
export function lessonCluster(slug: string, name: string): ClusterSpec {
  const file = lessonFile(slug, name);
  const { value, diagnostics } = parseClusterFile(file.text, file.path, worlds);
  if (value === undefined) throw new AuthorError(diagnostics.map(sentence).join('\n'));
  return value;
}

function sentence({ span, message }: Diagnostic): string {
  return span === undefined ? message : `${span.file}:${span.start.line}:${span.start.column} ${message}`;
}

/** The requests of a lesson's `probes.yaml`. */
export function lessonProbes(slug: string, name: string): readonly ExerciseProbe[] {
  const file = lessonFile(slug, name);
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) throw new AuthorError(`${place(file, lines, broken.pos[0])} ${broken.message}`);
  const parsed = probeSchema.safeParse(document.toJS() ?? []);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AuthorError(`${nodePlace(file, lines, document, issue?.path ?? [])} ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return parsed.data.map(({ id, label, from, to, count }, index): ExerciseProbe => {
    const probe = parseProbe(from, to);
    if (!probe.ok) throw new AuthorError(`${nodePlace(file, lines, document, [index])} ${probe.reason}`);
    return {
      id: id ?? `probe-${index + 1}`,
      ...(label === undefined ? {} : { label }),
      probe: probe.probe,
      count: count ?? (probe.probe.protocol === 'ICMP' ? 0 : 300),
    };
  });
}

function place({ path }: LessonFile, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${path}:${line}:${col}`;
}

function nodePlace(file: LessonFile, lines: LineCounter, document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): string {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return place(file, lines, Number(node.range[0]));
  }
  return file.path;
}
