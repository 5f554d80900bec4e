import { describe, expect, it } from '@jest/globals';
import { DIFFERENCE_KINDS, type DifferenceCounts } from '../../src/domain/differences.ts';
import { ENROLMENT_STATES, type EnrolmentState } from '../../src/domain/enrolment-state.ts';
import { readMailRecipients } from '../../src/domain/mail-recipients.ts';
import { equityGaps } from '../../src/reports/indicators/equity.ts';
import { UNKNOWN_PLACE, type PeopleGroup } from '../../src/reports/indicators/people-groups.ts';
import type { RunFigures } from '../../src/reports/indicators/run-figures.ts';
import { chooseFiles } from '../../src/reports/mail/mail-attachments.ts';
import { mailContent, type MailContent } from '../../src/reports/mail/mail-content.ts';
import { mailHtml } from '../../src/reports/mail/mail-html.ts';
import { mailText } from '../../src/reports/mail/mail-text.ts';
import type { RunSummary } from '../../src/store/run/run-summary.ts';

const OFFICES = { RNU: 0, 'etat-civil': 0, DAF: 0, SIGICMU: 0, ANACMU: 0 };

function group(by: PeopleGroup['by'], value: string, people: number, toReview: number): PeopleGroup {
  const none = { within: null, eligible: people, covered: 0, enrolled: 0, waiting: 0, daysWaited: 0 };
  return { ...none, by, value, people, toReview };
}

function figures(
  summary: Partial<RunSummary>,
  outcomes: Partial<Record<EnrolmentState, number>> = {},
  differences: Partial<DifferenceCounts> = {},
): RunFigures {
  const counted = Object.fromEntries(ENROLMENT_STATES.map((state) => [state, outcomes[state] ?? 0]));
  const differing = Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, differences[kind] ?? 0]));
  const all: RunSummary = {
    run: '7',
    kind: 'night',
    runDate: '2026-12-31',
    campaign: 'PNBSF-2026',
    state: 'closed',
    shadow: false,
    maxWrites: null,
    writes: null,
    linesRead: 0,
    accepted: 0,
    repeats: 0,
    unreadable: 0,
    people: Object.values(outcomes).reduce((sum, people) => sum + people, 0),
    households: 0,
    outcomes: counted as RunSummary['outcomes'],
    ...{ changed: 0, leavers: 0, newLeavers: 0 },
    differences: differing as DifferenceCounts,
    balanced: true,
    ...summary,
  };
  return {
    summary: all,
    batches: [],
    counts: { confirmedByCard: 0, confirmedByBirthRecord: 0, subsidy: 0, charged: 0 },
    reasons: new Map(),
    differences: all.differences,
    groups: [],
    households: { all: 0, complete: 0 },
    services: [],
    renewals: [],
  };
}

function written(
  of: RunFigures,
  role: 'direction' | 'region' | 'exploitation',
  region = '',
): MailContent & { all: string } {
  const content = mailContent(of, { role, region, offices: OFFICES, smallestGroup: 30 });
  const foot = { folder: '/rapports/7', files: { attached: [], named: [] }, personal: false };
  return { ...content, all: `${mailText(content, foot)}\n${mailHtml(content, foot)}` };
}

