/**
 * Every Korean word of the product that is not in `content/` or in a lab's brief. One table per kind of text.
 *
 * A value is followed by a Korean noun, so that the particle after it is right whatever the value is (`{name} 서비스는`,
 * `{address} 주소로`). Places are written `{name}` and filled by `fill()`.
 */

import type { DropCause, Leg, StepKind, StepReasonCode } from '#engine';

/**
 * Why a step of a trace went as it did, one short passage a code. The type makes the table complete: a new code in the engine is
 * a type error here.
 */
export const stepReasons: Readonly<Record<StepReasonCode, string>> = {
  'dns-query': '{name} 이름을 {server} 서버에 묻습니다.',
  'dns-answer-address': '{name} 이름의 답은 {address} 주소입니다.',
  'dns-answer-alias': '{name} 이름은 {target} 이름의 별명(CNAME)입니다. 그 이름을 다시 찾습니다.',
  'dns-no-such-name': '{name} 이름은 없습니다(NXDOMAIN).',
  'dns-no-data': '{name} 이름은 있지만 A 레코드가 없습니다.',
  'dns-server-failure': 'DNS 서버가 {name} 이름의 답을 얻지 못했습니다(SERVFAIL).',
  'send-request': '요청을 만들어 보냅니다.',
  'route-to-own-node': '같은 대역이 아니므로 기본 경로로 {node} 노드에 넘깁니다.',
  'route-to-itself': '{destination} 주소는 자기 자신입니다. 패킷은 밖으로 나가지 않습니다.',
  'route-from-node': '노드의 프로세스가 보냅니다. 규칙을 보기 전에 경로부터 찾습니다.',
  'route-to-cluster': '클러스터 밖에서 {node} 노드로 보냅니다.',
  'route-to-balancer': '클러스터 밖에서 {destination} 주소를 가진 로드 밸런서로 보냅니다.',
  'route-service-unanswered':
    '맞는 규칙이 없습니다. {destination} 주소는 어느 기계에도 붙어 있지 않으므로 패킷은 기본 경로로 나가 사라집니다.',
  'route-nowhere': '{destination} 주소로 가는 길이 없습니다. 패킷은 기본 경로로 나가 사라집니다.',
  'route-no-host': '{destination} 주소를 쓰는 기계가 이 네트워크에 없습니다.',
  'rule-service-portal': '주소, 프로토콜, 포트가 모두 규칙에 맞습니다.',
  'rule-node-port': '노드의 주소로 왔고 {port}번 노드 포트의 규칙에 맞습니다.',
  'rule-jump': '규칙에 맞아 {chain} 체인으로 넘어갑니다.',
  'pick-endpoint': '준비된 엔드포인트 {count}개 가운데 하나를 고릅니다.',
  'pick-only-endpoint': '엔드포인트가 하나뿐이므로 {address} 주소로 정해집니다.',
  'pick-by-scheduler': 'IPVS의 {scheduler} 스케줄러가 준비된 엔드포인트 {count}개 가운데 {address} 주소를 고릅니다.',
  'pick-remembered': '이 클라이언트가 앞서 간 {address} 주소를 기억하고 있습니다(세션 어피니티).',
  'dnat-to-endpoint': '목적지를 파드의 주소로 바꾸고 conntrack에 적어 둡니다.',
  'redirect-to-relay':
    'userspace 모드의 규칙은 파드를 고르지 않습니다. {name} 서비스를 맡은 kube-proxy 프로세스의 {port}번 포트로 패킷을 돌립니다.',
  'dnat-known-connection': '규칙을 보지 않습니다. conntrack의 기록대로 목적지를 {address} 주소로 바꿉니다.',
  'snat-to-node': '응답이 이 노드로 돌아오도록 출발지를 {address} 주소로 바꿉니다.',
  'snat-known-connection': '규칙을 보지 않습니다. conntrack의 기록대로 출발지를 {address} 주소로 바꿉니다.',
  'snat-by-plugin': '파드 네트워크를 벗어나므로 CNI 플러그인의 규칙이 출발지를 {address} 주소로 바꿉니다.',
  'reject-no-endpoints': '{name} 서비스에 준비된 엔드포인트가 없어 규칙이 곧바로 거절합니다.',
  'reject-not-a-service-port': '{destination} 주소의 서비스는 이 포트를 선언하지 않았습니다. 규칙이 곧바로 거절합니다.',
  'reject-by-rule': '규칙이 곧바로 거절합니다.',
  'drop-no-local-endpoints': '{node} 노드에는 {name} 서비스의 엔드포인트가 없습니다. 트래픽 정책이 Local이므로 규칙이 버립니다.',
  'drop-source-not-allowed': '{source} 주소는 loadBalancerSourceRanges에 들지 않습니다. 규칙이 버립니다.',
  'drop-unallocated-address': '{destination} 주소는 서비스 범위에 들지만 어느 서비스의 것도 아닙니다. 규칙이 버립니다.',
  'drop-invalid': 'conntrack이 모르는 패킷이라 규칙이 버립니다.',
  'drop-by-rule': '규칙이 버립니다.',
  'drop-firewall': '클러스터 앞의 방화벽이 {port}번 포트를 열어 두지 않았습니다.',
  'drop-redirect-without-address':
    '패킷이 들어온 장치에 주소가 없어 REDIRECT가 돌려보낼 곳이 없습니다. {port}번 포트로 온 패킷을 버립니다.',
  'drop-unknown-answer': '보낸 적이 없는 {source} 주소에서 답이 왔습니다. 기다리던 것은 {expected} 주소의 답이므로 버립니다.',
  'policy-allows-egress': '{pod} 파드에서 나가는 연결은 정책이 허용한 것만 열립니다. {policy} 네트워크폴리시가 이 연결을 허용합니다.',
  'policy-allows-ingress': '{pod} 파드로 들어오는 연결은 정책이 허용한 것만 열립니다. {policy} 네트워크폴리시가 이 연결을 허용합니다.',
  'drop-policy-egress':
    '{pod} 파드에서 나가는 연결은 {policies} 네트워크폴리시가 허용한 것만 열립니다. 이 연결을 허용하는 규칙이 없어 버립니다.',
  'drop-policy-ingress':
    '{pod} 파드로 들어오는 연결은 {policies} 네트워크폴리시가 허용한 것만 열립니다. 이 연결을 허용하는 규칙이 없어 버립니다.',
  'lb-pick-node': '헬스 체크를 통과한 노드 {count}개 가운데 {node} 노드로 보냅니다.',
  'lb-pick-only-node': '받을 수 있는 노드가 {node} 노드 하나뿐입니다.',
  'lb-pick-healthy-node': '헬스 체크에 실패한 {left} 노드를 빼고, 남은 노드 {count}개 가운데 {node} 노드로 보냅니다.',
  'lb-pick-unhealthy-node': '헬스 체크를 통과한 노드가 없어 모든 노드 {count}개를 다시 씁니다. {node} 노드로 보냅니다.',
  'lb-announced': '{address} 주소를 맡은 {node} 노드가 ARP에 답합니다. 이 주소로 오는 연결은 모두 이 노드로 들어옵니다.',
  'lb-not-announced': '준비된 엔드포인트가 없어 {address} 주소의 ARP에 답하는 노드가 없습니다.',
  'lb-to-node-port': '로드 밸런서가 목적지를 노드의 {address} 주소와 {port}번 노드 포트로 바꿉니다. 출발지는 그대로입니다.',
  'lb-to-node-port-from-itself':
    '로드 밸런서가 목적지를 노드의 {address} 주소와 {port}번 노드 포트로, 출발지를 자기 {source} 주소로 바꿉니다.',
  'lb-node-silent': '{node} 노드가 답하지 않습니다. 헬스 체크가 아직 이 노드를 빼지 않아 패킷이 사라집니다.',
  'lb-reverse': '로드 밸런서가 출발지를 {address} 주소로 되돌립니다.',
  'drop-lb-port': '{address} 주소의 로드 밸런서는 이 서비스의 포트만 받습니다. {port}번 포트는 없어 버립니다.',
  'forward-to-balancer': '규칙이 잡지 않는 주소이므로 클러스터 밖의 {address} 로드 밸런서까지 나갑니다.',
  'forward-to-node': '{address} 주소의 파드가 있는 {to} 노드로 보냅니다.',
  'forward-to-outside': '클러스터 밖의 {address} 주소로 보냅니다.',
  'deliver-to-pod': '컨테이너가 {port}번 포트에서 받습니다. 소스 IP로 {source} 주소를 봅니다.',
  'deliver-to-host': '노드가 직접 받습니다.',
  'deliver-to-outside': '{name} 호스트가 받습니다.',
  'deliver-ping': '{name} 쪽의 커널이 ping에 답합니다. 듣는 프로그램은 없어도 됩니다.',
  'refuse-nobody-listens': '도착했지만 {port}번 포트를 듣는 프로그램이 없어 거절합니다.',
  'l7-tls-ended': '암호화는 여기에서 끝납니다. {secret} 시크릿의 인증서를 보여 주고, 파드까지는 암호화하지 않고 보냅니다.',
  'l7-tls-untrusted':
    '{host} 호스트의 인증서가 없어 컨트롤러가 스스로 만든 인증서를 보여 줍니다. 브라우저는 믿지 않습니다. 암호화는 여기에서 끝납니다.',
  'l7-route-matched': '{host} 호스트의 {path} 경로에 맞습니다. {route} 규칙이 {service} 서비스의 {port} 포트로 보내라고 합니다.',
  'l7-rule-matched': '{host} 호스트의 {path} 경로에 맞습니다. {route} 라우트의 규칙을 따릅니다.',
  'l7-default-backend': '맞는 경로가 없어 {route} 규칙의 기본 백엔드인 {service} 서비스로 보냅니다.',
  'l7-no-route': '{host} 호스트의 {path} 경로를 맡은 규칙이 없습니다. 컨트롤러가 스스로 404를 답합니다.',
  'l7-redirected': '백엔드에 묻지 않고 {location} 주소로 다시 오라고 답합니다({status}).',
  'l7-canary-by-affinity': '쿠키가 앞서 카나리로 간 클라이언트라고 말합니다. 이번에도 {service} 서비스로 보냅니다.',
  'l7-canary-by-header': '요청 헤더가 카나리를 고릅니다. {service} 서비스로 보냅니다.',
  'l7-canary-by-cookie': '카나리 쿠키의 값이 always이므로 {service} 서비스로 보냅니다.',
  'l7-canary-by-weight': '가중치에 따라 카나리인 {service} 서비스로 보냅니다.',
  'l7-main-by-affinity': '쿠키가 앞서 원래 백엔드로 간 클라이언트라고 말합니다. 카나리인 {service} 서비스로는 보내지 않습니다.',
  'l7-main-by-header': '요청 헤더의 값이 never이므로 카나리인 {service} 서비스로는 보내지 않습니다.',
  'l7-main-by-cookie': '카나리 쿠키의 값이 never이므로 {service} 서비스로는 보내지 않습니다.',
  'l7-main-by-weight': '가중치에 따라 이번에는 카나리인 {service} 서비스로 보내지 않습니다.',
  'l7-canary-skipped': '카나리인 {service} 서비스에 준비된 엔드포인트가 없어, 가중치가 얼마든 건너뜁니다.',
  'l7-weighted': '가중치에 따라 {service} 서비스를 고릅니다.',
  'l7-no-endpoints': '{service} 서비스에 준비된 엔드포인트가 없습니다. 프록시가 스스로 {status} 응답을 보냅니다.',
  'l7-no-service': '{service} 서비스나 그 포트를 찾지 못했습니다. 프록시가 스스로 {status} 응답을 보냅니다.',
  'l7-pick-endpoint': '엔드포인트슬라이스에서 읽은 파드 {count}개 가운데 {address} 주소의 차례입니다.',
  'l7-pick-any-endpoint': '엔드포인트슬라이스에서 읽은 파드 {count}개 가운데 {address} 주소를 고릅니다.',
  'l7-pick-only-endpoint': '엔드포인트슬라이스에 준비된 파드가 {address} 주소 하나뿐입니다.',
  'l7-pick-remembered': '쿠키의 열쇠가 앞서 간 {address} 주소의 파드로 이어집니다.',
  'l7-connect': '프록시가 {address} 주소로 새 연결을 엽니다. 프록시가 본 출발지 {source} 주소는 X-Forwarded-For 헤더에만 남습니다.',
  'l7-next-endpoint': '앞의 파드가 답하지 않아 {address} 주소로 다시 해 봅니다.',
  'l7-gives-up': '답한 파드가 없습니다. 프록시가 스스로 {status} 응답을 보냅니다.',
  'relay-accept':
    'kube-proxy 프로세스가 {source} 주소에서 온 것을 직접 받습니다. 데이터가 커널에서 프로세스로 올라왔습니다. v1.26에서 없어진 옛 방식입니다.',
  'relay-pick': '프로세스가 준비된 엔드포인트 {count}개를 차례대로 돌립니다. 이번에는 {address} 주소의 차례입니다.',
  'relay-connect': '프로세스가 {address} 주소로 새 연결을 엽니다. 데이터는 다시 커널로 내려가고, 출발지는 이 노드의 주소가 됩니다.',
  'relay-next': '앞의 파드가 답하지 않아 {address} 주소로 다시 해 봅니다. 뒤에 나온 방식들은 이렇게 하지 않습니다.',
  'relay-gives-up': '{count}번 해 보았지만 답한 파드가 없습니다. 프로세스가 클라이언트의 연결을 닫습니다.',
  'relay-nobody': '{name} 서비스에 준비된 엔드포인트가 없어 프로세스가 보낼 곳이 없습니다.',
  'reply-answer': '받은 패킷의 출발지로 응답합니다.',
  'reply-refusal': '연결을 거절한다고 답합니다.',
  'reply-lost': '{destination} 주소로 돌아가는 길이 없습니다. 응답이 사라집니다.',
  'reverse-nat': '규칙을 다시 보지 않습니다. conntrack의 기록이 출발지를 {address} 주소로 되돌립니다.',
  'receive-answer': '보낸 곳에서 답이 왔으므로 연결이 이루어집니다.',
  'receive-refusal': '거절하는 답이 왔습니다. 연결이 이루어지지 않습니다.',
};

