import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Control, Question, SceneReport, SimulationReport } from '#sandbox/report.ts';
import { fill } from '#words/fill.ts';
import { sandboxWords, storeWords, widgetWords } from '#words/ko.ts';
import { Drawings } from './Drawings.tsx';
import { failureSentence } from './failure-words.ts';
import { Prose } from './Marks.tsx';
import { allAnswered, choicesOf, compare } from './predictions.ts';
import type { Asking, RunScene } from './Simulation.tsx';
import { useKeptAnswers } from './use-kept-answers.ts';

interface Props {
  readonly scene: SceneReport;
  /** What it asks, by the values of its controls; what is not there is asked as in `scene`. */
  readonly asked: Readonly<Record<string, Asking>>;
  /** False when the simulation has one scene only, whose title is the simulation's. */
  readonly titled: boolean;
  readonly awake: boolean;
  readonly run: RunScene;
  /** Where predictions are kept; `undefined`: nowhere (the code is the reader's own). */
  readonly keep: { readonly lesson: string; readonly version: number } | undefined;
  readonly twin: SceneReport | undefined;
  readonly onTwin: (id: string) => void;
}

/** What a run left, for the controls and predictions it was made with. */
interface Observed {
  readonly controls: string;
  readonly report: SimulationReport;
}

/** One round of predict, observe, explain. The prediction stays in sight; another value of a control asks for a new one. */
export function Scene({ scene, asked, titled, awake, run, keep, twin, onTwin }: Props) {
  const id = useId();
  const [controls, setControls] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(scene.controls.map(({ label, value }) => [label, value])),
  );
  const controlsKey = Object.values(controls).join('/');
  const kept = useKeptAnswers(keep, `${scene.id}${controlsKey === '' ? '' : `/${controlsKey}`}`, awake);
  const [observed, setObserved] = useState<Observed | undefined>(undefined);
  const [isRunning, setRunning] = useState(false);
  const [wasLocked, setWasLocked] = useState(false);
  const result = useRef<HTMLDivElement>(null);

  const current = observed?.controls === controlsKey ? observed.report : undefined;
  const seen = current?.scenes[0];
  const asking = seen ?? asked[controlsKey] ?? scene;
  const questions = asking.questions.map(({ question }) => question);
  const isOpen = allAnswered(questions, kept.answers);

  async function press(): Promise<void> {
    if (!isOpen) {
      setWasLocked(true);
      return;
    }
    setWasLocked(false);
    setRunning(true);
    const report = await run(scene.id, controls);
    setObserved({ controls: controlsKey, report });
    setRunning(false);
  }
  // The result is far from the button on a phone, and silent to a screen reader unless the focus goes there.
  useEffect(() => {
    if (observed !== undefined) result.current?.focus({ preventScroll: true });
  }, [observed]);

  const comparisons = seen === undefined ? [] : compare(seen.questions, kept.answers);
  const wasWrong = comparisons.some(({ right }) => right === false);
  return (
    <div class="scene">
      {titled && <h4 class="scene-title">{scene.title}</h4>}
      <div class="stage">
        <h4>
          {widgetWords.predict} <span>{widgetWords.predictNote}</span>
        </h4>
        <div>
          <Controls controls={scene.controls} values={controls} group={id} awake={awake} onChange={setControls} />
          {asking.situation.map((text) => (
            <p key={text} class="situation">
              <Prose text={text} />
            </p>
          ))}
          {questions.map((question) => (
            <QuestionField
              key={question.id}
              question={question}
              group={`${id} ${controlsKey}`}
              answer={kept.answers[question.id] ?? ''}
              awake={awake}
              onAnswer={(answer) => kept.answer(question.id, answer)}
            />
          ))}
          <div class="runrow">
            <button
              type="button"
              class="btn"
              aria-disabled={!awake || !isOpen || isRunning}
              aria-describedby={`${id}-lock`}
              onClick={() => awake && !isRunning && press()}
            >
              {scene.run ?? widgetWords.run}
            </button>
            <span id={`${id}-lock`} role="status">
              {isRunning ? widgetWords.running : isOpen ? '' : wasLocked ? widgetWords.lockedPressed : widgetWords.locked}
            </span>
            <span class="saved">
              {kept.olderVersion === undefined ? kept.note : fill(storeWords.olderVersion, { version: kept.olderVersion })}
            </span>
          </div>
        </div>
      </div>
      <div class="stage" ref={result} tabIndex={-1}>
        <h4>
          {widgetWords.observe} <span>{widgetWords.observeNote}</span>
        </h4>
        <div class="observe">
          {current === undefined && <p class="fieldhelp">{widgetWords.runFirst}</p>}
          {current?.failure !== undefined && (
            <p class="stopped">
              <b>{sandboxWords.title}</b> {failureSentence(current.failure)}
            </p>
          )}
          {seen !== undefined && <Drawings drawings={seen.drawings} />}
          {comparisons.length > 0 && <Comparisons rows={comparisons} />}
        </div>
      </div>
      {seen !== undefined && (seen.explanations.length > 0 || wasWrong) && (
        <div class="stage">
          <h4>
            {widgetWords.explain} <span>{widgetWords.explainNote}</span>
          </h4>
          <div>
            <div class="explanation">
              {seen.explanations.map((text) => (
                <p key={text}>
                  <Prose text={text} />
                </p>
              ))}
            </div>
            {wasWrong && twin !== undefined && (
              <div class="runrow">
                <button type="button" class="btn quiet" onClick={() => onTwin(twin.id)}>
                  {fill(widgetWords.twin, { title: twin.title })}
                </button>
                <span>{widgetWords.twinNote}</span>
              </div>
            )}
          </div>
        </div>
      )}
    </div>
  );
}

