import type { L7ControllerSpec } from '../api/cluster-spec.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Gateway, GatewayClass, HTTPRoute } from '../api/gateway.ts';
import type { Ingress, IngressClass } from '../api/ingress.ts';
import { matchesLabels } from '../api/label-selector.ts';
import type { Pod } from '../api/pod.ts';
import type { Service } from '../api/service.ts';
import { gatewayConfig } from '../ingress/gateway/gateway-config.ts';
import { controlledIngresses } from '../ingress/ingress-class.ts';
import type { L7Proxy } from '../ingress/l7-proxy.ts';
import { nginxConfig } from '../ingress/nginx/nginx-config.ts';
import { podKey } from '../nodes/kubelet.ts';
import type { Snapshot } from './snapshot.ts';

/** The Pods of this world that read requests and pass them on, by `namespace/name`, with what they have made of the API's objects. */
export function l7Proxies(snapshot: Snapshot): ReadonlyMap<string, L7Proxy> {
  const { ingressController, gatewayController } = snapshot.cluster;
  const proxies = new Map<string, L7Proxy>();
  const put = (spec: L7ControllerSpec | undefined, make: (snapshot: Snapshot, spec: L7ControllerSpec) => L7Proxy) => {
    if (spec === undefined) return;
    const proxy = make(snapshot, spec);
    for (const pod of podsOf(snapshot, spec)) proxies.set(podKey(pod), proxy);
  };
  put(ingressController, ingressProxy);
  put(gatewayController, gatewayProxy);
  return proxies;
}

function podsOf({ store }: Snapshot, { namespace, labels }: L7ControllerSpec): readonly Pod[] {
  return store.list<Pod>('Pod', namespace).filter((pod) => matchesLabels(labels, pod.metadata.labels));
}

function ingressProxy({ store }: Snapshot, { controller }: L7ControllerSpec): L7Proxy {
  const config = nginxConfig({
    ingresses: controlledIngresses(controller, store.list<Ingress>('Ingress'), store.list<IngressClass>('IngressClass')),
    services: store.list<Service>('Service'),
    slices: store.list<EndpointSlice>('EndpointSlice'),
    secrets: store.list('Secret'),
  });
  return { kind: 'ingress-nginx', config };
}

function gatewayProxy({ store }: Snapshot, { controller }: L7ControllerSpec): L7Proxy {
  const config = gatewayConfig({
    controller,
    classes: store.list<GatewayClass>('GatewayClass'),
    gateways: store.list<Gateway>('Gateway'),
    routes: store.list<HTTPRoute>('HTTPRoute'),
    services: store.list<Service>('Service'),
    slices: store.list<EndpointSlice>('EndpointSlice'),
    secrets: store.list('Secret'),
  });
  return { kind: 'gateway', config };
}
