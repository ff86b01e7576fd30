import { signal } from '@preact/signals';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { applyEdits, type DiagnosticView } from '#views/diagnostics-view.ts';
import type { Exercise } from '#views/exercise.ts';
import type { HistogramView } from '#views/histogram.ts';
import { fill } from '#words/fill.ts';
import { histogramWords, liveWords, traceWords } from '#words/ko.ts';
import { CodeField, type FieldHandle } from '../editor/CodeField.tsx';
import type { FieldMarks, TextMark } from '../editor/marks.ts';
import { yamlCodeLines } from '../editor/yaml-code-lines.ts';
import { Diagnostics } from './Diagnostics.tsx';
import { Histogram } from './Histogram.tsx';
import { type LiveSession, newLiveSession } from './live-session.ts';
import { OutcomeMarkView, RoleMark } from './Marks.tsx';
import { RulesView } from './RulesView.tsx';
import { TraceTable } from './TraceTable.tsx';
import { useCatalogue } from './use-catalogue.ts';

export interface LiveYamlProps {
  readonly exercise: Exercise;
  /** Name of the file the reader edits. */
  readonly file: string;
  readonly seed: number;
  readonly title?: string;
  readonly lead?: string;
  /** Where the site's root is: `/` or `/course/`. */
  readonly base: string;
}

/** Milliseconds without a keystroke after which a change is said aloud and becomes what the next one is compared with. */
const pause = 900;

