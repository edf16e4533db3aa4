import request from 'supertest';
import { METRICS_TOKEN, startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { LOG_ORIGIN } from '../../test/setup/keys';
import { consentTo } from '../../test/setup/consents';
import { createLeakDetector } from '../../test/leak-detector';
import type { Outcome } from '../journeys/commands';
import { createApiFigures } from './figures';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.end());

const read = () =>
  request(api.server)
    .get('/metrics')
    .set({ authorization: `Bearer ${METRICS_TOKEN}` });

it('tell what was done, by route and command, and name nobody', async () => {
  const name = '泄漏测试';
  const number = '110101190001010014';
  api.next.outcome = { outcome: 'rejected', rejection: 'busy' };
  const consents = [consentTo('personal-information'), consentTo('bank-card-notice')];
  await request(api.server)
    .post('/api/journeys')
    .set({ authorization: `Bearer ${await api.signIn('someone')}`, 'idempotency-key': number })
    .send({ name, documentType: 'resident-id', documentNumber: number, consents });
  await request(api.server).get(`/api/${number}`);
  const { text, headers } = await read();
  expect(headers['content-type']).toContain('text/plain');
  expect(text).toContain('journey_commands_total{command="enter",outcome="busy"} 1');
  expect(text).toContain('http_request_seconds_count{method="POST",route="/api/journeys",status="404"} 1');
  expect(text).toContain('http_request_seconds_count{method="any",route="unknown",status="404"} 1');
  expect(createLeakDetector([name, number]).search('metrics', text)).toEqual([]);
});

it.each<[Outcome, string, number]>([
  [{ outcome: 'unknown' }, 'unknown', 1],
  [{ outcome: 'accepted' }, 'accepted', 1],
  [{ outcome: 'closed' }, 'closed', 0],
  [{ outcome: 'rejected', rejection: 'stale' }, 'stale', 0],
])('count %j as %s and time it if the person waited', async (outcome, label, timed) => {
  const figures = createApiFigures(api.store, { origin: LOG_ORIGIN, stamps: true }, () => new Date());
  const answering = async () => outcome;
  const journeys = figures.counting({ enter: answering, send: answering });
  await journeys.send({
    ...{ journey: 'journey-1', command: 'close', updateId: 'u' },
    payload: { session: 's', expectedRevision: 1 },
  });
  const text = await figures.text();
  expect(text).toContain(`journey_commands_total{command="close",outcome="${label}"} 1`);
  expect(text.includes('journey_command_seconds_count{command="close"} 1')).toBe(timed === 1);
});

it('tell what waits, as the database has it now', async () => {
  const { knex } = api.store;
  const none = await read();
  expect(none.text).toContain('callbacks_waiting 0');
  expect(none.text).not.toContain('journeys_stuck{');
  await knex('matter_heads').insert({ registry: 'r', external_id: 'M-1', latest_version: 1 });
  const at = new Date(Date.now() - 60_000);
  await knex('matters').insert({
    ...{ id: 'matter-1', registry: 'r', external_id: 'M-1', version: 1, authority: '110105' },
    ...{ kind: 'change' as const },
    ...{ state: 'open' as const, content: Buffer.alloc(0), entity: Buffer.alloc(0), content_hash: 'a' },
    ...{ pushed_at: at, listed_until: at, expires_at: at },
  });
  const delivery = { matter_id: 'matter-1', event: 'matter.expired' as const, body: '{}', created_at: at };
  await knex('deliveries').insert([
    { ...delivery, id: 'delivery-1', state: 'waiting' },
    { ...delivery, id: 'delivery-2', state: 'acknowledged' },
  ]);
  await knex('journeys').insert({
    ...{ id: 'journey-1', account: 'a', person_key: 'p', session_id: 's' },
    ...{ document_type: 'resident-id' as const },
    ...{
      entered_by: 'e',
      entered_anew: 1 as const,
      step: 'stuck' as const,
      allowed: '[]',
      codes: '[]',
      revision: 1,
    },
    ...{ stuck_cause: 'vendor-unavailable', stuck_at: at, started_at: at, updated_at: at },
  });
  const { text } = await read();
  expect(text).toContain('callbacks_waiting 1');
  expect(text).toMatch(/callbacks_oldest_seconds (6\d|7\d)/);
  expect(text).toContain('journeys_stuck{cause="vendor-unavailable"} 1');
});
