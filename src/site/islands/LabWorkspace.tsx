import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { GradeProgress } from '#grading/grade.ts';
import type { Lab } from '#grading/lab.ts';
import type { GradeReport } from '#grading/report.ts';
import { ordinal } from '#words/counting.ts';
import { fill } from '#words/fill.ts';
import { labWords } from '#words/lab.ts';
import { siteWords } from '#words/site.ts';
import { download } from '../labs/download.ts';
import { inSlices } from '../labs/in-slices.ts';
import { type KeepingNote, keepLab } from '../labs/kept-lab.ts';
import { standing } from '../labs/lab-report.ts';
import { newLabSession } from '../labs/lab-session.ts';
import { showChecks } from '../labs/open-trace.ts';
import { LabBar } from './LabBar.tsx';
import { LabBrief, type LabWay } from './LabBrief.tsx';
import { LabFiles } from './LabFiles.tsx';
import { LabResult } from './LabResult.tsx';
import { useCatalogue } from './use-catalogue.ts';

interface Props {
  readonly lab: Lab;
  readonly heading: string;
  /** Where the site's root is: `/` or `/course/`. */
  readonly base: string;
  /** The lesson after this lab's, if it is there; else this lab's own. */
  readonly onward?: { readonly kind: 'next' | 'back' } & LabWay;
  /** The brief, as HTML. */
  readonly children?: ComponentChildren;
}

const words = siteWords.labs;

/** A lab: the task and its checks on the left, the files in the middle, what the cluster does with them on the right. */
export default function LabWorkspace({ lab, heading, base, onward, children }: Props) {
  const session = useMemo(() => newLabSession(lab), [lab]);
  const progress = useMemo(() => signal<string | undefined>(undefined), []);
  const [awake, setAwake] = useState(false);
  const [said, setSaid] = useState('');
  const [note, setNote] = useState<KeepingNote>({});
  useEffect(() => {
    setAwake(true);
    return keepLab(session, setNote);
  }, [session]);
  useCatalogue(session.catalogue, session.run.value.diagnostics.length > 0, base);

  async function check(): Promise<void> {
    progress.value = '';
    const { submission, finish } = session.startGrading();
    const { gradeSteps } = await import('#grading/grade.ts');
    const report = await inSlices(gradeSteps(lab, submission), (step) => {
      progress.value = progressText(step);
    });
    finish(report);
    progress.value = undefined;
    setSaid(`${standing(report).word}. ${fill(labWords.score, { score: report.score })}`);
    showChecks();
  }

  async function handIn(): Promise<void> {
    const { serializeSubmission } = await import('#grading/submission.ts');
    download(`${lab.id}.submission.json`, serializeSubmission(session.submission()));
  }

  async function reportFile(report: GradeReport): Promise<void> {
    const { serializeReport } = await import('#grading/report.ts');
    download(`${lab.id}.report.json`, serializeReport(report));
  }

  return (
    <>
      <LabBar
        session={session}
        heading={heading}
        awake={awake}
        progress={progress}
        onCheck={check}
        onHandIn={handIn}
        onReset={() => {
          session.reset();
          setSaid(labWords.resetDone);
        }}
      />
      <p class="vh" role="status" aria-live="polite">
        {said}
      </p>
      <div class="panes" data-panes data-shown="brief">
        <PaneTabs />
        <section class="pane brief" id="brief" aria-label={words.brief} data-scrolls>
          {children}
          <LabBrief session={session} awake={awake} note={note} onward={onward} onReport={reportFile} />
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

function progressText({ shake, check, sent, of }: GradeProgress): string {
  return fill(shake === undefined ? labWords.checkingAt : labWords.checkingShake, { ordinal: ordinal(check + 1), sent, of });
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
