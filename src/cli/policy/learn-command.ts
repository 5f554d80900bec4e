import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { packageRoot } from '../../package-root.ts';
import { labelledPairs } from '../../pipeline/replay/labelled-pairs.ts';
import { LevelCounts, type SameShares } from '../../pipeline/replay/learn-weights.ts';
import { parseIdentityWeights } from '../../matching/scoring/identity-weights.ts';
import type { Executor } from '../../store/database.ts';
import { labelledDecisions } from '../../store/replay/labelled-decisions.ts';
import { chosenRun } from '../chosen-run.ts';
import { UsageError, type Call } from '../command.ts';
import { withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';
import { learnText, type LearnResult } from './learn-text.ts';
import { learnedFile } from './learned-file.ts';
import { readObject } from './policy-kinds.ts';
import { readRuleFile } from './read-rule-file.ts';

const DONE = 0;
const FAILED = 1;
const WEIGHTS = 'names/identity-weights.json';

/** Fewer decided pairs of named persons than this move no weight. */
const FEWEST = 200;
/** Pairs that the file's own shares weigh as much as. */
const STRENGTH = 200;

/** `policy learn --run RUN | --all`: the weights that decided pairs would make. Puts nothing in force. */
export async function learnCommand(call: Call, output: Output): Promise<number> {
  const named = call.text('run');
  if ((named === null) !== call.on('all')) throw new UsageError('Écrivez --run EXÉCUTION, ou --all pour toutes.');
  const fewest = call.wholeNumber('min', FEWEST);
  const strength = call.wholeNumber('strength', STRENGTH);
  if (strength === 0)
    throw new UsageError('--strength : au moins 1 paire, sans quoi un niveau jamais vu serait exclu.');
  return withInstallation(async ({ database: { db }, config }) => {
    const runId = named === null ? null : (await chosenRun(db, named)).run;
    const path = join(config.configDirectory ?? join(packageRoot(), 'config'), WEIGHTS);
    const text = await readRuleFile(path);
    const { counts, ...pairs } = await count(db, runId);
    const enough = pairs.ofPeople >= fewest;
    const levels = counts.learned(sharesOf(text), strength);
    const out = enough ? call.text('out') : null;
    if (out !== null) {
      const learned = `${JSON.stringify(learnedFile(readObject(text) ?? {}, levels, pairs.ofPeople), null, 2)}\n`;
      // What is offered must be usable.
      parseIdentityWeights(learned);
      await writeFile(out, learned);
    }
    const result: LearnResult = { run: runId, ...pairs, fewest, strength, enough, levels, out: out && resolve(out) };
    if (call.on('json')) output.json(result);
    else output.result(learnText(result));
    return enough ? DONE : FAILED;
  });
}

async function count(
  db: Executor,
  runId: string | null,
): Promise<{ counts: LevelCounts; ofPeople: number; ofMachine: number; others: number }> {
  const counts = new LevelCounts();
  let [ofPeople, ofMachine, others] = [0, 0, 0];
  for await (const page of labelledDecisions(db, runId))
    for (const pair of page.flatMap(labelledPairs)) {
      counts.add(pair);
      if (pair.byMachine) ofMachine += 1;
      else ofPeople += 1;
      if (!pair.isSame) others += 1;
    }
  return { counts, ofPeople, ofMachine, others };
}

function sharesOf(text: string): SameShares {
  const { tables } = parseIdentityWeights(text);
  return new Map(
    [...tables].map(([table, levels]) => [table, new Map([...levels].map(([level, { same }]) => [level, same]))]),
  );
}
