import { useId } from 'preact/hooks';
import type { NodeLane, PodBox, SenderMark, TopologyView } from '#views/topology.ts';
import { fill } from '#words/fill.ts';
import { topologyWords } from '#words/topology.ts';

interface Props {
  readonly view: TopologyView;
  /** Index of the chosen step: the packet stands there. */
  readonly chosen?: number | undefined;
  readonly onChoose?: (index: number) => void;
}

/**
 * Who stands where and which way the packet took. The steps carry the numbers of the trace table, which says all of it in words; the picture's own
 * description repeats the essence for whoever does not see it.
 */
export function Topology({ view, chosen, onChoose }: Props) {
  const id = useId();
  const { width, height, lanes, sender, path, steps, mark, moreNodes } = view;
  const at = steps.find((step) => step.index === chosen) ?? steps.at(-1);
  return (
    <figure class="topology">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-t ${id}-d`}>
        <title id={`${id}-t`}>{view.title}</title>
        <desc id={`${id}-d`}>{view.description}</desc>
        {lanes.map((lane) => (
          <Lane key={lane.name} lane={lane} />
        ))}
        {path.length > 1 && (
          <path class={`path ${mark}`} d={path.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')} />
        )}
        {steps.map(({ index, number, x, y }) => (
          <g key={index} class={index === chosen ? 'on' : undefined}>
            <path class="tick" d={`M${x} ${y}v-10`} />
            <text x={x} y={y - 14} text-anchor="middle" class={index === chosen ? 'b t-packet' : 'b'}>
              {number}
            </text>
          </g>
        ))}
        {sender !== undefined && <Sender sender={sender} />}
        {at !== undefined && <path class="pk walker" d="M0-8 8 0 0 8-8 0z" style={`transform: translate(${at.x}px, ${at.y}px)`} />}
      </svg>
      {onChoose !== undefined && steps.length > 0 && (
        <p class="hops">
          {steps.map(({ index, number }) => (
            <button key={index} type="button" class="link" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
              {fill(topologyWords.step, { number })}
            </button>
          ))}
        </p>
      )}
      <figcaption>
        {topologyWords.caption} {moreNodes > 0 && fill(topologyWords.moreNodes, { count: moreNodes })}
      </figcaption>
    </figure>
  );
}

function Lane({ lane }: { lane: NodeLane }) {
  const { x, y, width, height, name, address, rules, pods, more } = lane;
  return (
    <g>
      <rect class="g-node" x={x} y={y} width={width} height={height} />
      <text x={x + 12} y={y + 23} class="t-node b">
        {fill(topologyWords.node, { name })}
      </text>
      <text x={x + 124} y={y + 23} class="mono q">
        {address}
      </text>
      <rect class="g-rules" x={rules.x} y={rules.y} width={rules.width} height={rules.height} />
      <text x={rules.x + 10} y={rules.y + rules.height - 10} class="q">
        {topologyWords.rules}
      </text>
      {pods.map((pod) => (
        <PodMark key={pod.name} pod={pod} />
      ))}
      {more > 0 && (
        <text x={x + width - 12} y={y + 23} text-anchor="end" class="q">
          {fill(topologyWords.more, { count: more })}
        </text>
      )}
    </g>
  );
}

/** Long names lose their middle: both ends of a generated name tell Pods apart. */
const longestName = 20;

function PodMark({ pod }: { pod: PodBox }) {
  const { x, y, width, height, name, address, chosen } = pod;
  const shown = name.length > longestName ? `${name.slice(0, 10)}…${name.slice(-8)}` : name;
  return (
    <g>
      <rect class={chosen ? 'g-pod on' : 'g-pod'} x={x} y={y} width={width} height={height} rx={8} />
      <text x={x + width / 2} y={y + 19} text-anchor="middle" class={chosen ? 'b t-on' : 'b t-pod'}>
        {shown}
      </text>
      <text x={x + width / 2} y={y + 36} text-anchor="middle" class={chosen ? 'mono t-on' : 'mono'}>
        {address}
      </text>
    </g>
  );
}

function Sender({ sender }: { sender: SenderMark }) {
  const { kind, name, address, x, y } = sender;
  return (
    <g>
      {kind === 'outside' && <circle class="g-outside" cx={x} cy={y} r={30} />}
      {kind === 'node' ? (
        <rect class="g-pod node" x={x - 28} y={y - 28} width={56} height={56} />
      ) : (
        <circle class={kind === 'outside' ? 'g-outside' : 'g-client'} cx={x} cy={y} r={kind === 'outside' ? 24 : 28} />
      )}
      <text x={x} y={y + 5} text-anchor="middle" class={`b ${kind === 'outside' ? 't-outside' : kind === 'node' ? 't-node' : 't-client'}`}>
        {name.length > 8 ? `${name.slice(0, 7)}…` : name}
      </text>
      <text x={x} y={y + 48} text-anchor="middle" class="mono">
        {address}
      </text>
    </g>
  );
}
