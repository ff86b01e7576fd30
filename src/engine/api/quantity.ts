/**
 * An amount of a resource (`500m`, `1Gi`). `nano` counts thousandths of a millionth: Kubernetes keeps nothing smaller.
 *
 * Models: apimachinery pkg/api/resource Quantity, v1.37.
 */
export interface Quantity {
  readonly nano: bigint;
  readonly format: 'binary' | 'decimal' | 'exponent';
}

const shape = /^([+-]?)(\d*)(?:\.(\d*))?([a-zA-Z]*|[eE][+-]?\d+)$/;
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimalSuffixes: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const suffixOfExponent = new Map(Object.entries(decimalSuffixes).map(([suffix, exponent]) => [exponent, suffix]));
const one = 10n ** 9n;
/** Larger amounts are cut to the largest int64. */
const largest = (2n ** 63n - 1n) * one;

/** `undefined` when the text is no quantity. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(`${whole}${fraction}`);
  const binary = binarySuffixes.indexOf(suffix);
  let scaled: Scaled;
  let format: Quantity['format'] = 'decimal';
  if (suffix !== '' && binary > 0) {
    scaled = { digits: digits * 1024n ** BigInt(binary), exponent: 0 };
    format = 'binary';
  } else if (/^[eE][+-]?\d+$/.test(suffix)) {
    scaled = { digits, exponent: Number(suffix.slice(1)) };
    format = 'exponent';
  } else {
    const exponent = decimalSuffixes[suffix];
    if (exponent === undefined) return undefined;
    scaled = { digits, exponent };
  }
  const nano = toNano({ digits: scaled.digits, exponent: scaled.exponent - fraction.length });
  return { nano: sign === '-' ? -nano : nano, format };
}

interface Scaled {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Rounded up, away from zero: a request for less than a nano is still one. */
function toNano({ digits, exponent }: Scaled): bigint {
  if (digits === 0n) return 0n;
  const shift = exponent + 9;
  // Beyond these limits the amount is cut or rounded anyway, and the power would be slow to take.
  if (shift > 64) return largest;
  if (shift < -400) return 1n;
  const nano = shift >= 0 ? digits * 10n ** BigInt(shift) : (digits + 10n ** BigInt(-shift) - 1n) / 10n ** BigInt(-shift);
  return nano > largest ? largest : nano;
}

/** The shortest spelling of the amount, as Kubernetes stores it: `0.5` is `500m` and `1024Mi` is `1Gi`. */
export function printQuantity({ nano, format }: Quantity): string {
  if (nano === 0n) return '0';
  const binary = format === 'binary' && nano % one === 0n && (nano >= 1024n * one || nano <= -1024n * one);
  if (binary) {
    let amount = nano / one;
    let power = 0;
    while (amount % 1024n === 0n && power < binarySuffixes.length - 1) {
      amount /= 1024n;
      power += 1;
    }
    return `${amount}${binarySuffixes[power]}`;
  }
  let amount = nano;
  let exponent = -9;
  while (amount % 1000n === 0n && exponent < 18) {
    amount /= 1000n;
    exponent += 3;
  }
  if (format === 'exponent') return exponent === 0 ? `${amount}` : `${amount}e${exponent}`;
  return `${amount}${suffixOfExponent.get(exponent) ?? ''}`;
}
