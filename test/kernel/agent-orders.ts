/** What the suite tells the agent of one namespace to do. */
export type Order =
  | {
      readonly do: 'listen';
      readonly id: number;
      readonly protocol: 'TCP' | 'UDP';
      readonly address: string;
      readonly port: number;
      /** What it answers; `$SOURCE` stands for the address the client was seen under. */
      readonly greeting: string;
    }
  | {
      readonly do: 'send';
      readonly id: number;
      readonly protocol: 'TCP' | 'UDP';
      readonly host: string;
      readonly port: number;
      /** Milliseconds until silence counts as one. */
      readonly patience: number;
    };

/** What came of an order. */
export interface Outcome {
  readonly id: number;
  readonly saw: string;
}
