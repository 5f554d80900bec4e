import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { frenchInteger } from '../../domain/french/numbers.ts';
import { link, type Linkage, type LinkageStage, type LinkageWatcher } from '../../matching/linkage/link-tables.ts';
import { UsageError, type Call } from '../command.ts';
import type { Output, Progress } from '../output.ts';
import { UnusableFile } from '../unusable-file.ts';
import { plainMeaning, readFieldsMap } from './fields-map.ts';
import { readLinkageFile, type LinkageFile } from './linkage-file.ts';
import { readLinkageKnowledge } from './linkage-knowledge.ts';
import { fileRemarks, identicalRemark, unsharedRemark } from './linkage-remarks.ts';
import { writePairFile } from './pair-file.ts';
import { repeatedIds } from './repeated-ids.ts';

/** Options that `match` and `dedupe` share. */
export const LINKAGE_OPTIONS = {
  out: { value: 'PAIRES.csv', help: 'où écrire les paires : left_id,right_id,score,decision,reasons' },
  fields: { value: 'CARTE.json', help: 'noms de colonnes du fichier : {"nom_patronymique": "family_name", …}' },
  json: { help: 'résultat en JSON' },
} as const;

/** Further help that both share. */
export const LINKAGE_DETAILS: readonly string[] = [
  'CSV séparé par , ; ou tabulation, en UTF-8 ou Windows-1252, gzip accepté. Colonnes reconnues, toutes facultatives :',
  'id, given_names, family_name, sex, date_of_birth, place_of_birth, commune, region, address, postal_code, phone, email,',
  'occupation, national_id, father_given, mother_given, mother_family, household_id, ou leurs noms français (nom, prenoms,',
  'sexe, date_naissance, lieu_naissance…). Vide = inconnu. Les autres colonnes sont comparées telles quelles.',
  'Paires écrites à partir de 0,01. auto : la même personne ; review : à voir par un agent ; reject : sans doute une autre.',
  'N’ouvre pas la base de données et n’enregistre rien.',
];

/** The value of an option that must be there. Throws {@link UsageError}. */
export function required(call: Call, name: string, value: string): string {
  const text = call.text(name);
  if (text === null || text === '') throw new UsageError(`Indiquez --${name} ${value}.`);
  return text;
}

/** Links two files, or one with itself when `rightPath` is null, writes the pairs and tells the outcome. */
export async function runLinkage(
  leftPath: string,
  rightPath: string | null,
  call: Call,
  output: Output,
): Promise<number> {
  const out = required(call, 'out', 'PAIRES.csv');
  await checkDestination(out, [leftPath, rightPath]);
  const mapPath = call.text('fields');
  const meaning = mapPath === null ? plainMeaning : await readFieldsMap(mapPath);
  const knowledge = await readLinkageKnowledge(process.env);
  const read = (path: string): Promise<LinkageFile> =>
    readLinkageFile(path, meaning, knowledge.pools, output.progress('Lecture'));
  const left = await read(leftPath);
  const right = rightPath === null ? left : await read(rightPath);
  requireCommonColumn(left, right);
  const linkage = watched(output, (watch) => link(left.table, right.table, knowledge, watch));
  await write(out, linkage, output);
  tell(left, right, linkage, out, call, output);
  return 0;
}

/** An hour of work must not end in a folder that does not exist, nor on the file it came from. */
async function checkDestination(out: string, sources: readonly (string | null)[]): Promise<void> {
  if (sources.some((source) => source !== null && resolve(source) === resolve(out)))
    throw new UsageError('--out désigne un fichier à lire ; il serait écrasé.');
  const folder = dirname(resolve(out));
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() !== true)
    throw new UnusableFile(
      `--out : le dossier « ${folder} » n’existe pas.`,
      'Créer ce dossier, ou en indiquer un autre.',
    );
}

function requireCommonColumn(left: LinkageFile, right: LinkageFile): void {
  if (left.table.fields.some((field) => right.table.columns.has(field.name))) return;
  throw new UnusableFile(
    left === right
      ? `« ${left.path} » n’a aucune colonne à comparer.`
      : `« ${left.path} » et « ${right.path} » n’ont aucune colonne commune à comparer.`,
    'Nommer les colonnes comme dans docs/matching.md, ou donner leur correspondance par --fields.',
  );
}

const STAGES: Readonly<Record<LinkageStage, string>> = {
  candidates: 'Candidats',
  comparison: 'Comparaison',
  scores: 'Probabilités',
};

/** Shows a bar for each stage of the work, one after the other. */
function watched(output: Output, work: (watch: LinkageWatcher) => Linkage): Linkage {
  const shown: { stage: LinkageStage | null; bar: Progress | null } = { stage: null, bar: null };
  const linkage = work((stage, done, total) => {
    if (stage !== shown.stage) {
      shown.bar?.end();
      shown.stage = stage;
      shown.bar = output.progress(STAGES[stage]);
    }
    shown.bar?.update(done, total);
  });
  shown.bar?.end();
  return linkage;
}

async function write(out: string, linkage: Linkage, output: Output): Promise<void> {
  const { auto, review, reject } = linkage.decided;
  const progress = output.progress('Écriture');
  try {
    await writePairFile(out, linkage.pairs(), (written) => progress.update(written, auto + review + reject));
  } finally {
    progress.end();
  }
}

function tell(left: LinkageFile, right: LinkageFile, linkage: Linkage, out: string, call: Call, output: Output): void {
  const { candidates, decided } = linkage;
  const files = left === right ? [left] : [left, right];
  const told = files.map((file) => ({
    path: file.path,
    rows: file.table.ids.length,
    unreadable: file.unreadable.count,
    remarks: fileRemarks(file, repeatedIds(file)),
  }));
  const remarks = [...unsharedRemark(left, right), ...identicalRemark(linkage.identical)];
  if (call.on('json')) {
    output.json({ files: told, remarks, candidates, pairs: decided, out });
    return;
  }
  output.result(
    [
      ...told.map(({ path, rows }) => `${path} : ${frenchInteger(rows)} ${rows === 1 ? 'ligne' : 'lignes'}`),
      `Paires comparées : ${frenchInteger(candidates)}`,
      `  auto    ${frenchInteger(decided.auto)}`,
      `  review  ${frenchInteger(decided.review)}`,
      `  reject  ${frenchInteger(decided.reject)}`,
      `Écrites dans ${out}`,
      ...told.flatMap(({ path, remarks: own }) => own.map((remark) => `Remarque, ${path} : ${remark}.`)),
      ...remarks.map((remark) => `Remarque : ${remark}.`),
    ].join('\n'),
  );
}
