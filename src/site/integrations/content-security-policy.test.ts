import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { policyFor, withPolicy } from './content-security-policy.ts';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const directive = (policy: string, name: string) => policy.split('; ').find((each) => each.startsWith(`${name} `));

describe('policyFor', () => {
  test('allows inline scripts by hash, each once, and nothing else inline', () => {
    const policy = policyFor('<script>a()</script><script type="module">b()</script><script>a()</script>');
    expect(directive(policy, 'script-src')).toBe(`script-src 'self' 'wasm-unsafe-eval' ${hash('a()')} ${hash('b()')}`);
  });

  test('hashes neither external scripts nor data blocks', () => {
    const policy = policyFor('<script src="/a.js"></script><script type="application/json">{"b":1}</script>');
    expect(directive(policy, 'script-src')).toBe("script-src 'self' 'wasm-unsafe-eval'");
  });

  test('names no other origin', () => {
    expect(policyFor('')).not.toMatch(/https?:|\*|'unsafe-eval'/);
  });
});

describe('withPolicy', () => {
  test('puts the policy after the character set and before everything that loads', () => {
    const html = withPolicy('<html><head><meta charset="utf-8"><script>a()</script></head></html>', 'a.html');
    expect(html).toMatch(/^<html><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'self'; /);
  });

  test('names the page that cannot carry one', () => {
    expect(() => withPolicy('<p>no head</p>', 'broken.html')).toThrow('broken.html has no <head> to carry the Content-Security-Policy');
  });
});
