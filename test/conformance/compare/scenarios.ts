import type { JsonObject, JsonValue } from '#engine/api/json.ts';
import type { Answers, DnsRecord, FlowRecord, ScenarioRecord } from '../recordings.ts';
import { endpointSlices, outcomeName } from './objects.ts';
import { iptablesChains, ipvsState, nftablesParts } from './rules.ts';
import { asText, isObject, listOr, objectOr, textsOr } from './same.ts';
import type { Score } from './score.ts';
import { kubectlTable } from './text.ts';

/** Everything that was seen of a cluster state. */
export function compareScenarios(records: readonly ScenarioRecord[], answers: Answers, score: Score): void {
  for (const record of records) {
    const answer = answers.get(record.id) ?? {};
    if (!score.enter(record, answer)) continue;
    const { id } = record;
    const part = (what: string, key: string): JsonValue | undefined => objectOr(objectOr(answer)[what])[key];
    score.add('endpointSlices', id, endpointSlices(record.endpointSlices), () => endpointSlices(objectOr(answer).endpointSlices));
    for (const node of Object.keys(record.iptables)) {
      const place = `${id} ${node}`;
      score.add('iptables', place, iptablesChains(record.iptables[node]), () => iptablesChains(part('iptables', node)));
      score.add('nftables', place, nftablesParts(record.nftables[node]), () => nftablesParts(part('nftables', node)));
      const ipvs = record.ipvs?.[node];
      if (ipvs === undefined) continue;
      score.add('ipvs', place, ipvsState(ipvs, ipvs.contended ?? []), () => ipvsState(part('ipvs', node), ipvs.contended ?? []));
    }
    compareFlows(record, answer, score);
    compareDns(record, answer, score);
    for (const [pod, variables] of Object.entries(record.env ?? {})) {
      score.add('env', `${id} ${pod}`, variables.toSorted(), () => textsOr(part('env', pod)).toSorted());
    }
    for (const [command, output] of Object.entries(record.kubectl ?? {})) {
      score.add('kubectl', `${id} ${command}`, kubectlTable(output), () => kubectlTable(part('kubectl', command)));
    }
  }
}

function compareFlows({ id, flows }: ScenarioRecord, answer: unknown, score: Score): void {
  const answered = new Map(entries(answer, 'flows').map((flow) => [flowKey(flow), flow]));
  for (const flow of flows) {
    for (const [mode, outcomes] of Object.entries(flow.outcomes)) {
      const ident = `${id} ${flow.from} -> ${flow.to}`;
      score.add(`flows ${mode}`, ident, outcomes.toSorted(), () => flowOutcome(flow, answered.get(flowKey(flow)) ?? {}, mode));
    }
  }
}

/**
 * What to compare with the recorded outcomes of one flow. With session affinity (`possible` is recorded) the engine must name every
 * endpoint the client may be pinned to, and say `sticky`; saying so anywhere else is a miss.
 */
function flowOutcome(flow: FlowRecord, answer: JsonObject, mode: string): unknown {
  const got = textsOr(objectOr(answer.outcomes)[mode]).toSorted();
  const sticky = Boolean(objectOr(answer.sticky)[mode]);
  const possible = flow.possible?.[mode] ?? [];
  if (possible.length === 0) return sticky ? { answered: got, sticky } : got;
  const recorded = flow.outcomes[mode] ?? [];
  const names = got.map(outcomeName).sort();
  const met = sticky && recorded.every((outcome) => got.includes(outcome)) && names.join('\n') === possible.toSorted().join('\n');
  return met ? recorded.toSorted() : { answered: got, sticky, 'one of': possible };
}

function flowKey({ from, to, proto }: { readonly from?: JsonValue; readonly to?: JsonValue; readonly proto?: JsonValue }): string {
  return JSON.stringify([from, to, asText(proto ?? 'tcp').toLowerCase()]);
}

function compareDns({ id, dns }: ScenarioRecord, answer: unknown, score: Score): void {
  const key = ({ name, type }: { readonly name?: JsonValue; readonly type?: JsonValue }) => JSON.stringify([name, type]);
  const answered = new Map(entries(answer, 'dns').map((reply) => [key(reply), reply]));
  const sections = (reply: JsonObject | DnsRecord) => ({
    status: reply.status ?? null,
    answer: textsOr(reply.answer).toSorted(),
    authority: textsOr(reply.authority).toSorted(),
    additional: textsOr(reply.additional).toSorted(),
  });
  for (const question of dns) {
    score.add('dns', `${id} ${question.name} ${question.type}`, sections(question), () => sections(answered.get(key(question)) ?? {}));
  }
}

/** An answer's list of maps; whatever else stands there counts as no answer. */
function entries(answer: unknown, what: string): readonly JsonObject[] {
  return isObject(answer) ? listOr(answer[what]).filter(isObject) : [];
}
