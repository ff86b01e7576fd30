import { parse } from 'yaml';
import * as z from 'zod';

const schema = z.array(
  z.strictObject({
    /** Part of the entry's address: `/reference/#<id>`. */
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    term: z.string().min(1),
    /** The English word, where the Korean one is not English itself. */
    english: z.string().min(1).optional(),
    /** One or two sentences; code in backticks. */
    text: z.string().min(1),
  }),
);

export type GlossaryEntry = z.infer<typeof schema>[number];

const file = 'content/reference/glossary.yaml';
const sources = Object.values(
  import.meta.glob<string>('/content/reference/glossary.yaml', { query: '?raw', import: 'default', eager: true }),
);

/** The words of the course in Korean order. */
export const glossary: readonly GlossaryEntry[] = sources
  .flatMap((source) => {
    const result = schema.safeParse(parse(source));
    if (!result.success) {
      throw new Error(`${file}: ${z.prettifyError(result.error)}`);
    }
    return result.data;
  })
  .sort((a, b) => a.term.localeCompare(b.term, 'ko'));

/** The entry an author names in `<Term id="…">`; throws with the names there are. */
export function glossaryEntry(id: string): GlossaryEntry {
  const entry = glossary.find((each) => each.id === id);
  if (entry === undefined) {
    throw new Error(`<Term id="${id}">: ${file} has no such entry. There are: ${glossary.map((each) => each.id).join(', ')}`);
  }
  return entry;
}