/** Titles of the trace table's row groups. */
export const legTitles: Readonly<Record<Leg, string>> = {
  dns: '이름 찾기',
  out: '가는 길',
  back: '돌아오는 길',
};

/** A kind of step in a few words: the title of a packet card. */
export const stepTitles: Readonly<Record<StepKind, string>> = {
  'dns.query': '이름을 묻습니다',
  'dns.answer': '이름의 답',
  send: '보낸 그대로',
  route: '길을 정한 뒤',
  'rule.match': '규칙에 맞음',
  'lb.pick': '파드를 고름',
  'nat.dnat': 'DNAT 뒤',
  'nat.snat': 'SNAT 뒤',
  'net.forward': '건너가는 중',
  'pod.accept': '받은 그대로',
  'l7.route': '요청을 읽고 정함',
  reject: '거절',
  drop: '버려짐',
  'nat.reverse': '되돌린 응답',
  reply: '응답 그대로',
  receive: '돌아온 응답',
};

/** How a journey ended, in one or two words. */
export const outcomeWords = {
  delivered: '도착',
  refused: '거절',
  silent: '응답 없음',
  unreachable: '닿지 못함',
  'name-error': '이름 없음',
  policy: '정책이 막음',
  'not-modelled': '다루지 않음',
} as const;

