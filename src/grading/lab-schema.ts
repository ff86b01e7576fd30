import { z } from 'zod';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use small letters, digits and single hyphens');
const text = z.string().min(1, 'write something');
const labels = z.record(z.string(), z.string());
const share = z.number().min(0).max(1);
const base = { id, title: text, points: z.int().min(1).max(100), after: id.optional() };
const disturbance = z.strictObject({ readinessFails: labels, afterSeconds: z.number().min(1) });

const check = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('connect'),
    from: z.array(z.string()).min(1),
    to: z.string(),
    times: z.int().min(1).max(1000),
    during: disturbance.optional(),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('spread'),
    from: z.string(),
    to: z.string(),
    times: z.int().min(30).max(3000),
    over: labels,
    least: share,
    most: share,
  }),
  z.strictObject({
    ...base,
    kind: z.literal('unreachable'),
    from: z.array(z.string()).min(1),
    to: z.array(z.string()).min(1),
    times: z.int().min(1).max(1000),
  }),
  z.strictObject({ ...base, kind: z.literal('virtual-address'), service: z.string() }),
]);

/** A `lab.yaml` as it is written; what the fields mean stands in `lab.ts`. */
export const labSchema = z.strictObject({
  id,
  version: z.int().min(1),
  title: text,
  lesson: id,
  minutes: z.int().min(1),
  seed: z.int().min(0),
  cluster: z.string(),
  files: z.array(z.strictObject({ name: z.string(), editable: z.boolean() })).min(1),
  checks: z.array(check).min(1, 'a lab without checks grades nothing'),
  shakes: z.array(z.enum(['pod-addresses', 'service-addresses'])),
  hints: z.array(z.strictObject({ text, cost: z.int().min(1).max(100) })),
  misconceptions: z.array(
    z.strictObject({
      id,
      belief: text,
      feedback: text,
      check: id,
      when: z
        .strictObject({ kind: z.string(), name: z.string(), path: z.string(), equals: z.union([z.string(), z.number(), z.boolean()]) })
        .optional(),
    }),
  ),
});
