/** The topology picture: its labels, and the picture in words for whoever does not see it. */
export const topologyWords = {
  title: '토폴로지: {sender} 쪽에서 {target} 쪽으로',
  from: '{sender} 쪽이 보냅니다.',
  through: '{nodes} 노드를 지납니다.',
  rewritten: '{node} 노드의 규칙이 목적지를 {address} 주소로 바꿉니다.',
  rules: '규칙',
  node: '노드 {name}',
  more: '파드 {count}개 더',
  moreNodes: '노드 {count}개는 그리지 않았습니다.',
  caption: '그림의 번호는 추적 표의 걸음과 같습니다.',
  step: '{number}걸음',
} as const;
