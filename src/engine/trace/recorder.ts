import type { FieldOrigin } from '../diagnostics/diagnostic.ts';
import type { Odds } from '../kernel/chance.ts';
import type { Hook } from '../kernel/hook.ts';
import { findVirtualServer, virtualServerKey } from '../kernel/ipvs/virtual-server.ts';
import type { StageRun } from '../kernel/netfilter.ts';
import type { IpvsRules, NodeRules } from '../kernel/node-rules.ts';
import type { Packet } from '../kernel/packet.ts';
import type { RulePurpose } from '../kernel/rule-purpose.ts';
import type { RuleEffect } from '../kernel/stage.ts';
import { chainRefs } from './rule-refs.ts';
import type { ConntrackEntry, Leg, Place, RuleRef, Step, StepKind, StepReason, StepReasonCode } from './trace.ts';

/** A step as its maker knows it; the recorder adds its number, its leg and the rules looked at on the way to it. */
export interface StepDraft {
  readonly kind: StepKind;
  readonly place: Place;
  readonly reason: StepReason;
  readonly hook?: Hook;
  readonly before?: Packet;
  readonly after?: Packet;
  readonly rule?: RuleRef;
  readonly origins?: readonly FieldOrigin[];
  readonly odds?: Odds;
  readonly route?: string;
  readonly conntrack?: ConntrackEntry;
}

/** Writes a journey down while it happens. Used inside one trace only; what it hands out is immutable. */
export interface Recorder {
  leg: Leg;
  /** Index of the step. */
  add(draft: StepDraft): number;
  /** The steps that one stage's rules give rise to. */
  addStage(rules: NodeRules, hook: Hook, run: StageRun): void;
  /** Notes that a node now knows a connection, and writes it into the step that translated its destination. */
  addConnection(entry: ConntrackEntry): void;
  /** Bytes have gone so many times between the kernel and a process that only passes them on. */
  addCrossings(count: number): void;
  /** Notes that who was met before has decided, or could have. */
  noteMemory(): void;
  readonly crossings: number;
  readonly steps: readonly Step[];
  readonly connections: readonly ConntrackEntry[];
  readonly rulesWalked: number;
  readonly askedMemory: boolean;
}

export function reason(code: StepReasonCode, args: Readonly<Record<string, string | number | undefined>> = {}): StepReason {
  const given = Object.entries(args).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return { code, args: Object.fromEntries(given) };
}

export function newRecorder(): Recorder {
  const steps: Step[] = [];
  const connections: ConntrackEntry[] = [];
  let passed: RuleRef[] = [];
  let walked: RuleRef[] = [];
  let lastRule: RuleRef | undefined;
  let rulesWalked = 0;
  let crossings = 0;
  let askedMemory = false;

  const recorder: Recorder = {
    leg: 'out',
    steps,
    connections,
    get crossings() {
      return crossings;
    },
    addCrossings(count) {
      crossings += count;
    },
    noteMemory() {
      askedMemory = true;
    },
    get rulesWalked() {
      return rulesWalked;
    },
    get askedMemory() {
      return askedMemory;
    },
    add(draft) {
      const index = steps.length;
      const rule = draft.rule ?? (speaksForItself(draft.kind) ? undefined : lastRule);
      if (lastRule !== undefined && rule !== lastRule) walked.push(lastRule);
      steps.push({ ...draft, index, leg: recorder.leg, ...(rule === undefined ? {} : { rule }), passed, walked });
      passed = [];
      walked = [];
      lastRule = undefined;
      return index;
    },
    addStage(rules, hook, run) {
      askedMemory ||= run.outcome.askedMemory;
      const { visits } = run.outcome;
      let lead: { readonly rule: RuleRef; readonly purpose: RulePurpose } | undefined;
      for (const visit of visits) {
        rulesWalked += visit.count;
        const { refs, purposes } = chainRefs(rules, visit.table, visit.chain);
        const first = visit.position - 1;
        if (visit.effect === undefined) {
          for (let index = first; index < first + visit.count; index++) {
            const ref = refs[index];
            if (ref !== undefined) passed.push(ref);
          }
          continue;
        }
        const rule = refs[first];
        const purpose = purposes[first];
        if (rule === undefined || purpose === undefined) continue;
        // nftables rejects in a chain of its own; what sent the packet there is the rule that decided.
        const decided = visit.effect === 'reject' && lead?.purpose === purpose ? lead.rule : rule;
        if (decided !== rule) walked = [...walked.filter((ref) => ref !== decided), rule];
        if (visit.effect === 'jump') lead = { rule, purpose };
        const draft = stepOfRule(decided, purpose, visit.effect, rules, hook, run);
        if (draft !== undefined) recorder.add(draft);
        else if (purpose === 'unmarked') lastRule = rule;
        else walked.push(rule);
      }
    },
    addConnection(entry) {
      connections.push(entry);
      const index = steps.findLastIndex(
        (step) => (step.kind === 'nat.dnat' || step.kind === 'nat.snat') && step.place.kind === 'node' && step.place.name === entry.node,
      );
      const step = steps[index];
      if (step !== undefined) steps[index] = { ...step, conntrack: entry };
    },
  };
  return recorder;
}

