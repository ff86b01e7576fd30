import { useMemo } from 'preact/hooks';
import type { DiagnosticView } from '#views/diagnostics-view.ts';
import { fill } from '#words/fill.ts';
import { liveWords } from '#words/ko.ts';
import { labWords } from '#words/lab.ts';
import { siteWords } from '#words/site.ts';
import { CodeField, type FieldHandle } from '../editor/CodeField.tsx';
import { HighlightedCode } from '../editor/HighlightedCode.tsx';
import type { FieldMarks, TextMark } from '../editor/marks.ts';
import { yamlCodeLines } from '../editor/yaml-code-lines.ts';
import type { LabSession } from '../labs/lab-session.ts';
import { Diagnostics } from './Diagnostics.tsx';

/** The files, one tab each; what Kubernetes says of them stands under the text. No quick fixes here: they could be the answer. */
export function LabFiles({ session, base }: { session: LabSession; base: string }) {
  const { files } = session.lab;
  const fields = useMemo(
    () => new Map(files.map(({ name }): [string, { current: FieldHandle | null }] => [name, { current: null }])),
    [files],
  );
  const diagnostics = session.diagnostics.value.map(({ fix: _, ...rest }) => rest);
  return (
    <>
      <div class="tabs files" role="tablist" aria-label={siteWords.labs.files}>
        {files.map((file, index) => (
          <button
            key={file.name}
            type="button"
            role="tab"
            id={`file-tab-${index}`}
            aria-controls={`file-${index}`}
            aria-selected={index === 0}
            tabIndex={index === 0 ? 0 : -1}
            class={session.texts.get(file.name)?.value === file.text ? undefined : 'dirty'}
            data-dirty={labWords.edited}
          >
            {file.name}
          </button>
        ))}
      </div>
      {files.map((file, index) => {
        const text = session.texts.get(file.name);
        return (
          <div
            key={file.name}
            class="panel"
            role="tabpanel"
            id={`file-${index}`}
            aria-labelledby={`file-tab-${index}`}
            hidden={index !== 0}
            data-name={file.name}
            data-scrolls
          >
            {file.editable && text !== undefined ? (
              <CodeField
                text={text}
                label={fill(liveWords.editor, { file: file.name })}
                language="yaml"
                highlight={yamlCodeLines}
                marks={marksOf(session, diagnostics, file.name)}
                onLine={(line) => {
                  session.choice.value = { kind: 'line', file: file.name, line };
                }}
                handle={fields.get(file.name)}
              />
            ) : (
              <>
                <p class="fieldhelp">{labWords.readOnly}</p>
                <pre class="code">
                  <HighlightedCode lines={yamlCodeLines(file.text)} marks={marksOf(session, [], file.name)} length={file.text.length} />
                </pre>
              </>
            )}
          </div>
        );
      })}
      <div class="said">
        <Diagnostics
          diagnostics={diagnostics}
          pageOf={(code) => `${base}reference/diagnostics/${code}/`}
          onGoTo={({ span }) => {
            if (span === undefined) return;
            document.getElementById(`file-tab-${files.findIndex(({ name }) => name === span.file)}`)?.click();
            fields.get(span.file)?.current?.focusAt(span.start.offset);
          }}
        />
      </div>
      <Filled session={session} />
      <p class="statusline">
        <span class={`o ${session.accepted.value ? 'ok' : 'refused'}`}>
          {session.accepted.value ? labWords.accepted : labWords.notAccepted}
        </span>
        <span>{labWords.leave}</span>
      </p>
    </>
  );
}

/** What the API server filled in: the addresses and ports that the rules are written for. */
function Filled({ session }: { session: LabSession }) {
  const objects = session.filled.value;
  if (objects.length === 0) return null;
  return (
    <details class="filled" open data-scrolls>
      <summary>{liveWords.filled}</summary>
      {objects.map(({ object, fields }) => (
        <dl key={`${object.namespace}/${object.name}`}>
          {fields.map(({ path, value }) => [<dt key={`${path} name`}>{path}</dt>, <dd key={path}>{value}</dd>])}
        </dl>
      ))}
    </details>
  );
}

const noLines: ReadonlySet<number> = new Set();

function marksOf(session: LabSession, diagnostics: readonly DiagnosticView[], file: string): FieldMarks {
  const marks = diagnostics.flatMap(({ span, severity, message, explanation, code }): TextMark[] => {
    if (span === undefined || span.file !== file) return [];
    const words = severity === 'finding' ? explanation : `${message}\n\n${explanation}`;
    return [{ start: span.start.offset, end: span.end.offset, severity, message: words, code }];
  });
  return { marks, lit: session.lit.value.lines.get(file) ?? noLines, changed: noLines };
}
