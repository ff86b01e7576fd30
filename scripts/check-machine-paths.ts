/** No file of the project names a place, a registry or a person of the machine it was made on. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { conclude, type Finding } from './findings.ts';
import { filesBelow, projectRoot } from './project.ts';

const forbidden: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/(?<![\w.])\/(?:work|root|tmp)\/[\w.-]+/, 'a path of one machine'],
  [/(?<![\w.])\/(?:home|Users)\/\w+/, 'the home folder of one person'],
  [/"resolved": "(?!https:\/\/registry\.npmjs\.org\/)[^"]*"/, 'the address of a registry'],
  [/\bregistry\s*=\s*http/, 'the address of a registry'],
];

const binary = /\.(gz|png|jpe?g|webp|woff2?|ico|wasm|zip)$/;

const files = ownFiles().filter((file) => file !== '' && !binary.test(file) && file !== 'scripts/check-machine-paths.ts');

/** What is or would be committed; without git (an unpacked archive), everything. */
function ownFiles(): readonly string[] {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: projectRoot, encoding: 'utf8' });
  return listed.status === 0 ? listed.stdout.split('\0') : filesBelow('.', ['']);
}

function checkFile(file: string): readonly Finding[] {
  let text: string;
  try {
    text = readFileSync(join(projectRoot, file), 'utf8');
  } catch {
    // Deleted, and not committed yet.
    return [];
  }
  return text.split('\n').flatMap((line, index) =>
    [...forbidden, ...ownName()].flatMap(([pattern, what]): readonly Finding[] => {
      const match = pattern.exec(line);
      return match === null ? [] : [{ file, line: index + 1, message: `names ${what}: ${match[0].slice(0, 80)}` }];
    }),
  );
}

/** The name of whoever runs this, unless it is one that everybody's machine has. */
function ownName(): typeof forbidden {
  const { username } = userInfo();
  if (['root', 'node', 'runner', 'user', 'admin', 'build', 'ci'].includes(username) || username.length < 4) return [];
  return [[new RegExp(`\\b${username.replace(/\W/g, '\\$&')}\\b`), 'a person']];
}

conclude('machine paths', files.length, files.flatMap(checkFile));
