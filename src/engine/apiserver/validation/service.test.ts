import { describe, expect, it } from 'vitest';
import { create, refusals, service, update } from '../example-requests.ts';

const range = 'must be between 1 and 65535, inclusive';

describe('a new Service', () => {
  it.each([
    ['is fine with one unnamed port', service(), []],
    ['needs ports', service({ ports: [] }), ['spec.ports: Required value']],
    ['needs no ports when it is headless', service({ ports: [], clusterIP: 'None' }), []],
    [
      'needs port names from two on',
      service({ ports: [{ port: 80 }, { port: 443, name: 'https' }] }),
      ['spec.ports[0].name: Required value'],
    ],
    [
      'tells a name used twice after its own mistakes',
      service({
        ports: [
          { port: 80, name: 'a.b' },
          { port: 81, name: 'a.b' },
        ],
      }),
      [
        'spec.ports[0].name: Invalid value: "a.b": must not contain dots',
        'spec.ports[1].name: Invalid value: "a.b": must not contain dots',
        'spec.ports[1].name: Duplicate value: "a.b"',
      ],
    ],
    [
      'copies a missing port into targetPort, and reports both',
      service({ ports: [{ name: 'http' }] }),
      [`spec.ports[0].port: Invalid value: 0: ${range}`, `spec.ports[0].targetPort: Invalid value: 0: ${range}`],
    ],
    [
      'knows three protocols',
      service({ ports: [{ port: 80, protocol: 'HTTP' }] }),
      ['spec.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"'],
    ],
    [
      'prints a port pair that stands twice as a port with nothing else',
      service({
        ports: [
          { port: 80, name: 'a' },
          { port: 80, name: 'b' },
        ],
      }),
      ['spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}'],
    ],
    [
      'may have one number for TCP and UDP',
      service({
        ports: [
          { port: 53, name: 'a' },
          { port: 53, name: 'b', protocol: 'UDP' },
        ],
      }),
      [],
    ],
    [
      'tells an unknown type after the ports, the selector and the affinity',
      service({ type: 'Nodeport', ports: [{ port: 0 }], selector: { app: 'my app' }, sessionAffinity: 'clientIP' }),
      [
        `spec.ports[0].port: Invalid value: 0: ${range}`,
        `spec.ports[0].targetPort: Invalid value: 0: ${range}`,
        "spec.selector: Invalid value: \"my app\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        'spec.sessionAffinity: Unsupported value: "clientIP": supported values: "ClientIP", "None"',
        'spec.type: Unsupported value: "Nodeport": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
    [
      'has no node port as a ClusterIP Service',
      service({ ports: [{ port: 80, nodePort: 30080 }] }),
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [
      'needs a name to point at as an ExternalName Service',
      service({ type: 'ExternalName', clusterIP: '10.96.0.50' }),
      ['spec.clusterIPs: Forbidden: may not be set for ExternalName services', 'spec.externalName: Required value'],
    ],
    ['may point at an address as if it were a name', service({ type: 'ExternalName', externalName: '10.0.0.5' }), []],
    [
      'is not headless and a NodePort Service',
      service({ type: 'NodePort', clusterIP: 'None' }),
      ['spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services'],
    ],
    [
      'has no special external addresses',
      service({ externalIPs: ['127.0.0.1', '010.0.0.1', 'web'] }),
      [
        'spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
        'spec.externalIPs[1]: Invalid value: "010.0.0.1": must not have leading 0s',
        'spec.externalIPs[2]: Invalid value: "web": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ],
    ],
    [
      'keeps load balancer fields to load balancers, with the path the server prints',
      service({ loadBalancerSourceRanges: ['10.0.0.1/8'], allocateLoadBalancerNodePorts: true, loadBalancerClass: 'a/b' }),
      [
        "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
        'spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
        "spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'",
        "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
      ],
    ],
    [
      'has traffic policies that fit it',
      service({ externalTrafficPolicy: 'Local', healthCheckNodePort: 32000, internalTrafficPolicy: 'local', trafficDistribution: 'Near' }),
      [
        'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
        "spec.healthCheckNodePort: Invalid value: 32000: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
        'spec.internalTrafficPolicy: Unsupported value: "local": supported values: "Cluster", "Local"',
        'spec.trafficDistribution: Unsupported value: "Near": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
      ],
    ],
    [
      'tells the bounds of affinity in words that are off by one',
      service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 86401 } } }),
      ['spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400'],
    ],
    [
      'may remember a client for exactly a day',
      service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 86400 } } }),
      [],
    ],
  ])('%s', (_name, object, expected) => {
    expect(refusals(create(object))).toEqual(expected);
  });
});

describe('an update of a Service', () => {
  it.each([
    [
      'may not change the address',
      service({ clusterIP: '10.96.0.50' }),
      service({ clusterIP: '10.96.0.51' }),
      ['spec.clusterIPs[0]: Invalid value: ["10.96.0.51"]: may not change once set'],
    ],
    [
      'may not make it headless',
      service({ clusterIP: '10.96.0.50' }),
      service({ clusterIP: 'None' }),
      ['spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set'],
    ],
    [
      'may turn it into an ExternalName Service',
      service({ clusterIP: '10.96.0.50' }),
      service({ type: 'ExternalName', externalName: 'db.example.com' }),
      [],
    ],
    [
      'may not take the class from a load balancer',
      service({ type: 'LoadBalancer', loadBalancerClass: 'example.com/a' }),
      service({ type: 'LoadBalancer' }),
      ['spec.loadBalancerClass: Invalid value: "null": may not change once set'],
    ],
    [
      'may leave a node port in the manifest of a Service that has none any more',
      service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }),
      service({ ports: [{ port: 80, nodePort: 30080 }] }),
      [],
    ],
    [
      'may not change that node port on the way',
      service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }),
      service({ ports: [{ port: 80, nodePort: 30081 }] }),
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(refusals(update(before, after))).toEqual(expected);
  });
});
