/** What a colour and a shape of the course stand for. The names are classes of base.css. */
export type RoleKind = 'packet' | 'client' | 'service' | 'pod' | 'node' | 'outside' | 'dns';

/** How a journey ended, as a mark shows it. The words say more than the mark does. */
export type OutcomeKind = 'ok' | 'refused' | 'dropped';
