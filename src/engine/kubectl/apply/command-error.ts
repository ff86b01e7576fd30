import { goQuote } from '../../api/go-text.ts';
import type { ApiFailure } from '../../apiserver/admission.ts';

/** What went wrong in a kubectl run, as Go's errors nest. */
export type CommandError =
  | { readonly kind: 'message'; readonly message: string }
  /** The server's answer. `message` is its message with what kubectl put before it; `object` is absent when the answer names none. */
  | {
      readonly kind: 'status';
      readonly failure: ApiFailure;
      readonly message: string;
      readonly object?: { readonly kind: string; readonly name: string };
    }
  | { readonly kind: 'aggregate'; readonly errors: readonly CommandError[] };

/** Models: kubectl pkg/cmd/util/helpers.go AddSourceToErr: `error when creating "STDIN": …`. */
export function addSource(verb: string, source: string, error: CommandError): CommandError {
  const prefix = `error when ${verb} ${goQuote(source)}: `;
  if (error.kind === 'aggregate') return { kind: 'message', message: prefix + errorText(error) };
  return { ...error, message: prefix + error.message };
}

/** Models: apimachinery pkg/util/errors aggregate.Error: equal messages are told once. */
export function aggregateText(messages: readonly string[]): string {
  const distinct = [...new Set(messages)];
  return distinct.length === 1 ? (distinct[0] ?? '') : `[${distinct.join(', ')}]`;
}

function errorText(error: CommandError): string {
  return error.kind === 'aggregate' ? aggregateText(leaves(error)) : error.message;
}

function leaves(error: CommandError): string[] {
  return error.kind === 'aggregate' ? error.errors.flatMap(leaves) : [error.message];
}

/**
 * What kubectl writes to stderr before it exits with 1; empty when nothing went wrong.
 *
 * Models: kubectl pkg/cmd/util/helpers.go checkErr, v0.37.
 */
export function printErrors(errors: readonly CommandError[]): string {
  const [only] = errors;
  if (only === undefined) return '';
  let error: CommandError = errors.length === 1 ? only : { kind: 'aggregate', errors };
  if (error.kind === 'aggregate' && error.errors.length === 1) error = error.errors[0] ?? error;
  if (error.kind === 'status' && error.failure.reason === 'Invalid') return withLineEnd(invalidText(error));
  if (error.kind === 'aggregate') return error.errors.map((each) => `${standardText(each) ?? errorText(each)}\n`).join('');
  const text = standardText(error) ?? (error.message.startsWith('error: ') ? error.message : `error: ${error.message}`);
  return withLineEnd(text);
}

function withLineEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function standardText(error: CommandError): string | undefined {
  if (error.kind !== 'status') return undefined;
  const { reason } = error.failure;
  return reason === '' ? `Error from server: ${error.message}` : `Error from server (${reason}): ${error.message}`;
}

function invalidText({ failure, message, object }: Extract<CommandError, { kind: 'status' }>): string {
  let start = 'The request is invalid';
  if (object !== undefined) start = `The ${object.kind} ${goQuote(object.name)} is invalid`;
  else if (failure.causes.length === 0) start += `: ${message}`;
  if (failure.causes.length === 0) return start;
  const causes = [...new Set(failure.causes.map((cause) => `${cause.field}: ${cause.message}`))];
  return causes.length === 1 ? `${start}: ${causes[0]}` : `${start}: \n${causes.map((cause) => `* ${cause}\n`).join('')}`;
}
