import { cluster, control, draw, explain, predict, scene } from 'packet-path';

const service = 'http://my-app-service';

/** 원하는 파드가 뽑히는 연결을 찾습니다. 시드가 같으면 뽑히는 파드도 같습니다. */
function sendUntil(client: string, pod: string) {
  let seed = 1;
  let trace = cluster.trace(client, service, { seed });
  while (trace.to !== pod && seed < 100) {
    seed += 1;
    trace = cluster.trace(client, service, { seed });
  }
  return trace;
}

scene({ id: 'ten-steps', title: '열 걸음에서 바뀌는 주소' }, () => {
  const destination = predict.choice(
    'node-1의 `client`(10.244.1.5)가 보낸 연결에 `my-app-1`(10.244.1.10)이 뽑혔습니다. 6걸음 DNAT가 끝나면 패킷의 목적지는 무엇입니까?',
    ['10.96.1.100:80', '10.244.1.10:80', '10.244.1.10:8080', '192.168.10.11:80'],
  );
  const seen = predict.choice('7걸음에서 파드가 보는 소스 IP는 무엇입니까?', ['10.244.1.5', '192.168.10.11', '10.96.1.100']);
  const answer = predict.choice('9걸음 뒤에 클라이언트가 보는 응답의 출발지는 무엇입니까?', [
    '10.244.1.10:8080',
    '192.168.10.11:80',
    '10.96.1.100:80',
  ]);

  const trace = sendUntil('pod/client', 'my-app-1');
  draw.packet(trace.first('route'), { title: '보낸 그대로' });
  draw.packet(trace.first('nat.dnat'), { title: 'DNAT 뒤' });
  draw.packet(trace.first('pod.accept'), { title: '파드가 받음' });
  draw.packet(trace.first('reply'), { title: '파드의 응답' });
  draw.packet(trace.first('nat.reverse'), { title: '역방향 NAT 뒤' });

  destination.observe(trace.first('nat.dnat').after.destination, '목적지');
  seen.observe(trace.sourceSeen ?? '', '소스 IP');
  answer.observe(trace.first('nat.reverse').after.source, '응답의 출발지');
  explain('DNAT는 목적지의 주소와 포트를 함께 바꿉니다. 포트가 8080이 된 것은 `targetPort`가 8080이기 때문입니다.');
  explain(
    '출발지를 바꾸는 SNAT는 표시 `0x4000`이 붙은 패킷에만 걸립니다. 파드가 보낸 패킷에는 붙지 않아서, 파드는 클라이언트의 주소를 그대로 봅니다.',
  );
  explain('역방향 NAT가 출발지를 되돌리지 않으면, 클라이언트는 보낸 적 없는 주소에서 온 답이라 버립니다.');
});

scene({ id: 'ten-steps-from-node-2', title: '다른 노드의 클라이언트', twinOf: 'ten-steps' }, () => {
  const place = predict.choice(
    'node-2의 `client-2`(10.244.2.5)가 보낸 연결에 node-1의 `my-app-2`(10.244.1.11)가 뽑혔습니다. DNAT는 어느 노드에서 일어납니까?',
    ['node-1', 'node-2', 'node-3'],
  );
  const destination = predict.choice('DNAT가 끝나면 패킷의 목적지는 무엇입니까?', [
    '10.244.1.11:80',
    '10.244.1.11:8080',
    '192.168.10.11:8080',
  ]);
  const seen = predict.choice('파드가 보는 소스 IP는 무엇입니까?', ['10.244.2.5', '192.168.10.12', '192.168.10.11']);

  const trace = sendUntil('pod/client-2', 'my-app-2');
  const dnat = trace.first('nat.dnat');
  draw.packet(trace.first('route'), { title: '보낸 그대로' });
  draw.packet(dnat, { title: 'DNAT 뒤' });
  draw.packet(trace.first('nat.reverse'), { title: '역방향 NAT 뒤' });

  place.observe(dnat.place, 'DNAT를 한 곳');
  destination.observe(dnat.after.destination, '목적지');
  seen.observe(trace.sourceSeen ?? '', '소스 IP');
  explain('규칙은 모든 노드에 있고, 패킷은 출발한 노드의 규칙을 먼저 만납니다. 노드를 건널 때는 이미 파드의 주소를 달고 있습니다.');
});

scene({ id: 'three-hundred', title: '연결 300번', run: '300번 보내기' }, () => {
  const first = predict.number('my-app-1 파드는 몇 번쯤 받습니까? 16번까지 다른 것은 맞음으로 봅니다.', {
    min: 0,
    max: 300,
    tolerance: 16,
    unit: '번',
  });
  const exact = predict.choice('세 파드가 정확히 100번씩 받겠습니까?', ['그렇다', '아니다']);

  const tally = cluster.repeat('pod/client', service, 300, { seed: 7 });
  draw.histogram(tally, { caption: '300번의 도착지' });
  const counts = Object.values(tally.delivered);
  first.observe(tally.delivered['my-app-1'] ?? 0, 'my-app-1');
  exact.observe(counts.length === 3 && counts.every((count) => count === 100) ? '그렇다' : '아니다', '100번씩');
  explain(
    '규칙은 차례를 기억하지 않고 연결마다 새로 고릅니다. 파드마다 뽑힐 확률은 1/3로 같지만 횟수는 흔들립니다. 표준편차는 8번쯤입니다.',
  );
});

const commands = {
  ping: 'ping://10.96.1.100',
  curl: 'http://10.96.1.100',
  telnet: 'telnet://10.96.1.100:80',
};

const afterwards = {
  iptables: '맞는 규칙이 없으니 아무도 목적지를 바꾸지 않습니다. 패킷은 기본 경로로 나가고, 그 주소의 기계가 없어 사라집니다.',
  nftables: '목적지가 클러스터 IP인데 DNAT되지 않은 패킷을 거절하라는 규칙이 따로 있습니다. 노드가 port unreachable로 답합니다.',
  ipvs: '주소가 `kube-ipvs0`에 붙어 있어 패킷이 노드에 들어옵니다. 서비스의 포트가 아니므로 `KUBE-IPVS-FILTER` 체인이 거절합니다.',
};

scene({ id: 'ping-curl-telnet', title: 'ping, curl, telnet' }, () => {
  const command = control('보낼 것', ['ping', 'curl', 'telnet']);
  const mode = control('프록시 모드', ['iptables', 'nftables', 'ipvs']);
  const outcome = predict.outcome(`\`client\`가 10.96.1.100에 ${command} 요청을 보내면 어떻게 됩니까?`);

  cluster.mode(mode);
  const trace = cluster.trace('pod/client', commands[command], { seed: 7 });
  draw.trace(trace);
  outcome.observe(trace, command);
  if (command === 'ping') {
    explain('ping은 ICMP라서 포트가 없습니다. 서비스의 규칙은 주소, 프로토콜, 포트에 걸리므로 ping에 맞는 규칙이 없습니다.');
    explain(afterwards[mode]);
  } else {
    explain('TCP로 80번 포트에 보냈으므로 서비스의 규칙에 맞습니다. 모드가 달라도 결과는 같습니다.');
  }
});
