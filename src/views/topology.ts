import type { Packet, Place, Pod, Sender, Snapshot, Step, Trace } from '#engine';
import { fill } from '#words/fill.ts';
import { topologyWords } from '#words/topology.ts';
import { outcomeView } from './outcome.ts';

/** A box of the picture. Coordinates are of the picture's own units; the component only draws. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface NodeLane extends Box {
  readonly name: string;
  readonly address: string;
  /** Where the node's rules stand. */
  readonly rules: Box;
  readonly pods: readonly PodBox[];
  /** Pods that are there but not drawn. */
  readonly more: number;
}

export interface PodBox extends Box {
  readonly name: string;
  readonly address: string;
  /** The trace ended in it. */
  readonly chosen: boolean;
}

export interface SenderMark {
  readonly kind: 'client' | 'outside' | 'node';
  readonly name: string;
  readonly address: string;
  readonly x: number;
  readonly y: number;
}

/** One tick of the path: a step of the way out, numbered as in the trace table. */
export interface StepMark {
  readonly index: number;
  readonly number: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Who stands where, and the way one packet took: lanes for nodes, Pods at their right, the sender at their left. Lanes and Pods that would not fit
 * are counted instead of drawn; the trace's own are always drawn.
 */
export interface TopologyView {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly NodeLane[];
  /** Nodes that are there but not drawn. */
  readonly moreNodes: number;
  readonly sender?: SenderMark;
  /** Corners of the path, in order; empty when no packet was sent. */
  readonly path: readonly { readonly x: number; readonly y: number }[];
  readonly steps: readonly StepMark[];
  /** How it ended, drawn at the path's end. */
  readonly mark: 'ok' | 'refused' | 'dropped' | 'unknown';
  readonly title: string;
  /** The picture in words. */
  readonly description: string;
}

const laneLeft = 128;
const laneWidth = 500;
const senderX = 56;
const rulesX = laneLeft + 16;
const rulesWidth = 168;
/** Where paths cross from lane to lane, between rules and Pods. */
const crossingX = rulesX + rulesWidth + 42;
const podX = laneLeft + laneWidth - 164;
const podWidth = 148;
const podHeight = 46;
const podGap = 8;
/** Between the ticks of steps that stand outside the rules. */
const tickGap = 18;
const laneTop = 36;
const laneGap = 20;
const maxLanes = 5;
const maxPodsInLane = 6;

/** Lays out the topology of one namespace's Pods around a trace. */
export function topology(snapshot: Snapshot, trace: Trace): TopologyView {
  const out = trace.steps.filter((step) => step.leg === 'out');
  const visited = new Set(out.flatMap(({ place }) => nodeOf(place) ?? []));
  const receiver = trace.end.kind === 'delivered' || trace.end.kind === 'refused' ? placeOfEnd(trace) : undefined;
  const { lanes, moreNodes, height } = layOutLanes(snapshot, trace.probe.from, visited, receiver);
  const sender = senderMark(snapshot, trace, lanes);
  const stops = stopsOf(out, lanes, sender);
  const outcome = outcomeView(trace.end);
  return {
    width: laneLeft + laneWidth + 8,
    height,
    lanes,
    moreNodes,
    ...(sender === undefined ? {} : { sender }),
    path: stops.path,
    steps: stops.steps,
    mark: outcome.mark,
    title: fill(topologyWords.title, { sender: trace.probe.from.name, target: trace.probe.host }),
    description: [
      fill(topologyWords.from, { sender: trace.probe.from.name }),
      ...nodesOnTheWay(out),
      `${outcome.word}. ${outcome.detail}`,
    ].join(' '),
  };
}

function nodeOf(place: Place): string | undefined {
  return place.kind === 'pod' ? place.node : place.kind === 'node' ? place.name : undefined;
}

function placeOfEnd({ end, steps }: Trace): Place | undefined {
  return end.kind === 'delivered' ? end.to : end.kind === 'refused' ? steps[end.step]?.place : undefined;
}

function layOutLanes(
  { cluster, store }: Snapshot,
  from: Sender,
  visited: ReadonlySet<string>,
  receiver: Place | undefined,
): { readonly lanes: readonly NodeLane[]; readonly moreNodes: number; readonly height: number } {
  const isSender = (pod: Pod): boolean =>
    from.kind === 'pod' && from.name === pod.metadata.name && from.namespace === pod.metadata.namespace;
  const isReceiver = (pod: Pod): boolean =>
    receiver?.kind === 'pod' && receiver.name === pod.metadata.name && receiver.namespace === pod.metadata.namespace;
  const namespaces = new Set([
    'default',
    ...(from.kind === 'pod' ? [from.namespace] : []),
    ...(receiver?.kind === 'pod' ? [receiver.namespace] : []),
  ]);
  const pods = store.list<Pod>('Pod').filter((pod) => namespaces.has(pod.metadata.namespace ?? '') && !isSender(pod));
  const wanted = [...cluster.nodes].sort((a, b) => Number(visited.has(b.name)) - Number(visited.has(a.name))).slice(0, maxLanes);
  const shown = cluster.nodes.filter((node) => wanted.includes(node));
  const lanes: NodeLane[] = [];
  let y = 8;
  for (const node of shown) {
    const here = pods.filter((pod) => pod.spec.nodeName === node.name).sort((a, b) => Number(isReceiver(b)) - Number(isReceiver(a)));
    const drawn = here.slice(0, maxPodsInLane).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    const rows = Math.max(1, drawn.length);
    const height = laneTop + Math.max(72, rows * (podHeight + podGap)) + 12;
    const rules = { x: rulesX, y: y + laneTop, width: rulesWidth, height: height - laneTop - 12 };
    const boxes = drawn.map((pod, row) => ({
      name: pod.metadata.name,
      address: pod.status.podIP ?? '',
      chosen: isReceiver(pod),
      x: podX,
      y: y + laneTop + row * (podHeight + podGap),
      width: podWidth,
      height: podHeight,
    }));
    lanes.push({
      name: node.name,
      address: node.address,
      x: laneLeft,
      y,
      width: laneWidth,
      height,
      rules,
      pods: boxes,
      more: here.length - drawn.length,
    });
    y += height + laneGap;
  }
  return { lanes, moreNodes: cluster.nodes.length - shown.length, height: y - laneGap + 8 };
}

function senderMark({ cluster, store }: Snapshot, { probe, steps }: Trace, lanes: readonly NodeLane[]): SenderMark | undefined {
  const { from } = probe;
  const entry = steps.flatMap(({ leg, place }) => (leg === 'out' ? (nodeOf(place) ?? []) : []))[0];
  const pod = from.kind === 'pod' ? (store.get('Pod', from.namespace, from.name) as Pod | undefined) : undefined;
  const lane = lanes.find((candidate) => candidate.name === (pod?.spec.nodeName ?? (from.kind === 'node' ? from.name : entry))) ?? lanes[0];
  if (lane === undefined) return undefined;
  const address =
    pod?.status.podIP ??
    (from.kind === 'node' ? cluster.nodes : cluster.outside).find((candidate) => candidate.name === from.name)?.address ??
    '';
  const kind = from.kind === 'pod' ? 'client' : from.kind;
  return { kind, name: from.name, address, x: senderX, y: middle(lane.rules) };
}

/** The way through the lanes: steps inside a node stand along its rules, a Pod's at its box, one beyond the cluster at the sender's side. */
function stopsOf(out: readonly Step[], lanes: readonly NodeLane[], sender: SenderMark | undefined): Pick<TopologyView, 'path' | 'steps'> {
  if (sender === undefined || out.length === 0) return { path: [], steps: [] };
  const path: Point[] = [{ x: sender.x, y: sender.y }];
  const steps: StepMark[] = [];
  let lane = lanes.find((candidate) => middle(candidate.rules) === sender.y);
  for (const step of out) {
    const { place } = step;
    const name = nodeOf(place);
    lane = lanes.find((candidate) => candidate.name === name) ?? lane;
    const box = place.kind === 'pod' ? lane?.pods.find((pod) => pod.name === place.name) : undefined;
    const point = box === undefined ? pointOf(step, out, lane, sender) : { x: box.x, y: middle(box) };
    goTo(path, point);
    steps.push({ index: step.index, number: step.index + 1, ...(box === undefined ? point : { x: box.x - tickGap, y: point.y }) });
  }
  return { path, steps };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lines go across and down only; they change their height between rules and Pods. */
function goTo(path: Point[], to: Point): void {
  const from = path.at(-1);
  if (from !== undefined && from.y !== to.y) path.push({ x: crossingX, y: from.y }, { x: crossingX, y: to.y });
  path.push(to);
}

function pointOf(step: Step, out: readonly Step[], lane: NodeLane | undefined, sender: SenderMark): Point {
  // The sender's own steps, and whatever happens beyond the cluster.
  if (lane === undefined || step.place.kind !== 'node') {
    const own = out.filter(({ place }) => place.kind !== 'node');
    return { x: sender.x + 42 + own.indexOf(step) * tickGap, y: sender.y };
  }
  const here = out.filter(({ place }) => place.kind === 'node' && place.name === lane.name);
  const gap = Math.min(40, (lane.rules.width - 32) / Math.max(1, here.length - 1));
  return { x: lane.rules.x + 16 + here.indexOf(step) * gap, y: middle(lane.rules) };
}

function middle({ y, height }: Box): number {
  return y + Math.round(height / 2);
}

function nodesOnTheWay(out: readonly Step[]): readonly string[] {
  const names = [...new Set(out.flatMap(({ place }) => (place.kind === 'node' ? [place.name] : [])))];
  const rewritten = out.find(
    ({ before, after }) => before !== undefined && after !== undefined && destination(before) !== destination(after),
  );
  const by =
    rewritten === undefined
      ? []
      : [fill(topologyWords.rewritten, { node: nodeOf(rewritten.place) ?? '', address: destination(rewritten.after) })];
  return [...(names.length === 0 ? [] : [fill(topologyWords.through, { nodes: names.join(', ') })]), ...by];
}

function destination(packet: Packet | undefined): string {
  if (packet === undefined) return '';
  return packet.destinationPort === undefined ? packet.destination : `${packet.destination}:${packet.destinationPort}`;
}
