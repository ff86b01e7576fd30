import type { ListenSpec } from '../api/cluster-spec.ts';
import type { Protocol } from '../api/protocol.ts';

const pattern = /^([1-9]\d{0,4})\/(tcp|udp|sctp|https?)(?::([1-5]\d\d))?$/;
const protocols: Readonly<Record<string, Protocol>> = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP', http: 'TCP', https: 'TCP' };

/**
 * `8080/tcp`, `53/udp`, or a program that speaks HTTP: `8080/http` answers 200, `8080/http:503` answers 503, `443/https` does so over TLS.
 * `undefined` for anything else.
 */
export function parseListen(text: string): ListenSpec | undefined {
  const [, port = '', kind = '', status] = pattern.exec(text) ?? [];
  const protocol = protocols[kind];
  if (protocol === undefined || Number(port) > 65535) return undefined;
  if (!kind.startsWith('http')) return status === undefined ? { port: Number(port), protocol } : undefined;
  const answers = { port: Number(port), protocol, http: status === undefined ? 200 : Number(status) };
  return kind === 'https' ? { ...answers, tls: true } : answers;
}
