#!/usr/bin/env node
// Starts the compiled program. A clone whose install scripts were blocked has not been compiled yet: do it now, once.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const program = join(root, 'dist', 'src', 'cli', 'main.js');

if (!existsSync(program)) {
  process.stderr.write('Première utilisation : compilation du programme…\n');
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const built = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
  if (built.status !== 0) process.exit(1);
}
const { main } = await import(program);
process.exitCode = await main(process.argv.slice(2));
