import type { z } from 'zod';
import { AuthorError } from './lesson-files.ts';

/** A component's properties as its schema has them, or a sentence for the author who wrote them. */
export function checkedProps<S extends z.ZodType>(schema: S, props: unknown, component: string, page: string): z.output<S> {
  const parsed = schema.safeParse(props);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  throw new AuthorError(`<${component}> on ${page}: ${issues.join('; ')}`);
}
