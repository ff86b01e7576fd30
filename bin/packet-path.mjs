#!/usr/bin/env node
import { launch } from './launch.mjs';

const { main } = await launch('src/cli/main.ts', process.argv.slice(2));
process.exitCode = await main(process.argv.slice(2));
