import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Lab } from '#grading/lab.ts';
import { fill } from '#words/fill.ts';
import { storeWords } from '#words/ko.ts';
import { labWords } from '#words/lab.ts';
import { siteWords } from '#words/site.ts';
import { type KeepingNote, keepLab } from '../labs/kept-lab.ts';
import { checkViews, type EvidenceLink } from '../labs/lab-report.ts';
import { type LabSession, newLabSession } from '../labs/lab-session.ts';
import { LabChecks } from './LabChecks.tsx';
import { LabFiles } from './LabFiles.tsx';
import { LabResult } from './LabResult.tsx';
import { useCatalogue } from './use-catalogue.ts';

interface Props {
  readonly lab: Lab;
  readonly heading: string;
  /** Where the site's root is: `/` or `/course/`. */
  readonly base: string;
  /** The brief, as HTML. */
  readonly children?: ComponentChildren;
}

const words = siteWords.labs;

/** A lab: the task and its checks on the left, the files in the middle, what the cluster does with them on the right. */
export default function LabWorkspace({ lab, heading, base, children }: Props) {
  const session = useMemo(() => newLabSession(lab), [lab]);
  const [awake, setAwake] = useState(false);
  const [checking, setChecking] = useState(false);
  const [said, setSaid] = useState('');
  const [note, setNote] = useState<KeepingNote>({});
  useEffect(() => {
    setAwake(true);
    return keepLab(session, setNote);
  }, [session]);
  useCatalogue(session.catalogue, session.run.value.diagnostics.length > 0, base);

  const check = async () => {
    setChecking(true);
    // Lets the button say so before the checks take the thread.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { grade } = await import('#grading/grade.ts');
    session.graded(grade(lab, session.submission()));
    setChecking(false);
    setSaid(scoreText(session));
  };

  return (
    <>
      <div class="workbar">
        <h1>{heading}</h1>
        <button type="button" class="btn small" disabled={!awake || checking} onClick={check}>
          {checking ? labWords.checking : labWords.check}
        </button>
        <button
          type="button"
          class="btn quiet small"
          disabled={!awake}
          onClick={() => {
            session.reset();
            setSaid(labWords.resetDone);
          }}
        >
          {labWords.reset}
        </button>
        <button type="button" class="btn quiet small" disabled={!awake} onClick={() => download(session)}>
          {labWords.submission}
        </button>
        <Score session={session} />
        <p class="vh" role="status" aria-live="polite">
          {said}
        </p>
      </div>
      <div class="panes" data-panes data-shown="brief">
        <PaneTabs />
        <section class="pane brief" id="brief" aria-label={words.brief} data-scrolls>
          <h2>{words.task}</h2>
          {children}
          <Brief session={session} awake={awake} note={note} />
        </section>
        <Grip before="brief" label={words.gripBrief} least={240} most={560} now={344} />
        <section class="pane flush edit" id="edit" aria-label={words.edit}>
          <LabFiles session={session} base={base} />
        </section>
        <Grip before="edit" label={words.gripEdit} least={260} most={720} now={368} />
        <section class="right" id="result" aria-label={words.result}>
          <LabResult session={session} awake={awake} />
        </section>
      </div>
    </>
  );
}

