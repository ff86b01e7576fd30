import { type FieldError, invalid } from '../../api/field-error.ts';
import { percentageProblems } from '../../api/name-formats.ts';
import type { IntOrPercent } from '../workload-draft.ts';
import { validateNonnegative } from './numbers.ts';

/** Models: pkg/apis/apps/validation ValidatePositiveIntOrPercent, v1.37. */
export function validateIntOrPercent(value: IntOrPercent, path: string, errors: FieldError[]): void {
  if (typeof value === 'number') validateNonnegative(value, path, errors);
  else for (const problem of percentageProblems(value)) errors.push(invalid(path, { json: value }, problem));
}

export function validateAtMost100Percent(value: IntOrPercent, path: string, errors: FieldError[]): void {
  if (typeof value === 'string' && numberOf(value) > 100 && percentageProblems(value).length === 0) {
    errors.push(invalid(path, { json: value }, 'must not be greater than 100%'));
  }
}

/** The number before the percent sign counts as a number here; a text that is no percentage counts as 0. */
export function numberOf(value: IntOrPercent): number {
  if (typeof value === 'number') return value;
  return percentageProblems(value).length === 0 ? Number(value.slice(0, -1)) : 0;
}
