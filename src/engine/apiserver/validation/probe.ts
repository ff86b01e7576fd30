import { type FieldError, forbidden, invalid, notSupported, required } from '../../api/field-error.ts';
import { isPortNumber, portNameProblems, portNumberProblem } from '../../api/name-formats.ts';
import type { ContainerDraft, HandlerDraft, ProbeDraft } from '../pod-draft.ts';
import { validateNonnegative } from './numbers.ts';

const schemes = ['HTTP', 'HTTPS'];
const headerName = /^[-A-Za-z0-9]+$/;

/** The probes of a container that may have them. `gracePeriod` in seconds. */
export function validateProbes(container: ContainerDraft, gracePeriod: number, path: string, errors: FieldError[]): void {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  if (livenessProbe !== undefined) validateProbe(livenessProbe, gracePeriod, `${path}.livenessProbe`, errors);
  if (livenessProbe !== undefined) validateSingleSuccess(livenessProbe, `${path}.livenessProbe`, errors);
  if (readinessProbe !== undefined) {
    validateProbe(readinessProbe, gracePeriod, `${path}.readinessProbe`, errors);
    const period = readinessProbe.terminationGracePeriodSeconds;
    if (period !== undefined) {
      errors.push(invalid(`${path}.readinessProbe.terminationGracePeriodSeconds`, period, 'must not be set for readinessProbes'));
    }
  }
  if (startupProbe !== undefined) validateProbe(startupProbe, gracePeriod, `${path}.startupProbe`, errors);
  if (startupProbe !== undefined) validateSingleSuccess(startupProbe, `${path}.startupProbe`, errors);
}

function validateSingleSuccess({ successThreshold = 0 }: ProbeDraft, path: string, errors: FieldError[]): void {
  if (successThreshold !== 1) errors.push(invalid(`${path}.successThreshold`, successThreshold, 'must be 1'));
}

function validateProbe(probe: ProbeDraft, gracePeriod: number, path: string, errors: FieldError[]): void {
  // A probe cannot sleep: only lifecycle handlers read that field.
  validateHandler({ ...probe, sleep: undefined }, gracePeriod, path, errors);
  validateNonnegative(probe.initialDelaySeconds, `${path}.initialDelaySeconds`, errors);
  validateNonnegative(probe.timeoutSeconds, `${path}.timeoutSeconds`, errors);
  validateNonnegative(probe.periodSeconds, `${path}.periodSeconds`, errors);
  validateNonnegative(probe.successThreshold, `${path}.successThreshold`, errors);
  validateNonnegative(probe.failureThreshold, `${path}.failureThreshold`, errors);
  const period = probe.terminationGracePeriodSeconds;
  if (period !== undefined && period <= 0) errors.push(invalid(`${path}.terminationGracePeriodSeconds`, period, 'must be greater than 0'));
}

/** Models: pkg/apis/core/validation validateHandler, v1.37. */
export function validateHandler(
  handler: { readonly [Key in keyof HandlerDraft]: HandlerDraft[Key] | undefined },
  gracePeriod: number,
  path: string,
  errors: FieldError[],
): void {
  let found = false;
  const first = (field: keyof HandlerDraft): boolean => {
    if (handler[field] === undefined) return false;
    if (found) errors.push(forbidden(`${path}.${field}`, 'may not specify more than 1 handler type'));
    const isFirst = !found;
    found = true;
    return isFirst;
  };
  if (first('exec') && (handler.exec?.command?.length ?? 0) === 0) errors.push(required(`${path}.exec.command`));
  if (first('httpGet')) validateHttpGet(handler.httpGet ?? {}, `${path}.httpGet`, errors);
  if (first('tcpSocket')) validatePortNumberOrName(handler.tcpSocket?.port, `${path}.tcpSocket.port`, errors);
  if (first('grpc')) validatePortNumberOrName(handler.grpc?.port, `${path}.grpc.port`, errors);
  if (first('sleep')) {
    const seconds = handler.sleep?.seconds ?? 0;
    if (seconds < 0 || seconds > gracePeriod) {
      errors.push(invalid(`${path}.sleep`, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`));
    }
  }
  if (!found) errors.push(required(path, 'must specify a handler type'));
}

function validateHttpGet(action: NonNullable<HandlerDraft['httpGet']>, path: string, errors: FieldError[]): void {
  if (!action.path) errors.push(required(`${path}.path`));
  validatePortNumberOrName(action.port, `${path}.port`, errors);
  const scheme = action.scheme ?? '';
  if (!schemes.includes(scheme)) errors.push(notSupported(`${path}.scheme`, { json: scheme }, schemes));
  for (const { name = '' } of action.httpHeaders ?? []) {
    if (headerName.test(name)) continue;
    const detail =
      "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";
    errors.push(invalid(`${path}.httpHeaders`, name, detail));
  }
}

function validatePortNumberOrName(port: number | string = 0, path: string, errors: FieldError[]): void {
  if (typeof port === 'string') for (const problem of portNameProblems(port)) errors.push(invalid(path, port, problem));
  else if (!isPortNumber(port)) errors.push(invalid(path, port, portNumberProblem));
}