/** The three panes as tabs, for narrow screens. The page's script moves between them. */
function PaneTabs() {
  const panes = [
    { id: 'brief', label: words.brief },
    { id: 'edit', label: words.edit },
    { id: 'result', label: words.result },
  ];
  return (
    <div class="tabs panetabs" role="tablist" aria-label={words.panes} data-pane-tabs>
      {panes.map(({ id, label }, index) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-controls={id}
          aria-selected={index === 0}
          tabIndex={index === 0 ? 0 : -1}
          data-pane={id}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function Grip({ before, label, least, most, now }: { before: string; label: string; least: number; most: number; now: number }) {
  return (
    <hr
      class="grip"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-controls={before}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={now}
    />
  );
}

function Brief({ session, awake, note }: { session: LabSession; awake: boolean; note: KeepingNote }) {
  const { lab } = session;
  const report = session.report.value;
  return (
    <div data-lab-checks>
      {note.olderVersion !== undefined && <p class="stale">{fill(labWords.olderVersion, { version: note.olderVersion })}</p>}
      {note.trouble !== undefined && <p class="stale">{storeWords[note.trouble]}</p>}
      <h2>{words.checks}</h2>
      {report?.problem !== undefined && <p class="stale">{fill(labWords.error, { problem: report.problem })}</p>}
      {report?.diagnostics.some(({ severity }) => severity === 'error') && <p class="stale">{labWords.refused}</p>}
      {report?.state === 'pass' && <Passed session={session} />}
      {session.stale.value && <p class="stale">{labWords.stale}</p>}
      <LabChecks checks={checkViews(lab, report)} onOpen={(request) => openTrace(session, request)} />
      {lab.shakes.length > 0 && report?.state !== 'pass' && <p class="shake">{fill(words.shake, { checks: lab.checks.length })}</p>}
      <Hints session={session} awake={awake} />
      <label class="submitname">
        {labWords.name}
        <input
          type="text"
          maxLength={200}
          autocomplete="name"
          value={session.name.value}
          onInput={(event) => {
            session.name.value = event.currentTarget.value;
          }}
        />
        <small>{labWords.nameNote}</small>
      </label>
    </div>
  );
}

function Passed({ session }: { session: LabSession }) {
  const report = session.report.value;
  if (report === undefined) return null;
  const used = session.hintsUsed.value;
  return (
    <div class="pass-banner">
      <b class="big">{fill(labWords.score, { score: report.score })}</b>
      <p>
        {fill(labWords.passed, { checks: session.lab.checks.length, shakes: session.lab.shakes.length })}{' '}
        {used > 0 && fill(labWords.hintCost, { count: used, cost: report.hintCost })}
      </p>
    </div>
  );
}

/** Hints open in order, and each says what it costs before it is opened. */
function Hints({ session, awake }: { session: LabSession; awake: boolean }) {
  const { hints } = session.lab;
  const used = session.hintsUsed.value;
  if (hints.length === 0) return null;
  return (
    <>
      <h2>{words.hints}</h2>
      <ol class="hints">
        {hints.map((hint, index) => {
          const number = index + 1;
          if (index < used) {
            return (
              <li key={hint.text} class="used">
                <span>
                  <b>{number}</b> {labWords.hintUsed}
                </span>
                <span class="cost">{fill(words.hintCost, { cost: hint.cost })}</span>
                <p>
                  <HintText text={hint.text} />
                </p>
              </li>
            );
          }
          return (
            <li key={hint.text}>
              <span>
                <b>{number}</b> {words.hint[index] ?? ''}
              </span>
              <button
                type="button"
                class="btn quiet small"
                disabled={!awake || index > used}
                onClick={() => {
                  session.hintsUsed.value = number;
                }}
              >
                {index > used
                  ? fill(labWords.hintLocked, { number: index, cost: hint.cost })
                  : fill(labWords.hintOpen, { cost: hint.cost })}
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function HintText({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part))}</>;
}

/** How the last run went, in the bar. */
function Score({ session }: { session: LabSession }) {
  const report = session.report.value;
  if (report === undefined) return null;
  const { checks } = session.lab;
  const passed = checks.filter((check) => report.runs[0]?.checks.find((one) => one.id === check.id)?.state === 'pass').length;
  return (
    <p class="score">
      <span class={`o ${report.state === 'pass' ? 'ok' : 'refused'}`}>{stateText(session)}</span>
      <b>
        {passed}/{checks.length}
      </b>
      {session.hintsUsed.value > 0 && (
        <span class="quiet">{fill(labWords.hintCost, { count: session.hintsUsed.value, cost: report.hintCost })}</span>
      )}
    </p>
  );
}

function stateText({ report, lab }: LabSession): string {
  const { value } = report;
  if (value === undefined) return '';
  if (value.state === 'pass') return labWords.allPassed;
  if (value.problem !== undefined) return labWords.states.error;
  const last = value.runs.at(-1);
  const left = last?.checks.filter((check) => check.state !== 'pass').length ?? lab.checks.length;
  return fill(labWords.left, { count: left });
}

function scoreText(session: LabSession): string {
  return `${stateText(session)}. ${fill(labWords.score, { score: session.report.value?.score ?? 0 })}`;
}

/** Shows the request that decided a check, at the step that decided. */
function openTrace(session: LabSession, { probe, seed, step }: EvidenceLink): void {
  const { from, protocol, host, port, http } = probe;
  const sender =
    from.kind === 'pod' ? `pod/${from.namespace === 'default' ? '' : `${from.namespace}/`}${from.name}` : `${from.kind}/${from.name}`;
  const scheme = http === undefined ? (protocol === 'ICMP' ? 'ping' : protocol.toLowerCase()) : 'http';
  session.request.value = { from: sender, to: `${scheme}://${host}${port === undefined ? '' : `:${port}`}${http?.path ?? ''}`, seed };
  session.step.value = step - 1;
  document.getElementById('tab-result')?.click();
  document.getElementById('view-tab-trace')?.click();
  document.getElementById('view-trace')?.focus();
}

/** Hands the answer out as a file; it never leaves the browser by itself. */
async function download(session: LabSession): Promise<void> {
  const { serializeSubmission } = await import('#grading/submission.ts');
  const submission = session.submission();
  const url = URL.createObjectURL(new Blob([serializeSubmission(submission)], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = `${submission.lab.id}.submission.json`;
  anchor.click();
  URL.revokeObjectURL(url);
}