/** The same in one sentence, for the row under the trace and for the probes' table. */
export const outcomeDetails = {
  delivered: '{place}에서 받았습니다.',
  deliveredHttp: 'HTTP {status}',
  rejected: '규칙이 거절했습니다.',
  refused: '받는 쪽에 그 포트를 듣는 프로그램이 없습니다.',
  'no-route': '가는 길이 없어 패킷이 사라집니다.',
  'no-such-host': '그 주소를 쓰는 곳이 없어 패킷이 사라집니다.',
  'host-unreachable': '그 주소를 쓰는 기계가 없다는 답이 왔습니다.',
  'net-unreachable': '그 네트워크로 가는 길이 없다는 답이 왔습니다.',
  NXDOMAIN: '그런 이름이 없습니다(NXDOMAIN).',
  NODATA: '이름은 있지만 주소가 없습니다.',
  SERVFAIL: 'DNS 서버가 답을 얻지 못했습니다(SERVFAIL).',
  'not-modelled': '이 시뮬레이터가 아직 다루지 않는 것: {what}. 추측하지 않고 여기서 멈춥니다.',
} as const;

export const dropCauses: Readonly<Record<DropCause, string>> = {
  policy: '네트워크폴리시가 패킷을 버렸습니다.',
  'local-only': '이 노드에 엔드포인트가 없어 규칙이 패킷을 버렸습니다.',
  'source-ranges': '허용한 출발지가 아니어서 규칙이 패킷을 버렸습니다.',
  unallocated: '어느 서비스의 주소도 아니어서 규칙이 패킷을 버렸습니다.',
  firewall: '방화벽이 패킷을 버렸습니다.',
  'load-balancer': '로드 밸런서가 패킷을 버렸습니다.',
  'no-endpoints': '준비된 엔드포인트가 없어 kube-proxy 프로세스가 데이터를 버렸습니다.',
  invalid: 'conntrack이 모르는 패킷이라 규칙이 버렸습니다.',
};

