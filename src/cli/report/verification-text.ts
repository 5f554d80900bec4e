import { frenchDate, frenchInteger } from '../../domain/french/numbers.ts';
import type { Problem, Verification } from '../../reports/proof/verify-report.ts';

const PROBLEMS: Readonly<Record<Problem['kind'], string>> = {
  folder: 'ce dossier n’existe pas',
  manifest: 'manifeste absent ou illisible : ce dossier n’est pas un rapport complet',
  key: 'le rapport est signé par une autre clé que la clé de confiance',
  signature: 'la signature ne correspond pas au manifeste : il a été modifié',
  missing: 'fichier absent',
  irregular: 'n’est pas un fichier ordinaire, mais un lien ou un dossier',
  changed: 'fichier modifié : sa taille ou son empreinte diffère du manifeste',
  sums: 'les nombres ne s’accordent pas avec le manifeste',
};

/** What a verification found, for people. */
export function verificationText({ holds, problems, uncovered, manifest }: Verification, folder: string): string {
  const lines = manifest
    ? [
        `Rapport de l’exécution ${manifest.run} du ${frenchDate(manifest.runDate)} (${manifest.campaign}), ` +
          `${frenchInteger(manifest.counts.people)} personnes, ${frenchInteger(manifest.files.length)} fichiers.`,
      ]
    : [];
  const found = problems.map(({ kind, file }) => `  ✗ ${file === null ? '' : `${file} : `}${PROBLEMS[kind]}`);
  const beside = uncovered.length === 0 ? [] : ['', `Non couverts par la signature : ${uncovered.join(', ')}.`];
  const verdict = holds
    ? 'Rapport authentique : signature, fichiers et sommes sont justes.'
    : `Le dossier ${folder} n’est PAS le rapport signé.`;
  return [...lines, ...found, verdict, ...beside].join('\n');
}
