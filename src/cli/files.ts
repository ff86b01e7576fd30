import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type ClusterSpec, parseClusterFile, type SourceFile, type WorldLibrary } from '#engine';
import { type Terminal, UsageError } from './command.ts';

/** The project's root: worlds and labs lie below it. */
export const projectRoot: string = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Reads manifests as `kubectl apply -f` names them; `-` is standard input. */
export async function readSources(paths: readonly string[], terminal: Terminal): Promise<readonly SourceFile[]> {
  if (paths.length === 0) throw new UsageError('name at least one file; - is standard input');
  return Promise.all(
    paths.map(async (path) => (path === '-' ? { name: 'STDIN', text: await text(terminal.stdin) } : { name: path, text: readText(path) })),
  );
}

/** A file's text, or a sentence for the person who named it. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'this is a folder'
          : code === 'EACCES'
            ? 'it may not be read'
            : String(code);
    throw new UsageError(`${path}: ${why}`);
  }
}

/** The worlds that cluster files may extend, by name: `ref3`, `workloads/my-app`. */
export function worldLibrary(): WorldLibrary {
  const folder = join(projectRoot, 'clusters');
  const entries = globSync('**/*.yaml', { cwd: folder }).map((path) => [
    path.replaceAll('\\', '/').replace(/\.yaml$/, ''),
    readFileSync(join(folder, path), 'utf8'),
  ]);
  return Object.fromEntries(entries) as WorldLibrary;
}

/** The world a command runs in: a name out of `clusters/`, or a cluster file of one's own. */
export function readCluster(nameOrPath: string): ClusterSpec {
  const library = worldLibrary();
  const known = Object.hasOwn(library, nameOrPath) ? library[nameOrPath] : undefined;
  const name = known === undefined ? nameOrPath : relative('.', join(projectRoot, 'clusters', `${nameOrPath}.yaml`));
  const { value, diagnostics } = parseClusterFile(known ?? readText(nameOrPath), name, library);
  if (value !== undefined) return value;
  const lines = diagnostics.map(({ span, message }) =>
    span === undefined ? message : `${span.file}:${span.start.line}:${span.start.column} ${message}`,
  );
  throw new UsageError(`the cluster file ${basename(name)} cannot be read:\n${lines.join('\n')}`);
}
