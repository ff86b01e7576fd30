import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import {
  type ClusterSpec,
  kubectl,
  listChain,
  type ParsedProbe,
  parseProbe,
  queryDns,
  type Service,
  type Simulation,
  type SourceFile,
  simulate,
  trace,
} from '#engine';
import type { Lab } from '#grading/lab.ts';
import type { GradeReport } from '#grading/report.ts';
import type { Submission } from '#grading/submission.ts';
import { type DiagnosticCatalogue, type DiagnosticView, diagnosticsView } from '#views/diagnostics-view.ts';
import { type FilledObject, filledValues } from '#views/field-values.ts';
import { type NodeRulesView, rulesView } from '#views/rules-view.ts';
import { type TopologyView, topology } from '#views/topology.ts';
import { type TraceTableView, traceTable } from '#views/trace-table.ts';

/** A request somebody looks at: what the two fields above the trace say. */
export interface LabRequest {
  readonly from: string;
  readonly to: string;
  readonly seed: number;
  /** The check whose request this is, from 1; absent: somebody's own. */
  readonly check?: number;
}

/** What somebody points at in the trace, the rules or the YAML; the other two light up with it. */
export type LabChoice =
  | { readonly kind: 'step'; readonly index: number }
  | { readonly kind: 'rule'; readonly id: string; readonly step: number }
  | { readonly kind: 'line'; readonly file: string; readonly line: number };

/** What lights up: lines by file, steps by index, rules by id. */
export interface LitParts {
  readonly lines: ReadonlyMap<string, ReadonlySet<number>>;
  readonly steps: ReadonlySet<number>;
  readonly rules: ReadonlySet<string>;
}

/** A command of the kubectl view, and what it printed. */
export interface CommandView {
  readonly command: string;
  readonly output: string;
}

/** The state of one lab: the files, what the cluster makes of them, what is looked at, and the last report. */
export interface LabSession {
  readonly lab: Lab;
  readonly texts: ReadonlyMap<string, Signal<string>>;
  readonly request: Signal<LabRequest>;
  readonly choice: Signal<LabChoice | undefined>;
  readonly lit: ReadonlySignal<LitParts>;
  readonly catalogue: Signal<DiagnosticCatalogue>;
  readonly hintsUsed: Signal<number>;
  readonly name: Signal<string>;
  readonly report: ReadonlySignal<GradeReport | undefined>;
  /** Whether a file was changed after the last report. */
  readonly stale: ReadonlySignal<boolean>;
  readonly run: ReadonlySignal<Simulation>;
  readonly accepted: ReadonlySignal<boolean>;
  readonly diagnostics: ReadonlySignal<readonly DiagnosticView[]>;
  readonly parsed: ReadonlySignal<ParsedProbe>;
  readonly table: ReadonlySignal<TraceTableView | undefined>;
  readonly topology: ReadonlySignal<TopologyView | undefined>;
  readonly rules: ReadonlySignal<readonly NodeRulesView[]>;
  readonly commands: ReadonlySignal<readonly CommandView[]>;
  readonly names: ReadonlySignal<readonly CommandView[]>;
  /** Everybody who can send in this lab's world, as probes name them. */
  readonly senders: readonly string[];
  /** What the API server filled into the learner's Services. */
  readonly filled: ReadonlySignal<readonly FilledObject[]>;
  /** Whether any file differs from what the lab began with. */
  readonly touched: ReadonlySignal<boolean>;
  submission(): Submission;
  /** Takes the answer as it stands; `finish` files the report on exactly that, whatever was typed meanwhile. */
  startGrading(): { readonly submission: Submission; finish(report: GradeReport): void };
  /** Puts the files back; hints that were opened stay open. */
  reset(): void;
}

