import type { ProxyMode, Tally, Trace } from '#engine';
import { field, readArray, readLongText, readNumber, readOptionalText, readText, readTexts, readWhole } from './arguments.ts';
import { type ClusterHost, HostRefusal, NotModelled } from './cluster-host.ts';
import { guestTrace } from './guest-trace.ts';
import type { Control, Drawing, Limits, Observation, ObservedQuestion, Question, SceneReport, SimulationRequest } from './report.ts';

/** Thrown when a run used more than it may; the run ends with the failure of that kind. */
export class LimitReached extends Error {
  readonly kind: 'output' | 'timeout';
  constructor(kind: 'output' | 'timeout') {
    super(kind);
    this.kind = kind;
  }
}

/** A scene while it is being recorded. */
interface OpenScene {
  readonly id: string;
  readonly title: string;
  readonly run?: string;
  readonly twinOf?: string;
  readonly controls: Control[];
  situation: readonly string[];
  readonly questions: ObservedQuestion[];
  readonly drawings: Drawing[];
  readonly explanations: string[];
  /** Made at the first use, so that a scene which only asks costs nothing. */
  cluster?: ClusterHost;
}

/** Answers a guest's calls and keeps what they drew. `call` throws for calls it refuses; `scenes` holds what is there so far. */
export interface Recorder {
  call(name: string, args: readonly unknown[]): unknown;
  scenes(): readonly SceneReport[];
}

const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const modes: readonly ProxyMode[] = ['iptables', 'nftables', 'ipvs', 'userspace'];
const implicitScene = 'main';

