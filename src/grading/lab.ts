import type { ClusterSpec } from '#engine';

/**
 * A graded exercise as data. `labs/<folder>/lab.yaml` holds it (read by `lab-file.ts`), and everything here is plain: safe to put into a
 * page and to post to a worker. Behaviour is graded, never the text of the YAML.
 */
export interface Lab {
  /** Permanent, e.g. `l-302`. */
  readonly id: string;
  /** Raised when an old answer could get another score; stored answers of an older version are kept and said to be so. */
  readonly version: number;
  readonly title: string;
  /** Slug of the lesson this exercise belongs to. */
  readonly lesson: string;
  readonly minutes: number;
  /** Files the learner sees, in tab order; only `editable` ones are part of a submission. */
  readonly files: readonly LabFile[];
  /** The world the exercise is in, Pods included. */
  readonly cluster: ClusterSpec;
  readonly checks: readonly Check[];
  readonly shakes: readonly Shake[];
  readonly hints: readonly Hint[];
  readonly misconceptions: readonly Misconception[];
  /** Seed of the first run; shakes derive theirs from it. */
  readonly seed: number;
}

export interface LabFile {
  readonly name: string;
  readonly editable: boolean;
  /** What the learner starts from. */
  readonly text: string;
}

/** What is common to every check. Points of a lab's checks add up to 100. */
interface CheckBase {
  /** Unique in the lab, kebab-case; reports and attempts name it. */
  readonly id: string;
  readonly title: string;
  readonly points: number;
  /**
   * Id of an earlier check that has to pass first. Until it does, this one waits and earns nothing: that nobody outside reaches a Service
   * says little while nobody reaches it at all.
   */
  readonly after?: string;
}

/**
 * Targets are probe texts with values that only the running cluster knows: `tcp://{clusterIP:cache}:6379`, `tcp://{nodeIP:node-1}:{nodePort:cache}`.
 * A target whose value does not exist (no cluster IP, no node port) is nothing anybody can dial.
 */
export type TargetTemplate = string;

/** Every sender reaches the target, every time. `during` says what happens to the cluster first. */
export interface ConnectCheck extends CheckBase {
  readonly kind: 'connect';
  readonly from: readonly string[];
  readonly to: TargetTemplate;
  readonly times: number;
  readonly during?: Disturbance;
}

/** The platform spreads connections: each Pod the selector finds gets a share between `least` and `most` (0 to 1). */
export interface SpreadCheck extends CheckBase {
  readonly kind: 'spread';
  readonly from: string;
  readonly to: TargetTemplate;
  readonly times: number;
  readonly over: Readonly<Record<string, string>>;
  readonly least: number;
  readonly most: number;
}

/** Nobody of `from` is served at any of the targets. A target that cannot be dialled counts as closed. */
export interface UnreachableCheck extends CheckBase {
  readonly kind: 'unreachable';
  readonly from: readonly string[];
  readonly to: readonly TargetTemplate[];
  readonly times: number;
}

/** The Service has an address of its own out of the service range. */
export interface VirtualAddressCheck extends CheckBase {
  readonly kind: 'virtual-address';
  readonly service: string;
}

export type Check = ConnectCheck | SpreadCheck | UnreachableCheck | VirtualAddressCheck;
export type CheckKind = Check['kind'];

/** Something that happens to the cluster before a check sends its requests. */
export interface Disturbance {
  /** The first Pod (by name) with these labels stops passing its readiness probe. */
  readonly readinessFails: Readonly<Record<string, string>>;
  /** How long the cluster then runs, in seconds, before the first request. */
  readonly afterSeconds: number;
}

/**
 * How the checks are repeated, so that an answer that fits one run by luck does not pass: `pod-addresses` re-creates every Pod with another
 * address, `service-addresses` lets the API server choose other cluster IPs and node ports.
 */
export type Shake = 'pod-addresses' | 'service-addresses';

export interface Hint {
  readonly text: string;
  /** Points it costs to open. */
  readonly cost: number;
}

/** A belief that a wrong answer shows. The first one whose conditions all hold speaks. */
export interface Misconception {
  readonly id: string;
  /** The belief in the learner's words. */
  readonly belief: string;
  /** What to look at; never the solution. */
  readonly feedback: string;
  /** The check that must have failed. */
  readonly check: string;
  /** What the admitted object must look like; absent: any answer that fails the check. */
  readonly when?: { readonly kind: string; readonly name: string; readonly path: string; readonly equals: string | number | boolean };
}
