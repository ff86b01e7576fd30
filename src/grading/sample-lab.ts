import type { Lab } from './lab.ts';
import { parseLabFile } from './lab-file.ts';

/** The smallest lab in which everything about grading can be seen: two Pods to put a Service before, a client inside and one outside. For tests. */
export const sampleLabText = `id: l-999
version: 2
title: web 앞에 서비스
lesson: s3-clusterip
minutes: 5
seed: 7
cluster: cluster.yaml
files:
  - { name: service.yaml, editable: true }
  - { name: web.yaml, editable: false }
checks:
  - id: reach
    kind: connect
    title: 닿는다
    points: 60
    from: [pod/client]
    to: http://web
    times: 20
  - id: closed
    after: reach
    kind: unreachable
    title: 밖에서는 닿지 않는다
    points: 30
    from: [outside/visitor]
    to: ["tcp://{nodeIP:node-1}:{nodePort:web}"]
    times: 5
  - id: address
    after: reach
    kind: virtual-address
    title: 가상 IP가 있다
    points: 10
    service: web
shakes: [pod-addresses, service-addresses]
hints:
  - { text: 첫째, cost: 10 }
  - { text: 둘째, cost: 20 }
misconceptions:
  - id: nodeport
    belief: NodePort가 필요하다
    feedback: 견주어 보십시오.
    check: closed
    when: { kind: Service, name: web, path: spec.type, equals: NodePort }
  - id: anything
    belief: 아무 포트나 된다
    feedback: 포트를 보십시오.
    check: reach
`;

const clusterText = `name: sample
podCIDR: 10.244.0.0/16
serviceCIDR: 10.96.0.0/16
nodePortRange: 30000-32767
apiServer: { clusterIP: 10.96.0.1, endpoint: 192.168.0.10 }
nodes:
  - { name: node-1, address: 192.168.0.11, podCIDR: 10.244.1.0/24 }
  - { name: node-2, address: 192.168.0.12, podCIDR: 10.244.2.0/24 }
dns: { domain: cluster.local, address: 10.96.0.10, server: 192.168.0.10, ttl: 30, upstream: {} }
loadBalancer: { kind: none }
outside:
  - { name: visitor, address: 198.51.100.7, routes: [{ to: 192.168.0.0/24, via: direct }] }
images: { web: [80/http], client: [] }
pods:
  - { name: client, node: node-1, ip: 10.244.1.5, labels: { role: client }, image: client }
`;

const startText = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
`;

const webText = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: web, readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 5 } }]
`;

/** An answer that passes every check of the sample. */
export const sampleSolution: string = `${startText}  selector: { app: web }\n  ports: [{ port: 80 }]\n`;

/** The sample's files by their path in its folder; `changes` replaces some. */
export function sampleFiles(changes: Readonly<Record<string, string>> = {}): (path: string) => string | undefined {
  const files: Readonly<Record<string, string>> = {
    'cluster.yaml': clusterText,
    'start/service.yaml': startText,
    'start/web.yaml': webText,
    ...changes,
  };
  return (path) => (Object.hasOwn(files, path) ? files[path] : undefined);
}

/** The sample, or one like it with other words in its `lab.yaml` or other files. Throws when the sample itself is broken. */
export function sampleLab(text: string = sampleLabText, files: Readonly<Record<string, string>> = {}): Lab {
  const { lab, problems } = parseLabFile(text, 'labs/sample/lab.yaml', sampleFiles(files), {});
  if (lab === undefined) throw new TypeError(JSON.stringify(problems));
  return lab;
}
