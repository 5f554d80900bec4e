import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const hasSpin = ['spin', 'cc'].every((program) => spawnSync(program, ['-V'], { stdio: 'ignore' }).error === undefined);
if (!hasSpin && process.env['PNBSF_FORBID_SKIP'] === '1')
  throw new Error('spin or cc is missing and PNBSF_FORBID_SKIP is set');
if (!hasSpin)
  process.stderr.write('SKIPPED: spin or cc is not installed; the model of the procedure is not checked.\n');

describe('docs/model/exactly-once.pml', () => {
  (hasSpin ? it : it.skip)(
    'holds, and fails wherever a part of the procedure is taken away',
    () => {
      const { status, stdout } = spawnSync('sh', ['docs/model/check.sh'], { encoding: 'utf8' });
      expect({ status, unexpected: stdout.match(/expected: .*/g) }).toEqual({ status: 0, unexpected: null });
      expect(stdout.match(/^(holds|fails) \(\d+ states\)/gm)).toHaveLength(8);
    },
    180_000,
  );
});
