import type { IPv4 } from '../api/ipv4.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Pod } from '../api/pod.ts';
import { controllerOf } from '../api/workload.ts';
import type { Enumeration, Place, PossibleTrace, RuleRef, Step, Trace, TraceEnd } from '../trace/trace.ts';

/** What a probe comes to in one cluster, in three keys; the first is about the end only, each of the others about more of the way. */
export interface ProbeOutcome {
  readonly enumeration: Enumeration;
  /**
   * `end`: who answers, with which chance and what they see. `way`: the decisions on the way. `packet`: the addresses as well. Pods of one workload
   * count as one another here, as their names and addresses are the cluster's own choice.
   */
  readonly keys: Readonly<Record<OutcomeLevel, string>>;
}

export type OutcomeLevel = 'end' | 'way' | 'packet';

export const outcomeLevels: readonly OutcomeLevel[] = ['end', 'way', 'packet'];

/** What a probe met in one cluster where, in the other, it met something else. */
export interface Decision {
  /** The first step that differs. Absent: the journey had ended by then. */
  readonly step?: Step;
  /** The rule behind that step. */
  readonly rule?: RuleRef;
  readonly end: TraceEnd;
  /** Every possible end, each once, the likeliest first. */
  readonly possible: readonly { readonly end: TraceEnd; readonly probability: number }[];
  /** The journey looked at: one that shows the difference. */
  readonly trace: Trace;
}

export function probeOutcome(store: ObjectStore, enumeration: Enumeration): ProbeOutcome {
  const names = namesOf(store);
  const keyOf = (write: (possible: PossibleTrace) => string) => {
    const lines = enumeration.possible.map((possible) => `${possible.probability.toFixed(9)} ${write(possible)}`);
    return [String(enumeration.sticky), ...lines.sort()].join('\n');
  };
  const keys = {
    end: keyOf(({ trace }) => endKey(trace.end, names)),
    way: keyOf(({ trace }) => trace.steps.map(({ kind, place, reason }) => `${kind} ${place.kind} ${reason.code}`).join('\n')),
    packet: keyOf(({ trace }) => trace.steps.map(stepKey).join('\n')),
  };
  return { enumeration, keys };
}

/** Where two outcomes part: a journey of each, alike for as long as can be, and the first steps that differ. */
export function partingOf(one: ProbeOutcome, other: ProbeOutcome): { readonly before: Decision; readonly after: Decision } {
  const [old, fresh] = likestPair(telling(one.enumeration, other.enumeration), telling(other.enumeration, one.enumeration));
  const parted = firstDifference(old.steps, fresh.steps, stepKey) ?? firstDifference(old.steps, fresh.steps, ruleKey);
  return { before: decision(one.enumeration, old, parted), after: decision(other.enumeration, fresh, parted) };
}

/** Journeys whose end the other cluster does not know; all of them where it knows every one. */
function telling({ possible }: Enumeration, other: Enumeration): readonly Trace[] {
  const known = new Set(other.possible.map(({ trace }) => plainEndKey(trace.end)));
  const fresh = possible.filter(({ trace }) => !known.has(plainEndKey(trace.end)));
  return (fresh.length > 0 ? fresh : possible).map(({ trace }) => trace);
}

/** More pairs than this are not compared: where there are hundreds of endpoints any two will do. */
const mostPairs = 400;

function likestPair(olds: readonly Trace[], freshes: readonly Trace[]): readonly [Trace, Trace] {
  let best: { readonly pair: readonly [Trace, Trace]; readonly shared: number } | undefined;
  let pairs = 0;
  for (const old of olds) {
    for (const fresh of freshes) {
      if (best !== undefined && pairs >= mostPairs) return best.pair;
      pairs += 1;
      const shared = firstDifference(old.steps, fresh.steps, stepKey) ?? Number.POSITIVE_INFINITY;
      if (best === undefined || shared > best.shared) best = { pair: [old, fresh], shared };
    }
  }
  // An enumeration has at least one journey, so there is a pair.
  return (best as { readonly pair: readonly [Trace, Trace] }).pair;
}

function firstDifference(old: readonly Step[], fresh: readonly Step[], key: (step: Step) => string): number | undefined {
  const length = Math.max(old.length, fresh.length);
  for (let index = 0; index < length; index++) {
    const [one, other] = [old[index], fresh[index]];
    if (one === undefined || other === undefined || key(one) !== key(other)) return index;
  }
  return undefined;
}

function decision({ possible }: Enumeration, trace: Trace, at: number | undefined): Decision {
  const step = at === undefined ? undefined : trace.steps[at];
  const ends = new Map<string, { readonly end: TraceEnd; readonly probability: number }>();
  for (const each of possible) {
    const key = plainEndKey(each.trace.end);
    ends.set(key, { end: each.trace.end, probability: (ends.get(key)?.probability ?? 0) + each.probability });
  }
  return {
    ...(step === undefined ? {} : { step }),
    ...(step?.rule === undefined ? {} : { rule: step.rule }),
    end: trace.end,
    possible: [...ends.values()].sort((one, other) => other.probability - one.probability),
    trace,
  };
}

/** A step without what chance gave it: the sender's port, on the way out as a source and on the way back as a destination. */
function stepKey({ leg, kind, place, reason, after, odds }: Step): string {
  const { mark: _mark, sourcePort, destinationPort, ...addresses } = after ?? { mark: 0 };
  return JSON.stringify([leg, kind, place, reason, addresses, leg === 'back' ? sourcePort : destinationPort, odds]);
}

function ruleKey({ rule }: Step): string {
  return rule?.text ?? '';
}

function plainEndKey(end: TraceEnd): string {
  return end.kind === 'not-modelled' ? JSON.stringify(end) : JSON.stringify({ ...end, step: 0 });
}

function endKey(end: TraceEnd, names: Names): string {
  if (end.kind === 'not-modelled') return JSON.stringify(end);
  if (end.kind === 'delivered') return JSON.stringify(['delivered', names.place(end.to), names.address(end.sourceSeen), end.httpStatus]);
  const { step: _, ...rest } = end;
  return JSON.stringify('by' in rest ? { ...rest, by: names.place(rest.by) } : rest);
}

interface Names {
  place(place: Place): string;
  address(address: IPv4): string;
}

function namesOf(store: ObjectStore): Names {
  const byAddress = new Map<string, string>();
  for (const pod of store.list<Pod>('Pod')) {
    const address = pod.status.podIP;
    if (address !== undefined && pod.spec.hostNetwork !== true) byAddress.set(address, workloadName(store, pod));
  }
  return {
    place(place) {
      const pod = place.kind === 'pod' ? store.get<Pod>('Pod', place.namespace, place.name) : undefined;
      return pod === undefined ? `${place.kind} ${place.name}` : workloadName(store, pod);
    },
    address: (address) => byAddress.get(address) ?? address,
  };
}

/** The workload a Pod is one of many of, or the Pod itself. */
function workloadName(store: ObjectStore, object: KubeObject): string {
  const owner = controllerOf(object.metadata);
  const above = owner === undefined ? undefined : store.get(owner.kind, object.metadata.namespace, owner.name);
  if (above !== undefined) return workloadName(store, above);
  return `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
