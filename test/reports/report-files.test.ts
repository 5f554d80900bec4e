import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { frenchInteger, frenchPercent } from '../../src/domain/french/numbers.ts';
import { queuedMails } from '../../src/store/mail/queued-mails.ts';
import { hasLibreOffice, openInSpreadsheet } from '../support/libre-office.ts';
import { publishedNight, type PublishedNight } from './published-night.ts';

let played: PublishedNight;

beforeAll(async () => {
  played = await publishedNight();
}, 120_000);
afterAll(() => played.close());

async function mailOf(role: string): Promise<Awaited<ReturnType<typeof PostalMime.parse>>> {
  const mails = await queuedMails(played.installation.context.db, played.summary.run);
  return PostalMime.parse(mails.find((mail) => mail.role === role)!.raw);
}

/** Nombre and Sur of an indicator of the whole run. */
async function indicator(label: string): Promise<readonly [number, number]> {
  const row = (await played.table('synthese.csv')).find((cells) => cells[1] === label && cells[2] === '')!;
  return [Number(row[4]), Number(row[5])];
}

describe('the figures of a report', () => {
  it('are the same in the summary of the run, the CSV and the list of people', async () => {
    const { outcomes, people } = played.summary;
    expect(outcomes.enrolled).toBeGreaterThan(0);
    expect(await indicator('Enrôlé(e)')).toEqual([outcomes.enrolled, people]);
    expect(await indicator('À vérifier')).toEqual([outcomes['needs-review'], people]);
    const codes = (await played.table('rapprochement.csv')).slice(1).map((cells) => cells[12]);
    expect(codes.length).toBe(people);
    expect(codes.filter((code) => code === 'ENROLE').length).toBe(outcomes.enrolled);
    expect(codes.filter((code) => code === 'A_VERIFIER').length).toBe(outcomes['needs-review']);
  });

  it('are the same in the mail, in text and in HTML', async () => {
    const { outcomes, people } = played.summary;
    const mail = await mailOf('direction');
    const enrolled = outcomes.enrolled + outcomes.renewed;
    const words = `${frenchInteger(enrolled)} sur ${frenchInteger(people)} (${frenchPercent(enrolled, people)})`;
    expect(mail.text).toContain(`Enrôlements et renouvellements : ${words}`);
    expect(mail.html).toContain(`<strong>${frenchInteger(enrolled)}</strong>`);
    expect(mail.subject).toContain(`${outcomes['needs-review']} à vérifier`);
  });

  it('add up over every breakdown', async () => {
    const rows = (await played.table('synthese.csv')).filter((cells) => cells[1] === 'Personnes' && cells[2] !== '');
    const sums = new Map<string, number>();
    for (const cells of rows) sums.set(cells[2]!, (sums.get(cells[2]!) ?? 0) + Number(cells[4]));
    expect([...sums.keys()]).toEqual(
      expect.arrayContaining(['Région', 'Département', 'Assureur', 'Sexe', 'Tranche d’âge', 'Génération']),
    );
    expect(new Set(sums.values())).toEqual(new Set([played.summary.people]));
  });

  it('give each office those it must see, as its list counts them', async () => {
    const mail = await mailOf('direction');
    const tasks = (await played.table('travaux-etat-civil.csv')).length - 1;
    expect(tasks).toBeGreaterThan(0);
    expect(mail.text).toContain(`État civil : ${frenchInteger(tasks)}`);
  });
});

describe('personal data', () => {
  it('no file shows a whole NIN', async () => {
    expect(played.nationalIds.length).toBeGreaterThan(20);
    for (const name of await readdir(played.publication.folder)) {
      if (name.endsWith('.xlsx')) continue; // compressed; its cells are compared below
      const text = await readFile(join(played.publication.folder, name), 'utf8');
      expect(played.nationalIds.filter((number) => text.includes(number))).toEqual([]);
    }
  });

  it('what leaves by mail names nobody', async () => {
    const { attachments, text, html } = await mailOf('direction');
    const decoder = new TextDecoder();
    const sent = [text, html, ...attachments.map(({ content }) => decoder.decode(content as ArrayBuffer))].join('\n');
    expect(attachments.map(({ filename }) => filename)).toContain('envoi-personnes.csv');
    expect(sent).toContain('SN'); // references are there, so that something is compared
    expect(played.names.filter((name) => sent.includes(name))).toEqual([]);
    expect(played.nationalIds.filter((number) => sent.includes(number))).toEqual([]);
  });

  it('a région reads its own people only', async () => {
    const mail = await mailOf('region');
    const list = new TextDecoder().decode(mail.attachments[0]!.content as ArrayBuffer);
    const folded = (name: string): string =>
      name
        .normalize('NFD')
        .replace(/[^A-Za-z]/g, '')
        .toLowerCase();
    const region = folded(mail.subject!.split(/[,:]/)[1]!);
    const own = (await played.table('rapprochement.csv')).filter(
      (cells) => folded(cells[8]!) === region && !cells[14]!.includes('LOCALITE_INCONNUE'),
    );
    expect(own.length).toBeGreaterThan(0);
    expect(list.trim().split('\r\n').length - 1).toBe(own.length);
  });
});

const inSpreadsheet = hasLibreOffice() ? it : it.skip;

describe('in a spreadsheet', () => {
  inSpreadsheet(
    'the list opens cell by cell as it was written',
    async () => {
      const [shown] = [...(await openInSpreadsheet(played.publication.paths.report)).values()];
      expect(shown).toEqual(await played.table('rapprochement.csv'));
    },
    60_000,
  );

  inSpreadsheet(
    'the workbook holds the same lines as the CSV files, and no whole NIN',
    async () => {
      const sheets = await openInSpreadsheet(played.publication.paths.workbook);
      const pairs = [
        ['Rapprochement', 'rapprochement.csv'],
        ['Ménages incomplets', 'menages-incomplets.csv'],
        ['Travaux État civil', 'travaux-etat-civil.csv'],
      ] as const;
      for (const [sheet, file] of pairs) expect(sheets.get(sheet)).toEqual(await played.table(file));
      const everything = JSON.stringify([...sheets.values()]);
      expect(played.nationalIds.filter((number) => everything.includes(number))).toEqual([]);
    },
    60_000,
  );
});
