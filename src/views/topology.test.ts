import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ClusterSpec, parseClusterFile, parseProbe, simulate, trace } from '#engine';
import { topology } from './topology.ts';

const library = {
  ref3: readFileSync('clusters/ref3.yaml', 'utf8'),
  'workloads/my-app': readFileSync('clusters/workloads/my-app.yaml', 'utf8'),
};

function world(): ClusterSpec {
  const { value } = parseClusterFile('name: topology\nextends: [ref3, workloads/my-app]\n', 'topology.yaml', library);
  if (value === undefined) throw new Error('the world cannot be read');
  return value;
}

const service = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  clusterIP: 10.96.1.100
  selector: { app: my-app }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
`;

function drawn(from: string, to: string, seed = 1) {
  const { snapshot } = simulate({ cluster: world(), files: [{ name: 'service.yaml', text: service }], seed: 1 });
  const probe = parseProbe(from, to);
  if (!probe.ok) throw new Error(probe.reason);
  const journey = trace(snapshot, probe.probe, seed);
  return { view: topology(snapshot, journey), journey };
}

describe('topology', () => {
  test('every step of the way out is a tick with the number of the trace table', () => {
    const { view, journey } = drawn('pod/client', 'http://web');
    const out = journey.steps.filter((step) => step.leg === 'out').map((step) => step.index + 1);
    expect(view.steps.map((step) => step.number)).toEqual(out);
  });

  test('the path ends at the Pod that received', () => {
    const { view, journey } = drawn('outside/client', 'http://192.168.10.13:30080');
    if (journey.end.kind !== 'delivered') throw new Error(journey.end.kind);
    const chosen = view.lanes.flatMap((lane) => lane.pods).filter((pod) => pod.chosen);
    expect(chosen.map((pod) => pod.name)).toEqual([journey.end.to.name]);
    expect(view.path.at(-1)).toEqual({ x: chosen[0]?.x, y: (chosen[0]?.y ?? 0) + (chosen[0]?.height ?? 0) / 2 });
    expect(view.sender).toMatchObject({ kind: 'outside', address: '198.51.100.7' });
  });

  test('no two boxes overlap, and all lie in their lane', () => {
    const { view } = drawn('pod/client', 'http://web');
    for (const lane of view.lanes) {
      const boxes = [lane.rules, ...lane.pods];
      for (const [index, box] of boxes.entries()) {
        expect(
          box.x >= lane.x && box.x + box.width <= lane.x + lane.width && box.y >= lane.y && box.y + box.height <= lane.y + lane.height,
        ).toBe(true);
        for (const other of boxes.slice(index + 1)) {
          const apart =
            box.x + box.width <= other.x ||
            other.x + other.width <= box.x ||
            box.y + box.height <= other.y ||
            other.y + other.height <= box.y;
          expect(apart).toBe(true);
        }
      }
    }
  });

  test('says in words what it shows', () => {
    const { view } = drawn('pod/client', 'tcp://10.96.1.100:80');
    expect(view.description).toMatch(/^client 쪽이 보냅니다\. .*node-1.* 노드의 규칙이 목적지를 10\.244\.\d+\.\d+:8080 주소로 바꿉니다\./);
  });
});
