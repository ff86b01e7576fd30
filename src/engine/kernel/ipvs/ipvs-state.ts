/** Which real server, as `address:port`, a client keeps, and until when (cluster clock, ms). */
export interface PersistenceTemplate {
  readonly server: string;
  readonly expires: number;
}

/** What IPVS remembers from connection to connection. Immutable. */
export interface IpvsState {
  /** By virtual server: the real server, as `address:port`, whose turn it was last. Absent: nobody knows where the round stands. */
  readonly turns: ReadonlyMap<string, string>;
  /** By virtual server and client. */
  readonly templates: ReadonlyMap<string, PersistenceTemplate>;
}

export const emptyIpvsState: IpvsState = { turns: new Map(), templates: new Map() };
