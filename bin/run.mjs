// Runs one of scripts/ by its name, or any TypeScript file of the project by its path: `node bin/run.mjs check-layers --list`.
import { launch } from './launch.mjs';

const [name = '', ...args] = process.argv.slice(2);
await launch(name.endsWith('.ts') ? name : `scripts/${name}.ts`, args);
