/** What the home page's picture shows: one connection of `client`, and which Pods twelve connections reach. */
export interface HomePicture {
  readonly client: { readonly name: string; readonly address: string };
  readonly service: { readonly name: string; readonly address: string };
  /** The node whose rules decide. */
  readonly node: string;
  readonly pods: readonly { readonly name: string; readonly address: string }[];
  /** Index in `pods` of the Pod the drawn connection reached. */
  readonly chosen: number;
  /** For each value of `sessionAffinity`: indices in `pods`, one a connection. */
  readonly runs: readonly { readonly affinity: 'None' | 'ClientIP'; readonly picks: readonly number[] }[];
}

export const homePicture: HomePicture = {
  client: { name: 'client', address: '10.244.1.5' },
  service: { name: 'my-app-service', address: '10.96.1.100:80' },
  node: 'node-1',
  pods: [
    { name: '파드 1', address: '10.244.1.10:8080' },
    { name: '파드 2', address: '10.244.1.11:8080' },
    { name: '파드 3', address: '10.244.2.10:8080' },
  ],
  chosen: 1,
  runs: [
    { affinity: 'None', picks: [1, 0, 2, 2, 0, 1, 1, 2, 0, 0, 2, 1] },
    { affinity: 'ClientIP', picks: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
  ],
};