/** The trace table. */
export const traceWords = {
  title: '추적',
  step: '걸음',
  place: '어디에서',
  decided: '무엇이 정했나',
  source: '출발지',
  destination: '목적지',
  before: '바뀌기 전',
  after: '바뀐 뒤',
  steps: '{count}걸음',
  stepNumber: '{number}걸음',
  seed: '시드 {seed}',
  odds: '확률',
  line: '{line}행',
  lineDecided: '{line}행 {field} 필드가 정했습니다.',
  empty: '아직 보낸 패킷이 없습니다. 보내는 쪽과 받는 쪽을 고르고 「보내기」를 누르십시오.',
  onNode: '{node} 안',
  mark: '표시',
} as const;

/** The rules view. */
export const rulesWords = {
  title: '{node} 노드의 규칙',
  note: '추적이 들여다본 체인',
  hit: '{number}걸음',
  passed: '지나침',
  unseen: '–',
  legendHit: '맞은 규칙',
  legendPassed: '보았으나 맞지 않음',
  legendUnseen: '보지 않음',
  hitMark: 'n걸음',
  folded: '모든 패킷이 지나는 규칙과 다른 서비스의 규칙 {count}개 더 보기',
  unfolded: '그 밖의 규칙 {count}개 접기',
  empty: 'kube-proxy 규칙이 없습니다. 헤드리스 서비스와 ExternalName 서비스에는 규칙이 생기지 않습니다.',
  noneForTrace: '이 추적은 노드의 규칙을 보지 않았습니다.',
} as const;