describe('a mail', () => {
  it('about nobody is in good French, without figures that are none', () => {
    const { subject, all } = written(figures({}), 'direction');
    expect(subject).toBe('PNBSF-CMU : exécution du 31/12/2026, 0 personne enrôlée, 0 à vérifier');
    expect(all).toContain('Personnes traitées : 0');
    expect(all).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it('about a région without anybody says 0 and names no list', () => {
    const { all, verdict } = written(figures({}, { enrolled: 5 }, { twice: 2 }), 'region', 'Kolda');
    expect(all).toContain('Personnes traitées : 0');
    expect(all).not.toMatch(/NaN|undefined|ecarts/);
    expect(verdict).toContain('2 écarts avec SIGICMU dans tout le pays');
  });

  it('names the list of differences its readers get', () => {
    const { verdict, wellEnded } = written(figures({}, { enrolled: 5 }, { twice: 1 }), 'direction');
    expect(verdict).toContain('1 écart avec SIGICMU\u00a0: voir envoi-ecarts.csv.');
    expect(wellEnded).toBe(false);
  });

  it('says first that a run was a rehearsal, capped, or what staff decided', () => {
    for (const role of ['direction', 'region'] as const) {
      const shadow = written(figures({ shadow: true }, { confirmed: 1_500 }), role, 'Kolda');
      expect(shadow.subject).toContain('exécution à blanc du 31/12/2026');
      expect(shadow.title.toLowerCase()).toContain('exécution à blanc');
      expect(shadow.verdict).toMatch(/^Exécution à blanc : personne n’a été enrôlé\. /);
      const capped = written(figures({ maxWrites: 1_000, writes: 1_000 }, { confirmed: 1 }), role, 'Kolda');
      expect(capped.verdict).toMatch(/^Exécution plafonnée : 1\u00a0000 demandes envoyées sur 1\u00a0000 permises\. /);
      const staff = written(figures({ kind: 'staff' }, { enrolled: 1 }), role, 'Kolda');
      expect([staff.subject, staff.title.toLowerCase()].join()).toMatch(/décisions des agents.*décisions des agents/);
    }
    expect(written(figures({ shadow: true }, { confirmed: 3 }), 'direction').outcomes).toEqual([
      { label: 'Serait enrôlé(e)', count: 3, of: 3 },
    ]);
  });
});

describe('attachments', () => {
  const file = (name: string, bytes: number) => ({ name, bytes, sha256: 'ab', lines: 1 });
  const files = [
    file('synthese.csv', 10),
    file('equite.csv', 10),
    file('ecarts.csv', 10),
    file('envoi-ecarts.csv', 10),
    file('rapprochement.csv', 900),
    file('envoi-personnes.csv', 500),
    file('envoi-personnes-saint-louis.csv', 100),
  ];
  const names = (role: 'direction' | 'region' | 'exploitation', maxBytes: number, personal = false, region = '') => {
    const { attached, named } = chooseFiles(files, { address: 'a@b', role, region }, { maxBytes, personal });
    return [attached.map(({ name }) => name), named.map(({ name }) => name)];
  };

  it('stay below the limit; what is too large is named', () => {
    expect(names('direction', 530)).toEqual([
      ['synthese.csv', 'equite.csv', 'envoi-ecarts.csv', 'envoi-personnes.csv'],
      [],
    ]);
    expect(names('direction', 529)).toEqual([
      ['synthese.csv', 'equite.csv', 'envoi-ecarts.csv'],
      ['envoi-personnes.csv'],
    ]);
    expect(names('region', 100, false, 'Saint-Louis')).toEqual([['envoi-personnes-saint-louis.csv'], []]);
    expect(names('region', 100, false, 'Kolda')).toEqual([[], []]);
  });

  it('hold lists with names only where the setting says so, and only for the direction', () => {
    expect(names('direction', 10_000, true)[0]).toEqual(expect.arrayContaining(['ecarts.csv', 'rapprochement.csv']));
    const others = [...names('region', 10_000, true, 'Saint-Louis'), ...names('exploitation', 10_000, true)].flat();
    expect(others.filter((name) => ['ecarts.csv', 'rapprochement.csv'].includes(name))).toEqual([]);
  });
});

describe('recipients', () => {
  const read = (...lines: string[]) =>
    readMailRecipients(['adresse;role;region', ...lines, ''].join('\n'), new Set(['Kolda']));

  it('with a slip of the pen are refused by entry', () => {
    for (const line of ['sans-arobase;direction;', 'a@b.sn, c@d.sn;direction;', 'A <a@b.sn>;direction;', ';direction;'])
      expect(() => read('x@y.sn;direction;', line)).toThrow('entrée 2');
    expect(() => read('a@b.sn;chef;')).toThrow('le rôle doit être');
    expect(() => read('a@b.sn;region;Koldah')).toThrow('la région');
    expect(() => read('a@b.sn;direction')).toThrow('champs');
    expect(() => read('a@b.sn;direction;', 'A@b.sn;direction;')).toThrow('deux fois');
  });

  it('may read several things', () => {
    expect(read('a@b.sn;direction;', 'a@b.sn;region;Kolda', 'a@b.sn;exploitation;Kolda').length).toBe(3);
  });
});

describe('equity', () => {
  it('compares no handful, and no place that nobody recognises', () => {
    const places = [
      group('region', 'Kolda', 100, 20),
      group('region', 'Dakar', 100, 10),
      group('region', 'Kédougou', 29, 29),
      group('region', UNKNOWN_PLACE, 500, 500),
    ];
    const [gap, ...others] = equityGaps(places, 30);
    expect(others).toEqual([]);
    expect([gap!.highest.value, gap!.lowest.value]).toEqual(['Kolda', 'Dakar']);
    expect(gap!.gap).toBeCloseTo(10, 9);
    expect(equityGaps(places.slice(0, 1), 30)).toEqual([]);
  });
});
