import type { core } from 'zod';
import { closestWord } from '#engine';
import type { YamlPath } from './yaml-place.ts';

/** A mistake against the schema, in an author's words. */
export interface SchemaProblem {
  readonly path: YamlPath;
  readonly at: 'key' | 'value';
  readonly message: string;
}

/** Fields that may be left out, so that no message about a missing one names them. */
const optionalFields = ['after', 'during', 'when'];

/** Zod's findings as sentences that say what to write. `valueAt` reads the text's value at a path. */
export function schemaProblems(issues: readonly core.$ZodIssue[], valueAt: (path: YamlPath) => unknown): readonly SchemaProblem[] {
  const isMissing = ({ path }: core.$ZodIssue): boolean => path.length > 0 && valueAt(path) === undefined;
  return issues.flatMap((issue): SchemaProblem[] => {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys') {
      const missing = issues.filter((other) => isMissing(other) && samePath(other.path.slice(0, -1), path));
      const wanted = [...missing.map((other) => String(other.path.at(-1))), ...optionalFields];
      return issue.keys.map((key) => ({
        path: [...path, key],
        at: 'key',
        message: `there is no such field here.${didYouMean(key, wanted)}`,
      }));
    }
    if (isMissing(issue)) return [{ path, at: 'value', message: 'is missing' }];
    const choices = choicesOf(issue);
    if (choices.length > 0) {
      const value = String(valueAt(path));
      return [{ path, at: 'value', message: `"${value}" is none of ${choices.join(', ')}.${didYouMean(value, choices)}` }];
    }
    return [{ path, at: 'value', message: issue.message }];
  });
}

/** ` Did you mean "client"?`, or nothing when no word is near. */
export function didYouMean(word: string, words: readonly string[]): string {
  const closest = closestWord(word, words);
  return closest === undefined ? '' : ` Did you mean "${closest}"?`;
}

function choicesOf(issue: core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
}

function samePath(a: YamlPath, b: YamlPath): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