/** The histogram. */
export const histogramWords = {
  title: '{times}번의 도착지',
  block: '막대의 한 칸은 {count}번입니다.',
  receiver: '받은 곳',
  count: '횟수',
  bar: '막대',
  equal:
    '세로선은 기댓값 {expected}번, 띠는 {low}번에서 {high}번까지입니다. 연결마다 무작위로 고른다면 막대 하나가 띠 안에 들 확률은 95%쯤입니다.',
  unequal: '세로선은 막대마다의 기댓값, 띠는 거기서 표준편차의 두 배까지입니다.',
  sticky: '세션 어피니티 때문에 같은 클라이언트의 연결은 모두 처음 고른 파드로 갑니다.',
} as const;

/** The live exercise. */
export const liveWords = {
  title: 'YAML을 고쳐 보기',
  lead: '글자를 칠 때마다 다시 검증하고, 할당하고, 추적합니다.',
  reset: '되돌리기',
  resetDone: '글에 실린 YAML로 되돌렸습니다',
  editor: '{file} 편집기',
  editorHelp: 'Tab 글쇠는 다음 자리로 갑니다. 들여쓰기는 빈칸으로 합니다.',
  editorHelpMonaco: 'Ctrl+M을 누르면 Tab 글쇠로 들여쓰기를 합니다. 다시 누르면 Tab 글쇠가 다음 자리로 갑니다.',
  editorFailed: '편집기를 불러오지 못했습니다. 이 입력란에서 그대로 쓰십시오. 검증과 추적은 똑같이 됩니다.',
  applied: '적용됨',
  errors: '오류 {count}건',
  warnings: '경고 {count}건',
  findings: '살필 것 {count}건',
  stale: '지금 추적은 오류가 나기 전 YAML의 결과입니다.',
  staleNext: '오류를 고치면 곧바로 다시 추적합니다.',
  probes: '정해진 요청 {count}가지',
  probe: '요청',
  outcome: '결과',
  where: '끝난 곳',
  choose: '추적 보기',
  chosen: '보는 중',
  send: '{count}번 보내기',
  nextSeed: '다시 보내기',
  seed: '시드 {seed}의 첫 연결',
  mode: '{mode} 모드',
  filled: 'API 서버가 채운 값',
  changed: '왜 달라졌나',
  fieldChanged: '{line}행 {path} 필드: {before} → {after}',
  fieldChangedNoLine: '{path} 필드: {before} → {after}',
  fieldAbsent: '(없음)',
  traceSame: '이 요청이 가는 길은 그대로입니다.',
  traceFrom: '추적은 {number}걸음부터 달라졌습니다.',
  kubectl: 'kubectl의 답',
  waiting: '브라우저의 자바스크립트가 켜지면 여기에서 YAML을 고칠 수 있습니다.',
  noValid: '아직 올바른 YAML이 없어 추적하지 못합니다.',
  announceTrace: '추적이 바뀌었습니다. 걸음 {steps}, {outcome}.',
  announceErrors: 'YAML에 오류가 {count}건 있습니다. {line}행.',
  announceSame: 'YAML을 적용했습니다. 추적은 그대로입니다.',
} as const;

