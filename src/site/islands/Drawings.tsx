import { useId } from 'preact/hooks';
import type { Drawing } from '#sandbox/report.ts';
import { histogram } from '#views/histogram.ts';
import { type Locate, stepAddresses, traceTable } from '#views/trace-table.ts';
import { fill } from '#words/fill.ts';
import { stepTitles, traceWords, widgetWords } from '#words/ko.ts';
import { Histogram } from './Histogram.tsx';
import { Address, Prose, RoleMark } from './Marks.tsx';
import { TraceTable } from './TraceTable.tsx';

/** A simulation applies its own manifests; no line of the page's YAML stands behind them. */
const nowhere: Locate = () => undefined;

type Packet = Extract<Drawing, { kind: 'packet' }>;

/** Everything a scene drew, in order; packet cards drawn one after another stand in one row on the path. */
export function Drawings({ drawings }: { drawings: readonly Drawing[] }) {
  return (
    <div class="drawings">
      {rowsOf(drawings).map((row, index) => (
        <Row key={index} row={row} />
      ))}
    </div>
  );
}

function rowsOf(drawings: readonly Drawing[]): readonly (readonly Drawing[])[] {
  const rows: Drawing[][] = [];
  for (const drawing of drawings) {
    const last = rows.at(-1);
    if (drawing.kind === 'packet' && last?.[0]?.kind === 'packet') last.push(drawing);
    else rows.push([drawing]);
  }
  return rows;
}

function Row({ row }: { row: readonly Drawing[] }) {
  const [first] = row;
  if (first === undefined) return null;
  if (first.kind !== 'packet') return <One drawing={first} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls; these are cards to read.
    <div class="cards" role="group" aria-label={widgetWords.packetCards}>
      {row.map((drawing, index) => (drawing.kind === 'packet' ? <Card key={index} packet={drawing} /> : null))}
    </div>
  );
}

function Card({ packet: { step, title } }: { packet: Packet }) {
  const { source, destination } = stepAddresses(step);
  const rewritten = source?.after !== undefined || destination?.after !== undefined;
  return (
    <section class={['pcard', rewritten ? 'now' : '', step.leg === 'back' ? 'back' : ''].filter(Boolean).join(' ')}>
      <h5>
        {fill(traceWords.stepNumber, { number: step.index + 1 })} · {title ?? stepTitles[step.kind]}
      </h5>
      <dl>
        <dt>{widgetWords.protocol}</dt>
        <dd>{(step.after ?? step.before)?.protocol ?? '–'}</dd>
        <dt>{traceWords.source}</dt>
        <dd>
          <Address address={source} />
        </dd>
        <dt>{traceWords.destination}</dt>
        <dd>
          <Address address={destination} />
        </dd>
      </dl>
    </section>
  );
}

function One({ drawing }: { drawing: Exclude<Drawing, Packet> }) {
  switch (drawing.kind) {
    case 'trace':
      return (
        <div class="traceview">
          <TraceTable table={traceTable(drawing.trace, nowhere)} />
        </div>
      );
    case 'sequence':
      return <Sequence drawing={drawing} />;
    case 'table':
      return <Table drawing={drawing} />;
    case 'histogram':
      return <Histogram view={histogram(drawing.times, drawing.receivers)} caption={drawing.caption} />;
    case 'number-line':
      return <NumberLine drawing={drawing} />;
    case 'output':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls sideways must be reachable by keyboard.
        <pre class="kubectlout" lang="en" tabIndex={0}>
          {drawing.command !== undefined && <b>{`$ ${drawing.command}\n`}</b>}
          {drawing.text}
        </pre>
      );
    case 'note':
      return (
        <p>
          <Prose text={drawing.text} />
        </p>
      );
  }
}

/** The journey as a list of what passes between the places: a row a step that sent, rewrote or took the packet. */
function Sequence({ drawing: { trace } }: { drawing: Extract<Drawing, { kind: 'sequence' }> }) {
  const rows = traceTable(trace, nowhere).groups.flatMap((group) => group.rows.map((row) => ({ row, leg: group.leg })));
  return (
    <ol class="seq">
      {rows.map(({ row, leg }) => (
        <li key={row.index} class={leg === 'back' ? 'back' : undefined}>
          <RoleMark kind={row.place.role}>{row.place.name}</RoleMark> {row.why}
          {row.source !== undefined && row.destination !== undefined && (
            <span class="addr">
              {row.source.after ?? row.source.before} → {row.destination.after ?? row.destination.before}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function Table({ drawing: { caption, columns, rows } }: { drawing: Extract<Drawing, { kind: 'table' }> }) {
  return (
    <table class="tbl">
      <caption>
        <b>
          <Prose text={caption} />
        </b>
      </caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([head, ...cells], index) => (
          <tr key={index}>
            <th scope="row">
              <Prose text={String(head ?? '')} />
            </th>
            {cells.map((cell, column) => (
              <td key={columns[column + 1]}>
                <Prose text={String(cell)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Width of the drawing in its own units; text is not scaled, so labels stand in HTML under it. */
const width = 1000;

function NumberLine({ drawing: { caption, min, max, marks } }: { drawing: Extract<Drawing, { kind: 'number-line' }> }) {
  const id = useId();
  const x = (value: number) => 8 + ((value - min) / (max - min)) * (width - 16);
  return (
    <figure class="numberline" aria-labelledby={id}>
      <figcaption id={id}>
        <Prose text={caption} />
      </figcaption>
      <svg viewBox={`0 0 ${width} 40`} aria-hidden="true" preserveAspectRatio="none">
        <path class="path" d={`M8 28H${width - 8}`} />
        {marks.map(({ at, label }) => (
          <path key={label} class="tick" d={`M${x(at)} 28V12`} />
        ))}
      </svg>
      <ul class="numberlabels">
        {marks.map(({ at, label }) => (
          <li key={label}>
            <code>{at}</code> {label}
          </li>
        ))}
      </ul>
    </figure>
  );
}
