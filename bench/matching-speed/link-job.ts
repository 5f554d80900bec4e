/** The measured part of the bench, in a process of its own: its memory is the command's. Prints one JSON object. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainMeaning } from '../../src/cli/linkage/fields-map.ts';
import { readLinkageFile } from '../../src/cli/linkage/linkage-file.ts';
import { readLinkageKnowledge } from '../../src/cli/linkage/linkage-knowledge.ts';
import { writePairFile } from '../../src/cli/linkage/pair-file.ts';
import { link } from '../../src/matching/linkage/link-tables.ts';

const [path = ''] = process.argv.slice(2);
const SILENT = { update: () => undefined, end: () => undefined };

const seconds: Record<string, number> = {};
let before = cpuSeconds();

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function finish(stage: string): void {
  const now = cpuSeconds();
  seconds[stage] = (seconds[stage] ?? 0) + now - before;
  before = now;
}

const knowledge = await readLinkageKnowledge({});
finish('start');
const { table } = await readLinkageFile(path, plainMeaning, knowledge.pools, SILENT);
finish('read');
let current = 'candidates';
const linkage = link(table, table, knowledge, (stage) => {
  if (stage === current) return;
  finish(current);
  current = stage;
});
finish(current);
await writePairFile(join(tmpdir(), `pnbsf-cmu-bench-${process.pid}.csv`), linkage.pairs(), () => undefined);
finish('write');
process.stdout.write(
  JSON.stringify({
    rows: table.ids.length,
    candidates: linkage.candidates,
    decided: linkage.decided,
    seconds,
    total: cpuSeconds(),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
