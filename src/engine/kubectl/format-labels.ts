import type { LabelSelector, LabelSelectorRequirement, Labels } from '../api/label-selector.ts';

/** `app=web,tier=api`, sorted; `<none>` when there are none. */
export function formatLabels(labels: Labels | undefined): string {
  return sortedPairs(labels).join(',') || '<none>';
}

export function sortedPairs(labels: Labels | undefined, separator = '='): readonly string[] {
  return Object.keys(labels ?? {})
    .sort()
    .map((key) => `${key}${separator}${labels?.[key]}`);
}

/** A selector as one line: `app=web,tier in (a,b),!canary`; `<none>` when it is empty, `<error>` never: admission has checked it. */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  const pairs = sortedPairs(selector?.matchLabels);
  const requirements = (selector?.matchExpressions ?? []).map(formatRequirement);
  return [...pairs, ...requirements].join(',') || '<none>';
}

function formatRequirement({ key, operator, values = [] }: LabelSelectorRequirement): string {
  const list = [...values].sort().join(',');
  switch (operator) {
    case 'In':
      return `${key} in (${list})`;
    case 'NotIn':
      return `${key} notin (${list})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}
