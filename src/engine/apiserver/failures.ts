import { type FieldError, printFieldError } from '../api/field-error.ts';
import { goQuote } from '../api/go-text.ts';
import type { ApiFailure } from './admission.ts';

/**
 * The server's answer to an object with bad fields. Equal errors are told once in the message and kept in the causes.
 *
 * Models: apimachinery pkg/api/errors NewInvalid and field.ErrorList.ToAggregate, v1.37.
 */
export function invalidObject(group: string, kind: string, name: string, errors: readonly FieldError[]): ApiFailure {
  const texts = [...new Set(errors.map(printFieldError))];
  const detail = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return {
    code: 422,
    reason: 'Invalid',
    message: `${group === '' ? kind : `${kind}.${group}`} ${goQuote(name)} is invalid: ${detail}`,
    causes: errors,
  };
}

export function badRequest(message: string): ApiFailure {
  return { code: 400, reason: 'BadRequest', message, causes: [] };
}

export function internalError(detail: string): ApiFailure {
  return {
    code: 500,
    reason: 'InternalError',
    message: `Internal error occurred: ${detail}`,
    causes: [{ reason: '', message: detail, field: '' }],
  };
}

export function notFound(resource: string, name: string): ApiFailure {
  return { code: 404, reason: 'NotFound', message: `${resource} ${goQuote(name)} not found`, causes: [] };
}

export function alreadyExists(resource: string, name: string): ApiFailure {
  return { code: 409, reason: 'AlreadyExists', message: `${resource} ${goQuote(name)} already exists`, causes: [] };
}

export function conflict(resource: string, name: string, detail: string): ApiFailure {
  return { code: 409, reason: 'Conflict', message: `Operation cannot be fulfilled on ${resource} ${goQuote(name)}: ${detail}`, causes: [] };
}

export function forbiddenWrite(resource: string, name: string, detail: string): ApiFailure {
  return { code: 403, reason: 'Forbidden', message: `${resource} ${goQuote(name)} is forbidden: ${detail}`, causes: [] };
}
