const ones = ['', '하나', '둘', '셋', '넷', '다섯', '여섯', '일곱', '여덟', '아홉'];
const tens = ['', '열', '스물', '서른', '마흔', '쉰', '예순', '일흔', '여든', '아흔'];

/** A count as it is said aloud (`열`, `스물하나`), from 1 to 99; digits for the rest. */
export function nativeCount(count: number): string {
  if (!Number.isInteger(count) || count < 1 || count > 99) return String(count);
  return `${tens[Math.floor(count / 10)] ?? ''}${ones[count % 10] ?? ''}`;
}
