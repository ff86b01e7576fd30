import type { EndpointSlice, SliceEndpoint } from '../../api/endpoint-slice.ts';
import type { Endpoints } from '../../api/endpoints.ts';
import type { DescribeWriter } from './describe-writer.ts';

/** Models: k8s.io/kubectl/pkg/describe/describe.go describeEndpointSliceV1, v1.37. */
export function describeEndpointSlice(out: DescribeWriter, slice: EndpointSlice): void {
  const { metadata, addressType, ports, endpoints } = slice;
  out.line(`Name:\t${metadata.name}`);
  out.line(`Namespace:\t${metadata.namespace}`);
  out.labels('Labels', metadata.labels);
  out.annotations(metadata.annotations);
  out.line(`AddressType:\t${addressType}`);
  out.line((ports ?? []).length === 0 ? 'Ports: <unset>' : 'Ports:');
  if ((ports ?? []).length > 0) {
    out.line('  Name\tPort\tProtocol');
    out.line('  ----\t----\t--------');
  }
  for (const { name, port, protocol = 'TCP' } of ports ?? []) out.line(`  ${name || '<unset>'}\t${port ?? '<unset>'}\t${protocol}`);
  out.line((endpoints ?? []).length === 0 ? 'Endpoints: <none>' : 'Endpoints:');
  for (const endpoint of endpoints ?? []) describeEndpoint(out, endpoint);
}

function describeEndpoint(out: DescribeWriter, { addresses, conditions, hostname, targetRef, nodeName, zone }: SliceEndpoint): void {
  out.line(`  - Addresses:\t${addresses.join(', ') || '<none>'}`);
  out.line('    Conditions:');
  out.line(`      Ready:\t${conditions?.ready ?? '<unset>'}`);
  out.line(`    Hostname:\t${hostname ?? '<unset>'}`);
  if (targetRef !== undefined) out.line(`    TargetRef:\t${targetRef.kind}/${targetRef.name}`);
  out.line(`    NodeName:\t${nodeName ?? '<unset>'}`);
  out.line(`    Zone:\t${zone ?? '<unset>'}`);
}

/** Models: k8s.io/kubectl/pkg/describe/describe.go describeEndpoints, v1.37. */
export function describeEndpoints(out: DescribeWriter, { metadata, subsets }: Endpoints): void {
  out.line(`Name:\t${metadata.name}`);
  out.line(`Namespace:\t${metadata.namespace}`);
  out.labels('Labels', metadata.labels);
  out.annotations(metadata.annotations);
  out.line('Subsets:');
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of subsets ?? []) {
    out.line(`  Addresses:\t${addresses.map(({ ip }) => ip).join(',') || '<none>'}`);
    out.line(`  NotReadyAddresses:\t${notReadyAddresses.map(({ ip }) => ip).join(',') || '<none>'}`);
    if (ports.length > 0) {
      out.line('  Ports:');
      out.line('    Name\tPort\tProtocol');
      out.line('    ----\t----\t--------');
    }
    for (const { name, port, protocol } of ports) out.line(`    ${name || '<unset>'}\t${port}\t${protocol}`);
    out.line('');
  }
}
