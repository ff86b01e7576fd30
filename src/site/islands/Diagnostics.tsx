import type { DiagnosticView } from '#views/diagnostics-view.ts';
import { fill } from '#words/fill.ts';
import { diagnosticWords } from '#words/ko.ts';
import { Prose } from './Marks.tsx';

interface Props {
  readonly diagnostics: readonly DiagnosticView[];
  /** Address of the reference page of a code. */
  readonly pageOf: (code: string) => string;
  readonly onFix?: (diagnostic: DiagnosticView) => void;
  readonly onGoTo?: (diagnostic: DiagnosticView) => void;
}

const shown = 3;

/** Kubernetes' own words first, to the letter; ours in Korean under them; then what can be done about it, its code and its place. */
export function Diagnostics({ diagnostics, ...rest }: Props) {
  const rest_ = diagnostics.slice(shown);
  return (
    <>
      {diagnostics.slice(0, shown).map((diagnostic) => (
        <One key={keyOf(diagnostic)} diagnostic={diagnostic} {...rest} />
      ))}
      {rest_.length > 0 && (
        <details class="more">
          <summary>{fill(diagnosticWords.moreErrors, { count: rest_.length })}</summary>
          {rest_.map((diagnostic) => (
            <One key={keyOf(diagnostic)} diagnostic={diagnostic} {...rest} />
          ))}
        </details>
      )}
    </>
  );
}

function One({ diagnostic, pageOf, onFix, onGoTo }: { diagnostic: DiagnosticView } & Omit<Props, 'diagnostics'>) {
  const { code, severity, severityWord, message, explanation, place, fix } = diagnostic;
  return (
    <div class={`diag ${severity}`}>
      <span class="vh">{severityWord}: </span>
      {severity !== 'finding' && (
        <p class="k8s" lang="en">
          {message}
        </p>
      )}
      <p>
        <Prose text={explanation} />
      </p>
      <div class="acts">
        {fix !== undefined && onFix !== undefined && (
          <button type="button" class="btn small" onClick={() => onFix(diagnostic)}>
            {fix.title}
          </button>
        )}
        <a href={pageOf(code)}>{code}</a>
        {place !== undefined &&
          (onGoTo === undefined ? (
            <span>{place}</span>
          ) : (
            <button type="button" class="link" onClick={() => onGoTo(diagnostic)}>
              {place}
            </button>
          ))}
      </div>
    </div>
  );
}

function keyOf({ code, span, message }: DiagnosticView): string {
  return `${code} ${span?.start.offset ?? ''} ${message}`;
}
