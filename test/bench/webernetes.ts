import { registerHooks } from 'node:module';
import type { ProcessContext } from '@ngrok/webernetes';

// The package is written for bundlers: its own imports have no file endings.
registerHooks({
  resolve(specifier, context, next) {
    const inPackage = context.parentURL?.includes('/@ngrok/webernetes/') === true && specifier.startsWith('.');
    for (const ending of inPackage ? ['', '.js', '/index.js'] : ['']) {
      try {
        const found = next(specifier + ending, context);
        if (!found.url.endsWith('/')) return found;
      } catch {
        // The next ending may be the one.
      }
    }
    return next(specifier, context);
  },
});

const { BaseImage, Cluster } = await import('@ngrok/webernetes');

class MyApp extends BaseImage {
  static readonly imageName = 'my-app';
  static readonly imageVersion = '1.0';
  readonly defaultCommand = ['server'];

  override async exec(context: ProcessContext, argv: readonly string[]): Promise<number> {
    if (argv[0] !== 'server') return await super.exec(context, argv);
    context.listenHttp(8080, async () => ({ status: 200, body: 'ok\n' }));
    return await context.waitUntilKilled();
  }
}

const labels = { app: 'my-app' };

const objects = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'my-app' },
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'my-app:1.0' }] } },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'my-app-service' },
    spec: { type: 'NodePort', selector: labels, ports: [{ port: 80, targetPort: 8080, nodePort: 31000, protocol: 'TCP' }] },
  },
];

/** Milliseconds that @ngrok/webernetes takes to start a cluster, and from `apply` to the first answer of the lesson's Service. */
export async function measureWebernetes(): Promise<{ readonly boot: number; readonly service: number }> {
  const cluster = new Cluster();
  try {
    cluster.registerImage(MyApp);
    const started = performance.now();
    await cluster.init();
    const booted = performance.now();
    await cluster.apply(objects as Parameters<typeof cluster.apply>[0]);
    for (const deadline = booted + 20_000; performance.now() < deadline; ) {
      const answered = await cluster.fetch('http://node-1:31000').then(
        (response) => response.status === 200,
        () => false,
      );
      if (answered) return { boot: booted - started, service: performance.now() - booted };
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error('webernetes did not answer within 20 s');
  } finally {
    await cluster.close();
  }
}
