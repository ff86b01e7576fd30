import { describe, expect, test } from 'vitest';
import type { Service } from '../../api/service.ts';
import { printRules } from '../../kernel/node-rules.ts';
import { endpoint, exampleCluster, service, slice } from '../example-objects.ts';
import { syncNodes } from '../sync-nodes.ts';

const cluster = exampleCluster();

function sync(
  services: readonly Service[],
  slices = [slice([endpoint('10.244.1.1@one'), endpoint('10.244.2.1@two', { conditions: { ready: false } })])],
) {
  const rules = syncNodes({ cluster, mode: 'userspace', services, slices }).rules.get('one');
  if (rules?.backend !== 'userspace') throw new Error('there are no userspace rules');
  return { rules, lines: printRules(rules).filter((line) => line.startsWith('-A KUBE-')), port: rules.relays[0]?.port };
}

describe('userspace mode', () => {
  test('leads a cluster IP to the process: by REDIRECT what comes in, by DNAT what the node sends', () => {
    const { lines, port } = sync([service()]);
    expect(lines).toEqual([
      `-A KUBE-PORTALS-CONTAINER -d 10.96.0.10/32 -p tcp -m comment --comment "default/web" -m tcp --dport 80 -j REDIRECT --to-ports ${port}`,
      `-A KUBE-PORTALS-HOST -d 10.96.0.10/32 -p tcp -m comment --comment "default/web" -m tcp --dport 80 -j DNAT --to-destination 192.168.0.1:${port}`,
    ]);
  });

  test('opens a node port to everybody, whatever the traffic policy and the source ranges say', () => {
    const { lines, port } = sync([
      service(
        {
          type: 'LoadBalancer',
          externalTrafficPolicy: 'Local',
          loadBalancerSourceRanges: ['10.0.0.0/8'],
          ports: [{ protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30080 }],
        },
        'web',
        ['203.0.113.5'],
      ),
    ]);
    expect(lines.filter((line) => line.includes('203.0.113.5/32'))).toHaveLength(2);
    expect(lines).toContain(
      `-A KUBE-NODEPORT-CONTAINER -p tcp -m comment --comment "default/web" -m tcp --dport 30080 -j REDIRECT --to-ports ${port}`,
    );
    expect(lines).toContain(
      `-A KUBE-NODEPORT-NON-LOCAL -p tcp -m comment --comment "default/web" -m tcp --dport ${port} -m state --state NEW -j ACCEPT`,
    );
    expect(lines.some((line) => line.includes('DROP') || line.includes('10.0.0.0/8'))).toBe(false);
  });

  test('takes an external address for the Service unless a Pod sends by a bridge', () => {
    const { lines, port } = sync([service({ externalIPs: ['198.51.100.7'] })]);
    const to = '-d 198.51.100.7/32 -p tcp -m comment --comment "default/web" -m tcp --dport 80';
    expect(lines).toContain(`-A KUBE-PORTALS-CONTAINER ${to} -m physdev ! --physdev-is-in -j REDIRECT --to-ports ${port}`);
    expect(lines).toContain(`-A KUBE-PORTALS-CONTAINER ${to} -m addrtype --dst-type LOCAL -j REDIRECT --to-ports ${port}`);
    expect(lines).toContain(`-A KUBE-PORTALS-HOST ${to} -m addrtype --dst-type LOCAL -j DNAT --to-destination 192.168.0.1:${port}`);
  });

  test('relays to ready endpoints only, and has no socket for SCTP', () => {
    const { rules } = sync([
      service({ ports: [{ protocol: 'TCP', port: 80, targetPort: 8080 }] }),
      service({ ports: [{ protocol: 'SCTP', port: 9, targetPort: 9 }] }, 'sctp'),
    ]);
    expect(rules.relays.map(({ name, targets }) => [name, targets.map(({ address }) => address)])).toEqual([
      ['default/web', ['10.244.1.1']],
    ]);
  });

  test('gives every Service port a port of its own, the same on every sync', () => {
    const many = Array.from({ length: 40 }, (_, index) => service({ clusterIP: `10.96.1.${index + 1}` }, `web-${index}`));
    const ports = sync(many).rules.relays.map(({ port }) => port);
    expect(new Set(ports).size).toBe(40);
    expect(sync(many).rules.relays.map(({ port }) => port)).toEqual(ports);
  });

  test('every jump lands', () => {
    const { rules } = sync([service()]);
    for (const { chains } of Object.values(rules.tables)) {
      const names = chains.map(({ name }) => name);
      for (const { rules: own } of chains) for (const { target } of own) if (target?.kind === 'jump') expect(names).toContain(target.chain);
    }
  });
});