/** Steps about something else than what rules left the packet alone; they do not borrow the rule that did. */
function speaksForItself(kind: StepKind): boolean {
  return kind !== 'net.forward' && kind !== 'pod.accept';
}

/** The step a matching rule deserves; `undefined` for rules that only lead on. */
function stepOfRule(
  rule: RuleRef,
  purpose: RulePurpose,
  effect: RuleEffect,
  rules: NodeRules,
  hook: Hook,
  run: StageRun,
): StepDraft | undefined {
  const { before, after, outcome } = run;
  const place: Place = { kind: 'node', name: rules.node };
  const name = serviceName(rule);
  const still = { place, hook, rule, before, after: before };
  if (effect === 'pick')
    return rules.backend === 'ipvs' ? scheduledStep(still, rules, outcome.odds, after) : pickStep(still, outcome.odds, after);
  if (effect === 'recall') return rememberedStep(still, after);
  switch (effect === 'jump' ? purpose : undefined) {
    case 'service-address':
      return { ...still, kind: 'rule.match', reason: reason('rule-service-portal', { name, port: before.destinationPort }) };
    case 'node-port':
      return { ...still, kind: 'rule.match', reason: reason('rule-node-port', { name, port: before.destinationPort }) };
    case 'pick':
      return pickStep(still, outcome.odds, after);
    case 'remembered-pick':
      return rememberedStep(still, after);
    default:
      return stepOfVerdict(rule, purpose, effect, place, hook, run);
  }
}

type Unchanged = Pick<StepDraft, 'place' | 'hook' | 'rule' | 'before' | 'after'>;

function rememberedStep(still: Unchanged, after: Packet): StepDraft {
  return { ...still, kind: 'lb.pick', reason: reason('pick-remembered', { address: endpointText(after) }) };
}

/** IPVS chooses by a rule of its own; the odds are those of what it does not tell, such as where a round stands. */
function scheduledStep(still: Unchanged, { virtualServers }: IpvsRules, odds: Odds, after: Packet): StepDraft {
  const { destination, destinationPort, protocol } = still.before ?? after;
  const server = virtualServers[findVirtualServer(virtualServers, virtualServerKey(destination, destinationPort, protocol))];
  const count = server?.realServers.length ?? 1;
  const address = endpointText(after);
  const why =
    count === 1 ? reason('pick-only-endpoint', { address }) : reason('pick-by-scheduler', { scheduler: server?.scheduler, count, address });
  return { ...still, kind: 'lb.pick', odds, reason: why };
}

function endpointText({ destination, destinationPort }: Packet): string {
  return `${destination}:${destinationPort ?? ''}`;
}

function pickStep(still: Unchanged, odds: Odds, after: Packet): StepDraft {
  const address = endpointText(after);
  const count = odds.denominator;
  const why = count === 1 ? reason('pick-only-endpoint', { address }) : reason('pick-endpoint', { count, address });
  return { ...still, kind: 'lb.pick', odds, reason: why };
}

function stepOfVerdict(
  rule: RuleRef,
  purpose: RulePurpose,
  effect: RuleEffect,
  place: Place,
  hook: Hook,
  { before, after }: StageRun,
): StepDraft | undefined {
  const node = place.name;
  const args = { name: serviceName(rule), node, source: before.source, destination: before.destination, port: before.destinationPort };
  const shared = { place, hook, rule, before } as const;
  switch (effect) {
    case 'redirect':
      return before === after
        ? { ...shared, kind: 'drop', after, reason: reason('drop-redirect-without-address', { port: before.destinationPort }) }
        : { ...shared, kind: 'nat.dnat', after, reason: reason('redirect-to-relay', { name: args.name, port: after.destinationPort }) };
    case 'dnat':
      if (purpose === 'relay') {
        const why = reason('redirect-to-relay', { name: args.name, port: after.destinationPort });
        return { ...shared, kind: 'nat.dnat', after, reason: why };
      }
      return {
        ...shared,
        kind: 'nat.dnat',
        after,
        reason: reason('dnat-to-endpoint', { address: after.destination, port: after.destinationPort }),
      };
    case 'masquerade':
      return { ...shared, kind: 'nat.snat', after, reason: reason('snat-to-node', { address: after.source, node }) };
    case 'drop':
      return { ...shared, kind: 'drop', after: before, reason: reason(dropReasons[purpose] ?? 'drop-by-rule', args) };
    case 'reject':
      return { ...shared, kind: 'reject', after: before, reason: reason(rejectReasons[purpose] ?? 'reject-by-rule', args) };
    default:
      return undefined;
  }
}

const dropReasons: Partial<Record<RulePurpose, StepReasonCode>> = {
  'no-local-endpoints': 'drop-no-local-endpoints',
  'outside-source-ranges': 'drop-source-not-allowed',
  'unallocated-address': 'drop-unallocated-address',
  invalid: 'drop-invalid',
};

const rejectReasons: Partial<Record<RulePurpose, StepReasonCode>> = {
  'no-endpoints': 'reject-no-endpoints',
  'not-a-service-port': 'reject-not-a-service-port',
};

function serviceName(rule: RuleRef): string | undefined {
  return rule.origins[0]?.object.name;
}