export function newLabSession(lab: Lab): LabSession {
  const texts = new Map(lab.files.map((file) => [file.name, signal(file.text)]));
  const files = computed((): readonly SourceFile[] => lab.files.map(({ name, text }) => ({ name, text: texts.get(name)?.value ?? text })));
  const run = computed(() => simulate({ cluster: lab.cluster, files: files.value, seed: lab.seed }));
  const accepted = computed(() => !run.value.diagnostics.some(({ severity }) => severity === 'error'));
  const catalogue = signal<DiagnosticCatalogue>({});
  const request = signal<LabRequest>(firstRequest(lab));
  const report = signal<GradeReport | undefined>(undefined);
  const hintsUsed = signal(0);
  const name = signal('');

  const parsed = computed(() => parseProbe(request.value.from, request.value.to));
  const traced = computed(() => (parsed.value.ok ? trace(run.value.snapshot, parsed.value.probe, request.value.seed) : undefined));
  const table = computed(() => traced.value && traceTable(traced.value, (origin) => run.value.snapshot.sources.locate(origin)));
  const choice = signal<LabChoice | undefined>(undefined);
  const gradedText = signal('');
  const textOfAll = computed(() => JSON.stringify(files.value));

  const submission = (): Submission => ({
    format: 1,
    lab: { id: lab.id, version: lab.version },
    ...(name.peek().trim() === '' ? {} : { name: name.peek().trim() }),
    files: Object.fromEntries(
      lab.files.filter((file) => file.editable).map((file) => [file.name, texts.get(file.name)?.peek() ?? file.text]),
    ),
    hintsUsed: hintsUsed.peek(),
  });

  return {
    lab,
    texts,
    request,
    choice,
    lit: computed(() => litParts(table.value, choice.value)),
    catalogue,
    hintsUsed,
    name,
    report,
    stale: computed(() => report.value !== undefined && gradedText.value !== textOfAll.value),
    run,
    accepted,
    diagnostics: computed(() =>
      diagnosticsView(run.value.diagnostics, catalogue.value, Object.fromEntries(files.value.map((file) => [file.name, file.text]))),
    ),
    parsed,
    table,
    topology: computed(() => traced.value && topology(run.value.snapshot, traced.value)),
    rules: computed(() =>
      traced.value === undefined ? [] : rulesView(traced.value, (node, table, chain) => listChain(run.value.snapshot, node, table, chain)),
    ),
    commands: computed(() =>
      ['get services', 'get endpointslices', 'get pods -o wide'].map((command) => {
        const { stdout, stderr } = kubectl(run.value.snapshot, command.split(' '));
        return { command: `kubectl ${command}`, output: stdout + stderr };
      }),
    ),
    names: computed(() => answersOf(run.value, lab.cluster)),
    senders: sendersOf(lab.cluster),
    filled: computed(() => filledValues(run.value.snapshot, 'Service')),
    touched: computed(() => lab.files.some((file) => texts.get(file.name)?.value !== file.text)),
    submission,
    startGrading() {
      const text = textOfAll.peek();
      return {
        submission: submission(),
        finish(result) {
          report.value = result;
          gradedText.value = text;
        },
      };
    },
    reset() {
      for (const file of lab.files) {
        const text = texts.get(file.name);
        if (text !== undefined) text.value = file.text;
      }
      report.value = undefined;
      choice.value = undefined;
    },
  };
}

function litParts(table: TraceTableView | undefined, choice: LabChoice | undefined): LitParts {
  const lines = new Map<string, Set<number>>();
  const steps = new Set<number>();
  const rules = new Set<string>();
  const light = (file: string, line: number) => lines.set(file, (lines.get(file) ?? new Set()).add(line));
  for (const row of choice === undefined ? [] : (table?.groups ?? []).flatMap((group) => group.rows)) {
    if (choice?.kind === 'line') {
      if (!row.lines.some(({ file, line }) => file === choice.file && line === choice.line)) continue;
      steps.add(row.index);
      light(choice.file, choice.line);
    } else {
      if (row.index !== (choice?.kind === 'step' ? choice.index : choice?.step)) continue;
      for (const { file, line } of row.lines) light(file, line);
    }
    if (row.rule !== undefined) rules.add(row.rule.id);
  }
  return { lines, steps, rules };
}

/** What the first check sends first. */
function firstRequest(lab: Lab): LabRequest {
  const check = lab.checks.find((candidate) => candidate.kind === 'connect');
  return { from: check?.from[0] ?? '', to: check?.to ?? '', seed: lab.seed };
}

function sendersOf({ pods, nodes, outside }: ClusterSpec): readonly string[] {
  const own = pods.filter((pod) => pod.namespace === 'default').map((pod) => `pod/${pod.name}`);
  const hosts = outside.filter((host) => host.listen.length === 0).map((host) => `outside/${host.name}`);
  return [...own, ...nodes.map((node) => `node/${node.name}`), ...hosts];
}

/** What the cluster's DNS answers for the Services that are there, the system's own left out. */
function answersOf({ snapshot }: Simulation, { dns }: ClusterSpec): readonly CommandView[] {
  return snapshot.store
    .list<Service>('Service', 'default')
    .filter((service) => service.metadata.name !== 'kubernetes')
    .map(({ metadata }) => {
      const name = `${metadata.name}.default.svc.${dns.domain}`;
      const { status, answer } = queryDns(snapshot, name, 'A');
      return { command: `dig ${name}`, output: answer.length === 0 ? status : answer.join('\n') };
    });
}