/** The live exercise: a text on the left, what the cluster makes of it on the right, the trace and its rules below. */
export default function LiveYaml({ exercise, file, seed, title = liveWords.title, lead = liveWords.lead, base }: LiveYamlProps) {
  const id = useId();
  const session = useMemo(() => newLiveSession(exercise, file, seed), [exercise, file, seed]);
  const field = useRef<FieldHandle>(null);
  const [awake, setAwake] = useState(false);
  const [said, setSaid] = useState('');
  useEffect(() => setAwake(true), []);
  useSettling(session, setSaid);
  useCatalogue(session.catalogue, session.run.value.diagnostics.length > 0, base);

  const { accepted } = session.run.value;
  const table = session.table.value;
  const changed = session.changed.value;
  const lit = session.lit.value;
  const choice = session.choice.value;
  const snapshot = session.valid.value?.snapshot;

  return (
    <section class="live wide" aria-labelledby={id}>
      <div class="blockhead">
        <h3 id={id}>{title}</h3>
        <p>{lead}</p>
        <div class="tools">
          <button
            type="button"
            class="btn quiet small"
            disabled={!awake}
            onClick={() => {
              session.reset();
              setSaid(liveWords.resetDone);
            }}
          >
            {liveWords.reset}
          </button>
        </div>
      </div>
      <div class="livegrid">
        <div>
          <div class="filebar">
            <span>{file}</span>
            <StateLine session={session} />
          </div>
          <CodeField
            text={session.text}
            label={fill(liveWords.editor, { file })}
            language="yaml"
            highlight={yamlCodeLines}
            marks={fieldMarks(session, file)}
            handle={field}
            cluster={() => session.valid.peek()?.snapshot}
            onLine={(line) => {
              session.choice.value = { kind: 'line', line };
            }}
          />
          <Diagnostics
            diagnostics={session.diagnostics.value}
            pageOf={(code) => `${base}reference/diagnostics/${code}/`}
            onFix={(diagnostic) => fix(session, diagnostic)}
            onGoTo={(diagnostic) => field.current?.focusAt(diagnostic.span?.start.offset ?? 0)}
          />
        </div>
        <div>
          {!accepted && (
            <p class="stale">
              <b>{table === undefined ? liveWords.noValid : liveWords.stale}</b> {liveWords.staleNext}
            </p>
          )}
          <Probes session={session} awake={awake} />
          {changed !== undefined && (
            <div class="changed">
              <b>{liveWords.changed}</b>
              <ul>
                {changed.fields.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
                <li>{changed.trace}</li>
              </ul>
            </div>
          )}
          <Filled session={session} />
        </div>
      </div>
      {table !== undefined && (
        <div class="traceview">
          <TraceTable
            table={table}
            notes={notesOf(snapshot?.cluster.proxy.mode, session.seed.value)}
            chosen={choice?.kind === 'step' ? choice.index : choice?.kind === 'rule' ? choice.step : undefined}
            lit={lit.steps}
            {...(changed === undefined ? {} : { changed: changed.steps })}
            {...(awake
              ? {
                  onChoose: (index: number) => {
                    session.choice.value = { kind: 'step', index };
                  },
                }
              : {})}
          />
        </div>
      )}
      {table !== undefined && <Sending session={session} awake={awake} />}
      {table !== undefined && (
        <RulesView
          nodes={session.rules.value}
          lit={lit.rules}
          {...(choice?.kind === 'rule' ? { chosen: choice.id } : {})}
          {...(awake
            ? {
                onChoose: (row) => {
                  if (row.stepIndex !== undefined) session.choice.value = { kind: 'rule', id: row.id, step: row.stepIndex };
                },
              }
            : {})}
        />
      )}
      <p class="vh" role="status" aria-live="polite">
        {said}
      </p>
      <noscript>
        <p class="fieldhelp">{liveWords.waiting}</p>
      </noscript>
    </section>
  );
}

function StateLine({ session }: { session: LiveSession }) {
  const counts = { error: 0, warning: 0, finding: 0 };
  for (const { severity } of session.diagnostics.value) counts[severity] += 1;
  const notes = [
    counts.warning > 0 ? fill(liveWords.warnings, { count: counts.warning }) : '',
    counts.finding > 0 ? fill(liveWords.findings, { count: counts.finding }) : '',
  ].filter(Boolean);
  return (
    <span class="state">
      {counts.error > 0 ? <b>{fill(liveWords.errors, { count: counts.error })}</b> : liveWords.applied}
      {notes.length > 0 && ` · ${notes.join(' · ')}`}
    </span>
  );
}

/** Where each of the fixed requests went; one of them is looked at below. */
function Probes({ session, awake }: { session: LiveSession; awake: boolean }) {
  const probes = session.probes.value;
  if (probes.length === 0) return null;
  return (
    <table class="tbl probes">
      <caption>
        <b>{fill(liveWords.probes, { count: probes.length })}</b>
      </caption>
      <thead>
        <tr>
          <th scope="col">{liveWords.probe}</th>
          <th scope="col">{liveWords.outcome}</th>
          <th scope="col">{liveWords.where}</th>
          <th scope="col">
            <span class="vh">{liveWords.choose}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {probes.map(({ probe, table }) => {
          const isChosen = probe.id === session.probeId.value;
          return (
            <tr key={probe.id} aria-current={isChosen ? 'true' : undefined}>
              <th scope="row">
                <code>{probe.label ?? table.command}</code>
                <small>
                  <RoleMark kind={probe.probe.from.kind === 'outside' ? 'outside' : probe.probe.from.kind === 'node' ? 'node' : 'client'}>
                    {table.sender}
                  </RoleMark>
                </small>
              </th>
              <td>
                <OutcomeMarkView outcome={table.outcome} />
              </td>
              <td>{table.outcome.step !== undefined && fill(traceWords.stepNumber, { number: table.outcome.step })}</td>
              <td>
                {probes.length > 1 && (
                  <button
                    type="button"
                    class="link"
                    disabled={!awake}
                    aria-pressed={isChosen}
                    onClick={() => {
                      session.probeId.value = probe.id;
                      session.choice.value = undefined;
                    }}
                  >
                    {isChosen ? liveWords.chosen : liveWords.choose}
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What the API server filled in, and what kubectl printed. */
function Filled({ session }: { session: LiveSession }) {
  const objects = session.filled.value;
  const output = session.run.value.output;
  return (
    <details class="filled">
      <summary>{liveWords.filled}</summary>
      {objects.map(({ object, fields }) => (
        <dl key={`${object.namespace}/${object.name}`}>
          {fields.map(({ path, value }) => [<dt key={`${path} name`}>{path}</dt>, <dd key={path}>{value}</dd>])}
        </dl>
      ))}
      <p class="cap">{liveWords.kubectl}</p>
      <pre class="kubectlout" lang="en">
        {output.stdout}
        {output.stderr}
      </pre>
    </details>
  );
}

/** 「300번 보내기」 and another seed. The histogram goes when the state it counted goes. */
function Sending({ session, awake }: { session: LiveSession; awake: boolean }) {
  const counted = useMemo(() => signal<{ of: unknown; view: HistogramView; sticky: boolean } | undefined>(undefined), []);
  const state = `${session.seed.value} ${session.probeId.value}`;
  const current = counted.value !== undefined && counted.value.of === session.valid.value ? counted.value : undefined;
  const count = session.probes.value.find(({ probe }) => probe.id === session.probeId.value)?.probe.count ?? 0;
  if (count === 0) return null;
  return (
    <>
      <div class="sendrow">
        <button
          type="button"
          class="btn"
          disabled={!awake}
          onClick={() => {
            counted.value = { of: session.valid.value, ...session.many() };
          }}
        >
          {fill(liveWords.send, { count })}
        </button>
        <button
          type="button"
          class="btn quiet"
          disabled={!awake}
          onClick={() => {
            session.touch();
            session.seed.value += 1;
          }}
        >
          {liveWords.nextSeed}
        </button>
        <span>{fill(liveWords.seed, { seed: session.seed.value })}</span>
      </div>
      <div role="status" key={state}>
        {current !== undefined && <Histogram view={current.view} note={current.sticky ? histogramWords.sticky : undefined} />}
      </div>
    </>
  );
}

function fieldMarks(session: LiveSession, file: string): FieldMarks {
  const marks = session.diagnostics.value.flatMap(({ span, severity, message, explanation, code }): TextMark[] => {
    if (span === undefined || span.file !== file) return [];
    const words = severity === 'finding' ? explanation : `${message}\n\n${explanation}`;
    return [{ start: span.start.offset, end: span.end.offset, severity, message: words, code }];
  });
  return { marks, lit: session.lit.value.lines, changed: new Set() };
}

function fix(session: LiveSession, diagnostic: DiagnosticView): void {
  if (diagnostic.fix !== undefined) session.text.value = applyEdits(session.text.value, diagnostic.fix.edits);
}

function notesOf(mode: string | undefined, seed: number): readonly string[] {
  return [...(mode === undefined ? [] : [fill(liveWords.mode, { mode })]), fill(liveWords.seed, { seed })];
}

/** Says a change aloud once the reader pauses. */
function useSettling(session: LiveSession, say: (sentence: string) => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let first = true;
    const changed = () => {
      if (first) return;
      if (timer === undefined) session.touch();
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = undefined;
        const sentence = session.settle();
        if (sentence !== '') say(sentence);
      }, pause);
    };
    const stops = [session.text.subscribe(changed), session.seed.subscribe(changed)];
    first = false;
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [session, say]);
}
