import type { KubeObject } from '../api/kube-object.ts';
import { type LabelSelectorRequirement, matchesSelector } from '../api/label-selector.ts';

/** A condition on objects, or why its text cannot be read. */
export type Filter = { readonly ok: true; matches(object: KubeObject): boolean } | { readonly ok: false; readonly message: string };

/**
 * `-l app=web,tier in (a,b),!canary`. An empty text matches everything.
 *
 * Models: k8s.io/apimachinery/pkg/labels Parse, v1.37.
 */
export function labelFilter(text: string): Filter {
  const requirements: LabelSelectorRequirement[] = [];
  for (const part of splitOutsideParentheses(text)) {
    const requirement = parseRequirement(part.trim());
    if (requirement === undefined) return { ok: false, message: `error: unable to parse requirement: ${part.trim()}` };
    requirements.push(requirement);
  }
  return { ok: true, matches: ({ metadata }) => matchesSelector({ matchExpressions: requirements }, metadata.labels) };
}

function splitOutsideParentheses(text: string): readonly string[] {
  return text.trim() === '' ? [] : text.split(/,(?![^(]*\))/);
}

const key = '[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?';
const setPattern = new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const equalityPattern = new RegExp(`^(${key})\\s*(==|=|!=)\\s*([A-Za-z0-9._-]*)$`);
const existencePattern = new RegExp(`^(!?)\\s*(${key})$`);

function parseRequirement(text: string): LabelSelectorRequirement | undefined {
  const [, setKey, setOperator, list = ''] = setPattern.exec(text) ?? [];
  if (setKey !== undefined) {
    return { key: setKey, operator: setOperator === 'in' ? 'In' : 'NotIn', values: list.split(',').map((value) => value.trim()) };
  }
  const [, equalKey, sign, value = ''] = equalityPattern.exec(text) ?? [];
  if (equalKey !== undefined) return { key: equalKey, operator: sign === '!=' ? 'NotIn' : 'In', values: [value] };
  const [, not, existing] = existencePattern.exec(text) ?? [];
  return existing === undefined ? undefined : { key: existing, operator: not === '!' ? 'DoesNotExist' : 'Exists' };
}

/** Fields the API server can select by: those of metadata for every kind, and a few of Pods. */
const fields: Readonly<Record<string, (object: KubeObject) => unknown>> = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace,
  'spec.nodeName': ({ kind, spec }) => (kind === 'Pod' ? (spec as { nodeName?: string }).nodeName : undefined),
  'status.phase': ({ kind, status }) => (kind === 'Pod' ? (status as { phase?: string }).phase : undefined),
  'status.podIP': ({ kind, status }) => (kind === 'Pod' ? (status as { podIP?: string }).podIP : undefined),
};

/** `--field-selector=metadata.name!=kubernetes,status.phase=Running`. */
export function fieldFilter(text: string): Filter {
  const terms = text.split(',').filter((term) => term !== '');
  const conditions: { readonly field: string; readonly equal: boolean; readonly value: string }[] = [];
  for (const term of terms) {
    const [, field, sign, value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(term) ?? [];
    if (field === undefined)
      return { ok: false, message: `Error from server (BadRequest): invalid selector: '${text}'; can't understand '${term}'` };
    if (fields[field] === undefined) {
      return { ok: false, message: `Error from server (BadRequest): field label not supported: ${field}` };
    }
    conditions.push({ field, equal: sign !== '!=', value });
  }
  return {
    ok: true,
    matches: (object) => conditions.every(({ field, equal, value }) => (String(fields[field]?.(object) ?? '') === value) === equal),
  };
}
