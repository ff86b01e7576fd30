import type { GradeReport } from '#grading/report.ts';
import { nativeCountBefore } from '#words/counting.ts';
import { fill } from '#words/fill.ts';
import { storeWords } from '#words/ko.ts';
import { labWords } from '#words/lab.ts';
import { siteWords } from '#words/site.ts';
import type { KeepingNote } from '../labs/kept-lab.ts';
import { checkViews } from '../labs/lab-report.ts';
import type { LabSession } from '../labs/lab-session.ts';
import { openTrace, showOriginal } from '../labs/open-trace.ts';
import { LabChecks } from './LabChecks.tsx';
import { LabHints } from './LabHints.tsx';
import { Prose } from './Marks.tsx';

/** Where to go on from a lab. */
export interface LabWay {
  readonly href: string;
  readonly title: string;
}

interface Props {
  readonly session: LabSession;
  readonly awake: boolean;
  readonly note: KeepingNote;
  /** The lesson after this lab's, if it is there; else this lab's own. */
  readonly onward?: { readonly kind: 'next' | 'back' } & LabWay;
  readonly onReport: (report: GradeReport) => void;
}

const words = siteWords.labs;

/** What stands under the task: notes about what was kept, the checks, the hints, and handing in. */
export function LabBrief({ session, awake, note, onward, onReport }: Props) {
  const { lab } = session;
  const report = session.report.value;
  const stale = session.stale.value;
  const passed = report?.state === 'pass';
  return (
    <div data-lab-checks>
      {note.olderVersion !== undefined && <p class="stale">{fill(labWords.olderVersion, { version: note.olderVersion })}</p>}
      {note.trouble !== undefined && <p class="stale">{storeWords[note.trouble]}</p>}
      <h2 id="checks" tabIndex={-1}>
        {words.checks}
      </h2>
      {stale && <p class="stale">{labWords.stale}</p>}
      {report?.problem !== undefined && <p class="stale">{fill(labWords.error, { problem: report.problem })}</p>}
      {report !== undefined && !stale && <Refused report={report} />}
      {passed && report !== undefined && <Passed session={session} report={report} />}
      <LabChecks checks={checkViews(lab, report)} {...(stale ? {} : { onOpen: (request) => openTrace(session, request) })} />
      {lab.shakes.length > 0 && !passed && <p class="shake">{fill(words.shake, { checks: nativeCountBefore(lab.checks.length) })}</p>}
      {passed && onward !== undefined && (
        <p class="onward">
          <a class="btn" href={onward.href}>
            {fill(labWords[onward.kind], { title: onward.title })}
          </a>
        </p>
      )}
      <LabHints session={session} awake={awake} />
      <h2>{labWords.handIn}</h2>
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
      {report !== undefined && !stale && (
        <div class="reportfile">
          <button type="button" class="btn quiet small" onClick={() => onReport(report)}>
            {labWords.reportFile}
          </button>
          <small>
            <Prose text={labWords.reportNote} />
          </small>
        </div>
      )}
    </div>
  );
}

/** Kubernetes' own words, when it would not take a file: nothing else that failed means anything before that. */
function Refused({ report }: { report: GradeReport }) {
  const error = report.diagnostics.find(({ severity }) => severity === 'error');
  if (error === undefined) return null;
  return (
    <div class="stale refusal">
      <p>{labWords.refused}</p>
      <p class="k8s" lang="en">
        {error.message}
      </p>
      <button type="button" class="link" onClick={showOriginal}>
        {labWords.toOriginal}
      </button>
    </div>
  );
}

function Passed({ session: { lab }, report }: { session: LabSession; report: GradeReport }) {
  const [checks, shakes] = [lab.checks.length, lab.shakes.length];
  return (
    <div class="pass-banner">
      <b class="big">{fill(labWords.score, { score: report.score })}</b>
      <p>
        {fill(shakes === 0 ? labWords.passedNoShakes : labWords.passed, { checks, shakes })}{' '}
        {report.hintsUsed > 0 && fill(labWords.hintsTook, { count: report.hintsUsed, cost: report.hintCost })}
      </p>
    </div>
  );
}
