// biome-ignore-all lint/a11y/noRedundantRoles: on a narrow screen the table's parts are laid out as blocks, which takes their implied roles away.
// biome-ignore-all lint/a11y/useSemanticElements: as above.
import type { TraceGroup, TraceRow, TraceTableView } from '#views/trace-table.ts';
import { fill } from '#words/fill.ts';
import { traceWords } from '#words/ko.ts';
import { Address, OutcomeMarkView, PlaceMark, RoleMark, RuleText } from './Marks.tsx';

interface Props {
  readonly table: TraceTableView;
  /** What stands after the outcome in the caption: mode, seed. */
  readonly notes?: readonly string[];
  /** Index of the chosen step, and of the steps lit by a chosen rule or YAML line. */
  readonly chosen?: number | undefined;
  readonly lit?: ReadonlySet<number>;
  /** Steps that differ from the trace before. */
  readonly changed?: ReadonlySet<number>;
  /** Absent: the table is only read. */
  readonly onChoose?: (index: number) => void;
}

/** The trace: one row group for the name, the way out and the way back; one row a step. A list on a narrow screen, spoken as a table. */
export function TraceTable({ table, notes = [], ...rest }: Props) {
  return (
    <table class="trace" role="table">
      <caption>
        <b>{traceWords.title}</b>{' '}
        <span class="sum">
          <code>{table.command}</code> · <OutcomeMarkView outcome={table.outcome} /> ·{' '}
          {[fill(traceWords.steps, { count: table.stepCount }), ...notes].join(' · ')}
        </span>
        <span class="sum">{table.outcome.detail}</span>
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {traceWords.step}
          </th>
          <th role="columnheader" scope="col" class="cw">
            {traceWords.place}
          </th>
          <th role="columnheader" scope="col">
            {traceWords.decided}
          </th>
          <th role="columnheader" scope="col" class="ca">
            {traceWords.source}
          </th>
          <th role="columnheader" scope="col" class="ca">
            {traceWords.destination}
          </th>
        </tr>
      </thead>
      {table.groups.map((group, index) => (
        <Group key={group.leg} group={group} first={index === 0} {...rest} />
      ))}
    </table>
  );
}

/** YAML lines named beside a step; the rest light up when it is chosen. */
const shownLines = 3;

const legClasses = { dns: 'name', out: 'out', back: 'back' } as const;

function Group({ group, first, ...rest }: { group: TraceGroup; first: boolean } & Omit<Props, 'table' | 'notes'>) {
  return (
    <tbody class={legClasses[group.leg]} role="rowgroup">
      <tr role="row" class={first ? 'leg first' : 'leg'}>
        <th role="rowheader" colSpan={5} scope="rowgroup">
          <RoleMark kind={group.role}>{group.title}</RoleMark>
        </th>
      </tr>
      {group.rows.map((row) => (
        <Row key={row.index} row={row} {...rest} />
      ))}
    </tbody>
  );
}

function Row({ row, chosen, lit, changed, onChoose }: { row: TraceRow } & Omit<Props, 'table' | 'notes'>) {
  const isChosen = chosen === row.index;
  const classes = [isChosen ? 'on' : '', lit?.has(row.index) ? 'lit' : '', changed?.has(row.index) ? 'chg' : '', row.last ? 'end' : ''];
  return (
    <tr
      role="row"
      class={classes.filter(Boolean).join(' ')}
      aria-current={isChosen ? 'true' : undefined}
      onClick={onChoose && (() => onChoose(row.index))}
    >
      <th role="rowheader" scope="row">
        {onChoose === undefined ? (
          <span class="stepno">{row.number}</span>
        ) : (
          <button
            type="button"
            class="stepno"
            aria-pressed={isChosen}
            onClick={(event) => {
              event.stopPropagation();
              onChoose(row.index);
            }}
          >
            {row.number}
            <span class="vh">{traceWords.step}</span>
          </button>
        )}
      </th>
      <td role="cell" class="wh">
        <PlaceMark place={row.place} />
      </td>
      <td role="cell">
        <span class="why">
          {row.why}
          {row.odds !== undefined && (
            <>
              {' '}
              {traceWords.odds} <b class="odds">{row.odds}</b>.
            </>
          )}
          {row.lines.slice(0, shownLines).map((line) => [
            ' ',
            <b key={line.line} class="decided">
              {fill(traceWords.line, { line: line.line })} <code>{line.field}</code>
            </b>,
          ])}
        </span>
        {row.rule !== undefined && (
          <span class="rule" lang="en">
            <RuleText words={row.rule.words} />
          </span>
        )}
        {row.record !== undefined && (
          <span class="rule" lang="en">
            {row.record}
          </span>
        )}
      </td>
      <td role="cell" class={row.source === undefined ? 'addr none' : 'addr'} data-l={traceWords.source}>
        <Address address={row.source} />
      </td>
      <td role="cell" class={row.destination === undefined ? 'addr none' : 'addr'} data-l={traceWords.destination}>
        <Address address={row.destination} />
      </td>
    </tr>
  );
}
