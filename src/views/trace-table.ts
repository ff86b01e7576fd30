import type { FieldOrigin, Leg, Sender, Span, Step, Trace } from '#engine';
import { fill } from '#words/fill.ts';
import { legTitles, stepReasons, traceWords } from '#words/ko.ts';
import { type OutcomeView, outcomeView, probeCommand } from './outcome.ts';
import { type PlaceView, type Role, roleOf } from './role.ts';
import { type RuleWord, ruleWords } from './rule-words.ts';

/** Finds the YAML of a field; {@link SourceMap.locate} of the snapshot the trace was made in. */
export type Locate = (origin: FieldOrigin) => { readonly key?: Span; readonly value: Span } | undefined;

/** An address of a packet as the table shows it; `after` only when the step rewrote it. */
export interface AddressView {
  readonly before: string;
  readonly after?: string;
}

/** A line of YAML that had a say in a step. */
export interface YamlLine {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** The last part of the field's path: `targetPort`. */
  readonly field: string;
}

export interface TraceRow {
  readonly index: number;
  /** As people count, from 1. */
  readonly number: number;
  readonly place: PlaceView;
  readonly why: string;
  /** Exact odds of a random choice, `1/3`. */
  readonly odds?: string;
  readonly rule?: { readonly id: string; readonly words: readonly RuleWord[] };
  /** Text that is no rule but decided like one: a route, a conntrack entry. */
  readonly record?: string;
  readonly source?: AddressView;
  readonly destination?: AddressView;
  /** The packet's mark when the step set or cleared it, as `0x4000`. */
  readonly mark?: AddressView;
  /** YAML lines behind the step's rule, most telling first, each once. */
  readonly lines: readonly YamlLine[];
  readonly last: boolean;
}

export interface TraceGroup {
  readonly leg: Leg;
  readonly title: string;
  readonly role: Role;
  readonly rows: readonly TraceRow[];
}

export interface TraceTableView {
  readonly command: string;
  readonly sender: string;
  readonly outcome: OutcomeView;
  readonly stepCount: number;
  readonly seed?: number;
  readonly groups: readonly TraceGroup[];
}

const legs: readonly Leg[] = ['dns', 'out', 'back'];

/** The trace as a table: three row groups (name, way out, way back), one row a step. */
export function traceTable(trace: Trace, locate: Locate): TraceTableView {
  const last = trace.steps.at(-1)?.index;
  const groups = legs.flatMap((leg): TraceGroup[] => {
    const rows = trace.steps
      .filter((step) => step.leg === leg)
      .map((step) => traceRow(step, trace.probe.from, locate, step.index === last));
    return rows.length === 0 ? [] : [{ leg, title: legTitles[leg], role: leg === 'dns' ? 'dns' : 'packet', rows }];
  });
  return {
    command: probeCommand(trace.probe),
    sender: trace.probe.from.name,
    outcome: outcomeView(trace.end),
    stepCount: trace.steps.length,
    ...(trace.seed === undefined ? {} : { seed: trace.seed }),
    groups,
  };
}

function traceRow(step: Step, sender: Sender, locate: Locate, last: boolean): TraceRow {
  return {
    index: step.index,
    number: step.index + 1,
    place: placeView(step, sender),
    why: fill(stepReasons[step.reason.code], step.reason.args),
    ...(step.odds === undefined ? {} : { odds: `${step.odds.numerator}/${step.odds.denominator}` }),
    ...(step.rule === undefined ? {} : { rule: { id: step.rule.id, words: ruleWords(step.rule.text) } }),
    ...(step.rule === undefined ? recordOf(step) : {}),
    ...stepAddresses(step),
    lines: yamlLines(step.rule?.origins ?? step.origins ?? [], locate),
    last,
  };
}

function placeView(step: Step, sender: Sender): PlaceView {
  const role = roleOf(step.place, sender, step.leg === 'dns');
  const { place, rule, hook } = step;
  switch (place.kind) {
    case 'pod': {
      const detail = role === 'client' ? undefined : fill(traceWords.onNode, { node: place.node });
      return { role, name: place.name, ...(detail === undefined ? {} : { detail }) };
    }
    case 'node': {
      const detail = rule !== undefined ? `${rule.table} ${rule.chain}` : step.kind === 'nat.reverse' ? 'conntrack' : hook?.toUpperCase();
      return { role, name: place.name, ...(detail === undefined ? {} : { detail }) };
    }
    default:
      return { role, name: place.name };
  }
}

/** `10.96.1.100:80`; an ICMP packet has no port. */
export function endpointText(address: string, port: number | undefined): string {
  return port === undefined ? address : `${address}:${port}`;
}

/** The addresses of a step's packet, before and after; nothing where the step has no packet. */
export function stepAddresses({ before, after }: Step): Pick<TraceRow, 'source' | 'destination' | 'mark'> {
  const first = before ?? after;
  const second = after ?? before;
  if (first === undefined || second === undefined) return {};
  return {
    source: change(endpointText(first.source, first.sourcePort), endpointText(second.source, second.sourcePort)),
    destination: change(endpointText(first.destination, first.destinationPort), endpointText(second.destination, second.destinationPort)),
    ...(first.mark === second.mark ? {} : { mark: change(markText(first.mark), markText(second.mark)) }),
  };
}

function change(before: string, after: string): AddressView {
  return before === after ? { before } : { before, after };
}

function markText(mark: number): string {
  return `0x${mark.toString(16)}`;
}

/** What decided where no rule did: a route, or conntrack's entry on the way back. */
function recordOf(step: Step): { readonly record?: string } {
  if (step.route !== undefined) return { record: step.route };
  return step.conntrack !== undefined && step.kind === 'nat.reverse' ? { record: conntrackText(step) } : {};
}

/** As `conntrack -L` prints the two directions of an entry. */
function conntrackText(step: Step): string {
  const entry = step.conntrack;
  if (entry === undefined) return '';
  return [entry.original, entry.reply]
    .map((packet) => {
      const ports = packet.sourcePort === undefined ? '' : ` sport=${packet.sourcePort} dport=${packet.destinationPort ?? 0}`;
      return `src=${packet.source} dst=${packet.destination}${ports}`;
    })
    .join(' ');
}

/** The YAML lines of some fields, each once, in the order of the fields. Fields no manifest wrote are left out. */
export function yamlLines(origins: readonly FieldOrigin[], locate: Locate): readonly YamlLine[] {
  const lines = new Map<string, YamlLine>();
  for (const origin of origins) {
    const found = locate(origin);
    if (found === undefined) continue;
    const { file, start } = found.key ?? found.value;
    const key = `${file}:${start.line}`;
    if (!lines.has(key)) lines.set(key, { file, line: start.line, field: lastPart(origin.path) });
  }
  return [...lines.values()];
}

/** `spec.ports[0].targetPort` → `targetPort`; `spec.selector[app]` → `app`. */
function lastPart(path: string): string {
  return /(?:^|[.[])([^.[\]]+)\]?$/.exec(path)?.[1] ?? path;
}
