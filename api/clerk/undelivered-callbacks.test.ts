import request from 'supertest';
import { stopCallbacks } from '../../db/matters/deliveries';
import { matterOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.end());

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

async function push(id: string): Promise<string> {
  const path = `/api/registry/matters/${id}`;
  const matter = matterOf();
  await request(api.server)
    .put(path)
    .set(api.signed('PUT', path, matter))
    .send(JSON.stringify(matter));
  return api.pseudonyms.matterId('test-registry', id, 1);
}

const list = async ({ headers }: Clerk, query = '') =>
  await request(api.server).get(`/api/clerk/undelivered-callbacks${query}`).set(headers);
const replay = async ({ headers }: Clerk, matter: string) =>
  await request(api.server).post(`/api/clerk/undelivered-callbacks/${matter}/replay`).set(headers).send({});

it('are listed with their cause, replayed, and both is recorded', async () => {
  const matter = await push('M-1');
  const clerk = await api.addClerk('clerk');
  expect((await list(clerk)).body).toEqual({ matters: [] });
  await stopCallbacks(api.store, matter, new Date());
  const { status, body } = await list(clerk);
  expect([status, body.matters]).toEqual([
    200,
    [
      {
        ...{ matter, registry: 'test-registry', externalId: 'M-1', version: 1, authority: '110105' },
        ...{ cause: 'receiver-gone', callbacks: 1, since: expect.any(String) },
      },
    ],
  ]);
  expect((await list(clerk, `?after=${body.next}`)).body).toEqual({ matters: [] });
  expect((await replay(clerk, matter)).status).toBe(204);
  expect(api.replayed).toEqual([matter]);
  expect((await list(clerk)).body).toEqual({ matters: [] });
  const recorded = await api.store
    .knex('clerk_actions')
    .where({ clerk_id: clerk.id, action: 'replay-callbacks' })
    .select('subject_kind', 'subject_id', 'result');
  expect(recorded).toEqual([{ subject_kind: 'matter', subject_id: matter, result: 'done' }]);
});

it('are for the clerks of their authority who may decide', async () => {
  const matter = await push('M-2');
  await stopCallbacks(api.store, matter, new Date());
  const elsewhere = await api.addClerk('clerk', ['310101']);
  expect((await list(elsewhere)).body).toEqual({ matters: [] });
  expect((await replay(elsewhere, matter)).status).toBe(404);
  const auditor = await api.addClerk('auditor');
  expect((await list(auditor)).body.matters).toHaveLength(1);
  expect((await replay(auditor, matter)).status).toBe(403);
  const clerk = await api.addClerk('clerk');
  expect((await replay(clerk, `matter-${'0'.repeat(32)}`)).status).toBe(404);
  expect((await replay(clerk, 'matter-1')).status).toBe(404);
  expect((await list(clerk, '?after=1')).status).toBe(422);
  expect(api.replayed).not.toContain(matter);
});
