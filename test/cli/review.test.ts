import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reprocess } from '../../src/cli/commands/reprocess.ts';
import { review } from '../../src/cli/commands/review.ts';
import { status as statusCommand } from '../../src/cli/commands/status.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { night } from '../pipeline/night.ts';
import { numberOf, village, villager } from '../pipeline/village.ts';
import { runCommand, type CommandResult } from './run-command.ts';

const moussa = villager({
  household: 'SN-0001',
  number: 1,
  givenNames: 'Moussa',
  familyName: 'NDIAYE',
  card: { familyName: 'SARR', givenNames: ['Ousmane'], birthDate: '1951-01-02' },
});
const awa = villager({ household: 'SN-0002', number: 1, givenNames: 'Awa', familyName: 'SOW', sex: 'F', card: null });
const WHO = ['--by', 'A. Diop', '--because', 'pièces vues'];

let installation: Installation;
const former = { ...process.env };
beforeAll(async () => {
  installation = await openInstallation({ village: village([moussa, awa]) });
  await night(installation);
  Object.assign(process.env, installation.environment);
}, 60_000);
afterAll(async () => {
  process.env = former;
  await installation.close();
});

const onReview = (...words: string[]): Promise<CommandResult> => runCommand(review, words);
const onReprocess = (...words: string[]): Promise<CommandResult> => runCommand(reprocess, words);

describe('review list', () => {
  it('tells who waits, why, and which office must act', async () => {
    const { status, text } = await onReview('list');
    expect(status).toBe(0);
    expect(text).toContain('À vérifier : 2 personnes.');
    expect(text).toMatch(/n° \d+ {3}SN-0001\/1 {3}Moussa NDIAYE {3}depuis aujourd’hui/);
    expect(text).toContain('NIN rattaché à une autre personne');
    expect(text).not.toContain(numberOf(moussa));
  });

  it('narrows the queue down, and gives it as JSON', async () => {
    const { json } = await onReview('list', '--json', '--reason', 'nin_autre_personne', '--region', 'Saint-Louis');
    expect(json).toMatchObject({
      total: 1,
      entries: [{ ref: 'SN-0001/1', reasons: [{ code: 'NIN_AUTRE_PERSONNE' }] }],
    });
    expect((await onReview('list', '--office', 'DAF')).text).toBe('Personne n’attend de décision pour ces critères.');
    expect((await onReview('list', '--limit', '1')).text).toContain(
      'À vérifier : 2 personnes, dont 1 montrées (--limit)',
    );
  });

  it.each([
    [['list', '--reason', 'RIEN'], 'Motif inconnu : RIEN.'],
    [['list', '--office', 'Mairie'], 'Service inconnu : Mairie.'],
    [['list', '--limit', '0'], '--limit : au moins 1.'],
    [['show'], 'review list'],
    [['decide', '1'], 'review list'],
    [['confirm', '1', '--by', 'A. Diop'], '--because est obligatoire'],
    [['confirm', '1', '--by', ' ', '--because', 'x'], '--by est obligatoire'],
    [['discard', '1', ...WHO], '--as : duplicate, deceased, out-of-scope.'],
    [['discard', '1', '--as', 'toString', ...WHO], '--as : duplicate'],
    [['discard', '1', '--as', 'deceased', '--of', 'SN-0002/1', ...WHO], '--of ne va qu’avec'],
    [['show', '1', '--full'], '--by est obligatoire : la consultation'],
  ])('%j is a wrong usage', async (words, told) => {
    await expect(onReview(...words)).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining(told) });
  });
});

describe('review show', () => {
  it('puts the records side by side, differences marked, numbers masked', async () => {
    const { text } = await onReview('show', 'sn-0001/1');
    expect(text).toMatch(/Prénoms et nom +Moussa NDIAYE +≠ Ousmane SARR/);
    expect(text).toMatch(/Naissance +12\/05\/1980 +≠ 02\/01\/1951/);
    expect(text).toContain('doit agir : DGPSN (RNU)');
    expect(text).toContain('Autre personne');
    expect(text).toMatch(/pnbsf-cmu review confirm \d+ --by NOM --because RAISON/);
    expect(text).not.toContain(numberOf(moussa));
  });

  it('shows whole numbers to a named person only, and journals it', async () => {
    const { text } = await onReview('show', 'SN-0001/1', '--full', '--by', 'A. Diop');
    expect(text).toContain(numberOf(moussa));
    const seen = await installation.rows(`select actor from journal where action = 'review.show-full'`);
    expect(seen).toEqual([{ actor: 'A. Diop' }]);
    const { json } = await onReview('show', 'SN-0001/1', '--json');
    expect(JSON.stringify(json)).not.toContain(numberOf(moussa));
    expect(json).toMatchObject({
      ref: 'SN-0001/1',
      state: 'needs-review',
      candidates: [{ number: 1, source: 'id-card' }],
    });
  });

  it('knows nobody by a reference nobody bears', async () => {
    await expect(onReview('show', 'SN-0099/1')).rejects.toMatchObject({ code: 'DOSSIER_INCONNU' });
    await expect(onReview('show', '999999')).rejects.toMatchObject({ code: 'DOSSIER_INCONNU' });
  });
});

