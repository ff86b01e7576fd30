import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../api/json.ts';
import { create, pod, refusals, stored, update } from '../example-requests.ts';

describe('a new Pod', () => {
  it.each([
    ['needs containers', pod({ containers: [] }), ['spec.containers: Required value']],
    [
      'needs numbers for its ports, and names once',
      pod({}, { ports: [{ name: 'http' }, { name: 'http', containerPort: 65536 }] }),
      [
        'spec.containers[0].ports[0].containerPort: Required value',
        'spec.containers[0].ports[1].name: Duplicate value: "http"',
        'spec.containers[0].ports[1].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'has a port of the host once, whichever container asks',
      pod({
        hostNetwork: true,
        containers: [
          { name: 'a', image: 'i', ports: [{ containerPort: 80 }] },
          { name: 'b', image: 'i', ports: [{ containerPort: 80 }] },
        ],
      }),
      ['spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//80"'],
    ],
    [
      'has one way of probing',
      pod({}, { readinessProbe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } }),
      ['spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type'],
    ],
    [
      'is alive after one success',
      pod({}, { livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } }),
      ['spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1'],
    ],
    [
      'sleeps no longer than its grace period before it stops',
      pod({ terminationGracePeriodSeconds: 10 }, { lifecycle: { preStop: { sleep: { seconds: 60 } } } }),
      [
        'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 60: must be non-negative and less than terminationGracePeriodSeconds (10)',
      ],
    ],
    [
      'brings resolvers when it wants none of the cluster',
      pod({ dnsPolicy: 'None' }),
      ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
    ],
    [
      'asks for no more than its limits',
      pod({}, { resources: { limits: { cpu: '500m' }, requests: { cpu: '1' } } }),
      ['spec.containers[0].resources.requests: Invalid value: "1": must be less than or equal to cpu limit of 500m'],
    ],
    [
      'mounts volumes that it has',
      pod({}, { volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
      ['spec.containers[0].volumeMounts[0].name: Not found: "data"'],
    ],
    [
      'knows its priority classes',
      pod({ priorityClassName: 'urgent' }),
      ['pods "web" is forbidden: no PriorityClass with name urgent was found'],
    ],
  ])('%s', (_name, object, expected) => {
    expect(refusals(create(object))).toEqual(expected);
  });

  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.27', 'IfNotPresent'],
    ['registry:5000/shop/web', 'Always'],
    ['nginx@sha256:0123', 'IfNotPresent'],
  ])('pulls %s %s', (image, imagePullPolicy) => {
    expect(stored(create(pod({}, { image }))).spec).toMatchObject({ containers: [{ imagePullPolicy }] });
  });

  it.each([
    [{}, 'BestEffort'],
    [{ requests: { cpu: '1' } }, 'Burstable'],
    [{ limits: { cpu: '1', memory: '1Gi' } }, 'Guaranteed'],
  ])('with resources %j is %s', (resources, qosClass) => {
    expect(stored(create(pod({}, { resources }))).status).toEqual({ phase: 'Pending', qosClass });
  });

  it('says which of its fields nobody checked', () => {
    expect(create(pod({}, { securityContext: { privileged: true } }))).toMatchObject({
      ok: true,
      notModelled: ['spec.containers[0].securityContext'],
    });
  });

  it('is warned of ports that share a name', () => {
    const two = pod({
      containers: ['a', 'b'].map((name, i): JsonObject => ({ name, image: 'i', ports: [{ name: 'http', containerPort: 80 + i }] })),
    });
    expect(create(two).warnings).toEqual([
      'spec.containers[1].ports[0]: duplicate port name "http" with spec.containers[0].ports[0], services and probes that select ports by name will use spec.containers[0].ports[0]',
    ]);
  });
});

describe('an update of a Pod', () => {
  it('may bring another image', () => {
    expect(refusals(update(pod(), pod({}, { image: 'nginx:2', imagePullPolicy: 'Always' })))).toEqual([]);
  });

  it('shows what else it would change, as the server prints its own type', () => {
    const [text] = refusals(update(pod({}, { ports: [{ containerPort: 80 }] }), pod({}, { ports: [{ containerPort: 8080 }] })));
    expect(text?.slice(text.indexOf('\n') + 1)).toBe(
      [
        '@@ -12,7 +12,7 @@',
        '     {',
        '      "Name": "",',
        '      "HostPort": 0,',
        '-     "ContainerPort": 80,',
        '+     "ContainerPort": 8080,',
        '      "Protocol": "TCP",',
        '      "HostIP": ""',
        '     }',
        '',
      ].join('\n'),
    );
  });

  it('adds no container', () => {
    const two = pod({
      containers: [
        { name: 'app', image: 'nginx' },
        { name: 'more', image: 'nginx' },
      ],
    });
    expect(refusals(update(pod(), two))).toEqual(['spec.containers: Forbidden: pod updates may not add or remove containers']);
  });
});
