import { signal } from '@preact/signals';
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import type { ClusterStart } from '#sandbox/engine-cluster.ts';
import type { SceneReport, SimulationFailure, SimulationReport } from '#sandbox/report.ts';
import { widgetWords } from '#words/ko.ts';
import { failureSentence } from './failure-words.ts';
import { Scene } from './Scene.tsx';

export interface SimulationProps {
  readonly title: string;
  /** Name of the file as the reader sees it. */
  readonly file: string;
  /** TypeScript, as its author wrote it. */
  readonly source: string;
  /** The same without its types, line for line. */
  readonly code: string;
  readonly start: ClusterStart;
  /** Every scene with its questions and first controls, nothing of what it draws. */
  readonly scenes: readonly SceneReport[];
  /** By scene and by the values of its controls joined with `/`: what is asked there. */
  readonly asked: Asked;
  /** Where predictions are kept, and the version of the text they belong to. */
  readonly lesson: string;
  readonly version: number;
}

/** What a scene says and asks before it runs. */
export type Asking = Pick<SceneReport, 'situation' | 'questions'>;
export type Asked = Readonly<Record<string, Readonly<Record<string, Asking>>>>;

export type RunScene = (scene: string, controls: Readonly<Record<string, string>>) => Promise<SimulationReport>;

/** A lesson's simulation: predict, observe, explain; scene by scene. Twin scenes come up only after a prediction that was wrong. */
export default function Simulation({ title, file, source, code, start, scenes, asked, lesson, version }: SimulationProps) {
  const id = useId();
  const [awake, setAwake] = useState(false);
  const [codeOpen, setCodeOpen] = useState(false);
  const [twins, setTwins] = useState<readonly string[]>([]);
  /** What the reader's own code is, once it has been run; the scenes' questions come from it then. */
  const edited = useMemo(() => signal<{ readonly code: string; readonly scenes: readonly SceneReport[] } | undefined>(undefined), []);
  useEffect(() => setAwake(true), []);

  const running = edited.value?.code ?? code;
  const shown = (edited.value?.scenes ?? scenes).filter((scene) => scene.twinOf === undefined || twins.includes(scene.id));
  const run: RunScene = async (scene, controls) => {
    const { runInPage } = await import('#sandbox/in-page.ts');
    return await runInPage({ file, code: running, scene, controls: { [scene]: controls } }, start);
  };

  return (
    <section class="poe wide" aria-labelledby={id}>
      <div class="blockhead">
        <h3 id={id}>{title}</h3>
        <p>{widgetWords.lead}</p>
        <div class="tools">
          <button type="button" class="btn quiet small" aria-expanded={codeOpen} disabled={!awake} onClick={() => setCodeOpen(!codeOpen)}>
            {codeOpen ? widgetWords.codeHide : widgetWords.code}
          </button>
        </div>
      </div>
      {codeOpen && (
        <CodePaneLoader
          file={file}
          source={source}
          onRun={async (next) => {
            const { runInPage } = await import('#sandbox/in-page.ts');
            const report = await runInPage({ file, code: next, controls: {} }, start);
            if (report.failure === undefined) edited.value = { code: next, scenes: report.scenes };
            return report.failure;
          }}
          onReset={() => {
            edited.value = undefined;
          }}
          isEdited={edited.value !== undefined}
        />
      )}
      {shown.map((scene) => (
        <Scene
          // Changed code may ask other questions: it starts from the beginning.
          key={`${scene.id} ${edited.value === undefined ? '' : edited.value.code.length}`}
          scene={scene}
          asked={edited.value === undefined ? (asked[scene.id] ?? {}) : {}}
          titled={scenes.length > 1}
          awake={awake}
          run={run}
          keep={edited.value === undefined ? { lesson, version } : undefined}
          twin={(edited.value?.scenes ?? scenes).find((other) => other.twinOf === scene.id && !twins.includes(other.id))}
          onTwin={(twin) => setTwins([...twins, twin])}
        />
      ))}
      <noscript>
        <p class="fieldhelp">{widgetWords.noJavaScript}</p>
      </noscript>
    </section>
  );
}

type PaneProps = import('./CodePane.tsx').CodePaneProps;

/** The code pane is fetched when it is opened. */
function CodePaneLoader(props: PaneProps) {
  const [Pane, setPane] = useState<((props: PaneProps) => preact.JSX.Element) | undefined>(undefined);
  const [failure, setFailure] = useState<SimulationFailure | undefined>(undefined);
  useEffect(() => {
    import('./CodePane.tsx')
      .then((module) => setPane(() => module.CodePane))
      .catch((error: unknown) => setFailure({ kind: 'unavailable', message: String(error) }));
  }, []);
  if (failure !== undefined) return <p class="stopped">{failureSentence(failure)}</p>;
  return Pane === undefined ? null : <Pane {...props} />;
}
