import type { DiagnosticCode } from './codes.ts';

/** A family of refusals: `field` and `message` must both match; named groups of `message` become arguments. */
export interface Family {
  readonly code: DiagnosticCode;
  /** Absent: any kind. */
  readonly kind?: string;
  readonly field?: RegExp;
  readonly message?: RegExp;
}

export const quoted = `"?(?<value>[^"]*?)"?`;

export const invalidValue = new RegExp(`^Invalid value: ${quoted}: `);
export const duplicateValue = new RegExp(`^Duplicate value: ${quoted}$`);
export const unsupportedValue = new RegExp(`^Unsupported value: ${quoted}: supported values: (?<supported>.*)$`);
export const notAPortNumber = /^Invalid value: (?<value>-?\d+): must be between 1 and 65535, inclusive$/;
