/**
 * How well a name of a listener or route fits a host: more is better, `undefined` is not at all. A full name goes before every wildcard, a longer
 * one before a shorter; `*.name` stands for one label or several; no name fits every host, worst of all.
 *
 * Models: kubernetes-sigs/gateway-api apis/v1/httproute_types.go HTTPRouteSpec.Hostnames and gateway_types.go Listener.Hostname, v1.5.
 */
export function hostFit(name: string | undefined, host: string): number | undefined {
  if (name === undefined) return 0;
  const lower = name.toLowerCase();
  if (!lower.startsWith('*.')) return lower === host ? 1000 + lower.length : undefined;
  const suffix = lower.slice(1);
  return host.endsWith(suffix) && host.length > suffix.length ? lower.length : undefined;
}

/** Whether some host fits both names. */
export function hostsMeet(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  if (!first.startsWith('*.')) return hostFit(second, first) !== undefined;
  if (!second.startsWith('*.')) return hostFit(first, second) !== undefined;
  return first.endsWith(second.slice(1)) || second.endsWith(first.slice(1));
}
