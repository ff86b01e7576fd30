import { type HomePicture, placePods } from './home-picture.ts';

const pods = placePods([
  { name: '파드 1', address: '10.244.1.10:8080' },
  { name: '파드 2', address: '10.244.1.11:8080' },
  { name: '파드 3', address: '10.244.2.10:8080' },
]);
const [, chosen] = pods;
if (chosen === undefined) throw new Error('the picture has no Pod');

export const homePicture: HomePicture = {
  client: { name: 'client', address: '10.244.1.5' },
  service: { name: 'my-app-service', address: '10.96.1.100:80' },
  node: 'node-1',
  pods,
  chosen,
  runs: [
    { affinity: 'None', picks: [2, 1, 3, 3, 1, 2, 2, 3, 1, 1, 3, 2] },
    { affinity: 'ClientIP', picks: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2] },
  ],
};
