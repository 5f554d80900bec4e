import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Axios } from 'axios';
import type { AxiosRequestConfig } from 'axios';
import { Pool } from 'undici';
import { CarriedExchange, undiciAdapter } from '../../src/exchange/transport/undici-adapter.ts';
import type { WireAnswer } from '../../src/exchange/transport/wire.ts';
import { startWireServer } from './support/wire-server.ts';
import type { WireServer } from './support/wire-server.ts';

const bounds = { connectMs: 5_000, totalMs: 5_000, maxBodyBytes: 1_000, signal: undefined, abortable: true };

let server: WireServer;
let pool: Pool;
beforeAll(async () => {
  server = await startWireServer();
  server.answerWith(() => ({ headers: { 'X-Two': ['one', 'two'], 'X-Tab': 'a\tb' }, body: 'done' }));
  pool = new Pool(server.url);
});
afterAll(async () => {
  await pool.close();
  await server.close();
});

async function sent(client: Axios): Promise<{ readonly answer: WireAnswer; readonly rawHeaders: readonly string[] }> {
  const headers = { 'X-Road-Id': '1', 'Content-Type': 'application/json' };
  const config = { method: 'POST', url: '/r1/a', headers: { 'Content-Type': false }, data: Buffer.from('{}') };
  const { data } = await client.request<WireAnswer>({
    ...config,
    carried: new CarriedExchange(headers, bounds),
  } as AxiosRequestConfig);
  const rawHeaders = server.received.at(-1)?.rawHeaders ?? [];
  return { answer: data, rawHeaders };
}

describe('axios over undici', () => {
  it('sends the headers that ride along as they are, and gives the answer as it came', async () => {
    const { answer, rawHeaders } = await sent(new Axios({ adapter: undiciAdapter(() => pool) }));
    expect(rawHeaders.slice(rawHeaders.indexOf('X-Road-Id'), rawHeaders.indexOf('X-Road-Id') + 4)).toEqual([
      'X-Road-Id',
      '1',
      'Content-Type',
      'application/json',
    ]);
    expect(answer.headers).toMatchObject({ 'x-two': ['one', 'two'], 'x-tab': 'a\tb' });
    expect([answer.status, answer.body.toString()]).toEqual([200, 'done']);
  });

  it('sends what an interceptor sets in place of a header of that name, whatever its case', async () => {
    const client = new Axios({ adapter: undiciAdapter(() => pool) });
    client.interceptors.request.use((config) => {
      config.headers.set('x-road-id', '2').set('X-Trace', 'abc');
      return config;
    });
    const { rawHeaders } = await sent(client);
    const valuesOf = (name: string): readonly string[] =>
      rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
    expect([valuesOf('x-road-id'), valuesOf('x-trace'), valuesOf('content-type')]).toEqual([
      ['2'],
      ['abc'],
      ['application/json'],
    ]);
  });

  it('refuses a request of which it does not know the bounds', async () => {
    const client = new Axios({ adapter: undiciAdapter(() => pool) });
    await expect(client.get('/r1/a')).rejects.toMatchObject({ code: 'invalid-call' });
  });
});