/** `expired` says whether the run's time is over; it is asked in calls that take long. */
export function newRecorder(request: SimulationRequest, newCluster: () => ClusterHost, limits: Limits, expired: () => boolean): Recorder {
  const done: OpenScene[] = [];
  const traces: Trace[] = [];
  const tallies: Tally[] = [];
  let open: OpenScene | undefined;
  let calls = 0;
  let connections = 0;
  let written = 0;

  function scene(): OpenScene {
    if (open === undefined) {
      if (done.length > 0) throw new HostRefusal('call this inside scene(…): a file with scenes has nothing outside them');
      open = begin({ id: implicitScene, title: '' });
    }
    return open;
  }

  function begin(options: Pick<OpenScene, 'id' | 'title' | 'run' | 'twinOf'>): OpenScene {
    const fresh: OpenScene = { ...options, controls: [], situation: [], questions: [], drawings: [], explanations: [] };
    done.push(fresh);
    return fresh;
  }

  function cluster(): ClusterHost {
    const current = scene();
    current.cluster ??= newCluster();
    return current.cluster;
  }

  function keep(text: string): string {
    written += text.length;
    if (written > limits.outputCharacters) throw new LimitReached('output');
    return text;
  }

  function traceOf(reference: unknown, place: string): Trace {
    const id = field(reference, 'trace');
    const trace = typeof id === 'number' ? traces[id] : undefined;
    if (trace === undefined) throw new HostRefusal(`${place}: expected a trace of cluster.trace`);
    return trace;
  }

  function remember(trace: Trace): object {
    if (trace.end.kind === 'not-modelled') throw new NotModelled(trace.end.what.join(', '));
    traces.push(trace);
    return guestTrace(trace, traces.length - 1);
  }

  /** A drawing's size in the report: traces are long, and a loop may draw one a thousand times. */
  function addDrawing(drawing: Drawing): void {
    keep(JSON.stringify(drawing));
    scene().drawings.push(drawing);
  }

  const answers: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
    scene([options]) {
      if (open !== undefined) throw new HostRefusal('scene(…) inside a scene, or after calls outside any scene');
      const id = readText(field(options, 'id'), 'scene({ id })');
      if (!idPattern.test(id)) throw new HostRefusal(`scene({ id }): "${id}" is no kebab-case name`);
      if (done.some((other) => other.id === id)) throw new HostRefusal(`scene({ id }): there are two scenes "${id}"`);
      const title = keep(readText(field(options, 'title'), 'scene({ title })'));
      const run = readOptionalText(field(options, 'run'), 'scene({ run })');
      const twinOf = readOptionalText(field(options, 'twinOf'), 'scene({ twinOf })');
      if (request.scene !== undefined && request.scene !== id) return false;
      open = begin({ id, title, ...(run === undefined ? {} : { run }), ...(twinOf === undefined ? {} : { twinOf }) });
      return true;
    },
    sceneEnd() {
      open = undefined;
      return null;
    },
    control([labelValue, valuesValue]) {
      const current = scene();
      const label = keep(readText(labelValue, 'control(label)'));
      const values = readTexts(valuesValue, 'control(values)', 2, 8);
      if (current.controls.some((control) => control.label === label)) throw new HostRefusal(`control(label): "${label}" is there twice`);
      const chosen = field(field(request.controls, current.id), label);
      const value = values.find((each) => each === chosen) ?? values[0] ?? '';
      current.controls.push({ label, values, value });
      return value;
    },
    explain([text]) {
      scene().explanations.push(keep(readText(text, 'explain(text)')));
      return null;
    },
    ask([kind, textValue, options]) {
      const current = scene();
      if (current.questions.length === 0) {
        const notes = current.drawings.flatMap((drawing) => (drawing.kind === 'note' ? [drawing.text] : []));
        if (notes.length === current.drawings.length) {
          current.situation = notes;
          current.drawings.length = 0;
        }
      }
      const id = `q${current.questions.length + 1}`;
      const text = keep(readText(textValue, 'predict(question)'));
      current.questions.push({ question: readQuestion(id, text, kind, options) });
      if (current.questions.length > 20) throw new HostRefusal('predict: at most 20 questions in a scene');
      return id;
    },
    observe([id, value, label]) {
      const current = scene();
      const index = current.questions.findIndex((each) => each.question.id === id);
      const asked = current.questions[index];
      if (asked === undefined) throw new HostRefusal('observe: the question belongs to another scene');
      const name = readOptionalText(label, 'observe(value, label)');
      const observation = observe(asked.question, value);
      current.questions[index] = { question: asked.question, observation, ...(name === undefined ? {} : { label: keep(name) }) };
      return null;
    },
    apply: ([yaml]) => cluster().apply(readLongText(yaml, 'cluster.apply(yaml)')),
    kubectl: ([command]) => cluster().kubectl(readText(command, 'cluster.kubectl(command)')),
    mode([mode]) {
      const name = readText(mode, 'cluster.mode(mode)');
      const known = modes.find((each) => each === name);
      if (known === undefined) throw new HostRefusal(`cluster.mode(mode): "${name}" is no mode; use one of ${modes.join(', ')}`);
      cluster().mode(known);
      return null;
    },
    advance([seconds]) {
      cluster().advance(readNumber(seconds, 'cluster.advance(seconds)') * 1000);
      return null;
    },
    trace([from, to, seed]) {
      const path = [readText(from, 'cluster.trace(from)'), readText(to, 'cluster.trace(to)')] as const;
      return remember(cluster().trace(...path, readSeed(seed)));
    },
    repeat([from, to, times, seed]) {
      const count = readWhole(times, 'cluster.repeat(times)', 1, limits.connections);
      return repeat(readText(from, 'cluster.repeat(from)'), readText(to, 'cluster.repeat(to)'), count, readSeed(seed));
    },
    enumerate([from, to]) {
      const { possible } = cluster().enumerate(readText(from, 'cluster.enumerate(from)'), readText(to, 'cluster.enumerate(to)'));
      return possible.map(({ probability, trace }) => ({ probability, trace: remember(trace) }));
    },
    rules: ([node]) => cluster().rules(readText(node, 'cluster.rules(node)')),
    missingStep([id, kind]) {
      const trace = traceOf({ trace: id }, 'trace');
      const kinds = [...new Set(trace.steps.map((step) => step.kind))].join(', ');
      return `the trace has no ${readText(kind, 'trace.first(kind)')} step; it has ${kinds}`;
    },
    draw([kind, ...rest]) {
      addDrawing(readDrawing(kind, rest));
      return null;
    },
  };

  function observe(question: Question, value: unknown): Observation {
    switch (question.kind) {
      case 'choice':
        return { kind: 'choice', value: keep(readText(value, 'observe(value)')) };
      case 'number':
        return { kind: 'number', value: readNumber(value, 'observe(value)') };
      case 'outcome':
        return { kind: 'outcome', value: traceOf(value, 'observe(trace)').end };
    }
  }

  function repeat(from: string, to: string, times: number, seed: number): object {
    connections += times;
    if (connections > limits.connections) throw new HostRefusal(`cluster.repeat: at most ${limits.connections} connections in a run`);
    const counted = cluster().repeat(from, to, times, seed, expired);
    if (counted.notModelled !== undefined) throw new NotModelled(counted.notModelled.join(', '));
    if (counted.times < times) throw new LimitReached('timeout');
    tallies.push(counted);
    return {
      id: tallies.length - 1,
      times,
      delivered: Object.fromEntries(counted.receivers.map(({ name, count }) => [name, count])),
      expected: Object.fromEntries(counted.receivers.map(({ name, probability }) => [name, probability])),
      ends: counted.ends,
    };
  }

  function readDrawing(kind: unknown, [first, second]: readonly unknown[]): Drawing {
    switch (kind) {
      case 'packet': {
        const trace = traceOf(first, 'draw.packet(step)');
        const number = field(first, 'step');
        const step = typeof number === 'number' ? trace.steps[number - 1] : undefined;
        if (step === undefined) throw new HostRefusal('draw.packet(step): expected a step of a trace');
        const title = readOptionalText(field(second, 'title'), 'draw.packet({ title })');
        return { kind, step, ...(title === undefined ? {} : { title }) };
      }
      case 'trace':
      case 'sequence':
        return { kind, trace: traceOf(first, `draw.${kind}(trace)`) };
      case 'table':
        return readTable(first);
      case 'histogram': {
        const counted = typeof first === 'number' ? tallies[first] : undefined;
        if (counted === undefined) throw new HostRefusal('draw.histogram(tally): expected a tally of cluster.repeat');
        const caption = readOptionalText(field(second, 'caption'), 'draw.histogram({ caption })');
        return { kind, times: counted.times, receivers: counted.receivers, ...(caption === undefined ? {} : { caption }) };
      }
      case 'number-line':
        return readNumberLine(first);
      case 'output': {
        const command = readOptionalText(second, 'draw.output(text, command)');
        return { kind, text: readLongText(first, 'draw.output(text)'), ...(command === undefined ? {} : { command }) };
      }
      case 'note':
        return { kind, text: readText(first, 'draw.note(text)') };
      default:
        throw new HostRefusal('draw: there is no such drawing');
    }
  }

  return {
    call(name, args) {
      calls += 1;
      if (calls > limits.hostCalls) throw new LimitReached('output');
      if (expired()) throw new LimitReached('timeout');
      const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
      if (answer === undefined) throw new HostRefusal('there is no such call');
      return answer(args);
    },
    scenes: () =>
      done.map(({ cluster: _cluster, ...report }) => ({
        ...report,
        controls: [...report.controls],
        questions: [...report.questions],
        drawings: [...report.drawings],
        explanations: [...report.explanations],
      })),
  };
}

