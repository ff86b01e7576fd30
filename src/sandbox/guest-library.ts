/**
 * The module `packet-path` as the guest sees it: thin functions that send their arguments as JSON through one host function and
 * hand back what it answers. It takes that function out of the global scope before the reader's code starts. Nothing here is
 * trusted by the host, which reads every argument as if it came from anywhere. Plain JavaScript, because it is run as text.
 */
export const guestLibrary = `
const call = globalThis.__host;
delete globalThis.__host;
const { parse, stringify } = JSON;
const { freeze } = Object;
function host(name, ...args) {
  const answer = parse(call(name, stringify(args)));
  if (answer.refused !== undefined) throw new Error(answer.refused);
  return answer.value;
}
function readTrace(data) {
  function find(kind, steps) {
    for (const step of steps) if (step.kind === kind) return step;
    throw new Error(host('missingStep', data.id, kind));
  }
  const backwards = [...data.steps].reverse();
  return freeze({
    ...data,
    first: (kind) => find(kind, data.steps),
    last: (kind) => find(kind, backwards),
    has: (kind) => data.steps.some((step) => step.kind === kind),
  });
}
function reference(value) {
  if (value === null || typeof value !== 'object') return value;
  return { trace: value.id ?? value.trace, step: value.number };
}
export function scene(options, body) {
  if (typeof body !== 'function') throw new TypeError('scene(options, body): body is not a function');
  if (host('scene', options)) {
    body();
    host('sceneEnd');
  }
}
export const control = (label, values) => host('control', label, values);
export const explain = (text) => host('explain', text);
function ask(kind, question, options) {
  const id = host('ask', kind, question, options);
  return freeze({ observe: (value, label) => host('observe', id, reference(value), label) });
}
export const predict = freeze({
  choice: (question, choices) => ask('choice', question, { choices }),
  outcome: (question) => ask('outcome', question, {}),
  number: (question, options) => ask('number', question, options),
});
export const cluster = freeze({
  apply: (yaml) => host('apply', yaml),
  kubectl: (command) => host('kubectl', command),
  mode: (mode) => host('mode', mode),
  advance: (seconds) => host('advance', seconds),
  trace: (from, to, options) => readTrace(host('trace', from, to, options?.seed)),
  repeat: (from, to, times, options) => freeze(host('repeat', from, to, times, options?.seed)),
  enumerate: (from, to) => host('enumerate', from, to).map(({ probability, trace }) => freeze({ probability, trace: readTrace(trace) })),
  rules: (node) => host('rules', node),
});
export const draw = freeze({
  packet: (step, options) => host('draw', 'packet', reference(step), options),
  trace: (trace) => host('draw', 'trace', reference(trace)),
  sequence: (trace) => host('draw', 'sequence', reference(trace)),
  table: (table) => host('draw', 'table', table),
  histogram: (tally, options) => host('draw', 'histogram', tally?.id, options),
  numberLine: (line) => host('draw', 'number-line', line),
  output: (text, command) => host('draw', 'output', text, command),
  note: (text) => host('draw', 'note', text),
});
`;
