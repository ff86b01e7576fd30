import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import type { LoadBalancerIngress, Service, ServicePortSpec } from '../../api/service.ts';
import { formatLabels } from '../format-labels.ts';
import { hostPort } from '../tables/endpoints-table.ts';
import type { DescribeWriter } from './describe-writer.ts';

const endpointsShown = 3;

/**
 * `kubectl describe service` up to its events; `slices` are those that carry the Service's name.
 *
 * Models: k8s.io/kubectl/pkg/describe/describe.go describeService, v1.37.
 *
 * @models yes kubectl describe service
 */
export function describeService(out: DescribeWriter, service: Service, slices: readonly EndpointSlice[]): void {
  const { metadata, spec, status } = service;
  const row = (title: string, value: string | number | undefined) => {
    if (value !== undefined && value !== '') out.line(`${title}:\t${value}`);
  };
  row('Name', metadata.name);
  row('Namespace', metadata.namespace);
  out.labels('Labels', metadata.labels);
  out.annotations(metadata.annotations);
  row('Selector', formatLabels(spec.selector));
  row('Type', spec.type);
  row('IP Family Policy', spec.ipFamilyPolicy);
  row('IP Families', joined(spec.ipFamilies) ?? '<none>');
  out.line(`IP:\t${spec.clusterIP ?? ''}`);
  row('IPs', joined(spec.clusterIPs) ?? '<none>');
  row('External IPs', joined(spec.externalIPs));
  row('Desired LoadBalancer IP', spec.loadBalancerIP);
  row('External Name', spec.externalName);
  row('LoadBalancer Ingress', joined(status.loadBalancer.ingress?.map(formatIngressPoint), ', '));
  for (const port of spec.ports ?? []) describePort(out, port, slices);
  row('Session Affinity', spec.sessionAffinity);
  row('External Traffic Policy', spec.externalTrafficPolicy);
  row('Internal Traffic Policy', spec.internalTrafficPolicy);
  row('HealthCheck NodePort', spec.healthCheckNodePort === 0 ? undefined : spec.healthCheckNodePort);
  row('LoadBalancer Source Ranges', joined(spec.loadBalancerSourceRanges));
  row('Traffic Distribution', spec.trafficDistribution);
}

function describePort(out: DescribeWriter, port: ServicePortSpec, slices: readonly EndpointSlice[]): void {
  const name = port.name === undefined || port.name === '' ? '<unset>' : port.name;
  out.line(`Port:\t${name}\t${port.port}/${port.protocol}`);
  out.line(`TargetPort:\t${port.targetPort}/${port.protocol}`);
  if (port.appProtocol !== undefined) out.line(`AppProtocol:\t${port.appProtocol}`);
  if (port.nodePort !== undefined && port.nodePort !== 0) out.line(`NodePort:\t${name}\t${port.nodePort}/${port.protocol}`);
  out.line(`Endpoints:\t${formatEndpoints(slices, port.name ?? '')}`);
}

/**
 * Ready addresses of one port, three at most. That more follow is said as soon as anything at all follows the third, be it ready or not:
 * kubectl's own ` + 0 more...`.
 */
function formatEndpoints(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const list: string[] = [];
  let more = false;
  let count = 0;
  for (const slice of slices) {
    const ports = slice.ports ?? [];
    const shown = ports.length === 0 ? [undefined] : ports.filter(({ name = '' }) => name === portName).map(({ port }) => port ?? 0);
    for (const port of shown) {
      for (const { addresses, conditions } of slice.endpoints ?? []) {
        if (list.length === endpointsShown) more = true;
        const [address] = addresses;
        if (address === undefined || conditions?.ready === false) continue;
        if (!more) list.push(port === undefined ? address : hostPort(address, port));
        count += 1;
      }
    }
  }
  return list.join(',') + (more ? ` + ${count - endpointsShown} more...` : '');
}

function formatIngressPoint({ ip, hostname = '', ipMode }: LoadBalancerIngress): string {
  if (ip === undefined || ip === '') return hostname;
  return ipMode === undefined ? ip : `${ip} (${ipMode})`;
}

function joined(values: readonly string[] | undefined, separator = ','): string | undefined {
  return values === undefined || values.length === 0 ? undefined : values.join(separator);
}
