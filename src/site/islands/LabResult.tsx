import { useState } from 'preact/hooks';
import { ordinal } from '#words/counting.ts';
import { fill } from '#words/fill.ts';
import { traceWords } from '#words/ko.ts';
import { labWords } from '#words/lab.ts';
import { siteWords } from '#words/site.ts';
import type { CommandView, LabRequest, LabSession } from '../labs/lab-session.ts';
import { RulesView } from './RulesView.tsx';
import { Topology } from './Topology.tsx';
import { TraceTable } from './TraceTable.tsx';

const views = ['trace', 'topology', 'rules', 'kubectl', 'dns'] as const;

/** What the cluster does with the answer: one request's trace, the rules it met, kubectl's view and DNS. */
export function LabResult({ session, awake }: { session: LabSession; awake: boolean }) {
  return (
    <>
      <div class="tabs" role="tablist" aria-label={siteWords.labs.views}>
        {views.map((view, index) => (
          <button
            key={view}
            type="button"
            role="tab"
            id={`view-tab-${view}`}
            aria-controls={`view-${view}`}
            aria-selected={index === 0}
            tabIndex={index === 0 ? 0 : -1}
          >
            {labWords.views[view]}
          </button>
        ))}
      </div>
      {views.map((view, index) => (
        <div
          key={view}
          class="panel"
          role="tabpanel"
          id={`view-${view}`}
          aria-labelledby={`view-tab-${view}`}
          hidden={index !== 0}
          tabIndex={-1}
          data-name={labWords.views[view]}
          data-scrolls
        >
          {view === 'trace' && <TraceView session={session} awake={awake} />}
          {view === 'topology' && <TopologyPanel session={session} awake={awake} />}
          {view === 'rules' && <Rules session={session} awake={awake} />}
          {view === 'kubectl' && <Commands commands={session.commands.value} />}
          {view === 'dns' && (session.names.value.length === 0 ? <p>{labWords.dnsNone}</p> : <Commands commands={session.names.value} />)}
        </div>
      ))}
    </>
  );
}

function Rules({ session, awake }: { session: LabSession; awake: boolean }) {
  const choice = session.choice.value;
  return (
    <RulesView
      nodes={session.rules.value}
      lit={session.lit.value.rules}
      {...(choice?.kind === 'rule' ? { chosen: choice.id } : {})}
      {...(awake
        ? {
            onChoose: ({ id, stepIndex }) => {
              if (stepIndex !== undefined) session.choice.value = { kind: 'rule', id, step: stepIndex };
            },
          }
        : {})}
    />
  );
}

function TopologyPanel({ session, awake }: { session: LabSession; awake: boolean }) {
  const view = session.topology.value;
  if (view === undefined) return <p>{traceWords.empty}</p>;
  const choose = (index: number) => {
    session.choice.value = { kind: 'step', index };
  };
  return <Topology view={view} chosen={chosenStep(session)} {...(awake ? { onChoose: choose } : {})} />;
}

function TraceView({ session, awake }: { session: LabSession; awake: boolean }) {
  const table = session.table.value;
  return (
    <>
      <RequestForm session={session} awake={awake} />
      {table === undefined ? (
        <p>{traceWords.empty}</p>
      ) : (
        <div class="traceview">
          <TraceTable
            table={table}
            notes={notesOf(session.request.value)}
            chosen={chosenStep(session)}
            lit={session.lit.value.steps}
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
    </>
  );
}

/** The step somebody points at, in the trace itself or by its rule. */
function chosenStep({ choice: { value } }: LabSession): number | undefined {
  return value?.kind === 'step' ? value.index : value?.kind === 'rule' ? value.step : undefined;
}

function notesOf({ check, seed }: LabRequest): readonly string[] {
  const seedNote = fill(traceWords.seed, { seed });
  return check === undefined ? [seedNote] : [fill(labWords.ofCheck, { ordinal: ordinal(check) }), seedNote];
}

/** Who sends, and where to. A target is a probe's text; one that cannot be read is said to be so, and nothing is sent. */
function RequestForm({ session, awake }: { session: LabSession; awake: boolean }) {
  const { from, to } = session.request.value;
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const shown = draft ?? to;
  const { ok } = session.parsed.value;
  const connect = session.lab.checks.find(({ kind }) => kind === 'connect');
  const example = connect?.kind === 'connect' ? connect.to : 'http://my-app-service';
  return (
    <form
      class="probe"
      onSubmit={(event) => {
        event.preventDefault();
        session.choice.value = undefined;
        session.request.value = { from, to: shown.trim(), seed: session.lab.seed };
        setDraft(undefined);
      }}
    >
      <label>
        {labWords.sender}{' '}
        <select
          disabled={!awake}
          value={from}
          onChange={(event) => {
            session.choice.value = undefined;
            session.request.value = { from: event.currentTarget.value, to, seed: session.lab.seed };
          }}
        >
          {session.senders.map((sender) => (
            <option key={sender} value={sender}>
              {sender}
            </option>
          ))}
        </select>
      </label>
      <label>
        {labWords.target}{' '}
        <input
          type="text"
          size={26}
          spellcheck={false}
          disabled={!awake}
          value={shown}
          onInput={(event) => setDraft(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="btn small" disabled={!awake}>
        {labWords.send}
      </button>
      <p role="status">{!ok && fill(labWords.badTarget, { example })}</p>
    </form>
  );
}

function Commands({ commands }: { commands: readonly CommandView[] }) {
  return (
    <pre class="terminal" lang="en">
      {commands.map(({ command, output }) => (
        <span key={command}>
          <span class="cmd">$ {command}</span>
          {`\n${output.trimEnd()}\n\n`}
        </span>
      ))}
    </pre>
  );
}
