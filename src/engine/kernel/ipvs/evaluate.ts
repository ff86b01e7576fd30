import { certain } from '../chance.ts';
import type { RuleVisit, StageInput, StageOutcome, Verdict } from '../stage.ts';
import type { IpvsTables } from './print.ts';
import { type Scheduled, schedule, serverText } from './schedule.ts';
import { findVirtualServer, type RealServer, type VirtualServer, virtualServerKey } from './virtual-server.ts';

/** Names under which virtual and real servers are listed as rules: all virtual servers, and each one's real servers by its key. */
export const ipvsTable = 'ipvs';
export const virtualServersChain = 'virtual-servers';

/**
 * Finds the virtual server of a new connection and a real server for it. Without one the sender is told that nobody listens; what is for no
 * virtual server goes on its way.
 *
 * Models: Linux net/netfilter/ipvs/ip_vs_core.c ip_vs_in and ip_vs_schedule, ip_vs_xmit.c ip_vs_nat_xmit.
 *
 * @models partly IPVS connections: from documentation and kernel source; no recording of a real IPVS kernel
 */
export function evaluateIpvs(rules: IpvsTables, input: StageInput): StageOutcome {
  const { packet, state } = input;
  const key = virtualServerKey(packet.destination, packet.destinationPort, packet.protocol);
  const position = findVirtualServer(rules.virtualServers, key) + 1;
  const virtualServer = rules.virtualServers[position - 1];
  const outcome = (verdict: Verdict, visits: readonly RuleVisit[]): StageOutcome => {
    return { verdict, mark: packet.mark, state, visits, odds: certain, askedMemory: false };
  };
  if (virtualServer === undefined) return outcome({ kind: 'accept' }, []);
  const found = { table: ipvsTable, chain: virtualServersChain, position, count: 1 } as const;
  const servers = virtualServer.realServers.filter(({ weight }) => weight > 0);
  if (servers.length === 0) return outcome({ kind: 'reject', with: 'icmp-port-unreachable' }, [{ ...found, effect: 'reject' }]);

  const kept = keptServer(virtualServer, key, servers, input);
  const { server, odds } = kept ?? scheduled(virtualServer, key, servers, input);
  const chosen = { table: ipvsTable, chain: key, position: virtualServer.realServers.indexOf(server) + 1 } as const;
  return {
    verdict: { kind: 'dnat', address: server.address, port: server.port },
    mark: packet.mark,
    state: { ...state, ipvs: remember(virtualServer, key, server, input, kept === undefined) },
    visits: [
      { ...found, effect: 'jump' },
      { ...chosen, count: 1, effect: kept === undefined ? 'pick' : 'recall' },
      { ...chosen, count: 0, effect: 'dnat' },
    ],
    odds,
    askedMemory: virtualServer.persistentSeconds > 0,
  };
}

/** The server that this client's template names, as long as it is still there. */
function keptServer(
  { persistentSeconds }: VirtualServer,
  key: string,
  servers: readonly RealServer[],
  { packet, state, now }: StageInput,
): Scheduled | undefined {
  const template = persistentSeconds > 0 ? state.ipvs.templates.get(templateKey(key, packet.source)) : undefined;
  if (template === undefined || template.expires <= now) return undefined;
  const server = servers.find((candidate) => serverText(candidate) === template.server);
  return server && { server, odds: certain };
}

function scheduled(
  { scheduler }: VirtualServer,
  key: string,
  servers: readonly RealServer[],
  { packet, chooser, state, now }: StageInput,
): Scheduled {
  return schedule(scheduler, {
    servers,
    packet,
    chooser,
    lastTurn: state.ipvs.turns.get(key),
    connectionsOf: ({ address, port }) =>
      state.conntrack
        .list()
        .filter(
          ({ original, reply, expires }) =>
            expires > now &&
            reply.source === address &&
            reply.sourcePort === port &&
            virtualServerKey(original.destination, original.destinationPort, original.protocol) === key,
        ).length,
  });
}

function remember(
  { persistentSeconds }: VirtualServer,
  key: string,
  server: RealServer,
  { packet, state, now }: StageInput,
  wasScheduled: boolean,
): StageInput['state']['ipvs'] {
  const text = serverText(server);
  const { turns, templates } = state.ipvs;
  return {
    turns: wasScheduled ? new Map(turns).set(key, text) : turns,
    templates:
      persistentSeconds > 0
        ? new Map(templates).set(templateKey(key, packet.source), { server: text, expires: now + persistentSeconds * 1000 })
        : templates,
  };
}

function templateKey(key: string, client: string): string {
  return `${key} ${client}`;
}
