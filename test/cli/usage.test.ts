import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandLine, type Ended } from './command-line.ts';

let cli: CommandLine;
let program: Ended;
/** Help of every command the program lists, by its name. */
const helps = new Map<string, Ended>();

beforeAll(async () => {
  cli = await CommandLine.open();
  program = await cli.run('--help');
  for (const [, name = ''] of program.stdout.matchAll(/^ {2}([a-z]+) {2,}/gm))
    helps.set(name, await cli.run(name, '--help'));
});
afterAll(() => cli.close());

/** What a program must not show people: a stack, or the words of a library. */
const MACHINE_TALK = /\bat .*\.(js|ts|mjs):|node:internal|Error:|undefined|\bERR_[A-Z_]+/;

describe('help', () => {
  it('lists the commands and the exit codes', () => {
    expect(program).toMatchObject({ status: 0, stderr: '' });
    expect([...helps.keys()]).toEqual(
      expect.arrayContaining(['demo', 'import', 'run', 'status', 'report', 'simulate']),
    );
    expect(program.stdout).toMatch(/Codes de sortie : 0 .+ · 1 .+ · 2 .+ · 3 .+/);
  });

  it('describes every command it lists', () => {
    for (const [name, help] of helps) {
      expect({ name, ...help }).toMatchObject({ name, status: 0, stderr: '' });
      expect(help.stdout).toContain(`Usage : pnbsf-cmu ${name}`);
      expect(help.stdout).toMatch(/ {2}--help +affiche cette aide/);
    }
  });

  it('has no line wider than 120 columns', () => {
    const lines = [program, ...helps.values()].flatMap(({ stdout }) => stdout.split('\n'));
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });

  it('says which version it is', async () => {
    const { status, stdout } = await cli.run('--version');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('is what a call without a command shows, as a wrong usage', async () => {
    const { status, stdout } = await cli.run();
    expect(status).toBe(2);
    expect(stdout).toContain('Usage : pnbsf-cmu COMMANDE [options]');
  });
});

describe('a call that is written wrongly', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['an unknown command', ['enroler'], 'Commande inconnue : enroler.'],
    ['an unknown option', ['status', '--colour'], 'Option inconnue : --colour.'],
    ['an option without its value', ['run', '--date'], 'L’option --date attend une valeur'],
    ['a value for a switch', ['run', '--wait=oui'], 'L’option --wait n’attend pas de valeur'],
    ['a word too many', ['migrate', 'maintenant'], '« maintenant » est de trop.'],
    ['a second run to look at', ['status', '1', '2'], '« 2 » est de trop.'],
    ['a word too many after two', ['exchange', 'decode', 'a.xml', 'b.xml'], '« b.xml » est de trop.'],
    ['a number that is none', ['demo', '--people', 'beaucoup'], '--people : « beaucoup » n’est pas un nombre entier.'],
    ['a date that is none', ['run', '--date', 'hier'], '--date : « hier » n’est pas une date AAAA-MM-JJ.'],
    ['a day that is not in the calendar', ['run', '--date', '2026-02-30'], '« 2026-02-30 » n’est pas une date'],
    ['an import of nothing', ['import'], 'Indiquez au moins un fichier à importer.'],
  ];

  it.each(cases)('%s: status 2, told in French, nothing on standard output', async (_what, words, said) => {
    const { status, stdout, stderr } = await cli.run(...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toContain('--help');
    expect(stderr).not.toMatch(MACHINE_TALK);
  });
});

describe('an installation that cannot work', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[], RegExp])[] = [
    ['two wrong settings', { PNBSF_POOL: 'x', XROAD_READ_MS: '-1' }, ['status'], /XROAD_READ_MS.*\n.*PNBSF_POOL/],
    ['a settle window too short', { PNBSF_SETTLE_MS: '1000' }, ['status'], /PNBSF_SETTLE_MS : doit dépasser/],
    [
      'no database',
      { DATABASE_URL: 'postgres://127.0.0.1:1/x' },
      ['status'],
      /Un serveur ne répond pas.*\n→ .*DATABASE_/,
    ],
    ['no reference tables', { PNBSF_CONFIG: '/nulle-part' }, ['status'], /introuvable : \/nulle-part.*\n→ /],
  ];

  it.each(cases)('%s: status 1 and what to do', async (_what, environment, words, said) => {
    const { status, stdout, stderr } = await cli.with(environment).run(...words);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(MACHINE_TALK);
  });
});
