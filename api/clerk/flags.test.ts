import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { matterOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;
let reviewer: Awaited<ReturnType<TestApi['addClerk']>>;
let flag: string;

beforeAll(async () => {
  api = await startApi();
  reviewer = await api.addClerk('reviewer');
  const path = '/api/registry/matters/M-1';
  const matter = matterOf({});
  const pushed = await request(api.server)
    .put(path)
    .set(api.signed('PUT', path, matter))
    .send(JSON.stringify(matter));
  expect(pushed.status).toBe(201);
  const toDo = await api.store.knex('confirmations').first('to_do_id', 'matter_id', 'person_key');
  flag = randomUUID();
  await api.store.knex('flags').insert({
    ...{ id: flag, ...toDo!, kind: 'device-shared', severity: 'severe' },
    raised_at: new Date(),
  });
});
afterAll(() => api.end());

const review = async (body: object) =>
  await request(api.server).post(`/api/clerk/flags/${flag}/review`).set(reviewer.headers).send(body);

it('a review gives a reason for its verdict, which the flag and the record of actions tell', async () => {
  const without = await review({ verdict: 'cleared' });
  expect([without.status, without.body.error.code]).toEqual([422, 'invalid']);
  const other = await review({ verdict: 'cleared', reason: 'person-denies' });
  expect(other.body.error.code).toBe('reason_unsuitable');
  expect((await review({ verdict: 'cleared', reason: 'person-confirms' })).status).toBe(204);
  const late = await review({ verdict: 'upheld', reason: 'person-denies' });
  expect([late.status, late.body.error.code]).toEqual([409, 'flag_reviewed']);
  const { body } = await request(api.server).get(`/api/clerk/flags/${flag}`).set(reviewer.headers);
  expect(body.flag).toMatchObject({
    ...{ verdict: 'cleared', reason: 'person-confirms', reviewedBy: reviewer.id },
  });
  const recorded = await api.store
    .knex('clerk_actions')
    .where({ action: 'review-flag', subject_id: flag })
    .orderBy('id')
    .select('result', 'reason');
  expect(recorded.map(({ result, reason }) => [result, reason])).toEqual([
    ['invalid', null],
    ['reason_unsuitable', 'person-denies'],
    ['done', 'person-confirms'],
    ['flag_reviewed', 'person-denies'],
  ]);
});

it('tells nothing of the person', async () => {
  const answers = [
    await request(api.server).get('/api/clerk/flags').set(reviewer.headers),
    await request(api.server).get(`/api/clerk/flags/${flag}`).set(reviewer.headers),
  ];
  const [person] = matterOf({}).persons;
  for (const { text } of answers) {
    expect(text).toContain('P-1');
    expect(text).not.toContain(person!.name);
    expect(text).not.toContain(person!.document.number);
  }
});

it('a page names the next one only where there is one', async () => {
  const row = (await api.store.knex('flags').first())!;
  const page = async (after?: string) => {
    const { body } = await request(api.server).get('/api/clerk/flags').query({ after }).set(reviewer.headers);
    return body as { flags: { id: string }[]; next?: string };
  };
  // One of a kind for each to-do.
  const ids = () => ({ id: randomUUID(), to_do_id: randomUUID() });
  const more = (count: number) =>
    api.store.knex('flags').insert(Array.from({ length: count }, () => ({ ...row, ...ids() })));
  await more(49);
  const whole = await page();
  expect([whole.flags.length, whole.next]).toEqual([50, undefined]);
  await more(1);
  const first = await page();
  expect([first.flags.length, first.next]).toEqual([50, first.flags.at(-1)?.id]);
  const second = await page(first.next);
  expect([second.flags.length, second.next]).toEqual([1, undefined]);
});