function readSeed(value: unknown): number {
  return value === undefined || value === null ? 1 : readWhole(value, '{ seed }', 0, 0xffff_ffff);
}

function readQuestion(id: string, text: string, kind: unknown, options: unknown): Question {
  switch (kind) {
    case 'choice':
      return { id, text, kind, choices: readTexts(field(options, 'choices'), 'predict.choice(choices)', 2, 6) };
    case 'outcome':
      return { id, text, kind };
    case 'number': {
      const min = readNumber(field(options, 'min'), 'predict.number({ min })');
      const max = readNumber(field(options, 'max'), 'predict.number({ max })');
      const tolerance = readNumber(field(options, 'tolerance') ?? 0, 'predict.number({ tolerance })');
      const unit = readOptionalText(field(options, 'unit'), 'predict.number({ unit })');
      return { id, text, kind, min, max, tolerance, ...(unit === undefined ? {} : { unit }) };
    }
    default:
      throw new HostRefusal('predict: there is no such question');
  }
}

function readTable(value: unknown): Drawing {
  const columns = readTexts(field(value, 'columns'), 'draw.table({ columns })', 1, 12);
  const rows = readArray(field(value, 'rows'), 'draw.table({ rows })', 200).map((row, index) => {
    const place = `draw.table({ rows })[${index}]`;
    const cells = readArray(row, place, 12).map((cell) => (typeof cell === 'number' ? cell : readText(cell, place)));
    if (cells.length !== columns.length) throw new HostRefusal(`${place}: ${columns.length} columns but ${cells.length} cells`);
    return cells;
  });
  return { kind: 'table', caption: readText(field(value, 'caption'), 'draw.table({ caption })'), columns, rows };
}

function readNumberLine(value: unknown): Drawing {
  const min = readNumber(field(value, 'min'), 'draw.numberLine({ min })');
  const max = readNumber(field(value, 'max'), 'draw.numberLine({ max })');
  if (min >= max) throw new HostRefusal('draw.numberLine: min is not below max');
  const marks = readArray(field(value, 'marks'), 'draw.numberLine({ marks })', 40).map((mark, index) => {
    const at = readNumber(field(mark, 'at'), `draw.numberLine({ marks })[${index}].at`);
    if (at < min || at > max) throw new HostRefusal(`draw.numberLine({ marks })[${index}].at: ${at} is not between min and max`);
    return { at, label: readText(field(mark, 'label'), `draw.numberLine({ marks })[${index}].label`) };
  });
  return { kind: 'number-line', caption: readText(field(value, 'caption'), 'draw.numberLine({ caption })'), min, max, marks };
}
