import request from 'supertest';
import { addLeaves, publishCheckpoint } from '../../db/log/sequencing';
import { recordAction } from '../../db/clerks/actions';
import { startApi } from '../../test/setup/api';
import type { ClerkHeaders, TestApi } from '../../test/setup/api';
import { LOG_ORIGIN, logIdentity } from '../../test/setup/keys';

let api: TestApi;
let auditor: ClerkHeaders;
let other: { id: string; login: string };

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute));

beforeAll(async () => {
  api = await startApi();
  ({ headers: auditor } = await api.addClerk('auditor'));
  other = await api.addClerk('clerk');
  for (let minute = 0; minute < 205; minute += 1)
    await recordAction(
      api.store.knex,
      {
        ...{ clerk: other.id, action: minute % 5 ? 'show-journey' : 'decide' },
        subject: { kind: 'search', id: `=SUM(${minute % 3})` },
        result: minute % 7 ? 'done' : 'stale',
        requestId: '00000000-0000-4000-8000-000000000000',
      },
      // Two in each minute, so that the id decides.
      at(Math.floor(minute / 2)),
    );
});
afterAll(() => api.end());

const search = async (query: Record<string, string>) => {
  const { status, body } = await request(api.server).get('/api/clerk/actions').query(query).set(auditor);
  return { status, body };
};

async function everyPage(query: Record<string, string>) {
  const all = [];
  for (let after: Record<string, string> = {}; ;) {
    const { body } = await search({ ...query, ...after });
    all.push(...body.actions);
    if (!body.next)
      return all as { id: number; action: string; result: string; at: string; inLog: unknown }[];
    after = { after: body.next };
  }
}

it.each<[string, () => Record<string, string>, number]>([
  ['a clerk', () => ({ clerk: other.id }), 205],
  ['a login', () => ({ login: other.login }), 205],
  ['a login and another clerk', () => ({ login: other.login, clerk: crypto.randomUUID() }), 0],
  ['a login of nobody', () => ({ login: 'nobody' }), 0],
  ['an action', () => ({ action: 'decide' }), 41],
  ['a result', () => ({ result: 'stale' }), 30],
  ['an action of a clerk', () => ({ clerk: other.id, action: 'decide', result: 'stale' }), 6],
  ['a time', () => ({ from: at(10).toISOString(), until: at(20).toISOString() }), 20],
  [
    'a time of an action',
    () => ({ action: 'decide', from: at(10).toISOString(), until: at(20).toISOString() }),
    4,
  ],
])('finds by %s, newest first, each once', async (_, query, count) => {
  const found = await everyPage(query());
  expect(found).toHaveLength(count);
  expect(new Set(found.map(({ id }) => id)).size).toBe(count);
  expect([...found].sort((one, two) => two.at.localeCompare(one.at) || two.id - one.id)).toEqual(found);
});

it.each<Record<string, string>>([
  { after: 'x' },
  { from: 'yesterday' },
  { action: 'x;' },
  { login: 'A' },
  { clerk: '1' },
])('refuses %j', async (query) => {
  expect((await search(query)).status).toBe(422);
});

it('each action has its place in the log, and one that was changed has none', async () => {
  const [newest] = (await search({ login: other.login })).body.actions;
  expect(newest.inLog).toBe('waiting');
  while ((await addLeaves(api.store, LOG_ORIGIN)) > 0);
  await publishCheckpoint(api.store, logIdentity, new Date());
  const [logged, before] = (await search({ login: other.login })).body.actions;
  expect([typeof logged.inLog, logged.inLog - before.inLog]).toEqual(['number', 1]);
  const proof = await request(api.server).get(`/log/inclusion?commitment=${logged.commitment}`);
  expect(proof.text).toContain(`index ${logged.inLog}\n`);
  await api.owner('clerk_actions').where({ id: logged.id }).update({ result: 'not_found' });
  const [changed, same] = (await search({ login: other.login })).body.actions;
  expect([changed.id, changed.inLog, same.inLog]).toEqual([logged.id, 'missing', before.inLog]);
  await api.owner('clerk_actions').where({ id: logged.id }).update({ result: 'done' });
});

it('exports what is found as CSV that no spreadsheet computes, and records that', async () => {
  const query = { login: other.login, action: 'decide' };
  const { status, text, headers } = await request(api.server)
    .get('/api/clerk/actions/export')
    .query(query)
    .set(auditor)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    })
    .then(({ status, headers, body }) => ({ status, headers, text: (body as Buffer).toString() }));
  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(headers['content-disposition']).toBe('attachment; filename="actions.csv"');
  const lines = text.split('\r\n');
  expect(lines[0]!.startsWith('\uFEFF"id","time')).toBe(true);
  expect(lines).toHaveLength(43);
  for (const line of lines.slice(1, -1)) expect(line).toMatch(/"search","'=SUM\(\d\)"/);
  const recorded = await api.store.knex('clerk_actions').orderBy('id', 'desc').first();
  expect(recorded).toMatchObject({ action: 'export-actions', result: 'done', subject_kind: 'search' });
});

it('reports who looked at one person often, by a pseudonym', async () => {
  const journey = `journey-${'1'.padStart(32, '0')}`;
  const now = new Date();
  await api.store.knex('journeys').insert({
    ...{ id: journey, account: 'a', person_key: 'f'.repeat(64), document_type: 'resident-id' },
    ...{ session_id: 's', entered_by: 'e', entered_anew: 1, step: 'face', allowed: '[]', codes: '[]' },
    ...{ revision: 1, started_at: now, updated_at: now },
  });
  const report = async () => {
    const { body } = await request(api.server).get('/api/clerk/unusual-use').set(auditor);
    return (body.found as { use: string }[]).filter(({ use }) => use === 'one-person-often');
  };
  const look = (times: number) =>
    Promise.all(
      Array.from({ length: times }, () =>
        recordAction(
          api.store.knex,
          {
            ...{ clerk: other.id, action: 'show-journey', subject: { kind: 'journey', id: journey } },
            ...{ result: 'done', requestId: '00000000-0000-4000-8000-000000000000' },
          },
          now,
        ),
      ),
    );
  await look(19);
  expect(await report()).toEqual([]);
  await look(1);
  expect(await report()).toEqual([
    {
      ...{ use: 'one-person-often', clerk: other.id, login: other.login },
      ...{ person: 'f'.repeat(64), count: 20 },
    },
  ]);
});
