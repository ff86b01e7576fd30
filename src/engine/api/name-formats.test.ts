import { describe, expect, it } from 'vitest';
import {
  configMapKeyProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  environmentNameProblems,
  labelKeyProblems,
  labelValueProblems,
  type Problems,
  percentageProblems,
  portNameProblems,
  underscoreSubdomainProblems,
  wildcardSubdomainProblems,
} from './name-formats.ts';

/** How each problem begins: the rest is the server's explanation, which recordings check. */
const starts = (problems: Problems) => problems.map((problem) => problem.split(' ').slice(0, 4).join(' '));

describe('names', () => {
  it.each([
    ['a label', dnsLabelProblems, 'web-1', []],
    ['a label that starts with a digit', dnsLabelProblems, '3scale', []],
    ['a subdomain where a label is asked for', dnsLabelProblems, 'web.v1', ['must not contain dots']],
    ['capitals', dnsLabelProblems, 'Web', ['a lowercase RFC 1123']],
    ['63 characters', dnsLabelProblems, 'x'.repeat(63), []],
    ['64 characters', dnsLabelProblems, 'x'.repeat(64), ['must be no more']],
    ['64 bytes of Korean and a label', dnsLabelProblems, '가'.repeat(22), ['must be no more', 'a lowercase RFC 1123']],
    ['nothing', dnsSubdomainProblems, '', ['a lowercase RFC 1123']],
    ['an address', dnsSubdomainProblems, '10.0.0.1', []],
    ['a trailing dot', dnsSubdomainProblems, 'example.com.', ['a lowercase RFC 1123']],
    ['a wildcard', wildcardSubdomainProblems, '*.example.com', []],
    ['two wildcards', wildcardSubdomainProblems, '*.*.com', ['a wildcard DNS-1123 subdomain']],
    ['a search path', underscoreSubdomainProblems, '_tcp.db_1.example.com', []],
    ['an underscore alone', underscoreSubdomainProblems, '_', ['a lowercase RFC 1123']],
    ['a prefixed key', labelKeyProblems, 'example.com/MyName', []],
    ['two slashes', labelKeyProblems, 'a/b/c', ['a valid label key']],
    ['no key', labelKeyProblems, '', ['name part must be', 'name part must consist']],
    ['no name after the prefix', labelKeyProblems, 'example.com/', ['name part must be', 'name part must consist']],
    ['no prefix', labelKeyProblems, '/name', ['prefix part must be']],
    ['a bad prefix', labelKeyProblems, 'A B/c', ['prefix part a lowercase']],
    ['an empty label value', labelValueProblems, '', []],
    ['a long label value', labelValueProblems, 'x'.repeat(64), ['must be no more']],
    ['a port name', portNameProblems, 'http-2', []],
    ['a number as a port name', portNameProblems, '80', ['must contain at least']],
    [
      'a bad port name',
      portNameProblems,
      '-HTTP--',
      ['must contain only alpha-numeric', 'must contain at least', 'must not contain consecutive', 'must not begin or'],
    ],
    ['an equals sign in a variable', environmentNameProblems, 'A=B', ['a valid environment variable']],
    ['dots as a file name', configMapKeyProblems, '..', ["must not be '..'"]],
    ['25%', percentageProblems, '25%', []],
    ['25', percentageProblems, '25', ['a valid percent string']],
  ])('%s', (_name, rule, text, expected) => {
    expect(starts(rule(text))).toEqual(expected);
  });
});
