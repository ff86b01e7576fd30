import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { programOfImage } from '../nodes/program.ts';
import { parseClusterFile } from './cluster-file.ts';

const clusters = new URL('../../../clusters/', import.meta.url);
const read = (name: string) => readFileSync(new URL(`${name}.yaml`, clusters), 'utf8');
const library = { ref3: read('ref3'), recorded: read('recorded'), 'workloads/my-app': read('workloads/my-app') };

function mistakes(text: string): string[] {
  return parseClusterFile(text, 'cluster.yaml', library).diagnostics.map(
    ({ span, message }) => `${span?.file}:${span?.start.line}:${span?.start.column} ${message}`,
  );
}

describe('world files', () => {
  test('every mistake has the same code and is an error', () => {
    const { value, diagnostics } = parseClusterFile('nodes: 3\nname: [a]', 'cluster.yaml', library);
    expect(value).toBeUndefined();
    expect(diagnostics.length).toBeGreaterThan(1);
    for (const diagnostic of diagnostics) expect(diagnostic).toMatchObject({ code: 'cluster-file-invalid', severity: 'error' });
  });

  test('the course world has its three nodes, its client and an upstream that knows the outside', () => {
    const { value, diagnostics } = parseClusterFile(library.ref3, 'clusters/ref3.yaml');
    expect(diagnostics).toEqual([]);
    expect(value?.nodes.map((node) => `${node.name} ${node.address} ${node.podCIDR.text} ${node.zone}`)).toEqual([
      'node-1 192.168.10.11 10.244.1.0/24 zone-a',
      'node-2 192.168.10.12 10.244.2.0/24 zone-a',
      'node-3 192.168.10.13 10.244.3.0/24 zone-b',
    ]);
    expect(value?.pods[0]).toMatchObject({ name: 'client', ip: '10.244.1.5', ready: true, phase: 'Running', listen: [] });
    expect(value?.dns.upstream).toMatchObject({ 'db.example.com': '192.0.2.50' });
    expect(value?.proxy).toMatchObject({ mode: 'iptables', masqueradeBit: 14 });
  });

  test('a world laid over others adds Pods and replaces what it names again', () => {
    const text = 'extends: [ref3, workloads/my-app]\nproxy: {mode: ipvs}\npods: [{name: client, node: node-2, ip: 10.244.2.5}]\n';
    const { value, diagnostics } = parseClusterFile(text, 'cluster.yaml', library);
    expect(diagnostics).toEqual([]);
    expect(value?.name).toBe('ref3');
    expect(value?.pods.map((pod) => `${pod.name} ${pod.ip}`)).toContain('client 10.244.2.5');
    expect(value?.pods.filter((pod) => pod.name === 'client')).toHaveLength(1);
    expect(value?.pods.find((pod) => pod.name === 'my-app-3')?.listen).toEqual([{ port: 8080, protocol: 'TCP', http: 200 }]);
    expect(value?.proxy).toMatchObject({ mode: 'ipvs', scheduler: 'rr' });
  });

  test('a record of the recordings is a world: JSON is YAML', () => {
    const pods = [{ name: 'web-1', node: 'node-a', ip: '10.244.1.11', labels: {}, listen: ['8080/tcp'], terminating: true }];
    const { value } = parseClusterFile(JSON.stringify({ extends: 'recorded', pods }), 'record.json', library);
    expect(value?.pods[0]).toMatchObject({ namespace: 'default', terminating: true, image: 'registry.example/app:1' });
  });

  test.each([
    ['nodez: []', 'cluster.yaml:1:1 nodez: unknown field. Did you mean "nodes"?'],
    ['extends: reff3', 'cluster.yaml:1:1 extends "reff3", and there is no such world. Did you mean "ref3"?'],
    ['', 'cluster.yaml:1:1 the file is empty. Start it with the line "name: …".'],
    ['name: [', 'cluster.yaml:1:8 not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['extends: ref3\npodCIDR: 10.244.0.0', 'cluster.yaml:2:10 podCIDR: cannot read "10.244.0.0". Write it like "10.244.0.0/16".'],
    ['extends: ref3\nproxy:\n  mode: ebpf', 'cluster.yaml:3:9 proxy.mode: "ebpf" is none of iptables, nftables, ipvs, userspace.'],
    ['extends: ref3\npods:\n  - node: node-1', 'cluster.yaml:3:5 pods[0]: "name" is missing. Add it.'],
    [
      'extends: ref3\npods: [{name: a, node: node-4, ip: 10.244.3.9}]',
      'cluster.yaml:1:1 pod default/a: there is no node "node-4". Did you mean "node-1"?',
    ],
    ['extends: ref3\nserviceCIDR: 10.244.0.0/24', 'overlap. Choose ranges that do not.'],
    [
      'extends: ref3\npods: [{name: a, node: node-1, ip: 10.244.1.5}]',
      'pods default/client and default/a both have the address 10.244.1.5.',
    ],
    ['extends: ref3\ndns: &a {domain: *a}', 'aliases are not read here. Write the value out.'],
    ['name: x', '"podCIDR" is missing. Add it, or extend a world that has it ("extends: [ref3]").'],
  ])('%j is refused in words an author can act on', (text, message) => {
    expect(mistakes(text).join('\n')).toContain(message);
  });

  test('no text at all throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.constant('['.repeat(100_000))), (text) => void parseClusterFile(text, 'x', library)));
  });
});

test('an image is found with its tag or without', () => {
  const images = { nginx: { listen: [{ port: 80, protocol: 'TCP' as const }] }, 'nginx:alpine-slim': { listen: [] } };
  expect(programOfImage(images, 'nginx:1.27')?.listen).toHaveLength(1);
  expect(programOfImage(images, 'nginx:alpine-slim')?.listen).toEqual([]);
  expect(programOfImage(images, 'registry.example:5000/nginx')).toBeUndefined();
});
