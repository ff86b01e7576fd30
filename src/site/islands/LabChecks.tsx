import { labWords } from '#words/lab.ts';
import type { CheckView, DecidingStep, EvidenceLink, FailureView } from '../labs/lab-report.ts';
import { OutcomeMarkView, Prose } from './Marks.tsx';

interface Props {
  readonly checks: readonly CheckView[];
  /** Opens the trace that decided. Absent: the files have changed since, and there is no such trace any more. */
  readonly onOpen?: (request: EvidenceLink) => void;
}

const stateClass = { none: '', waiting: 'waiting', pass: 'pass', fail: 'fail', 'not-modelled': 'unknown', error: 'unknown' } as const;

/** The checks as one ticked line. A failed one says why, and opens the trace step that decided; never the solution. */
export function LabChecks({ checks, onOpen }: Props) {
  return (
    <ol class="checks">
      {checks.map(({ id, title, state, word, seen, why }) => (
        <li key={id} class={stateClass[state]}>
          <span class="st">{word}</span>
          {title}
          {seen !== undefined && <span class="seen">{seen}</span>}
          {why !== undefined && <Why why={why} onOpen={onOpen} />}
        </li>
      ))}
    </ol>
  );
}

function Why({ why: { seen, step, paragraphs }, onOpen }: { why: FailureView; onOpen: Props['onOpen'] }) {
  return (
    <div class="why-fail">
      <p>
        <Prose text={seen} /> {step !== undefined && <Step step={step} onOpen={onOpen} />}
      </p>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>
          <Prose text={paragraph} />
        </p>
      ))}
    </div>
  );
}

function Step({ step: { outcome, label, verb, reason, request }, onOpen }: { step: DecidingStep; onOpen: Props['onOpen'] }) {
  return (
    <>
      {outcome !== undefined && (
        <>
          <OutcomeMarkView outcome={outcome} />{' '}
        </>
      )}
      {/* The particle stays on its word's line. */}
      <span class="keep">
        {request !== undefined && onOpen !== undefined ? (
          <button type="button" class="link" onClick={() => onOpen(request)}>
            {label}
          </button>
        ) : (
          <b>{label}</b>
        )}
        {labWords.at}
      </span>{' '}
      {verb} {reason}
    </>
  );
}
