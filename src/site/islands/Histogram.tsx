import type { HistogramRow, HistogramView } from '#views/histogram.ts';
import { fill } from '#words/fill.ts';
import { histogramWords } from '#words/ko.ts';
import { RoleMark } from './Marks.tsx';

/** Where many connections went. One block is some connections; the line is the expectation, the band two standard deviations. */
export function Histogram({ view, caption, note }: { view: HistogramView; caption?: string | undefined; note?: string | undefined }) {
  const { equal } = view;
  return (
    <table class="hist">
      <caption>
        <b>{caption ?? fill(histogramWords.title, { times: view.times })}</b>{' '}
        <span class="q">{fill(histogramWords.block, { count: rounded(view.block) })}</span>
      </caption>
      <thead class="vh">
        <tr>
          <th scope="col">{histogramWords.receiver}</th>
          <th scope="col">{histogramWords.count}</th>
          <th scope="col">{histogramWords.bar}</th>
        </tr>
      </thead>
      <tbody>
        {view.rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              <RoleMark kind="pod">{row.name}</RoleMark>
            </th>
            <td class="n">{row.count}</td>
            <td>
              <div class="bar" style={barStyle(row, view)} aria-hidden="true">
                <i />
              </div>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={3}>
            {note ??
              (equal === undefined
                ? histogramWords.unequal
                : fill(histogramWords.equal, { expected: rounded(equal.expected), low: equal.low, high: equal.high }))}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function barStyle(row: HistogramRow, { scale }: HistogramView): Record<string, string> {
  const share = (value: number) => `${((value / scale) * 100).toFixed(3)}%`;
  return { '--v': share(row.count), '--e': share(row.expected), '--lo': share(row.low), '--w': share(row.high - row.low) };
}

/** Up to one decimal place. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
