import request from 'supertest';
import { drawReviewer } from '../../db/decisions/reviewer-lots';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.end());

const pathOf = (proposal: string) => `/api/clerk/proposals/${proposal}/reviewer-lots`;

test('an auditor reads how a reviewer was picked and kept, without the person, and that is recorded', async () => {
  const now = new Date('2026-03-01T04:00:00Z');
  const { id } = await api.addClerk('reviewer', ['11']);
  const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];
  const drawing = { personKey: 'c'.repeat(64), candidates: [id] };
  for (const proposal of [first, second])
    await api.store.knex.transaction((db) => drawReviewer(db, { ...drawing, proposal }, now));
  const auditor = await api.addClerk('auditor', ['31']);
  const { body } = await request(api.server).get(pathOf(second)).set(auditor.headers);
  const seed = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
  const lot = { rule: 1, candidates: [id], picked: id, seed, drawnAt: now.toISOString() };
  expect(body).toEqual({
    lots: [
      { ...lot, proposal: first },
      { ...lot, proposal: second, keptFrom: first },
    ],
  });
  expect((await request(api.server).get(pathOf(first)).set(auditor.headers)).body.lots.length).toBe(1);
  expect(
    (
      await request(api.server)
        .get(pathOf('d'.repeat(64)))
        .set(auditor.headers)
    ).status,
  ).toBe(404);
  const actions = await api.store
    .knex('clerk_actions')
    .orderBy('id')
    .select('subject_kind', 'subject_id', 'result');
  expect(actions).toEqual([
    { subject_kind: 'proposal', subject_id: second, result: 'done' },
    { subject_kind: 'proposal', subject_id: first, result: 'done' },
    { subject_kind: 'proposal', subject_id: 'd'.repeat(64), result: 'not_found' },
  ]);
});
