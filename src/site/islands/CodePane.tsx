import { useSignal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import type { SimulationFailure } from '#sandbox/report.ts';
import { highlightTypeScript } from '#views/highlight-typescript.ts';
import { fill } from '#words/fill.ts';
import { sandboxWords, widgetWords } from '#words/ko.ts';
import { CodeField, type FieldHandle } from '../editor/CodeField.tsx';
import type { CodeLine } from '../editor/HighlightedCode.tsx';
import type { FieldMarks } from '../editor/marks.ts';
import { failureSentence } from './failure-words.ts';

export interface CodePaneProps {
  readonly file: string;
  readonly source: string;
  /** Runs JavaScript whose lines are the reader's. Gives the failure, if there was one. */
  readonly onRun: (code: string) => Promise<SimulationFailure | undefined>;
  readonly onReset: () => void;
  /** True while the scenes show what changed code does. */
  readonly isEdited: boolean;
}

/** The simulation's TypeScript: to be read, changed and run. Types are left out in the page, by a chunk fetched at the first run. */
export function CodePane({ file, source, onRun, onReset, isEdited }: CodePaneProps) {
  const text = useSignal(source);
  const field = useRef<FieldHandle>(null);
  const [failure, setFailure] = useState<SimulationFailure | undefined>(undefined);
  const [isRunning, setRunning] = useState(false);

  async function run(): Promise<void> {
    setRunning(true);
    const { stripTypes } = await import('#sandbox/strip-types.ts');
    const stripped = stripTypes(text.value);
    setFailure(stripped.ok ? await onRun(stripped.code) : stripped.failure);
    setRunning(false);
  }

  return (
    <div class="codepane">
      <CodeField
        text={text}
        label={fill(widgetWords.codeField, { file })}
        language="typescript"
        highlight={typeScriptLines}
        marks={failureMarks(failure, text.value)}
        handle={field}
      />
      <div class="acts">
        <button type="button" class="btn" aria-disabled={isRunning} onClick={() => !isRunning && run()}>
          {widgetWords.codeRun}
        </button>
        <button
          type="button"
          class="btn quiet"
          onClick={() => {
            text.value = source;
            setFailure(undefined);
            onReset();
          }}
        >
          {widgetWords.codeReset}
        </button>
        {isEdited && <span>{widgetWords.codeEdited}</span>}
      </div>
      <div role="status">
        {isRunning && <p class="fieldhelp">{widgetWords.running}</p>}
        {!isRunning && failure !== undefined && (
          <p class="stopped">
            <b>{sandboxWords.title}</b> {failureSentence(failure)}
          </p>
        )}
      </div>
    </div>
  );
}

const noLines: ReadonlySet<number> = new Set();

function failureMarks(failure: SimulationFailure | undefined, text: string): FieldMarks {
  if (failure === undefined) return { marks: [], lit: noLines, changed: noLines };
  const lines = failure.loops ?? (failure.line === undefined ? [] : [failure.line]);
  const marks = highlightTypeScript(text)
    .filter(({ number }) => lines.includes(number))
    .map((line) => {
      const start = line.start + line.text.length - line.text.trimStart().length;
      return {
        start,
        end: line.start + line.text.length,
        severity: 'error' as const,
        message: failureSentence(failure),
        code: failure.kind,
      };
    });
  return { marks, lit: noLines, changed: noLines };
}

function typeScriptLines(text: string): readonly CodeLine[] {
  return highlightTypeScript(text).map((line) => ({
    ...line,
    tokens: line.tokens.map((token) => ({ class: `t-${token.kind}`, text: token.text, start: token.start })),
  }));
}
