import { userInfo } from 'node:os';
import type { App } from '../../app.ts';
import { RELATIONSHIPS, type RelationshipCode } from '../../domain/person.ts';
import { frenchDate } from '../../domain/french/numbers.ts';
import { readReference } from '../../pipeline/explain/read-reference.ts';
import { tellStory } from '../../pipeline/explain/tell-story.ts';
import { findSubject, type Subject } from '../../store/explain/find-subject.ts';
import { journalAccess } from '../../store/explain/journal-access.ts';
import { householdMembers } from '../../store/explain/household-members.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import { membersText } from '../explain/members-text.ts';
import { storyText } from '../explain/story-text.ts';
import { withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';

const DONE = 0;

/** Nobody bears the reference, or nobody had been received by the day asked about. */
export class NobodyFound extends Error {
  readonly code = 'PERSONNE_INTROUVABLE';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** `explain REF`: one person's story from stored evidence, or the members of a household. */
export const explain: Command = {
  name: 'explain',
  summary: 'raconte le dossier d’une personne : preuves, décisions, suite à donner',
  operands: 'RÉFÉRENCE',
  options: {
    on: { value: 'AAAA-MM-JJ', help: 'le dossier tel qu’il était à la fin de ce jour' },
    by: { value: 'NOM', help: 'qui consulte, pour le journal (par défaut : l’utilisateur du système)' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'RÉFÉRENCE : une personne du RNU (SN-0001/2), un ménage (SN-0001, dont les membres sont listés), un code',
    'd’immatriculation, la référence d’un dossier (RUN-1-M12) ou l’identifiant d’un message X-Road.',
    'Chaque consultation est inscrite au journal. Le NIN est masqué, sauf ses quatre derniers signes.',
  ],
  run(call, output) {
    const [reference] = call.positionals;
    if (reference === undefined || reference.trim() === '') throw new UsageError('Donnez une référence.');
    const on = call.date('on');
    return withInstallation(async (app) => {
      if (on !== null && on > app.today()) throw new UsageError(`--on : le ${frenchDate(on)} n’est pas encore passé.`);
      const subject = await findSubject(app.database.db, readReference(reference));
      if (!subject)
        throw new NobodyFound(
          `Personne ne porte la référence « ${reference} ».`,
          'Vérifiez-la sur le rapport ; une personne s’écrit MÉNAGE/NUMÉRO, par exemple SN-0001/2.',
        );
      if (subject.kind === 'household') return tellHousehold(app, subject, call, output);
      return tellPerson(app, subject, on, call, output);
    });
  },
};

async function tellPerson(app: App, subject: Subject, on: string | null, call: Call, output: Output): Promise<number> {
  const { db } = app.database;
  const { timeZone } = app.config;
  const story = await tellStory(db, { personId: subject.id, on, timeZone });
  if (!story)
    throw new NobodyFound(
      `Aucun lot reçu à cette date ne portait cette personne.`,
      'Sans --on, le dossier est montré tel qu’il est aujourd’hui.',
    );
  // Entered before it is shown: nobody reads a file unnoticed.
  await journalAccess(db, { personId: subject.id, by: consultedBy(call), on });
  if (call.on('json')) output.json(story);
  else output.result(storyText(story, { timeZone, relationship: relationshipLabel(app) }));
  return DONE;
}

async function tellHousehold(app: App, subject: Subject, call: Call, output: Output): Promise<number> {
  const household = await householdMembers(app.database.db, subject.id);
  for (const { personId } of household.members)
    await journalAccess(app.database.db, { personId, by: consultedBy(call), on: null });
  if (call.on('json'))
    output.json({ ...household, members: household.members.map(({ personId: _ours, ...member }) => member) });
  else output.result(membersText(household));
  return DONE;
}

function consultedBy(call: Call): string {
  const named = call.text('by')?.trim() ?? '';
  return named === '' ? userInfo().username : named;
}

function relationshipLabel({ reference }: App): (code: number, sex: 'M' | 'F' | null) => string {
  return (code, sex) => {
    if (!(code in RELATIONSHIPS)) return String(code);
    const { label, other } = reference.policy.relationship(code as RelationshipCode, sex);
    return other === null ? label : `${label} (${other})`;
  };
}