function Controls({
  controls,
  values,
  group,
  awake,
  onChange,
}: {
  controls: readonly Control[];
  values: Readonly<Record<string, string>>;
  group: string;
  awake: boolean;
  onChange: (values: Readonly<Record<string, string>>) => void;
}) {
  if (controls.length === 0) return null;
  return (
    <div class="controls">
      {controls.map((control) => (
        <fieldset key={control.label} disabled={!awake}>
          <legend>{control.label}</legend>
          <span class="segments">
            {control.values.map((value) => (
              <label key={value}>
                <input
                  type="radio"
                  name={`${group} ${control.label}`}
                  checked={values[control.label] === value}
                  onChange={() => onChange({ ...values, [control.label]: value })}
                />
                <span>{value}</span>
              </label>
            ))}
          </span>
        </fieldset>
      ))}
    </div>
  );
}

function QuestionField({
  question,
  group,
  answer,
  awake,
  onAnswer,
}: {
  question: Question;
  group: string;
  answer: string;
  awake: boolean;
  onAnswer: (answer: string) => void;
}) {
  const choices = choicesOf(question);
  if (choices === undefined && question.kind === 'number') {
    return (
      <div class="numberq">
        <label>
          <Prose text={question.text} />
          <input
            type="number"
            min={question.min}
            max={question.max}
            value={answer}
            disabled={!awake}
            autocomplete="off"
            onInput={(event) => onAnswer(event.currentTarget.value)}
          />
          {question.unit}
        </label>
      </div>
    );
  }
  return (
    <fieldset disabled={!awake}>
      <legend class="q-legend">
        <Prose text={question.text} />
      </legend>
      <div class="choices">
        {choices?.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name={`${group} ${question.id}`}
              checked={answer === choice}
              autocomplete="off"
              onChange={() => onAnswer(choice)}
            />
            <span>
              <Choice text={choice} />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Choices that are addresses or commands are set as code without backticks of the author. */
function Choice({ text }: { text: string }) {
  return /^[\x21-\x7e]+$/.test(text) ? <code>{text}</code> : <Prose text={text} />;
}

function Comparisons({ rows }: { rows: ReturnType<typeof compare> }) {
  return (
    <table class="tbl">
      <caption>
        <b>{widgetWords.comparison}</b>
      </caption>
      <thead>
        <tr>
          <th scope="col">{widgetWords.question}</th>
          <th scope="col">{widgetWords.predicted}</th>
          <th scope="col">{widgetWords.observed}</th>
          <th scope="col">{widgetWords.result}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <Prose text={row.label} />
            </th>
            <td>{row.predicted === undefined ? widgetWords.notPredicted : <Choice text={row.predicted} />}</td>
            <td>
              <Choice text={row.observed} />
            </td>
            <td>
              {row.right !== undefined && (
                <span class={row.right ? 'same' : 'differ'}>{row.right ? widgetWords.right : widgetWords.wrong}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
