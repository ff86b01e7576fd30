import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type ClusterSpec, diagnosticCodes, parseClusterFile, type SourceFile, simulate } from '#engine';

const folder = 'content/diagnostics';

/** A page as far as it is checked here. */
interface Page {
  readonly code: string;
  readonly severity: string;
  readonly summary: string;
  /** Its YAML blocks, the wrong example before the right one. */
  readonly wrong?: string;
  readonly right?: string;
}

const pages: readonly Page[] = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readPage(name.replace(/\.md$/, ''), readFileSync(`${folder}/${name}`, 'utf8')));

function readPage(code: string, text: string): Page {
  const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const { severity, summary } = parse(front) as { severity: string; summary: string };
  const blocks = [...body.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
  const hasWrong = body.includes('틀린 예:');
  const [first, second] = blocks;
  return {
    code,
    severity,
    summary,
    ...(hasWrong && first !== undefined ? { wrong: first } : {}),
    ...(hasWrong ? (second === undefined ? {} : { right: second }) : first === undefined ? {} : { right: first }),
  };
}

/** The course's cluster with one Pod that the examples' selector finds, and nobody who makes load balancers. */
const world = `
name: diagnostics
extends: [ref3]
loadBalancer: { kind: none, pool: [] }
pods:
  - name: web-1
    node: node-1
    ip: 10.244.1.20
    labels: { app: web }
    ports: [{ name: http, containerPort: 8080 }]
    listen: [8080/http]
`;

/** What is so in a cluster is another matter in another: where some pages' examples are applied instead. */
const cloud = 'loadBalancer: { kind: cloud, pool: [203.0.113.10/31] }';
const otherWorlds: Readonly<Record<string, string>> = {
  'service-load-balancer-class-unclaimed': cloud,
  'service-load-balancer-ip-unavailable': cloud,
  'node-port-closed-by-firewall': 'firewall: { allow: [] }',
};
const enforcing = 'cni: { kind: calico }';

function readWorld(change = ''): ClusterSpec {
  const library = { ref3: readFileSync('clusters/ref3.yaml', 'utf8'), diagnostics: world };
  const { value, diagnostics } = parseClusterFile(`name: page\nextends: [diagnostics]\n${change}\n`, 'world.yaml', library);
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

/** Codes of everything said when these texts are applied one after the other, in the world of a page. */
function codesOf(code: string, ...texts: readonly string[]): readonly string[] {
  const files = texts.map((text, index): SourceFile => ({ name: `example-${index + 1}.yaml`, text }));
  const isPolicy = code.startsWith('network-policy-') && code !== 'network-policy-not-enforced';
  return simulate({ cluster: readWorld(isPolicy ? enforcing : otherWorlds[code]), files, seed: 1 }).diagnostics.map(
    (diagnostic) => diagnostic.code,
  );
}

describe('every diagnostic has its page', () => {
  it('and every page its diagnostic', () => {
    expect(pages.map(({ code }) => code).sort()).toEqual([...diagnosticCodes].sort());
  });

  it.each(pages)('$code: a summary of two or three sentences', ({ summary }) => {
    expect(summary.match(/(?:다|오|까)\.(?= |$)/g)?.length).toBeGreaterThanOrEqual(2);
    expect(summary.length).toBeLessThan(260);
    expect(summary).not.toMatch(/은\(는\)|을\(를\)|이\(가\)|실수|잘못/);
  });
});

/** The wrong example of these is wrong only where the right one has been applied before. */
const updates = ['service-cluster-ip-immutable', 'endpointslice-address-type-immutable'];
const withExample = pages.filter((page) => page.wrong !== undefined);

describe('examples do what their page says', () => {
  it('has examples to try', () => {
    expect(withExample.length).toBeGreaterThan(50);
  });

  it.each(withExample)('$code: the wrong example is told so, the right one is not', ({ code, wrong = '', right = '' }) => {
    expect(updates.includes(code) ? codesOf(code, right, wrong) : codesOf(code, wrong)).toContain(code);
    expect(codesOf(code, right)).not.toContain(code);
  });
});
