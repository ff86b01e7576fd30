import { type FieldError, invalid } from '../../api/field-error.ts';

/** Models: apimachinery pkg/api/validation ValidateNonnegativeField. */
export function validateNonnegative(value: number | undefined, path: string, errors: FieldError[]): void {
  if (value !== undefined && value < 0) errors.push(invalid(path, value, 'must be greater than or equal to 0'));
}
