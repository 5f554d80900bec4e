import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp, type App } from '../../src/app.ts';
import { UsageError } from '../../src/cli/command.ts';
import { destination } from '../../src/cli/commands/destination.ts';
import type { Output } from '../../src/cli/output.ts';
import { parseCall } from '../../src/cli/parse-call.ts';
import { readConfig } from '../../src/config.ts';
import { serviceReply } from '../exchange/support/answers.ts';
import { context, restWrite } from '../exchange/support/calls.ts';
import { ending } from '../exchange/support/ending.ts';
import { startWireServer, type WireServer } from '../exchange/support/wire-server.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

const formerEnvironment = { ...process.env };
let database: TestDatabase;
let data: string;
let server: WireServer;

beforeAll(async () => {
  database = await createTestDatabase();
  data = await mkdtemp(join(tmpdir(), 'destination-'));
  server = await startWireServer();
  server.answerWith((request) => serviceReply(request, '{}'));
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    PNBSF_DATA: data,
    PNBSF_LOG: 'silent',
    XROAD_SECURITY_SERVERS: server.url,
  });
});
afterAll(async () => {
  process.env = formerEnvironment;
  await server.close();
  await database.close();
  await rm(data, { recursive: true, force: true });
});
afterEach(async () => {
  await database.pool.query('delete from destination_pause');
});

/** What a call of the command prints: results, then what it says. */
async function run(...words: string[]): Promise<{ status: number; result: string; said: string }> {
  const result: string[] = [];
  const said: string[] = [];
  const output: Output = {
    result: (text) => void result.push(text),
    json: (value) => void result.push(JSON.stringify(value)),
    say: (text) => void said.push(text),
    progress: () => ({ update: () => undefined, end: () => undefined }),
  };
  const status = await destination.run(parseCall(destination, words), output);
  return { status, result: result.join('\n'), said: said.join('\n') };
}

const PAUSE = ['pause', 'sigicmu', '--by', 'A. Diop', '--because', 'maintenance annoncée'];
const RESUME = ['resume', 'sigicmu', '--by', 'F. Sarr'];

async function journal(): Promise<unknown[]> {
  const { rows } = await database.pool.query<Record<string, unknown>>(
    "select actor, action, subject, detail from journal where action like 'destination.%' order by id",
  );
  return rows;
}

describe('destination', () => {
  it('lists every destination', async () => {
    const { status, result } = await run('list');
    expect(status).toBe(0);
    expect(result.split('\n')).toEqual([
      'rnu         en service',
      'cni         en service',
      'etat-civil  en service',
      'sigicmu     en service',
    ]);
  });

  it('pauses and resumes, and journals who did it and why, once', async () => {
    const before = (await journal()).length;
    const paused = await run(...PAUSE);
    expect(paused.result).toMatch(
      /^sigicmu {5}suspendue depuis le \d\d\/\d\d\/\d{4} \d\d:\d\d par A. Diop : maintenance annoncée$/,
    );
    expect((await run('pause', 'sigicmu', '--by', 'B', '--because', 'autre')).said).toContain('déjà suspendue');
    expect((await run('list')).result).toContain('par A. Diop : maintenance annoncée');
    expect((await run(...RESUME)).result).toBe('sigicmu     en service');
    expect((await run(...RESUME)).said).toContain('n’était pas suspendue');
    expect((await journal()).slice(before)).toEqual([
      {
        actor: 'A. Diop',
        action: 'destination.pause',
        subject: 'destination sigicmu',
        detail: { because: 'maintenance annoncée' },
      },
      { actor: 'F. Sarr', action: 'destination.resume', subject: 'destination sigicmu', detail: { because: '' } },
    ]);
  });

  it('tells the same in JSON', async () => {
    await run(...PAUSE);
    const states = JSON.parse((await run('list', '--json')).result) as { name: string; pause: unknown }[];
    expect(states.map(({ name }) => name)).toEqual(['rnu', 'cni', 'etat-civil', 'sigicmu']);
    expect(states[3]!.pause).toEqual({
      pausedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      pausedBy: 'A. Diop',
      because: 'maintenance annoncée',
    });
    expect(states[0]!.pause).toBeNull();
  });

  it.each([
    [[]],
    [['stop', 'sigicmu']],
    [['list', 'sigicmu']],
    [['pause', '--by', 'A', '--because', 'b']],
    [['pause', 'mail', '--by', 'A', '--because', 'b']],
    [['pause', 'sigicmu', 'cni', '--by', 'A', '--because', 'b']],
    [['pause', 'sigicmu', '--because', 'b']],
    [['pause', 'sigicmu', '--by', 'A']],
    [['pause', 'sigicmu', '--by', ' ', '--because', 'b']],
    [['resume', 'sigicmu']],
  ])('refuses %j as written wrongly, and changes nothing', async (words) => {
    await expect((async () => run(...words))()).rejects.toThrow(UsageError);
    expect((await database.pool.query('select 1 from destination_pause')).rows).toEqual([]);
  });
});

describe('a running process', () => {
  let app: App;
  beforeEach(async () => {
    app = await openApp(readConfig(process.env));
  });
  afterEach(() => app.close());

  const send = async (): Promise<string> => ending(await app.partners().exchange.rest(restWrite, context));

  it('stops sending within seconds of a pause, and starts again after it', async () => {
    expect(await send()).toBe('answer');
    await run(...PAUSE);
    await until('the pause is seen', async () => (await send()) === 'route destination-paused');
    const arrived = server.received.length;
    for (let n = 0; n < 5; n++) expect(await send()).toBe('route destination-paused');
    expect(server.received).toHaveLength(arrived);
    await run(...RESUME);
    await until('the end of the pause is seen', async () => (await send()) === 'answer');
  });

  it('that starts during a pause sends nothing at all', async () => {
    await run(...PAUSE);
    const late = await openApp(readConfig(process.env));
    const arrived = server.received.length;
    const result = await late.partners().exchange.rest(restWrite, context);
    await late.close();
    expect([ending(result), server.received.length]).toEqual(['route destination-paused', arrived]);
  });
});
