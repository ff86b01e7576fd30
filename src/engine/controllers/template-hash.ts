import { sameValue } from '../api/same-value.ts';
import type { PodTemplate } from '../api/workload.ts';

export const templateHashLabel = 'pod-template-hash';

/** Kubernetes writes the decimal digits of a hash with these, so that no hash spells a word. */
const digits = '456789bcdf';

/**
 * A short text that differs when templates do. Kubernetes hashes a dump of its own Go structures, so that real hashes look like these
 * and are others.
 */
export function templateHash(template: PodTemplate): string {
  const text = JSON.stringify(template);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return String(hash >>> 0)
    .split('')
    .map((digit) => digits[Number(digit)])
    .join('');
}

/** Whether two templates make the same Pods; the label that a Deployment adds does not count. */
export function sameTemplate(a: PodTemplate, b: PodTemplate): boolean {
  return sameValue(withoutHash(a), withoutHash(b));
}

function withoutHash(template: PodTemplate): PodTemplate {
  const { [templateHashLabel]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
