import type { Packet, Trace } from '#engine';

/** The plain part of a trace as `api.d.ts` describes it to authors; `id` names the trace in later calls. */
export function guestTrace(trace: Trace, id: number): object {
  const delivered = trace.end.kind === 'delivered' ? trace.end : undefined;
  return {
    id,
    steps: trace.steps.map((step) => ({
      trace: id,
      number: step.index + 1,
      leg: step.leg,
      kind: step.kind,
      place: step.place.name,
      before: guestPacket(step.before ?? step.after),
      after: guestPacket(step.after ?? step.before),
      rule: step.rule?.text,
      odds: step.odds === undefined ? undefined : `${step.odds.numerator}/${step.odds.denominator}`,
    })),
    end: trace.end.kind,
    to: delivered?.to.name,
    sourceSeen: delivered?.sourceSeen,
    httpStatus: delivered?.httpStatus,
  };
}

function guestPacket(packet: Packet | undefined): object {
  if (packet === undefined) return { protocol: '', source: '', destination: '' };
  return {
    protocol: packet.protocol,
    source: withPort(packet.source, packet.sourcePort),
    destination: withPort(packet.destination, packet.destinationPort),
  };
}

function withPort(address: string, port: number | undefined): string {
  return port === undefined ? address : `${address}:${port}`;
}
