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

function readWorld(): ClusterSpec {
  const { value, diagnostics } = parseClusterFile(world, 'world.yaml', { ref3: readFileSync('clusters/ref3.yaml', 'utf8') });
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}
const cluster = readWorld();

/** Codes of everything said when these texts are applied one after the other. */
function codesOf(...texts: readonly string[]): readonly string[] {
  const files = texts.map((text, index): SourceFile => ({ name: `example-${index + 1}.yaml`, text }));
  return simulate({ cluster, files, seed: 1 }).diagnostics.map(({ code }) => code);
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
const updates = ['service-cluster-ip-immutable'];
const withExample = pages.filter((page) => page.wrong !== undefined);

describe('examples do what their page says', () => {
  it('has examples to try', () => {
    expect(withExample.length).toBeGreaterThan(50);
  });

  it.each(withExample)('$code: the wrong example is told so, the right one is not', ({ code, wrong = '', right = '' }) => {
    expect(updates.includes(code) ? codesOf(right, wrong) : codesOf(wrong)).toContain(code);
    expect(codesOf(right)).not.toContain(code);
  });
});
