import { describe, expect, test } from 'vitest';
import { explainDifference, type Probe, simulate } from '#engine';
import { sampleWorld } from '#engine/api/sample-world.ts';
import { explainView } from './explain-view.ts';

const world = sampleWorld({ images: { web: { listen: [{ port: 8080, protocol: 'TCP' }] } } });
const probe: Probe = { from: { kind: 'node', name: 'node-1' }, protocol: 'TCP', host: '10.96.0.40', port: 80 };

const manifest = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: 10.96.0.40
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: v1
kind: Pod
metadata: { name: web-1, labels: { app: web } }
spec: { containers: [{ name: web, image: 'web:1' }] }
`;

function explained(before: string, after: string) {
  const cluster = (text: string) => simulate({ cluster: world, files: [{ name: 'web.yaml', text }], seed: 1 }).snapshot;
  return explainView(explainDifference(cluster(before), cluster(after), probe));
}

describe('explainView', () => {
  test('says which line turned which decision, rule by rule', () => {
    const view = explained(manifest.replace('selector: { app: web }', 'selector: { app: wbe }'), manifest);
    expect(view.headline).toBe('요청이 다르게 끝납니다. 까닭은 1가지입니다.');
    const [turn] = view.turns;
    expect(turn?.fields).toMatchObject([
      { text: 'Service web의 spec.selector.app 필드: wbe → web', isGone: false, place: { start: { line: 6 } } },
    ]);
    expect(turn?.before.text).toBe('3걸음 node-1: web 서비스에 준비된 엔드포인트가 없어 규칙이 곧바로 거절합니다.');
    expect(turn?.before.rule).toContain('-j REJECT');
    expect(turn?.after.rule).toContain('-j KUBE-SVC-');
    expect(turn?.result).toBe('거절 → web-1 도착');
    expect(view.others).toEqual([]);
  });

  test('tells two refusals apart', () => {
    const [turn] = explained(manifest.replace('selector: { app: web }', 'selector: { app: wbe }').replace('8080', '9090'), manifest).turns;
    expect(turn?.result).toBe('거절: 규칙이 거절했습니다. → 거절: 받는 쪽에 그 포트를 듣는 프로그램이 없습니다.');
  });

  test('says of objects that they came or went', () => {
    const [service = '', pod = ''] = manifest.split('---\n');
    const view = explained(manifest, pod);
    expect(view.turns[0]?.fields).toMatchObject([{ text: 'Service web: 없어졌습니다', isGone: true }]);
    expect(explained(pod, manifest).turns[0]?.fields).toMatchObject([{ text: 'Service web: 새로 생겼습니다', isGone: false }]);
    expect(service).toContain('Service');
  });

  test('says what does not matter', () => {
    const view = explained(manifest, manifest.replace('{ name: web }', '{ name: web, labels: { tier: front } }'));
    expect(view).toMatchObject({ headline: '이 요청은 두 클러스터에서 똑같이 갑니다.', turns: [] });
    expect(view.notes).toEqual(['달라진 필드 1개는 이 요청과 상관이 없습니다.']);
    expect(explained(manifest, manifest).notes).toEqual(['두 클러스터에 달라진 필드도 없습니다.']);
  });
});
