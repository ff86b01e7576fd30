import { describe, expect, it } from 'vitest';
import { canonicalIp, parseCidrText, parseIpText } from './ip-text.ts';

describe('parseIpText', () => {
  it.each([
    ['10.96.0.1', '10.96.0.1'],
    ['010.096.0.01', '10.96.0.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:0db8:0:0:0:0:0:0012', '2001:db8::12'],
    ['::', '::'],
    ['1::', '1::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['64:ff9b::10.0.0.1', '64:ff9b::a00:1'],
  ])('%s is %s', (text, canonical) => {
    const ip = parseIpText(text);
    expect(ip && canonicalIp(ip)).toBe(canonical);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1.2',
    '10.0.0.x',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '12345::',
    '::10.0.0.256',
    'web',
    '10.0.0.1:80',
    'fe80::1%eth0',
  ])('%s is no address', (text) => {
    expect(parseIpText(text)).toBeUndefined();
  });

  it('tells spellings that strict rules refuse', () => {
    expect(parseIpText('10.0.0.01')).toMatchObject({ leadingZeros: true, mapped: false });
    expect(parseIpText('::ffff:10.0.0.1')).toMatchObject({ leadingZeros: false, mapped: true, family: 4 });
    expect(parseIpText('10.0.0.0')).toMatchObject({ leadingZeros: false });
  });
});

describe('parseCidrText', () => {
  it.each([
    ['10.0.0.0/8', { hostBits: false, leadingZeros: false, masked: '10.0.0.0/8' }],
    ['10.0.0.1/8', { hostBits: true, masked: '10.0.0.0/8' }],
    ['10.0.0.0/08', { leadingZeros: true }],
    ['192.168.1.130/25', { hostBits: true, masked: '192.168.1.128/25' }],
    ['2001:db8::1/64', { hostBits: true, masked: '2001:db8::/64' }],
    ['0.0.0.0/0', { hostBits: false }],
  ])('%s', (text, expected) => {
    expect(parseCidrText(text)).toMatchObject(expected);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', '/8', '::/129'])('%s is no range', (text) => {
    expect(parseCidrText(text)).toBeUndefined();
  });
});
