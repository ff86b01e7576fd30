import type { Container, ContainerStatus, Pod } from '../api/pod.ts';
import { type Probe, type ProbeKind, probeOf, probeSucceeds } from './probe.ts';
import type { PodProgram } from './program.ts';

/** Probes of a Pod that fail although its program would answer: something went wrong inside. */
export type Faults = ReadonlySet<ProbeKind>;

/** Equal outcomes in a row of one probe, while they are too few to count. By `container/kind`. */
export type Streaks = ReadonlyMap<string, { readonly succeeded: boolean; readonly length: number }>;

/** What a round of probes came to for one container. */
export interface ProbeRound {
  readonly status: ContainerStatus;
  /** The startup or liveness probe has failed often enough: the container has to be restarted. */
  readonly restart: boolean;
  readonly failed: readonly ProbeKind[];
}

const kinds: readonly ProbeKind[] = ['startupProbe', 'readinessProbe', 'livenessProbe'];
const defaultPeriod = 10;
const defaultFailures = 3;

/**
 * When a Pod's probes have to run next, after `now`; `undefined` when nothing they could say would change anything. A probe runs every
 * `periodSeconds` from the start of its container, once `initialDelaySeconds` are over.
 */
export function nextProbeTime(pod: Pod, program: PodProgram, faults: Faults, streaks: Streaks, now: number): number | undefined {
  const times = eachProbe(pod).flatMap(({ container, status, kind, probe }) => {
    const startedAt = status.state.running?.startedAt;
    const due = startedAt !== undefined && isDue(container, status, kind);
    const succeeds = probeSucceeds(container, probe, program.listen) && !faults.has(kind);
    if (!due || (succeeds === standing(status, kind) && !streaks.has(`${container.name}/${kind}`))) return [];
    return [nextTick(startedAt, probe, now)];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Runs the probes whose time is `now`. `undefined`: none. */
export function runProbes(
  pod: Pod,
  program: PodProgram,
  faults: Faults,
  streaks: Streaks,
  now: number,
): { readonly rounds: readonly ProbeRound[]; readonly streaks: Streaks } | undefined {
  const after = new Map(streaks);
  const rounds = new Map<string, ProbeRound>();
  for (const { container, status, kind, probe } of eachProbe(pod)) {
    const round = rounds.get(container.name) ?? { status, restart: false, failed: [] };
    const startedAt = status.state.running?.startedAt;
    if (startedAt === undefined || round.restart || !isDue(container, round.status, kind) || !isTick(startedAt, probe, now)) continue;
    const succeeded = probeSucceeds(container, probe, program.listen) && !faults.has(kind);
    const key = `${container.name}/${kind}`;
    const before = after.get(key);
    const length = before?.succeeded === succeeded ? before.length + 1 : 1;
    const failed = succeeded ? round.failed : [...round.failed, kind];
    if (length < threshold(probe, kind, succeeded)) {
      after.set(key, { succeeded, length });
      rounds.set(container.name, { ...round, failed });
      continue;
    }
    after.delete(key);
    rounds.set(container.name, { ...settled(round, kind, succeeded, container), failed });
  }
  return rounds.size === 0 ? undefined : { rounds: [...rounds.values()], streaks: after };
}

/** The status a container starts with: whatever has no probe to pass is passed. */
export function startingStatus(container: Container): { readonly ready: boolean; readonly started: boolean } {
  const started = probeOf(container, 'startupProbe') === undefined;
  return { started, ready: started && probeOf(container, 'readinessProbe') === undefined };
}

function settled(round: ProbeRound, kind: ProbeKind, succeeded: boolean, container: Container): ProbeRound {
  if (kind === 'readinessProbe') return { ...round, status: { ...round.status, ready: succeeded } };
  if (!succeeded) return { ...round, restart: true };
  if (kind === 'livenessProbe') return round;
  const ready = probeOf(container, 'readinessProbe') === undefined;
  return { ...round, status: { ...round.status, started: true, ready } };
}

/** Until the startup probe has succeeded it is the only one to run; afterwards it never runs again. */
function isDue(container: Container, status: ContainerStatus, kind: ProbeKind): boolean {
  const starting = status.started === false && probeOf(container, 'startupProbe') !== undefined;
  return (kind === 'startupProbe') === starting;
}

/** What the status takes for granted until enough probes say otherwise. */
function standing(status: ContainerStatus, kind: ProbeKind): boolean {
  return kind === 'readinessProbe' ? status.ready : kind === 'livenessProbe';
}

function threshold({ failureThreshold = defaultFailures, successThreshold = 1 }: Probe, kind: ProbeKind, succeeded: boolean): number {
  if (!succeeded) return failureThreshold;
  return kind === 'readinessProbe' ? successThreshold : 1;
}

function period({ periodSeconds = defaultPeriod }: Probe): number {
  return Math.max(1, periodSeconds) * 1000;
}

function isTick(startedAt: number, probe: Probe, now: number): boolean {
  return now - startedAt >= (probe.initialDelaySeconds ?? 0) * 1000 && (now - startedAt) % period(probe) === 0;
}

/** The first tick after `now` that the initial delay allows. */
function nextTick(startedAt: number, probe: Probe, now: number): number {
  const earliest = Math.max(now + 1, startedAt + (probe.initialDelaySeconds ?? 0) * 1000);
  return startedAt + Math.ceil((earliest - startedAt) / period(probe)) * period(probe);
}

function eachProbe(pod: Pod): readonly { container: Container; status: ContainerStatus; kind: ProbeKind; probe: Probe }[] {
  return pod.spec.containers.flatMap((container) => {
    const status = pod.status.containerStatuses?.find(({ name }) => name === container.name);
    if (status === undefined) return [];
    return kinds.flatMap((kind) => {
      const probe = probeOf(container, kind);
      // A Pod being deleted is still asked whether it is ready, and no longer whether it lives.
      const asked = pod.metadata.deletionTime === undefined || kind === 'readinessProbe';
      return probe === undefined || !asked ? [] : [{ container, status, kind, probe }];
    });
  });
}