describe('reprocess', () => {
  it('says what would be done, and does nothing', async () => {
    const { status, text, json } = await onReprocess('--household', 'sn-0002', '--dry-run');
    expect({ status, json }).toEqual({ status: 0, json: undefined });
    expect(text).toContain('Essai : 1 personne à reprendre. Rien n’a changé.');
    expect(await installation.rows('select 1 from reprocess_request')).toEqual([]);
  });

  it('records an order, shows it, lists it and stops it', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const { text } = await onReprocess(
      '--reason',
      'NIN_ABSENT',
      '--reason',
      'NIN_AUTRE_PERSONNE,ACTE_NON_TROUVE',
      '--date',
      `${today}..${today}`,
      ...WHO,
    );
    expect(text).toContain('Retraitement n° 1 inscrit : 2 personnes');
    expect((await onReprocess('show', '1', '--json')).json).toMatchObject({
      asked: 2,
      waiting: 2,
      queued: 0,
      by: 'A. Diop',
    });
    expect((await onReprocess('list')).text).toContain('n° 1   en cours');
    expect((await onReprocess('stop', '1', ...WHO)).text).toContain('Arrêté le');
    await expect(onReprocess('stop', '1', ...WHO)).rejects.toMatchObject({ code: 'RETRAITEMENT_ACHEVE' });
    await expect(onReprocess('show', '2')).rejects.toMatchObject({ code: 'RETRAITEMENT_INCONNU' });
  });

  it.each([
    [[...WHO], 'Indiquez qui reprendre'],
    [['--person', 'n’importe', ...WHO], '--person'],
    [['--destination', 'rnu', ...WHO], '--destination : cni, etat-civil, sigicmu.'],
    [['--date', '2026-13-01', ...WHO], '--date'],
    [['--date', '2026-11-02..2026-11-01', ...WHO], 'est avant'],
    [['--household', 'SN-0001'], '--by est obligatoire'],
    [['--batch', 'LOT-99', ...WHO], 'Lot inconnu : LOT-99.'],
    [['stop', 'x', ...WHO], 'reprocess list'],
  ])('%j is a wrong usage', async (words, told) => {
    await expect(onReprocess(...words)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(told),
    });
  });

  it('refuses an order about nobody', async () => {
    await expect(onReprocess('--household', 'SN-0077', ...WHO)).rejects.toMatchObject({
      code: 'RETRAITEMENT_SANS_CIBLE',
    });
  });
});

describe('review confirm and discard', () => {
  it('tell what was decided and what follows; an end stays an end', async () => {
    const confirmed = await onReview('confirm', 'SN-0002/1', ...WHO);
    expect(confirmed.text).toContain('SN-0002/1 : identité confirmée, sous les noms du RNU. Décision de A. Diop');
    const now = await runCommand(statusCommand, []);
    expect(now.text).toContain('Décisions des agents : 1 personne attend la suite');
    await expect(onReview('confirm', 'SN-0002/1', ...WHO)).rejects.toMatchObject({
      code: 'DEJA_DECIDE',
      message: 'SN-0002/1 n’est plus à vérifier (identité confirmée ; dernière décision de A. Diop).',
    });
    const { json } = await onReview('discard', 'SN-0001/1', '--as', 'out-of-scope', '--json', ...WHO);
    expect(json).toMatchObject({ ref: 'SN-0001/1', state: 'out-of-scope', by: 'A. Diop' });
    await expect(onReprocess('--person', 'SN-0001/1', ...WHO)).rejects.toMatchObject({ code: 'RETRAITEMENT_VIDE' });
    const chain = await installation.rows<{ broken: number }>(`select count(*)::int as broken from journal j
      where j.previous_hash is distinct from (select hash from journal k where k.id < j.id order by k.id desc limit 1)`);
    expect(chain).toEqual([{ broken: 0 }]);
  });
});