/** Diagnostics, whatever they are about. */
export const diagnosticWords = {
  place: '{line}행 {column}열',
  severity: { error: '오류', warning: '경고', finding: '살필 것' },
  noExplanation: '이 진단의 설명은 아직 없습니다. 원문을 읽어 보십시오.',
  moreErrors: '오류 {count}건 더 보기',
} as const;

/** Titles of quick fixes, by the key the engine gives. */
export const quickFixTitles: Readonly<Record<string, string>> = {
  'replace-value': '{value} 값으로 바꾸기',
  'remove-field': '{field} 줄 지우기',
  'rename-field': '{value} 필드로 바꾸기',
};

/** The shell of a lesson's simulation. */
export const widgetWords = {
  title: '패킷의 열 걸음',
  lead: '먼저 예측하고, 보내 보고, 까닭을 읽습니다.',
  predict: '예측',
  predictNote: '보내기 전에',
  observe: '관찰',
  observeNote: '예측은 그대로 둡니다',
  explain: '설명',
  explainNote: '왜 그런가',
  run: '보내기',
  runAgain: '다시 보내기',
  locked: '예측을 마치면 열립니다',
  lockedPressed: '예측을 먼저 골라 주십시오',
  running: '시뮬레이션을 돌리고 있습니다',
  comparison: '예측과 관찰',
  question: '물음',
  predicted: '예측',
  observed: '관찰',
  result: '결과',
  right: '맞음',
  wrong: '다름',
  notPredicted: '예측 없음',
  twin: '쌍둥이 사례: {title}',
  twinNote: '원리는 같고 숫자만 다릅니다.',
  code: '코드 보기',
  codeHide: '코드 접기',
  codeField: '{file} 편집기',
  codeRun: '실행',
  codeReset: '되돌리기',
  codeEdited: '고친 코드로 돌린 결과입니다.',
  noJavaScript: '예측을 고르고 보내려면 브라우저의 자바스크립트가 있어야 합니다.',
  reveal: '답과 까닭 보기',
  saved: '이 브라우저에 저장했습니다',
  packetCards: '패킷 카드',
  protocol: '프로토콜',
  runFirst: '보낸 뒤에 여기에서 봅니다.',
} as const;

