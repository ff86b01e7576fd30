import type { CheckView, EvidenceLink } from '../labs/lab-report.ts';
import { Prose } from './Marks.tsx';

interface Props {
  readonly checks: readonly CheckView[];
  readonly onOpen: (request: EvidenceLink) => void;
}

const stateClass = { none: '', pass: 'pass', fail: 'fail', 'not-modelled': 'unknown', error: 'unknown' } as const;

/** The checks as one ticked line. A failed one says why, and opens the trace step that decided; never the solution. */
export function LabChecks({ checks, onOpen }: Props) {
  return (
    <ol class="checks">
      {checks.map(({ id, title, state, word, seen, why }) => (
        <li key={id} class={stateClass[state]}>
          <span class="st">{word}</span>
          {title}
          {seen !== undefined && <span class="seen">{seen}</span>}
          {why !== undefined && (
            <div class="why-fail">
              {why.paragraphs.map((paragraph) => (
                <p key={paragraph}>
                  <Prose text={paragraph} />
                </p>
              ))}
              {why.request !== undefined && <OpenTrace request={why.request} onOpen={onOpen} />}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function OpenTrace({ request, onOpen }: { request: EvidenceLink; onOpen: Props['onOpen'] }) {
  return (
    <p>
      <button type="button" class="link" onClick={() => onOpen(request)}>
        {request.label}
      </button>
    </p>
  );
}
