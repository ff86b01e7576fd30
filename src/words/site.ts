/** What the site's own pages say: headings, labels, buttons. Lessons and labs bring their own words. */
export const siteWords = {
  name: '패킷의 길',
  tagline: '쿠버네티스 서비스 네트워킹',
  promise: '쿠버네티스 서비스로 보낸 패킷이 실제로 지나는 길을, YAML을 고쳐 가며 한 걸음씩 따라갑니다.',
  skip: '본문으로 건너뛰기',
  mainMenu: '주 메뉴',
  nav: { course: '차례', labs: '실습', reference: '찾아보기' },
  theme: { legend: '화면 밝기', light: '밝게', dark: '어둡게' },
  foot: {
    version: 'Kubernetes v1.37.1의 동작을 따릅니다.',
    traced: '이 사이트의 추적은 모두 시뮬레이터가 만든 것입니다.',
  },
  course: {
    title: '차례',
    session: (number: number) => `세션 ${number}`,
    summary: (sessions: string, lessons: string, minutes: number) =>
      `${sessions} 세션, ${lessons} 편, ${minutes}분. 눈금 하나는 10분입니다.`,
    sessionSummary: (minutes: number, lessons: number) => `${minutes}분 · ${lessons}편`,
    minutes: (minutes: number) => `${minutes}분`,
    coming: '준비 중',
    done: '마침',
    start: '처음부터 읽기',
    resume: '이어서 읽기',
    startAt: (ordinal: string, title: string, minutes: number) => `${ordinal} 글 「${title}」, ${minutes}분`,
  },
  picture: {
    title: '서비스 하나, 파드 셋, 걸어가는 패킷 하나',
    description: (client: string, service: string, node: string, pod: string, address: string) =>
      `${client} 파드가 ${service} 주소로 보낸 패킷이 ${node} 노드의 규칙에 맞고, 규칙이 ${pod} 파드를 골라 목적지를 ${address} 주소로 바꾼 뒤 그 파드에 닿습니다.`,
    service: (name: string) => `서비스 ${name}`,
    virtual: '주소만 있고 기계는 없습니다',
    rules: (node: string) => `${node}의 커널에 써 둔 규칙`,
    asSent: '보낸 그대로',
    match: '맞음',
    pick: (count: number) => `선택 1/${count}`,
    rewritten: '목적지가 바뀜',
    affinityLabel: 'sessionAffinity 값',
    connections: (count: number) => `${countWord(count)} 번 연결하면 파드`,
    affinity: { None: '연결마다 무작위로 고릅니다.', ClientIP: '같은 주소에서 온 연결은 같은 파드로 갑니다.' },
  },
  lesson: {
    where: (session: number, short: string, ordinal: string) => `세션 ${session} · ${short} · ${ordinal} 글`,
    goals: '이 글을 마치면',
    path: (minutes: number) => `이 글의 길 · ${minutes}분`,
    pagePath: '이 쪽의 길',
    lab: (id: string) => `실습 ${id}`,
    pager: '앞뒤 글',
    previous: '앞 글',
    next: '다음 글',
    comingNext: (which: string) => `${which} · 준비 중`,
    misconception: '흔히 이렇게 믿습니다',
    showAnswer: '답 보기',
    hideAnswer: '접기',
    toLab: '실습 열기',
    labTitle: (id: string, title: string) => `실습 ${id} · ${title}`,
  },
  notFound: {
    title: '없는 주소입니다',
    what: '찾으시는 쪽이 없습니다. 주소가 바뀌었거나, 아직 쓰지 않은 글입니다.',
    toCourse: '차례에서 글을 고르십시오',
    toReference: '낱말로 찾아보십시오',
    end: '이름 없음',
  },
  outcomes: { ok: '도착', refused: '거절', dropped: '응답 없음' },
} as const;

const ones = ['', '한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉'];
const tens = ['', '열', '스물', '서른'];

/** A count before a Korean noun: 4 is 네, 18 is 열여덟. Up to 39; 20 is the irregular 스무. */
export function countWord(count: number): string {
  return count === 20 ? '스무' : `${tens[Math.floor(count / 10)]}${ones[count % 10]}`;
}

/** First, second, …: 첫째, 둘째, … 열한째, 열두째. */
export function ordinalWord(position: number): string {
  const special: Readonly<Record<number, string>> = { 1: '첫째', 2: '둘째', 3: '셋째', 4: '넷째', 20: '스무째' };
  return special[position] ?? `${countWord(position)}째`;
}
