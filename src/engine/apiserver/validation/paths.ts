import { type FieldError, invalid } from '../../api/field-error.ts';

/** Models: pkg/apis/core/validation validatePathNoBacksteps, v1.37. */
export function validateNoBacksteps(text: string, path: string, errors: FieldError[]): void {
  if (text.split('/').includes('..')) errors.push(invalid(path, text, "must not contain '..'"));
}

/** Models: pkg/apis/core/validation validateLocalDescendingPath, v1.37. */
export function validateLocalPath(text: string, path: string, errors: FieldError[]): void {
  if (text.startsWith('/')) errors.push(invalid(path, text, 'must be a relative path'));
  validateNoBacksteps(text, path, errors);
}

/** Models: pkg/apis/core/validation ValidateLocalNonReservedPath, v1.37. */
export function validateLocalFilePath(text: string, path: string, errors: FieldError[]): void {
  validateLocalPath(text, path, errors);
  if (text.startsWith('..') && !text.startsWith('../')) errors.push(invalid(path, text, "must not start with '..'"));
}
