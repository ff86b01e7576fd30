import { describe, expect, test } from 'vitest';
import { parseLabFile, problemText } from './lab-file.ts';
import { sampleFiles, sampleLab, sampleLabText } from './sample-lab.ts';

const file = 'labs/l-999-sample/lab.yaml';

function problems(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return parseLabFile(text, file, sampleFiles(files), {}).problems.map(problemText);
}

/** The sample with one line changed; fails when there is no such line. */
function changed(from: string, to: string): string {
  expect(sampleLabText).toContain(from);
  return sampleLabText.replace(from, to);
}

test('a sound lab has no problems', () => {
  expect(problems(sampleLabText)).toEqual([]);
  expect(sampleLab().checks.map(({ id, after }) => [id, after])).toEqual([
    ['reach', undefined],
    ['closed', 'reach'],
    ['address', 'reach'],
  ]);
});

describe('a mistake is told with file, line, column, field and the next step', () => {
  test.each([
    [
      'a sender who is not there',
      changed('[pod/client]', '[pod/clinet]'),
      '16:12 checks[0].from[0]: no Pod named "clinet" after start/ is applied. Did you mean "client"?',
    ],
    [
      'a sender nobody resembles',
      changed('[pod/client]', '[pod/nobody-like-that]'),
      '16:12 checks[0].from[0]: no Pod named "nobody-like-that" after start/ is applied.',
    ],
    [
      'a sender of another namespace',
      changed('[pod/client]', '[pod/shop/client]'),
      '16:12 checks[0].from[0]: no Pod named "client" after start/ is applied.',
    ],
    [
      'a host outside',
      changed('outside/visitor', 'outside/visitr'),
      '24:12 checks[1].from[0]: no host named "visitr" outside this lab\'s cluster. Did you mean "visitor"?',
    ],
    [
      'a node',
      changed('outside/visitor', 'node/node-11'),
      '24:12 checks[1].from[0]: no node named "node-11" in this lab\'s cluster. Did you mean "node-1"?',
    ],
    [
      'a sender of no kind',
      changed('[pod/client]', '[client]'),
      '16:12 checks[0].from[0]: "client" names no sender; write pod/NAME, pod/NAMESPACE/NAME, node/NAME or outside/NAME',
    ],
    [
      'a target',
      changed('to: http://web', 'to: htp://web'),
      '17:9 checks[0].to: "htp" is no scheme; use one of http, https, tcp, telnet, udp, sctp, ping, icmp',
    ],
    [
      'a value no cluster has',
      changed('{nodePort:web}', '{nodport:web}'),
      '25:10 checks[1].to[0]: "{nodport:web}" is no value of a cluster; use {clusterIP:…}, {nodePort:…} or {nodeIP:…}',
    ],
    [
      'a check to wait for',
      changed('after: reach\n    kind: unreach', 'after: raech\n    kind: unreach'),
      '20:12 checks[1].after: there is no check "raech" before this one; use one of reach. Did you mean "reach"?',
    ],
    [
      'a check that comes later',
      changed('kind: connect', 'after: closed\n    kind: connect'),
      '13:12 checks[0].after: there is no check "closed" before this one; the first check waits for none.',
    ],
    [
      'a kind of check',
      changed('kind: connect', 'kind: conect'),
      '13:11 checks[0].kind: "conect" is none of connect, spread, unreachable, virtual-address. Did you mean "connect"?',
    ],
    [
      'a shake',
      changed('pod-addresses', 'pod-adresses'),
      '33:10 shakes[0]: "pod-adresses" is none of pod-addresses, service-addresses. Did you mean "pod-addresses"?',
    ],
    ['a field that is missing', changed('    times: 20\n', ''), '12:5 checks[0].times: is missing'],
    ['points', changed('points: 60', 'points: 50'), '12:3 checks: the points of all checks add up to 90; they must add up to 100'],
    ['an id', changed('id: closed', 'id: Closed'), '19:9 checks[1].id: use small letters, digits and single hyphens'],
    ['the same id twice', changed('id: address', 'id: closed'), '27:9 checks[2].id: two checks have the id "closed"; choose another'],
    [
      'a check of a misconception',
      changed('check: closed', 'check: close'),
      '41:12 misconceptions[0].check: there is no check "close"; use one of reach, closed, address. Did you mean "closed"?',
    ],
    [
      'a file',
      changed('name: web.yaml', 'name: wev.yaml'),
      '10:13 files[1].name: there is no file start/wev.yaml in this lab; make it, or correct the name',
    ],
    [
      'the cluster file',
      changed('cluster: cluster.yaml', 'cluster: world.yaml'),
      '7:10 cluster: there is no file world.yaml in this lab; make it, or correct the name',
    ],
    [
      'nothing to answer',
      changed('editable: true', 'editable: false'),
      '9:3 files: no file is editable, so there is nothing to answer; set editable: true on one',
    ],
  ])('%s', (_, text, told) => {
    expect(problems(text)[0]).toBe(`${file}:${told}`);
  });

  test('a misspelled field is told at its name, beside the one it stands for', () => {
    expect(problems(changed('times: 5', 'tims: 5'))).toEqual([
      `${file}:19:5 checks[1].times: is missing`,
      `${file}:26:5 checks[1].tims: there is no such field here. Did you mean "times"?`,
    ]);
    expect(problems(changed('after: reach\n    kind: virtual', 'aftre: reach\n    kind: virtual'))).toEqual([
      `${file}:28:5 checks[2].aftre: there is no such field here. Did you mean "after"?`,
    ]);
  });

  test('YAML that cannot be read is told where it breaks', () => {
    expect(problems(`${sampleLabText}  : [`)[0]).toMatch(new RegExp(`^${file}:\\d+:\\d+ \\S`));
  });

  test('a mistake in the cluster file is told in that file', () => {
    expect(problems(sampleLabText, { 'cluster.yaml': 'name: x\nnods: []\n' })[0]).toMatch(/^labs\/l-999-sample\/cluster\.yaml:2:1 /);
  });

  test('bounds that chance would break are told with bounds it would not', () => {
    const spread = changed(
      'kind: virtual-address\n    title: 가상 IP가 있다\n    points: 10\n    service: web',
      'kind: spread\n    title: 나뉜다\n    points: 10\n    from: pod/client\n    to: http://web\n    times: 300\n    over: { app: web }\n    least: 0.45\n    most: 0.55',
    );
    expect(problems(spread)[0]).toBe(
      `${file}:36:12 checks[2].least: a right answer can fail by chance: the bounds are closer than four standard deviations; raise times, or allow 0.38 to 0.62`,
    );
  });
});
