/** One resource record, class IN. Names end in a dot, as DNS software prints them. */
export type DnsRecord = { readonly name: string; readonly ttl: number } & (
  | { readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly type: 'CNAME' | 'PTR' | 'NS'; readonly target: string }
  | { readonly type: 'SRV'; readonly priority: number; readonly weight: number; readonly port: number; readonly target: string }
  | { readonly type: 'TXT'; readonly text: string }
  | { readonly type: 'SOA'; readonly server: string; readonly mailbox: string; readonly minimum: number }
);

export interface DnsQuestion {
  readonly name: string;
  /** `A`, `SRV`, … in capitals. Types no plug-in knows are answered as the server does: no data, or no such name. */
  readonly type: string;
}

export interface DnsAnswer {
  readonly status: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL';
  readonly answer: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
}

/** A record as `dig` prints it. The serial of a zone is the time of its last change, which is not modelled: it reads `SERIAL`. */
export function printRecord(record: DnsRecord): string {
  return `${record.name} ${record.ttl} IN ${record.type} ${recordData(record)}`;
}

function recordData(record: DnsRecord): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address;
    case 'CNAME':
    case 'PTR':
    case 'NS':
      return record.target;
    case 'SRV':
      return `${record.priority} ${record.weight} ${record.port} ${record.target}`;
    case 'TXT':
      return `"${record.text}"`;
    case 'SOA':
      return `${record.server} ${record.mailbox} SERIAL 7200 1800 86400 ${record.minimum}`;
  }
}
