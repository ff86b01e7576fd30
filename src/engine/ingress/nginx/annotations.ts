import type { Ingress } from '../../api/ingress.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import { originOf } from '../route-origin.ts';

const prefix = 'nginx.ingress.kubernetes.io/';

/** When a canary takes a request. Odds are `weight / weightTotal`. */
export interface CanaryPolicy {
  readonly weight: number;
  readonly weightTotal: number;
  readonly header?: string;
  readonly headerValue?: string;
  readonly cookie?: string;
  /** Canaries remember no cookie affinity of their own. */
  readonly ignoresAffinity: boolean;
}

export interface CookieAffinity {
  readonly cookie: string;
  readonly path?: string;
  /** A request that failed picks another endpoint, cookie or not. */
  readonly changeOnFailure: boolean;
}

/** The annotations of one Ingress, as far as they have a say in where a request goes. */
export interface NginxAnnotations {
  /** Absent: this Ingress is no canary. */
  readonly canary?: CanaryPolicy;
  readonly affinity?: CookieAffinity;
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  /** Replaces the whole path; absent: the path goes on as it came. */
  readonly rewriteTarget?: string;
  /** The back end is the Service's own address, not its Pods. */
  readonly serviceUpstream: boolean;
  /** Annotations that would change the outcome and are not known here. */
  readonly unknown: readonly string[];
}

const understood = new Set([
  'affinity',
  'affinity-canary-behavior',
  'affinity-mode',
  'canary',
  'canary-by-cookie',
  'canary-by-header',
  'canary-by-header-value',
  'canary-weight',
  'canary-weight-total',
  'force-ssl-redirect',
  'rewrite-target',
  'service-upstream',
  'session-cookie-change-on-failure',
  'session-cookie-name',
  'session-cookie-path',
  'ssl-redirect',
]);

/** Annotations about times, sizes, headers and logs: the request goes to the same place with and without. */
const withoutEffect =
  /^(proxy-(body-size|connect-timeout|send-timeout|read-timeout|buffering|buffers-number|buffer-size|busy-buffers-size|max-temp-file-size|request-buffering|http-version|cookie-(domain|path))|client-body-buffer-size|session-cookie-(expires|max-age|samesite|secure|domain|conditional-samesite-none)|ssl-(ciphers|prefer-server-ciphers)|enable-(access-log|rewrite-log|opentelemetry|opentracing)|x-forwarded-prefix|upstream-vhost|connection-proxy-header|custom-headers|http2-push-preload|preserve-trailing-slash)$/;

/**
 * Models: ingress-nginx internal/ingress/annotations (canary, sessionaffinity, rewrite, serviceupstream), controller-v1.12.
 *
 * @models partly ingress-nginx annotations: canary, cookie affinity, TLS redirects, service-upstream, a rewrite without patterns; any other that
 * changes where a request goes makes the route not modelled
 */
export function nginxAnnotations({ metadata }: Ingress): NginxAnnotations {
  const given = metadata.annotations ?? {};
  const text = (name: string) => given[prefix + name];
  const isTrue = (name: string) => text(name) === 'true';
  const whole = (name: string) => (/^\d+$/.test(text(name) ?? '') ? Number(text(name)) : undefined);
  const names = Object.keys(given).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  const header = text('canary-by-header');
  const headerValue = text('canary-by-header-value');
  const cookie = text('canary-by-cookie');
  const rewriteTarget = text('rewrite-target');
  const path = text('session-cookie-path');
  const canary: CanaryPolicy | undefined = isTrue('canary')
    ? {
        weight: whole('canary-weight') ?? 0,
        weightTotal: Math.max(100, whole('canary-weight-total') ?? 100),
        ...(header === undefined ? {} : { header: header.toLowerCase() }),
        ...(headerValue === undefined ? {} : { headerValue }),
        ...(cookie === undefined ? {} : { cookie }),
        ignoresAffinity: text('affinity-canary-behavior') === 'legacy',
      }
    : undefined;
  const affinity: CookieAffinity | undefined =
    text('affinity') === 'cookie'
      ? {
          cookie: text('session-cookie-name') ?? 'INGRESSCOOKIE',
          ...(path === undefined ? {} : { path }),
          changeOnFailure: isTrue('session-cookie-change-on-failure'),
        }
      : undefined;
  return {
    ...(canary === undefined ? {} : { canary }),
    ...(affinity === undefined ? {} : { affinity }),
    sslRedirect: text('ssl-redirect') !== 'false',
    forceSslRedirect: isTrue('force-ssl-redirect'),
    ...(rewriteTarget === undefined ? {} : { rewriteTarget }),
    serviceUpstream: isTrue('service-upstream'),
    unknown: names
      .filter((name) => !understood.has(name) && !withoutEffect.test(name) && !isHarmless(name, text(name)))
      .map((name) => prefix + name)
      .sort(),
  };
}

/** Values that ask for what happens anyway. */
function isHarmless(name: string, value: string | undefined): boolean {
  if (name === 'backend-protocol') return value === 'HTTP' || value === 'AUTO_HTTP';
  if (name === 'load-balance') return value === 'round_robin';
  return value === 'false' && (name === 'use-regex' || name === 'ssl-passthrough' || name.startsWith('enable-'));
}

/** Where one annotation is written. */
export function annotationOrigin(ingress: Ingress, name: string): FieldOrigin {
  return originOf(ingress, `metadata.annotations[${prefix}${name}]`);
}
