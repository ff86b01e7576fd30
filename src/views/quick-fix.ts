import type { Diagnostic, TextEdit } from '#engine';

/** A repair that is safe to offer: it decides nothing the learner is to decide. */
export interface SuggestedFix {
  readonly value: string;
  readonly edits: readonly TextEdit[];
}

/** Fields people write in this course: an unknown field is compared with these. */
const knownFields = (
  'apiVersion kind metadata name namespace labels annotations spec selector type ports port targetPort nodePort protocol appProtocol ' +
  'clusterIP clusterIPs sessionAffinity sessionAffinityConfig timeoutSeconds internalTrafficPolicy externalTrafficPolicy externalIPs ' +
  'externalName loadBalancerIP loadBalancerSourceRanges loadBalancerClass allocateLoadBalancerNodePorts healthCheckNodePort ' +
  'publishNotReadyAddresses ipFamilies ipFamilyPolicy trafficDistribution replicas template containers image containerPort matchLabels'
).split(' ');

/** Letters that may differ for a word to count as the same one mistyped. */
const nearEnough = 2;

/**
 * Finds a repair in Kubernetes' own words: the supported value nearest to the one written, or the field nearest to an unknown one.
 * `undefined` when nothing is near, or when the diagnostic has no place. `text` is the file the diagnostic is about.
 */
export function suggestFix(diagnostic: Diagnostic, text: string): SuggestedFix | undefined {
  const { span, message } = diagnostic;
  if (span === undefined) return undefined;
  const written = text.slice(span.start.offset, span.end.offset);
  const supported = /supported values: ((?:"[^"]*"(?:, )?)+)/.exec(message)?.[1];
  const candidates =
    supported !== undefined
      ? [...supported.matchAll(/"([^"]*)"/g)].map(([, value = '']) => value)
      : message.includes(`unknown field "`)
        ? knownFields
        : [];
  const bare = written.replace(/^(["'])(.*)\1$/, '$2');
  const value = nearest(bare, candidates);
  return value === undefined ? undefined : { value, edits: [{ span, newText: value }] };
}

/** The candidate with the fewest differing letters, the shorter one of two; none when all differ in more than a few. */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distance(written.toLowerCase(), candidate.toLowerCase()) }))
    .filter((each) => each.distance <= Math.min(nearEnough, Math.ceil(written.length / 2)) && each.candidate !== written)
    .sort((a, b) => a.distance - b.distance || a.candidate.length - b.candidate.length);
  return ranked[0]?.candidate;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > nearEnough) return nearEnough + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substituted = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
