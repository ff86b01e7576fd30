import { describe, expect, test } from 'vitest';
import { endpointsOf } from '../endpoint.ts';
import { endpoint, service, slice } from '../example-objects.ts';
import { servicePorts } from '../service-port.ts';
import { shortHash } from '../short-hash.ts';
import { endpointChainName, serviceChainNames } from './chain-names.ts';

/** Names read off real nodes. */
describe('chain names', () => {
  test.each([
    ['default/kubernetes:httpstcp', 'NPX46M4PTMTKRN6Y'],
    ['kube-system/kube-dns:dnsudp', 'TCOU7JCQXEZGVUNU'],
    ['default/nginxtcp', '2CMXP7HKUVJN7L6M'],
    ['ns1/svc1:p80tcp', 'XPGD46QRK7WJZT7O'],
    ['ns1/svc1:p80tcp10.180.0.1:80', 'SXIVWICOYRO3J4NJ'],
  ])('hash of %s', (text, hash) => {
    expect(shortHash(text, 16)).toBe(hash);
  });

  test('of a Service port and of one of its endpoints', () => {
    const ports = [{ name: 'https', protocol: 'TCP' as const, port: 443, targetPort: 6443 }];
    const [port] = servicePorts(service({ ports }, 'kubernetes'));
    if (port === undefined) throw new Error('the Service has no port');
    const names = serviceChainNames(port);
    expect(names.cluster).toBe('KUBE-SVC-NPX46M4PTMTKRN6Y');
    const slices = [slice([endpoint('172.31.0.1')], { name: 'kubernetes', ports: [{ name: 'https', protocol: 'TCP', port: 6443 }] })];
    const [only] = endpointsOf(port, slices);
    if (only === undefined) throw new Error('there is no endpoint');
    expect(endpointChainName(port, only)).toBe('KUBE-SEP-F2MQ5FFL3WJ2LXML');
  });

  test('do not remember the name hashed before', () => {
    const long = 'x'.repeat(2000);
    expect(shortHash(long, 16)).not.toBe(shortHash('x', 16));
    expect(shortHash('default/nginxtcp', 16)).toBe('2CMXP7HKUVJN7L6M');
  });
});
