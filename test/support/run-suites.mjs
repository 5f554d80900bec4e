/**
 * `npm test`. With words: one call of jest with them. Without: every suite, and after them, with the machine to itself,
 * the one whose nights meet deadlines divided by dozens; the closing line adds both up.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { totalsLine } from './totals-reporter.mjs';

const ALONE = 'test/chaos/short-run.test.ts';
const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];

const words = process.argv.slice(2);
process.exitCode = words.length > 0 ? jest(words) : everything();

function everything() {
  const directory = mkdtempSync(join(tmpdir(), 'pnbsf-cmu-totals-'));
  try {
    const totalsFile = join(directory, 'totals.jsonl');
    const calls = [
      ['--testPathIgnorePatterns', '/node_modules/', ALONE],
      ['--runTestsByPath', ALONE],
    ];
    // The second as well when the first failed: all of it is to be known.
    const status = calls.map((call) => jest(call, { PNBSF_TEST_TOTALS: totalsFile })).find((one) => one !== 0) ?? 0;
    const lines = existsSync(totalsFile) ? readFileSync(totalsFile, 'utf8').trim().split('\n') : [];
    // A call that broke off has no totals: then there are none of the whole.
    if (lines.length < calls.length) return status === 0 ? 1 : status;
    process.stdout.write(totalsLine(lines.map((line) => JSON.parse(line))));
    return status;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function jest(args, env = {}) {
  const { status } = spawnSync(process.execPath, [...JEST, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}
