import { useId, useState } from 'preact/hooks';
import type { NodeRulesView, RuleRow } from '#views/rules-view.ts';
import { fill } from '#words/fill.ts';
import { rulesWords } from '#words/ko.ts';
import { RuleText } from './Marks.tsx';

interface Props {
  readonly nodes: readonly NodeRulesView[];
  readonly chosen?: string | undefined;
  readonly lit?: ReadonlySet<string>;
  readonly onChoose?: (row: RuleRow) => void;
}

/** What the packet did with each rule of the chains it entered, node by node. */
export function RulesView({ nodes, ...rest }: Props) {
  return (
    <div class="rules">
      {nodes.length === 0 ? (
        <p class="cap">{rulesWords.noneForTrace}</p>
      ) : (
        <p class="legend">
          <span>
            <b class="hitmark">{rulesWords.hitMark}</b> {rulesWords.legendHit}
          </span>
          <span>
            <b>{rulesWords.passed}</b> {rulesWords.legendPassed}
          </span>
          <span>
            <b>{rulesWords.unseen}</b> {rulesWords.legendUnseen}
          </span>
        </p>
      )}
      {nodes.map((node) => (
        <NodeRules key={node.node} node={node} {...rest} />
      ))}
    </div>
  );
}

function NodeRules({ node, chosen, lit, onChoose }: { node: NodeRulesView } & Omit<Props, 'nodes'>) {
  const id = useId();
  const [isFull, setFull] = useState(false);
  const asides = node.rows.filter((row) => row.aside).length;
  const rows = isFull ? node.rows : node.rows.filter((row) => !row.aside || chosen === row.id);
  return (
    <>
      <h4 id={id}>
        {fill(rulesWords.title, { node: node.node })} <span class="cap-note">· {rulesWords.note}</span>
      </h4>
      <table aria-labelledby={id}>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.id}
              class={rowClass(row, chosen === row.id, lit?.has(row.id) === true)}
              aria-current={chosen === row.id ? 'true' : undefined}
            >
              <th scope="row">
                {onChoose === undefined || row.stepIndex === undefined ? (
                  <span class="stepno">{stateWord(row)}</span>
                ) : (
                  <button type="button" class="stepno" aria-pressed={chosen === row.id} onClick={() => onChoose(row)}>
                    {stateWord(row)}
                  </button>
                )}
              </th>
              <td lang="en">
                <RuleText words={row.words} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asides > 0 && (
        // Without a script it cannot be pressed, but stands where it will: waking up moves nothing.
        <button
          type="button"
          class="link foldrules"
          disabled={onChoose === undefined}
          aria-expanded={isFull}
          onClick={() => setFull(!isFull)}
        >
          {fill(isFull ? rulesWords.unfolded : rulesWords.folded, { count: asides })}
        </button>
      )}
    </>
  );
}

function stateWord({ state }: RuleRow): string {
  if (state.kind === 'hit') return fill(rulesWords.hit, { number: state.step });
  return state.kind === 'passed' ? rulesWords.passed : rulesWords.unseen;
}

function rowClass(row: RuleRow, chosen: boolean, lit: boolean): string {
  return [row.state.kind === 'hit' ? 'hit' : '', row.startsChain ? 'sep' : '', chosen ? 'on' : '', lit ? 'lit' : '']
    .filter(Boolean)
    .join(' ');
}
