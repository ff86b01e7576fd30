import { type FieldError, forbidden, invalid, required } from '../../api/field-error.ts';
import type { JsonObject, JsonValue } from '../../api/json.ts';
import { type LabelSelector, matchesSelector } from '../../api/label-selector.ts';
import { labelKeyProblems, labelValueProblems } from '../../api/name-formats.ts';
import { sortedKeys, validateLabels } from './object-meta.ts';

/** A `metav1.LabelSelector`, unchecked. */
export interface LabelSelectorDraft {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key?: string; operator?: string; values?: string[] }[];
}

/** Models: apimachinery pkg/apis/meta/v1/validation ValidateLabelSelector, v1.37. */
export function validateLabelSelector(selector: LabelSelectorDraft | undefined, path: string, errors: FieldError[]): void {
  if (selector?.matchLabels !== undefined) validateLabels(selector.matchLabels, `${path}.matchLabels`, errors);
  for (const [i, { key = '', operator = '', values = [] }] of (selector?.matchExpressions ?? []).entries()) {
    const expression = `${path}.matchExpressions[${i}]`;
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) errors.push(required(`${expression}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        errors.push(forbidden(`${expression}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
    } else {
      errors.push(invalid(`${expression}.operator`, { json: operator }, 'not a valid selector operator'));
    }
    for (const problem of labelKeyProblems(key)) errors.push(invalid(`${expression}.key`, key, problem));
    for (const [j, value] of values.entries()) {
      for (const problem of labelValueProblems(value)) errors.push(invalid(`${expression}.values[${j}]`, value, problem));
    }
  }
}

/** Whether a selector matches everything: it has no condition. */
export function isEmptySelector(selector: LabelSelectorDraft): boolean {
  return (selector.matchExpressions?.length ?? 0) === 0 && Object.keys(selector.matchLabels ?? {}).length === 0;
}

/** The selector as Go's JSON prints it. */
export function selectorJson({ matchLabels, matchExpressions }: LabelSelectorDraft): JsonObject {
  const json: Record<string, JsonValue> = {};
  if (matchLabels !== undefined && Object.keys(matchLabels).length > 0) {
    json.matchLabels = Object.fromEntries(sortedKeys(matchLabels).map((key) => [key, matchLabels[key] ?? '']));
  }
  if (matchExpressions !== undefined && matchExpressions.length > 0) {
    json.matchExpressions = matchExpressions.map(({ key = '', operator = '', values = [] }) => ({
      key,
      operator,
      ...(values.length > 0 && { values }),
    }));
  }
  return json;
}

/** Whether a selector that has been validated finds an object with these labels; one that is absent finds nothing. */
export function selectorMatches(selector: LabelSelectorDraft | undefined, labels: Readonly<Record<string, string>>): boolean {
  return matchesSelector(selector as LabelSelector | undefined, labels);
}
