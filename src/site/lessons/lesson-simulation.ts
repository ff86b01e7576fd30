import { kubectl } from '#engine';
import type { ClusterStart } from '#sandbox/engine-cluster.ts';
import { newEngineCluster } from '#sandbox/engine-cluster.ts';
import { loadQuickJS } from '#sandbox/quickjs.ts';
import { type Control, defaultLimits, type SceneReport, type SimulationReport, type SimulationRequest } from '#sandbox/report.ts';
import { runSimulation } from '#sandbox/run-simulation.ts';
import { stripTypes } from '#sandbox/strip-types.ts';
import { AuthorError, lessonFile } from './lesson-files.ts';

/** What the page shows before anything runs, and what it needs to run. */
export interface PreparedSimulation {
  readonly file: string;
  readonly source: string;
  readonly code: string;
  readonly scenes: readonly SceneReport[];
  readonly asked: Readonly<Record<string, Readonly<Record<string, Pick<SceneReport, 'situation' | 'questions'>>>>>;
}

/** The build is the author's own machine: a slow one is no mistake of the lesson. */
const limits = { ...defaultLimits, milliseconds: 20_000 };

/**
 * Runs a lesson's simulation once for every value of its controls, so that its questions can be printed. An author's mistake ends the
 * build with the line: code that cannot be read or fails, a question that is never observed.
 */
export async function prepareSimulation(slug: string, name: string, start: ClusterStart): Promise<PreparedSimulation> {
  const file = lessonFile(slug, name);
  const stripped = stripTypes(file.text);
  if (!stripped.ok) throw new AuthorError(`${file.path}:${stripped.failure.line ?? 1} ${stripped.failure.message}`);
  const { code } = stripped;
  const first = await run({ file: name, code, controls: {} }, start, file.path);
  const asked: Record<string, Record<string, Pick<SceneReport, 'situation' | 'questions'>>> = {};
  for (const scene of first.scenes) {
    const variants: Record<string, Pick<SceneReport, 'situation' | 'questions'>> = {};
    for (const values of combinations(scene.controls)) {
      const { scenes } = await run({ file: name, code, scene: scene.id, controls: { [scene.id]: values } }, start, file.path);
      const [variant] = scenes;
      if (variant !== undefined) variants[Object.values(values).join('/')] = unanswered(variant);
    }
    if (scene.controls.length > 0) asked[scene.id] = variants;
  }
  for (const scene of first.scenes) {
    if (scene.twinOf !== undefined && !first.scenes.some((other) => other.id === scene.twinOf)) {
      throw new AuthorError(`${file.path} scene "${scene.id}" is the twin of "${scene.twinOf}", and there is no such scene`);
    }
  }
  return {
    file: name,
    source: file.text,
    code,
    scenes: first.scenes.map((scene) => ({ ...scene, ...unanswered(scene), drawings: [], explanations: [] })),
    asked,
  };
}

async function run(request: SimulationRequest, start: ClusterStart, path: string): Promise<SimulationReport> {
  const quickjs = await loadQuickJS(limits.memoryBytes);
  const report = runSimulation(
    quickjs,
    request,
    () => newEngineCluster(start, kubectl),
    limits,
    () => performance.now(),
  );
  const { failure } = report;
  // What the engine does not model yet is said to the reader where it is met; it is no mistake of the lesson.
  if (failure !== undefined && failure.kind !== 'not-modelled') {
    throw new AuthorError(`${path}:${failure.line ?? failure.loops?.[0] ?? 1} ${failure.kind}: ${failure.message}`);
  }
  for (const scene of report.scenes) {
    const forgotten = failure === undefined ? scene.questions.find(({ observation }) => observation === undefined) : undefined;
    if (forgotten !== undefined) {
      throw new AuthorError(
        `${path} scene "${scene.id}" asks "${forgotten.question.text}" and never observes it. Call observe(…) on what predict gave.`,
      );
    }
  }
  return report;
}

/** The page must not hold the answers. */
function unanswered({ situation, questions }: SceneReport): Pick<SceneReport, 'situation' | 'questions'> {
  return { situation, questions: questions.map(({ question }) => ({ question })) };
}

/** Every choice of values, one per control. */
function combinations(controls: readonly Control[]): readonly Readonly<Record<string, string>>[] {
  return controls.reduce<readonly Readonly<Record<string, string>>[]>(
    (all, { label, values }) => all.flatMap((chosen) => values.map((value) => ({ ...chosen, [label]: value }))),
    [{}],
  );
}
