import { type IPv4, parseIPv4 } from '../api/ipv4.ts';
import { type HttpRequest, httpRequest } from '../ingress/http-request.ts';
import { type Chooser, enumerateChoices, probability, seededChooser } from '../kernel/chance.ts';
import { exchange, newPacket, notModelled, type Origin, originOfPod, outsidePlace, sourceFor } from './exchange.ts';
import { type Journey, placeOf } from './journey.ts';
import type { Network } from './network.ts';
import { emptyNetworkState, type NetworkState } from './network-state.ts';
import { newRecorder, reason } from './recorder.ts';
import type { Enumeration, Probe, Sender, Trace, TraceEnd } from './trace.ts';

/** Follows one connection's first packet and its answer; random choices fall as the seed says. */
export function traceProbe(network: Network, probe: Probe, seed: number): Trace {
  return sendProbe(network, emptyNetworkState, probe, seed).trace;
}

/** The same in a network that remembers: connections and session affinity of what was sent before. */
export function sendProbe(
  network: Network,
  state: NetworkState,
  probe: Probe,
  seed: number,
): { readonly trace: Trace; readonly state: NetworkState } {
  const run = runProbe(network, state, probe, seededChooser(seed));
  return { trace: { ...run.trace, seed }, state: run.state };
}

/** Every way a probe can go, with its probability. */
export function enumerateProbe(network: Network, probe: Probe, state: NetworkState = emptyNetworkState): Enumeration {
  const runs = enumerateChoices((chooser) => runProbe(network, state, probe, chooser));
  return {
    possible: runs.map(({ odds, value }) => ({ probability: probability(odds), trace: value.trace })),
    sticky: runs.some(({ value }) => value.askedMemory),
  };
}

interface ProbeRun {
  readonly trace: Trace;
  readonly state: NetworkState;
  readonly askedMemory: boolean;
}

function runProbe(network: Network, state: NetworkState, probe: Probe, chooser: Chooser): ProbeRun {
  const recorder = newRecorder();
  const kernels = new Map(state.kernels);
  const end = followProbe(
    { network, chooser, recorder, now: state.now, kernels, translations: new Map(), passedBalancer: new Set() },
    probe,
  );
  const { steps, connections: conntrack, rulesWalked, askedMemory } = recorder;
  const crossings = recorder.crossings === 0 ? {} : { crossings: recorder.crossings };
  return { trace: { probe, steps, end, conntrack, rulesWalked, ...crossings }, state: { ...state, kernels }, askedMemory };
}

function followProbe(journey: Journey, probe: Probe): TraceEnd {
  const { network, recorder } = journey;
  const origin = originOf(network, probe.from);
  if (origin === undefined) return notModelled(`there is no ${senderName(probe.from)}`);
  const literal = parseIPv4(probe.host);
  const destination = literal ?? resolveHost(journey, probe);
  if (typeof destination === 'object') return destination;
  const source = sourceFor(network, origin.departure, destination);
  const sent = newPacket(journey, { protocol: probe.protocol, source, destination, mark: 0 }, probe.port);
  recorder.leg = 'out';
  if (literal !== undefined) {
    const why = reason('send-request', { destination, port: probe.port });
    recorder.add({ kind: 'send', place: origin.place, after: sent, reason: why });
  }
  const request = probe.http === undefined ? undefined : requestOf(probe, probe.http);
  return exchange(journey, origin, { packet: sent, ...(request === undefined ? {} : { request }) });
}

/** The request as the sender writes it: the host it dials is the one it asks for, unless it says otherwise. */
function requestOf({ host }: Probe, { method, path, headers, tls }: NonNullable<Probe['http']>): HttpRequest {
  return httpRequest({
    scheme: tls === true ? 'https' : 'http',
    host,
    method,
    target: path,
    ...(headers === undefined ? {} : { headers }),
  });
}

function resolveHost({ network, chooser, recorder }: Journey, probe: Probe): IPv4 | TraceEnd {
  recorder.leg = 'dns';
  const resolution = network.resolve(probe.from, probe.host, (count) => chooser.pick(count));
  let step = 0;
  for (const draft of resolution.steps) step = recorder.add(draft);
  return resolution.address ?? { kind: 'name-error', step, status: resolution.failure };
}

function originOf(network: Network, sender: Sender): Origin | undefined {
  switch (sender.kind) {
    case 'node': {
      const node = network.nodes.get(sender.name);
      return node === undefined ? undefined : { place: placeOf(node), departure: { kind: 'process', node } };
    }
    case 'outside': {
      const host = network.outside.get(sender.name);
      return host === undefined ? undefined : { place: outsidePlace(host), departure: { kind: 'outside', host } };
    }
    case 'pod':
      return originOfPod(network, `${sender.namespace}/${sender.name}`);
  }
}

function senderName(sender: Sender): string {
  return sender.kind === 'pod' ? `Pod ${sender.namespace}/${sender.name}` : `${sender.kind} ${sender.name}`;
}
