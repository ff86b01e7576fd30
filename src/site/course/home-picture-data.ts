import { connectionSeed, enumerate, parseClusterFile, parseProbe, type Snapshot, simulate, type Trace, trace } from '#engine';
import { worlds } from '#site/worlds/worlds.ts';
import clusterText from '../../../content/home/cluster.yaml?raw';
import serviceText from '../../../content/home/service.yaml?raw';
import { type HomePicture, type Named, placePods } from './home-picture.ts';

/** Chosen so that the drawn connection goes to the Pod in the middle, where the picture is clearest. Any other seed draws as well. */
const seed = 13;
const connections = 12;
const affinityLine = 'sessionAffinity: None';

/** The picture as the engine makes it while the site is built: nothing in it is written by hand. */
export const homePicture: HomePicture = drawHome();

function drawHome(): HomePicture {
  const none = connect('None');
  const clientIP = connect('ClientIP');
  const first = none.traces[0];
  const sent = first?.steps.find((step) => step.leg === 'out' && step.before !== undefined)?.before;
  const decided = first?.steps.find((step) => step.kind === 'nat.dnat');
  if (first === undefined || sent?.sourcePort === undefined || decided?.place.kind !== 'node') {
    throw new Error('content/home: the first connection meets no DNAT on a node, so there is nothing to draw');
  }
  const pods = placePods(none.receivers);
  const reached = (each: Trace) => {
    const { end } = each;
    const pod = end.kind === 'delivered' ? pods.find(({ name }) => name === end.to.name) : undefined;
    if (pod === undefined) {
      throw new Error(`content/home: a connection ended with ${end.kind}; the picture needs Pods that answer`);
    }
    return pod;
  };
  return {
    client: { name: first.probe.from.name, address: sent.source },
    service: { name: first.probe.host, address: `${sent.destination}:${sent.destinationPort}` },
    node: decided.place.name,
    pods,
    chosen: reached(first),
    runs: [
      { affinity: 'None', picks: none.traces.map((each) => reached(each).number) },
      { affinity: 'ClientIP', picks: clientIP.traces.map((each) => reached(each).number) },
    ],
  };
}

/** Twelve connections with one value of the line that can be changed, and every Pod they could have reached. */
function connect(affinity: 'None' | 'ClientIP'): { readonly traces: readonly Trace[]; readonly receivers: readonly Named[] } {
  const { value: cluster, diagnostics: mistakes } = parseClusterFile(clusterText, 'content/home/cluster.yaml', worlds);
  if (cluster === undefined) {
    throw new Error(mistakes.map(({ message }) => message).join('\n'));
  }
  const text = serviceText.replace(affinityLine, `sessionAffinity: ${affinity}`);
  const { snapshot, diagnostics } = simulate({ cluster, files: [{ name: 'service.yaml', text }], seed });
  if (diagnostics.length > 0) {
    throw new Error(`content/home/service.yaml: ${diagnostics.map(({ message }) => message).join('\n')}`);
  }
  return send(snapshot);
}

function send(snapshot: Snapshot): { readonly traces: readonly Trace[]; readonly receivers: readonly Named[] } {
  const parsed = parseProbe('pod/client', 'http://my-app-service');
  if (!parsed.ok) {
    throw new Error(parsed.reason);
  }
  const { probe } = parsed;
  const { possible, sticky } = enumerate(snapshot, probe);
  return {
    traces: Array.from({ length: connections }, (_, index) => trace(snapshot, probe, sticky ? seed : connectionSeed(seed, index))),
    receivers: possible.flatMap(({ trace: { end, steps } }) => {
      const arrived = steps.findLast((step) => step.leg === 'out')?.after;
      return end.kind === 'delivered' && arrived !== undefined
        ? [{ name: end.to.name, address: `${arrived.destination}:${arrived.destinationPort}` }]
        : [];
    }),
  };
}
