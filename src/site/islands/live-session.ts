import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { listChain, type Snapshot } from '#engine';
import { announceErrors, announceTrace } from '#views/announce.ts';
import { type DiagnosticCatalogue, type DiagnosticView, diagnosticsView } from '#views/diagnostics-view.ts';
import { type Exercise, type ExerciseProbe, type ExerciseRun, runExercise, sendMany } from '#views/exercise.ts';
import { type FilledObject, fieldChanges, filledValues } from '#views/field-values.ts';
import { type HistogramView, histogram } from '#views/histogram.ts';
import { type ChainOf, type NodeRulesView, rulesView } from '#views/rules-view.ts';
import { type TraceRow, type TraceTableView, traceTable } from '#views/trace-table.ts';
import { type WhatChanged, whatChanged } from '#views/what-changed.ts';

/** What the reader picked last: a step, a rule or a line of YAML. The other two light up. */
export type Choice =
  | { readonly kind: 'step'; readonly index: number }
  | { readonly kind: 'rule'; readonly id: string; readonly step: number }
  | { readonly kind: 'line'; readonly line: number };

export interface ProbeTrace {
  readonly probe: ExerciseProbe;
  readonly table: TraceTableView;
}

export interface LiveSession {
  readonly text: Signal<string>;
  readonly seed: Signal<number>;
  readonly probeId: Signal<string>;
  readonly choice: Signal<Choice | undefined>;
  readonly catalogue: Signal<DiagnosticCatalogue>;
  /** What became of the text as it stands. */
  readonly run: ReadonlySignal<ExerciseRun>;
  /** What became of the last text Kubernetes accepted; `undefined` before there was one. */
  readonly valid: ReadonlySignal<ExerciseRun | undefined>;
  readonly diagnostics: ReadonlySignal<readonly DiagnosticView[]>;
  readonly probes: ReadonlySignal<readonly ProbeTrace[]>;
  readonly table: ReadonlySignal<TraceTableView | undefined>;
  readonly rules: ReadonlySignal<readonly NodeRulesView[]>;
  readonly filled: ReadonlySignal<readonly FilledObject[]>;
  readonly changed: ReadonlySignal<WhatChanged | undefined>;
  readonly lit: ReadonlySignal<{
    readonly lines: ReadonlySet<number>;
    readonly steps: ReadonlySet<number>;
    readonly rules: ReadonlySet<string>;
  }>;
  /** Many connections of the chosen probe, counted anew. */
  many(): { readonly view: HistogramView; readonly sticky: boolean };
  /** To be called at the first change after a pause: from here on changes are compared with the state before them. */
  touch(): void;
  /** To be called once the reader pauses. Gives the sentence to be said aloud, if any. */
  settle(): string;
  reset(): void;
}

function chainOf(snapshot: Snapshot): ChainOf {
  return (node, table, chain) => listChain(snapshot, node, table, chain);
}

/** The state of one live exercise: the text, the cluster it makes, and what is looked at. Everything else is computed. */
export function newLiveSession(exercise: Exercise, file: string, seedAtStart: number): LiveSession {
  const original = exercise.files.find((each) => each.name === file)?.text ?? '';
  const text = signal(original);
  const seed = signal(seedAtStart);
  const probeId = signal(exercise.probes[0]?.id ?? '');
  const choice = signal<Choice | undefined>(undefined);
  const catalogue = signal<DiagnosticCatalogue>({});

  const run = computed(() => {
    const files = exercise.files.map((each) => (each.name === file ? { name: file, text: text.value } : each));
    return runExercise({ ...exercise, files }, seed.value);
  });
  let lastValid: ExerciseRun | undefined;
  const valid = computed(() => {
    if (run.value.accepted) lastValid = run.value;
    return lastValid;
  });
  let settled = valid.peek();
  const compared = signal(settled);

  const diagnostics = computed(() => diagnosticsView(run.value.diagnostics, catalogue.value, { [file]: text.value }));
  const probes = computed(() =>
    exercise.probes.flatMap((probe): ProbeTrace[] => {
      const current = valid.value;
      const trace = current?.traces.get(probe.id);
      return current === undefined || trace === undefined
        ? []
        : [{ probe, table: traceTable(trace, (origin) => current.snapshot.sources.locate(origin)) }];
    }),
  );
  const table = computed(() => probes.value.find(({ probe }) => probe.id === probeId.value)?.table);
  const rules = computed(() => {
    const trace = valid.value?.traces.get(probeId.value);
    return valid.value === undefined || trace === undefined ? [] : rulesView(trace, chainOf(valid.value.snapshot));
  });
  const filled = computed(() => (valid.value === undefined ? [] : filledValues(valid.value.snapshot, 'Service')));
  const changed = computed(() => {
    const before = compared.value;
    const after = valid.value;
    if (before === undefined || after === undefined || before === after) return undefined;
    const was = before.traces.get(probeId.value);
    const is = after.traces.get(probeId.value);
    if (was === undefined || is === undefined) return undefined;
    const changes = fieldChanges(before.snapshot, after.snapshot, 'Service', 4);
    const result = whatChanged(changes, was, is, (origin) => after.snapshot.sources.locate(origin));
    return result.fields.length === 0 && result.steps.size === 0 ? undefined : result;
  });

  const rows = computed((): readonly TraceRow[] => table.value?.groups.flatMap((group) => group.rows) ?? []);
  const lit = computed(() => {
    const picked = choice.value;
    const lines = new Set<number>();
    const steps = new Set<number>();
    const litRules = new Set<string>();
    const light = (row: TraceRow, withLines: boolean) => {
      if (row.rule !== undefined) litRules.add(row.rule.id);
      if (withLines) for (const line of row.lines) if (line.file === file) lines.add(line.line);
    };
    if (picked === undefined) return { lines, steps, rules: litRules };
    for (const row of rows.value) {
      if (picked.kind === 'line') {
        if (!row.lines.some((line) => line.file === file && line.line === picked.line)) continue;
        steps.add(row.index);
        lines.add(picked.line);
        light(row, false);
      } else if (row.index === (picked.kind === 'step' ? picked.index : picked.step)) light(row, true);
    }
    return { lines, steps, rules: litRules };
  });

  let announced = table.peek();
  let hadErrors = false;
  return {
    text,
    seed,
    probeId,
    choice,
    catalogue,
    run,
    valid,
    diagnostics,
    probes,
    table,
    rules,
    filled,
    changed,
    lit,
    many() {
      const current = valid.peek();
      const probe = exercise.probes.find(({ id }) => id === probeId.peek());
      if (current === undefined || probe === undefined) return { view: histogram(0, []), sticky: false };
      const counted = sendMany(current, probe);
      return { view: histogram(counted.times, counted.receivers), sticky: counted.sticky };
    },
    touch() {
      compared.value = settled;
    },
    settle() {
      settled = valid.peek();
      const errors = diagnostics.peek().filter(({ severity }) => severity === 'error');
      if (errors.length > 0) {
        hadErrors = true;
        return announceErrors(errors.length, errors[0]?.span?.start.line);
      }
      const current = table.peek();
      const before = announced;
      const recovered = hadErrors;
      hadErrors = false;
      announced = current;
      if (current === undefined || (before === current && !recovered)) return '';
      return announceTrace(before, current);
    },
    reset() {
      text.value = original;
    },
  };
}
