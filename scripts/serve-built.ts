/** Serves a built site for tests: serve-built FOLDER BASE PORT. */
import { join } from 'node:path';
import { projectRoot } from './project.ts';
import { siteServer } from './static-server.ts';

const [folder = 'dist', base = '/', port = '4391'] = process.argv.slice(2);
siteServer(join(projectRoot, folder), base).listen(Number(port), '127.0.0.1');
