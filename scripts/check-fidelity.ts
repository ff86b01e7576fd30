/** Every `@models` line of the engine can be read, and every folder of it has one. The page "what is modelled" is made of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fidelityTags } from '../src/site/reference/fidelity-tags.ts';
import { conclude, type Finding } from './findings.ts';
import { filesBelow, projectRoot } from './project.ts';

/** Folders that model no behaviour of Kubernetes by themselves. */
const withoutBehaviour = new Set(['api', 'diagnostics', 'simulation', 'index.ts']);

const sources = filesBelow('src/engine', ['.ts']).filter((file) => !file.endsWith('.test.ts'));
const read = sources.flatMap((file) => fidelityTags(readFileSync(join(projectRoot, file), 'utf8')).map((tag) => ({ file, ...tag })));
const tagged = new Set(read.map(({ file }) => file.split('/')[2]));
const folders = [...new Set(sources.map((file) => file.split('/')[2] ?? ''))].filter((folder) => !withoutBehaviour.has(folder));
const findings: readonly Finding[] = [
  ...read.flatMap(({ file, line, problem }): readonly Finding[] => (problem === undefined ? [] : [{ file, line, message: problem }])),
  ...folders
    .filter((folder) => !tagged.has(folder))
    .map((folder) => ({ file: `src/engine/${folder}`, message: 'has no @models line: say what it models' })),
];
conclude('fidelity tags', read.length, findings);
