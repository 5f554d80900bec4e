import { join, resolve } from 'node:path';
import type { App } from '../../app.ts';
import { packageRoot } from '../../package-root.ts';
import { replayRun } from '../../pipeline/replay/replay-run.ts';
import { changeOf, ReplayTally } from '../../pipeline/replay/replay-summary.ts';
import { readReferenceData } from '../../reference-data.ts';
import { runRules } from '../../store/replay/run-rule-sets.ts';
import { chosenRun } from '../chosen-run.ts';
import { UsageError, type Call } from '../command.ts';
import { withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';
import { checkPolicy } from './check-policy.ts';
import { checkText } from './check-text.ts';
import { readRuleFile } from './read-rule-file.ts';
import { ReplayCsv } from './replay-csv.ts';
import type { ReplayResult } from './replay-result.ts';
import { replayText } from './replay-text.ts';
import { POLICY_KINDS } from './policy-kinds.ts';
import type { PolicyKind } from './policy-kind.ts';

const DONE = 0;
const FAILED = 1;

/** Kinds whose effect on a run can be told from what is recorded of it. */
const REPLAYABLE = ['policy', 'identity-rule', 'identity-weights'];

/** Movers held for the screen and for JSON; `--out` has no such end. */
const LISTED = 1_000;

/** A rule file that cannot be tried out on a run. */
export class NotReplayable extends Error {
  readonly code = 'REGLE_NON_REJOUABLE';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

interface Candidate {
  readonly file: string;
  readonly kind: PolicyKind;
  readonly text: string;
}

/** `policy replay [FILE] --run RUN`: who would move under a candidate, or under the run's own rules. */
export async function replayCommand(file: string | undefined, call: Call, output: Output): Promise<number> {
  const named = call.text('run');
  if (named === null) throw new UsageError('--run est obligatoire : quelle exécution rejouer ?');
  let candidate: Candidate | null = null;
  if (file !== undefined) {
    const text = await readRuleFile(file);
    const check = checkPolicy(file, text);
    if (!check.valid) {
      if (call.on('json')) output.json(check);
      else output.result(checkText(check));
      return FAILED;
    }
    candidate = { file, text, kind: replayableKind(check.kind) };
  }
  return withInstallation(async (app) => {
    const { run } = await chosenRun(app.database.db, named);
    const result = await replay(app, run, candidate, call.text('out'), output);
    if (call.on('json')) output.json(result);
    else output.result(replayText(result));
    return DONE;
  });
}

function replayableKind(name: string | null): PolicyKind {
  const kind = POLICY_KINDS.find((one) => one.kind === name);
  if (!kind || !REPLAYABLE.includes(kind.kind))
    throw new NotReplayable(
      `« ${kind?.title ?? ''} » ne décide de personne dans une exécution enregistrée.`,
      kind?.kind === 'linkage-policy'
        ? 'Ce fichier ne sert qu’à match et dedupe : comparez leurs résultats.'
        : 'Les autres lignes ne sont cherchées qu’à la vérification : essayez ce fichier sur une exécution à blanc.',
    );
  return kind;
}

async function replay(
  { database: { db }, config }: App,
  runId: string,
  candidate: Candidate | null,
  out: string | null,
  output: Output,
): Promise<ReplayResult> {
  const rules = await runRules(db, runId);
  // The run's own files stand in for those of today: only the candidate may make a difference.
  const files = new Map([...rules.files, ...(candidate ? [[candidate.kind.path, candidate.text] as const] : [])]);
  const reference = await readReferenceData(config.configDirectory ?? join(packageRoot(), 'config'), files);
  const tally = new ReplayTally();
  const moved: ReplayResult['moved'][number][] = [];
  const csv = out === null ? null : await ReplayCsv.create(out);
  const progress = output.progress('Personnes');
  let people = 0;
  try {
    for await (const page of replayRun(db, runId, reference)) {
      tally.add(page);
      people += page.people;
      await csv?.add(page.replayed);
      for (const person of page.replayed)
        if (changeOf(person) === 'moved' && moved.length < LISTED) {
          const { ref, from, to, formerReasons, reasons } = person;
          moved.push({ ref, from, to, formerReasons, reasons });
        }
      progress.update(people, null);
    }
  } finally {
    progress.end();
    await csv?.close();
  }
  return {
    candidate: candidate && { file: candidate.file, kind: candidate.kind.kind, title: candidate.kind.title },
    run: { run: runId, policyVersion: rules.policyVersion, ruleSet: rules.fingerprint, ruleSets: rules.sets },
    figures: tally.figures(),
    moved,
    out: out === null ? null : resolve(out),
  };
}
