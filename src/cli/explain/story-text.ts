import { changeText } from '../../domain/french/rnu-changes.ts';
import { frenchDate, frenchInteger } from '../../domain/french/numbers.ts';
import { OFFICE_LABELS } from '../../domain/french/office-labels.ts';
import { STATE_LABELS } from '../../domain/french/state-labels.ts';
import { aboutYear, formatPartialDateFrench, parsePartialDate } from '../../domain/partial-date.ts';
import type { LinkedLine } from '../../store/explain/linked-lines.ts';
import type { Story, ToldEnrolment, ToldReason } from '../../pipeline/explain/story.ts';
import { stepText, type InstantText } from './steps-text.ts';

/** What the words of a story depend on beside the story. */
export interface StoryWords {
  readonly timeZone: string;
  /** A relationship's label in French. */
  readonly relationship: (code: number, sex: 'M' | 'F' | null) => string;
}

/** A story as an agent at a counter reads it from the top, and an auditor to the end. Holds personal data. */
export function storyText(story: Story, words: StoryWords): string {
  const format = new Intl.DateTimeFormat('fr-FR', {
    timeZone: words.timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const instant: InstantText = (iso) => format.format(new Date(iso));
  return [
    ...personLines(story, words, instant),
    ...changeLines(story, instant),
    ...story.enrolments.flatMap((one) => ['', ...enrolmentLines(one, story.on, instant)]),
    ...(story.enrolments.length === 0 ? ['', 'Aucun enrôlement n’était ouvert pour cette personne.'] : []),
    '',
    ...integrityLines(story, instant),
  ].join('\n');
}

function personLines({ person, on }: Story, words: StoryWords, instant: InstantText): readonly string[] {
  const date = person.birth.startsWith('~') ? aboutYear(Number(person.birth.slice(1))) : parsePartialDate(person.birth);
  const born = formatPartialDateFrench(date);
  const facts = [
    `naissance : ${born === '' ? 'inconnue' : born}`,
    ...(person.sex === null ? [] : [person.sex === 'M' ? 'masculin' : 'féminin']),
    ...(person.relationship === null ? [] : [`lien : ${words.relationship(person.relationship, person.sex)}`]),
    `NIN ${person.nationalId === '' ? 'non renseigné' : person.nationalId}`,
    `extrait de naissance ${person.birthExtractNumber ?? 'non renseigné'}`,
  ];
  const { line } = person;
  return [
    `${person.fullName} — ${person.ref}${on === null ? '' : `, au ${frenchDate(on)}`}`,
    `  Ménage ${person.householdRef}, personne n° ${person.memberNumber} · ${[person.commune, person.departement, person.region].filter((part) => part !== '').join(', ')}`,
    `  ${facts.join(' · ')}`,
    `  Ligne ${frenchInteger(line.number)} du lot ${line.batch} (${line.file}), reçu le ${instant(line.importedAt)}`,
    `  Empreinte SHA-256 du lot : ${line.sha256}`,
    ...(person.laterVersions === 0
      ? []
      : [`  Le RNU a depuis envoyé d’autres données sur cette personne (${person.laterVersions} fois).`]),
  ];
}

function changeLines({ changes }: Story, instant: InstantText): readonly string[] {
  return changes.flatMap(({ at, batch, fields }) => [
    `  Modifié(e) par le RNU le ${instant(at)}, lot ${batch} :`,
    ...(fields.length === 0 ? ['    une donnée du ménage'] : fields.map((field) => `    ${changeText(field)}`)),
  ]);
}

function enrolmentLines(one: ToldEnrolment, on: string | null, instant: InstantText): readonly string[] {
  const code = one.registrationCode === null ? '' : `, code d’immatriculation ${one.registrationCode}`;
  const state = `${STATE_LABELS[one.state]} depuis le ${instant(one.since)}${code}`;
  return [
    `Campagne ${one.campaign} — situation ${on === null ? 'actuelle' : `au ${frenchDate(on)}`} : ${state}`,
    ...one.reasons.flatMap(reasonLines),
    ...one.linkedLines.map(linkedText),
    `  Suite : ${one.nextStep.text}${one.notBefore === null ? '' : ` Pas avant le ${instant(one.notBefore)}.`}`,
    ...(one.nextStep.waitsFor === 'a-person' ? [`  Pour décider : pnbsf-cmu review show ${one.enrolment}`] : []),
    '',
    'Déroulement :',
    `  ${instant(one.openedAt)}  Reçu(e) par l’import du lot`,
    ...stepLines(one, instant),
    ...(one.continuous ? [] : ['  ATTENTION : la suite des décisions a un trou ; une décision manque à ce dossier.']),
  ];
}

/** Steps under the run they belong to; a person's decision between two runs belongs to none. */
function stepLines(one: ToldEnrolment, instant: InstantText): readonly string[] {
  const lines: string[] = [];
  let current: string | null = null;
  for (const step of one.steps) {
    const runId = step.step === 'registration' ? null : step.runId;
    if (runId !== null && runId !== current) {
      lines.push(runText(one, runId, instant));
      current = runId;
    }
    lines.push(...stepText(step, instant).map((line) => `    ${line}`));
  }
  return lines;
}

function reasonLines({ title, explanation, remedy, office }: ToldReason): readonly string[] {
  const who = OFFICE_LABELS[office] === '' ? '' : ` (${OFFICE_LABELS[office]})`;
  return [`  • ${title} : ${explanation}`, `    Que faire${who} : ${remedy}`];
}

const SHARED: Readonly<Record<LinkedLine['shared'], string>> = {
  'national-id': 'porte le même NIN',
  'birth-extract': 'porte le même numéro d’extrait de naissance',
  'registry-identity': 'est peut-être la même personne dans les registres',
};

function linkedText({ ref, state, shared }: LinkedLine): string {
  return `  • La ligne ${ref} (${STATE_LABELS[state]}) ${SHARED[shared]}.`;
}

function runText({ runs }: ToldEnrolment, runId: string, instant: InstantText): string {
  const run = runs.find((one) => one.runId === runId);
  if (!run) return `  Exécution ${runId}`;
  const end = run.closedAt === null ? 'pas encore close' : `close le ${instant(run.closedAt)}`;
  return `  Exécution ${runId} du ${frenchDate(run.runDate)}, ${end}`;
}

function integrityLines({ integrity, consultations }: Story, instant: InstantText): readonly string[] {
  const entries = frenchInteger(integrity.journalEntries);
  const journal = integrity.journalIntact
    ? `Journal : chaîne intacte sur ${entries} inscriptions`
    : `ALERTE — journal : la chaîne est rompue à l’inscription ${integrity.firstBrokenEntry ?? '?'} (${entries} inscriptions)`;
  const guards = integrity.protectedTables
    ? 'décisions et journal protégés contre toute modification'
    : 'ALERTE — la protection des décisions ou du journal a été levée';
  const last = consultations.latest.at(0);
  const seen = last === undefined ? '' : ` ; la dernière le ${instant(last.at)} par ${last.by}`;
  return [
    `${journal} ; ${guards}.`,
    `Consultations de ce dossier : ${frenchInteger(consultations.count)}${seen}. Celle-ci est inscrite au journal.`,
  ];
}
