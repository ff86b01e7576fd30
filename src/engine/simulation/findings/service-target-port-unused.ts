import type { Service } from '../../api/service.ts';
import { type FindingRule, refOf } from './finding.ts';
import { hasSelector } from './selected-pods.ts';
import { slicesOf } from './service-slices.ts';

/** A `targetPort` beside hand-made slices: only the EndpointSlice controller reads it; kube-proxy takes the port that the slice says. */
export const serviceTargetPortUnused: FindingRule<Service> = (service, snapshot) => {
  const { metadata, spec } = service;
  if (hasSelector(spec) || spec.type === 'ExternalName' || spec.clusterIP === 'None') return [];
  const slicePorts = slicesOf(service, snapshot).flatMap((slice) => slice.ports ?? []);
  return (spec.ports ?? []).flatMap(({ name = '', protocol, targetPort }, index) => {
    const path = `spec.ports[${index}].targetPort`;
    // Where nobody wrote it, nobody asked for it.
    const isWritten = snapshot.sources.locate({ object: refOf(service), path }) !== undefined;
    const used = slicePorts.find((port) => (port.name ?? '') === name && (port.protocol ?? 'TCP') === protocol)?.port ?? targetPort;
    if (!isWritten || used === targetPort) return [];
    return [
      {
        code: 'service-target-port-unused' as const,
        message: `Service ${metadata.name} has no selector, so that its targetPort ${targetPort} has no say: its EndpointSlice says ${used}.`,
        args: { name: metadata.name, targetPort, used },
        path,
        replacement: { from: targetPort, to: used },
      },
    ];
  });
};
