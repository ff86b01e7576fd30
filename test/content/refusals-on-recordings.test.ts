import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseClusterFile, simulate } from '#engine';
import { readRecordings } from '../conformance/recordings.ts';

const { value: cluster } = parseClusterFile(readFileSync('clusters/recorded.yaml', 'utf8'), 'recorded');

/** What a refusal of these is about has a page of its own; of other kinds, like refusals share one. */
const kinds = ['Service', 'EndpointSlice', 'Ingress', 'NetworkPolicy'];
const podNetworkFields = /ontainers\[\d+\]\.ports|hostname|subdomain|dnsPolicy|dnsConfig|hostAliases|hostNetwork|Probe\.\w+\.port$/;

it('has a page of its own for whatever the recorded server refuses of the objects between a client and its Pods', () => {
  if (cluster === undefined) throw new Error('clusters/recorded.yaml is no world');
  let refusals = 0;
  const shared = readRecordings('admission').flatMap(({ id, given, apply }) => {
    const files = [given ?? '', apply].flatMap((text, index) => (text === '' ? [] : [{ name: `${index}.yaml`, text }]));
    return simulate({ cluster, files, seed: 1 }).diagnostics.flatMap(({ code, severity, object, path = '' }) => {
      const kind = object?.kind ?? '';
      const isOurs = kinds.includes(kind) || podNetworkFields.test(path);
      if (severity !== 'error' || !isOurs) return [];
      refusals += 1;
      return code.startsWith('field-') ? [`${id}: ${kind} ${path}: ${code}`] : [];
    });
  });
  expect(shared).toEqual([]);
  expect(refusals).toBeGreaterThan(150);
});
