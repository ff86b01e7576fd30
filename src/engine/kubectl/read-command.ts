/** A `get` or `describe` command line, read. */
export interface ReadCommand {
  readonly verb: 'get' | 'describe';
  /** What stands before the flags: types, names, `type/name`. */
  readonly words: readonly string[];
  /** `undefined`: all of them (`-A`). */
  readonly namespace: string | undefined;
  /** As written after `-o`; empty for the plain table. */
  readonly output: string;
  readonly labelSelector: string;
  readonly fieldSelector: string;
  readonly noHeaders: boolean;
  readonly showLabels: boolean;
}

export type ParsedCommand = { readonly ok: true; readonly command: ReadCommand } | { readonly ok: false; readonly message: string };

/** Flags that take a value, with their short forms. */
const valueFlags: Readonly<Record<string, 'namespace' | 'output' | 'labelSelector' | 'fieldSelector'>> = {
  '-n': 'namespace',
  '--namespace': 'namespace',
  '-o': 'output',
  '--output': 'output',
  '-l': 'labelSelector',
  '--selector': 'labelSelector',
  '--field-selector': 'fieldSelector',
};

const defaultNamespace = 'default';

/**
 * Reads the words after `kubectl`.
 *
 * @models partly kubectl get and describe: the flags -n, -A, -o wide|yaml|json|name, -l, --field-selector, --no-headers, --show-labels
 */
export function parseReadCommand(argv: readonly string[]): ParsedCommand {
  const words: string[] = [];
  const values: Record<string, string> = {};
  const switches = new Set<string>();
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i] ?? '';
    const [flag, given] = splitFlag(word);
    const field = valueFlags[flag];
    if (field !== undefined) {
      if (given === undefined) i += 1;
      const value = given ?? argv[i];
      if (value === undefined) return { ok: false, message: missingArgument(flag) };
      values[field] = value;
    } else if (flag === '-A' || flag.startsWith('--')) {
      switches.add(flag === '-A' ? '--all-namespaces' : flag);
    } else if (flag.startsWith('-') && flag !== '-') {
      return {
        ok: false,
        message: `error: unknown shorthand flag: '${flag.charAt(1)}' in ${flag}\nSee 'kubectl ${argv[0] ?? ''} --help' for usage.`,
      };
    } else {
      words.push(word);
    }
  }
  const unknown = [...switches].find((flag) => !['--all-namespaces', '--no-headers', '--show-labels'].includes(flag));
  if (unknown !== undefined)
    return { ok: false, message: `error: unknown flag: ${unknown}\nSee 'kubectl ${words[0] ?? ''} --help' for usage.` };
  const [verb, ...rest] = words;
  if (verb !== 'get' && verb !== 'describe') return { ok: false, message: `error: unknown command "${verb ?? ''}" for "kubectl"` };
  const command: ReadCommand = {
    verb,
    words: rest,
    namespace: switches.has('--all-namespaces') ? undefined : (values.namespace ?? defaultNamespace),
    output: values.output ?? '',
    labelSelector: values.labelSelector ?? '',
    fieldSelector: values.fieldSelector ?? '',
    noHeaders: switches.has('--no-headers'),
    showLabels: switches.has('--show-labels'),
  };
  return { ok: true, command };
}

/** `--output=wide`, `-owide` and `-o wide` say the same. */
function splitFlag(word: string): readonly [flag: string, value: string | undefined] {
  if (word.startsWith('--')) {
    const equals = word.indexOf('=');
    return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
  }
  const short = word.slice(0, 2);
  if (word.length > 2 && valueFlags[short] !== undefined) return [short, word.slice(2).replace(/^=/, '')];
  return [word, undefined];
}

function missingArgument(flag: string): string {
  const name = flag.startsWith('--') ? `flag needs an argument: ${flag}` : `flag needs an argument: '${flag.charAt(1)}' in ${flag}`;
  return `error: ${name}\nSee 'kubectl get --help' for usage.`;
}
