/** What the home page's picture shows: one connection of `client`, and which Pods twelve connections reach. */
export interface HomePicture {
  readonly client: Named;
  readonly service: Named;
  /** The node whose rules decide. */
  readonly node: string;
  readonly pods: readonly PicturedPod[];
  /** The Pod the drawn connection reached. */
  readonly chosen: PicturedPod;
  /** For each value of `sessionAffinity`: numbers of Pods, one a connection. */
  readonly runs: readonly { readonly affinity: 'None' | 'ClientIP'; readonly picks: readonly number[] }[];
}

export interface Named {
  readonly name: string;
  readonly address: string;
}

export interface PicturedPod extends Named {
  /** From 1, as the runs count them. */
  readonly number: number;
  /** Height of its box in the wide picture, and middle of its box in the narrow one. */
  readonly row: number;
  readonly column: number;
}

/** Where the three boxes stand: heights in the wide picture, middles in the narrow one. */
const rows = [52, 176, 300];
const columns = [55, 164, 273];
/** The line the packet leaves `client` on. */
const middle = 176;

/** The way of the packet in the wide picture: along the middle, and round two corners when its Pod is above or below. */
export function wideWay({ row }: PicturedPod): string {
  if (row === middle) return 'M94 176H1010';
  const turn = row > middle ? 12 : -12;
  return `M94 176H928Q940 176 940 ${middle + turn}V${row - turn}Q940 ${row} 952 ${row}H1010`;
}

/** A way the packet could have gone from the place where the Pod is picked. */
export function otherWideWay({ row }: PicturedPod): string {
  const turn = row > middle ? 12 : -12;
  return row === middle ? 'M556 176H1010' : `M556 176V${row - turn}Q556 ${row} 568 ${row}H1010`;
}

export function narrowWay({ column }: PicturedPod): string {
  return column < 60 ? `M44 62V320Q44 334 ${column} 334V348` : `M44 62V270Q44 308 80 308H${column - 24}Q${column} 308 ${column} 332V348`;
}

export function otherNarrowWay({ column }: PicturedPod): string {
  return `M44 236H20V324H${column}V348`;
}

/** The three Pods with their places in both pictures, in the order given. */
export function placePods(pods: readonly Named[]): readonly PicturedPod[] {
  return pods.map((pod, index) => ({ ...pod, number: index + 1, row: rows[index] ?? middle, column: columns[index] ?? 0 }));
}
