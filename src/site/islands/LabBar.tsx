import type { Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { fill } from '#words/fill.ts';
import { labWords } from '#words/lab.ts';
import { standing } from '../labs/lab-report.ts';
import type { LabSession } from '../labs/lab-session.ts';

interface Props {
  readonly session: LabSession;
  readonly heading: string;
  readonly awake: boolean;
  /** How far the checks have come; `undefined` while none run. */
  readonly progress: Signal<string | undefined>;
  readonly onCheck: () => void;
  readonly onReset: () => void;
  readonly onHandIn: () => void;
}

/** The bar above the panes: what can be done with the whole answer, and how the last run went. */
export function LabBar({ session, heading, awake, progress, onCheck, onReset, onHandIn }: Props) {
  const ask = useRef<HTMLDialogElement>(null);
  const checking = progress.value !== undefined;
  return (
    <div class="workbar">
      <h1>{heading}</h1>
      {/* Never disabled while it works: a disabled button loses the keyboard. */}
      <button type="button" class="btn small" disabled={!awake} aria-disabled={checking} onClick={() => !checking && onCheck()}>
        {checking ? labWords.checking : labWords.check}
      </button>
      <button
        type="button"
        class="btn quiet small"
        disabled={!awake}
        onClick={() => (session.touched.value ? ask.current?.showModal() : onReset())}
      >
        {labWords.reset}
      </button>
      <button type="button" class="btn quiet small" disabled={!awake} onClick={onHandIn}>
        {labWords.submission}
      </button>
      {checking ? <p class="score quiet">{progress.value}</p> : <Score session={session} />}
      <dialog class="ask" ref={ask} aria-labelledby="ask-reset">
        <form method="dialog">
          <p id="ask-reset">{labWords.resetAsk}</p>
          <div class="acts">
            <button type="submit" class="btn small" onClick={onReset}>
              {labWords.reset}
            </button>
            <button type="submit" class="btn quiet small">
              {labWords.cancel}
            </button>
          </div>
        </form>
      </dialog>
    </div>
  );
}

function Score({ session }: { session: LabSession }) {
  const report = session.report.value;
  if (report === undefined) return null;
  const { word, figure } = standing(report);
  const mark = report.state === 'pass' ? 'o ok' : report.state === 'fail' ? 'o refused' : '';
  return (
    <p class="score">
      <span class={mark}>{word}</span>
      <b>{figure}</b>
      {report.hintsUsed > 0 && <span class="quiet">{fill(labWords.hintCost, { count: report.hintsUsed, cost: report.hintCost })}</span>}
    </p>
  );
}
