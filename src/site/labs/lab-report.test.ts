import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { grade } from '#grading/grade.ts';
import type { GradeReport } from '#grading/report.ts';
import { readAnswer, readLab } from '../../cli/labs.ts';
import { type CheckView, checkViews, standing } from './lab-report.ts';

const root = join(import.meta.dirname, '..', '..', '..', 'labs');
const { lab, folder } = readLab(root, 'l-302-internal-cache');
if (lab === undefined) throw new TypeError('the lab of this test cannot be read');

function report(answer: string): GradeReport {
  if (lab === undefined) throw new TypeError('no lab');
  const files = answer === 'start' ? {} : readAnswer(join(folder, answer));
  return grade(lab, { format: 1, lab: { id: lab.id, version: lab.version }, files, hintsUsed: 0 });
}

/** The failed checks of an answer, as they are shown. */
function failed(answer: string): readonly CheckView[] {
  if (lab === undefined) throw new TypeError('no lab');
  return checkViews(lab, report(answer)).filter(({ state }) => state === 'fail');
}

/** A failure as one line of text. */
function sentence({ why }: CheckView): string {
  const step = why?.step;
  const decided = step === undefined ? [] : [step.outcome?.word ?? '', `${step.label}에서`, step.verb, step.reason];
  return [why?.seen, ...decided].filter(Boolean).join(' ');
}

test('before any run every check is yet to come', () => {
  expect(checkViews(lab, undefined).map(({ word }) => word)).toEqual(['아직', '아직', '아직', '아직', '아직']);
});

test('after passing the shaken runs are lines of their own', () => {
  const views = checkViews(lab, report('solution'));
  expect(views.map(({ word }) => word)).toEqual(Array(7).fill('통과'));
  expect(views.slice(5).map(({ title, seen }) => [title, seen])).toEqual([
    ['흔들기: 파드 IP를 모두 바꿈', '5/5'],
    ['흔들기: 서비스 IP를 바꿈', '5/5'],
  ]);
  expect(standing(report('solution'))).toEqual({ word: '모두 통과했습니다', figure: '5/5' });
});

test('what waits says for which', () => {
  const views = checkViews(lab, report('start'));
  expect(views.map(({ word }) => word)).toEqual(['실패', '기다림', '기다림', '기다림', '기다림']);
  expect(views[1]?.seen).toBe('첫째 검사가 먼저입니다');
  expect(standing(report('start'))).toEqual({ word: '검사 다섯이 남았습니다', figure: '0/5' });
});

describe('a failure says what was seen, which step decided, and why', () => {
  test.each([
    [
      'attempts/pod-name-as-selector',
      /^요청 300번이 모두 닿지 않았습니다\. 거절 4걸음 KUBE-SERVICES에서 멈췄습니다\. .*준비된 엔드포인트가 없어/,
    ],
    ['attempts/target-port-guessed', /^요청 300번이 모두 닿지 않았습니다\. 거절 7걸음에서 멈췄습니다\. .*80번 포트를 듣는 프로그램이 없어/],
    [
      'attempts/nodeport',
      /^클러스터 밖의 client 호스트에서 192\.168\.10\.11:\d+ 주소로 보낸 요청이 도착했습니다\. .* 3걸음 KUBE-NODEPORTS에서 길이 열립니다\./,
    ],
    ['attempts/headless', /^연결 300번이 도착했지만, 서비스의 규칙은 파드를 한 번도 고르지 않았습니다\. 2걸음에서 정해졌습니다\./],
    ['attempts/session-affinity', /^300번 가운데 많이 받은 파드가 300번, 적게 받은 파드가 0번입니다\. 5걸음 KUBE-SVC에서 정해졌습니다\./],
  ])('%s', (answer, words) => {
    expect(sentence(failed(answer)[0] ?? { id: '', title: '', state: 'none', word: '' })).toMatch(words);
  });

  test('its trace can be opened at that step, unless the cluster was disturbed first', () => {
    const [spread, unready] = failed('attempts/local-only');
    expect(spread?.why?.step?.request).toMatchObject({ step: 5, check: 2 });
    expect(unready?.seen).toBe('20초 뒤 100/100 · 100/100 · 0/100');
    expect(unready?.why?.step?.request).toBeUndefined();
  });

  test('and what is often believed, at the check that shows it', () => {
    expect(failed('attempts/nodeport')[0]?.why?.paragraphs).toEqual([
      '「클라이언트가 여러 노드에 있으면 NodePort가 필요하다」고 믿기 쉽습니다. 첫째 검사에서 세 노드의 클라이언트가 어떤 주소로 닿았는지 견주어 보십시오.',
    ]);
  });
});

test('no sentence leaves a place unfilled', () => {
  for (const answer of ['start', 'solution', ...(lab?.misconceptions.map(({ id }) => `attempts/${id}`) ?? [])]) {
    expect(
      JSON.stringify([
        checkViews(lab, report(answer)).map(({ title, word, seen, why }) => [title, word, seen, why?.seen, why?.step?.reason]),
        standing(report(answer)),
      ]),
    ).not.toMatch(/\{\w+\}|undefined/);
  }
});
