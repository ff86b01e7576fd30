const ones = ['', '하나', '둘', '셋', '넷', '다섯', '여섯', '일곱', '여덟', '아홉'];
const tens = ['', '열', '스물', '서른', '마흔', '쉰', '예순', '일흔', '여든', '아흔'];

/** A count as it is said aloud (`열`, `스물하나`), from 1 to 99; digits for the rest. */
export function nativeCount(count: number): string {
  if (!Number.isInteger(count) || count < 1 || count > 99) return String(count);
  return `${tens[Math.floor(count / 10)] ?? ''}${ones[count % 10] ?? ''}`;
}

const attributive: Readonly<Record<string, string>> = { 하나: '한', 둘: '두', 셋: '세', 넷: '네', 스물: '스무' };

/** A count as it stands before what it counts, from 1 to 99: `네` 세션, `열여덟` 편, `스물한` 번. */
export function nativeCountBefore(count: number): string {
  const word = nativeCount(count);
  const ending = Object.keys(attributive).find((each) => word.endsWith(each));
  return ending === undefined ? word : word.slice(0, -ending.length) + attributive[ending];
}

/** A place in a row, from 1 to 99: `첫째`, `둘째`, `열한째`, `열두째`. */
export function ordinal(position: number): string {
  if (position === 1) return '첫째';
  const ones = position % 10;
  if (position > 10 && (ones === 1 || ones === 2 || position === 20)) return `${nativeCountBefore(position)}째`;
  return `${nativeCount(position)}째`;
}

/** A count as the subject of a sentence: `하나가`, `둘이`, `열이`. */
export function countAsSubject(count: number): string {
  const word = nativeCount(count);
  return `${word}${word.endsWith('하나') ? '가' : '이'}`;
}
