import { type IPv4, ipv4ToNumber } from '../../api/ipv4.ts';
import { EngineBug } from '../../diagnostics/engine-bug.ts';
import { type Chooser, certain, type Odds } from '../chance.ts';
import type { Packet } from '../packet.ts';
import type { RealServer, VirtualServer } from './virtual-server.ts';

export interface ScheduleInput {
  /** Never empty; weights above 0. */
  readonly servers: readonly RealServer[];
  readonly packet: Packet;
  readonly chooser: Chooser;
  /** The server, as `address:port`, whose turn it was last; absent: unknown. */
  readonly lastTurn: string | undefined;
  /** How many connections a server has through this virtual server. */
  readonly connectionsOf: (server: RealServer) => number;
}

export interface Scheduled {
  readonly server: RealServer;
  readonly odds: Odds;
}

type Scheduler = (input: ScheduleInput) => Scheduled;

/**
 * Linux' schedulers, by the names `ipvsadm -s` gives them.
 *
 * kube-proxy adds real servers in no fixed order and with weight 1. So where a round begins, and who comes first among equals, is chance; and the
 * weighted schedulers do what those without weights do.
 *
 * Models: Linux net/netfilter/ipvs/ip_vs_{rr,wrr,lc,wlc,sed,nq,dh,sh}.c.
 *
 * @models partly IPVS schedulers: rr, wrr, lc, wlc, sed, nq, dh, sh with equal weights; every known connection counts as active
 * @models no IPVS schedulers lblc, lblcr, mh, fo, ovf, twos
 */
const schedulers: Readonly<Record<string, Scheduler>> = {
  rr: nextInTurn,
  wrr: nextInTurn,
  lc: fewestConnections,
  wlc: fewestConnections,
  sed: fewestConnections,
  nq: fewestConnections,
  dh: ({ servers, packet }) => byHash(servers, packet.destination),
  sh: ({ servers, packet }) => byHash(servers, packet.source),
};

/** The first scheduler that is not modelled, if any virtual server has one. */
export function unknownScheduler({ virtualServers }: { readonly virtualServers: readonly VirtualServer[] }): string | undefined {
  // kube-proxy gives all of them the same.
  const name = virtualServers[0]?.scheduler;
  return name === undefined || Object.hasOwn(schedulers, name) ? undefined : name;
}

export function schedule(name: string, input: ScheduleInput): Scheduled {
  const scheduler = Object.hasOwn(schedulers, name) ? schedulers[name] : undefined;
  if (scheduler === undefined) throw new EngineBug(`there is no IPVS scheduler ${name}`);
  return scheduler(input);
}

export function serverText({ address, port }: RealServer): string {
  return `${address}:${port}`;
}

function nextInTurn({ servers, chooser, lastTurn }: ScheduleInput): Scheduled {
  const last = servers.findIndex((server) => serverText(server) === lastTurn);
  return last < 0 ? anyOf(servers, chooser) : { server: at(servers, (last + 1) % servers.length), odds: certain };
}

function fewestConnections({ servers, chooser, connectionsOf }: ScheduleInput): Scheduled {
  const counts = servers.map(connectionsOf);
  const fewest = Math.min(...counts);
  return anyOf(
    servers.filter((_, index) => counts[index] === fewest),
    chooser,
  );
}

function anyOf(servers: readonly RealServer[], chooser: Chooser): Scheduled {
  return { server: at(servers, chooser.pick(servers.length)), odds: { numerator: 1, denominator: servers.length } };
}

/** Buckets are dealt out to the servers in turn. */
function byHash(servers: readonly RealServer[], address: IPv4): Scheduled {
  const bucket = Math.imul(ipv4ToNumber(address), goldenRatio) >>> (32 - bucketBits);
  return { server: at(servers, bucket % servers.length), odds: certain };
}

/** Linux' `hash_32` and the size of its tables for dh and sh. */
const goldenRatio = 0x61c88647;
const bucketBits = 8;

function at(servers: readonly RealServer[], index: number): RealServer {
  const server = servers[index];
  if (server === undefined) throw new EngineBug('an IPVS scheduler chose a server that is not there');
  return server;
}