/** What the sandbox says when a simulation does not end well. Always: what, why, what next. */
export const sandboxWords = {
  title: '시뮬레이션을 멈췄습니다.',
  timeout: '정해진 시간 안에 끝나지 않았습니다. {line}행의 반복문을 살펴보십시오.',
  timeoutOneOf: '정해진 시간 안에 끝나지 않았습니다. {lines} 가운데 끝나지 않는 반복문이 있습니다.',
  lineName: '{line}행',
  timeoutNoLine: '정해진 시간 안에 끝나지 않았습니다. 끝나지 않는 반복문이 있는지 살펴보십시오.',
  stack: '함수가 자기 자신을 너무 깊이 불렀습니다. {line}행의 함수가 언제 멈추는지 살펴보십시오.',
  stackNoLine: '함수가 자기 자신을 너무 깊이 불렀습니다. 언제 멈추는지 살펴보십시오.',
  memory: '메모리를 정해진 만큼 다 썼습니다. 값을 계속 쌓는 곳이 있는지 살펴보십시오.',
  output: '그리는 양이 정해진 만큼을 넘었습니다. 반복문 안에서 그리고 있는지 살펴보십시오.',
  syntax: '{line}행을 읽지 못했습니다. 원문: {message}. 괄호와 따옴표의 짝을 살펴보십시오.',
  syntaxNoLine: '코드를 읽지 못했습니다. 원문: {message}. 괄호와 따옴표의 짝을 살펴보십시오.',
  thrown: '{line}행에서 오류가 났습니다. 원문: {message}',
  thrownNoLine: '오류가 났습니다. 원문: {message}',
  pending: '끝나지 않는 await가 있습니다. 시뮬레이션의 함수는 모두 곧바로 답하므로 await를 지워 보십시오.',
  notModelled: '이 시뮬레이터가 아직 다루지 않는 것: {what}. 추측하지 않고 여기서 멈춥니다.',
  unavailable: '시뮬레이션을 준비하지 못했습니다. 네트워크가 끊겼을 수 있습니다. 쪽을 다시 열어 보십시오.',
} as const;

/** Saving on this device. */
export const storeWords = {
  saved: '이 브라우저에 저장했습니다',
  blocked: '저장하지 못했습니다. 브라우저가 저장을 막고 있습니다. 이 쪽에서는 그대로 쓸 수 있지만, 창을 닫으면 사라집니다.',
  full: '저장하지 못했습니다. 이 브라우저의 저장 공간이 가득 찼습니다. 다른 사이트의 자료를 지우고 다시 해 보십시오.',
  foreign: '저장된 자료가 이 사이트의 새 판에서 쓴 것입니다. 건드리지 않고 두었습니다. 쪽을 다시 열어 새 판을 받아 보십시오.',
  corrupt: '저장된 자료를 읽지 못했습니다. 읽지 못한 것은 건드리지 않고 두었습니다. 지금부터 쓴 것은 따로 저장합니다.',
  olderVersion: '이 답은 글의 앞 판({version}판)에서 쓴 것입니다. 물음이 그 뒤에 바뀌었을 수 있습니다.',
} as const;
