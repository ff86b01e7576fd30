/** Protocols a Service port may have. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** Protocols a packet may have: ping exists although no Service port can. */
export type PacketProtocol = Protocol | 'ICMP';
