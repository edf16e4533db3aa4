import request from 'supertest';
import type { ClerkRole } from '../../domain/clerks';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney } from '../../test/setup/held-journey';

let api: TestApi;
let bearer: string;

beforeAll(async () => {
  api = await startApi();
  bearer = `Bearer ${await api.signIn('someone')}`;
});
afterAll(() => api.end());

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

let sent = 0;

/** @returns the number of what was sent */
async function complain(text: string, authorization = bearer): Promise<string> {
  const key = `complaint-${(sent += 1)}`;
  const { body } = await request(api.server)
    .post('/api/complaints')
    .set({ authorization, 'idempotency-key': key })
    .send({ kind: 'complaint', text });
  return body.number;
}

const ask = ({ headers }: Clerk, query = '') =>
  request(api.server).get(`/api/clerk/complaints${query}`).set(headers);
const list = async (clerk: Clerk, query?: string) =>
  (await ask(clerk, query)).body.complaints as { id: string; number: string }[];
const answer = ({ headers }: Clerk, id: string, text = '已修复。') =>
  request(api.server).post(`/api/clerk/complaints/${id}/answer`).set(headers).send({ text });
const actionsOf = ({ id }: Clerk) =>
  api.store
    .knex('clerk_actions')
    .where({ clerk_id: id })
    .orderBy('id')
    .select('action', 'subject_kind', 'subject_id', 'result');

it('is read, answered once and recorded; the person reads the answer', async () => {
  const number = await complain('页面打不开');
  const clerk = await api.addClerk('clerk', ['national']);
  const [waiting] = await list(clerk);
  expect(waiting).toEqual({
    ...{ id: expect.any(String), number, kind: 'complaint', text: '页面打不开', madeAt: expect.any(String) },
  });
  const { id } = waiting!;
  const answered = await answer(clerk, id);
  const given = { text: '已修复。', at: expect.any(String), clerk: clerk.id };
  expect([answered.status, answered.body]).toEqual([200, { ...waiting, answer: given }]);
  const again = await answer(clerk, id, '另一答复。');
  expect([again.status, again.body.error.code]).toEqual([409, 'complaint_answered']);
  expect(await list(clerk)).toEqual([]);
  expect(await list(clerk, '?answered=true')).toEqual([answered.body]);
  const after = `${new Date(answered.body.answer.at).getTime()}.${id}`;
  expect(await list(clerk, `?answered=true&after=${after}`)).toEqual([]);
  expect((await ask(clerk, `?after=${id}`)).body.error.issues).toEqual([
    { path: 'query.after', code: 'wrong_form' },
  ]);
  const own = await request(api.server).get('/api/complaints').set({ authorization: bearer });
  expect(own.body.complaints[0]).toMatchObject({ number, answer: { text: '已修复。' } });
  expect(JSON.stringify(own.body)).not.toContain(clerk.id);
  const subject = { action: 'answer-complaint', subject_kind: 'complaint', subject_id: id };
  const listing = { action: 'list-complaints', subject_kind: 'search', result: 'done' };
  expect(await actionsOf(clerk)).toEqual([
    { ...listing, subject_id: 'waiting' },
    { ...subject, result: 'done' },
    { ...subject, result: 'complaint_answered' },
    { ...listing, subject_id: 'waiting' },
    { ...listing, subject_id: 'answered' },
    { ...listing, subject_id: 'answered' },
    { ...listing, subject_id: 'waiting', result: 'invalid' },
  ]);
  expect(api.log.join('')).not.toMatch(/已修复|页面打不开/);
});

it('of a journey is for who may see the journey, and unknown to others', async () => {
  const held = await holdJourney(api, () => new Date(), undefined, { openId: 'holder' });
  const number = await complain('到窗口等了很久', held.authorization);
  const ofNational = await api.addClerk('clerk', ['national']);
  const ofDistrict = await api.addClerk('clerk', ['110105']);
  expect([(await list(ofNational)).map((one) => one.number), await list(ofDistrict)]).toEqual([[number], []]);
  await held.show({ step: 'stuck', cause: 'in-person' });
  await api.store.knex('worklist').where({ journey_id: held.id }).update({ authority: '110105' });
  expect(await list(ofNational)).toEqual([]);
  const [seen] = await list(ofDistrict);
  expect(seen).toMatchObject({ number, journey: held.id });
  const refused = await answer(ofNational, seen!.id);
  expect([refused.status, refused.body.error.code]).toEqual([404, 'not_found']);
  expect(await actionsOf(ofNational)).toContainEqual({
    ...{ action: 'answer-complaint', subject_kind: 'complaint', subject_id: seen!.id, result: 'not_found' },
  });
  expect((await answer(ofDistrict, seen!.id)).status).toBe(200);
});

it.each<[ClerkRole, boolean, boolean]>([
  ['clerk', true, true],
  ['reviewer', true, true],
  ['auditor', true, false],
  ['admin', false, false],
])('a %s may read: %s, and may answer: %s', async (role, mayRead, mayAnswer) => {
  const number = await complain(`由 ${role} 查看`, `Bearer ${await api.signIn(`of-${role}`)}`);
  const reader = await api.addClerk('clerk', ['national']);
  const { id } = (await list(reader)).find((one) => one.number === number)!;
  const clerk = await api.addClerk(role, ['national']);
  const { status, text } = await ask(clerk);
  expect([status, text.includes(number)]).toEqual([mayRead ? 200 : 403, mayRead]);
  // What persons write may name somebody: it is for those who answer.
  expect(text.includes(`由 ${role} 查看`)).toBe(mayRead && mayAnswer);
  expect(text.includes('"textsHidden":true')).toBe(mayRead && !mayAnswer);
  expect((await answer(clerk, id, `答复 ${role}`)).status).toBe(mayAnswer ? 200 : 403);
  await answer(reader, id, `答复 ${role}`);
  const answered = (await ask(clerk, '?answered=true')).text;
  expect([answered.includes(number), answered.includes(`答复 ${role}`)]).toEqual([
    mayRead,
    mayRead && mayAnswer,
  ]);
});

it.each([
  ['nothing', '', 'text_blank'],
  ['a link', '请访问 https://example.com/a', 'text_has_link'],
  ['what nobody sees', '已\u202e处理', 'text_has_hidden_characters'],
  ['too much', '字'.repeat(2001), 'text_too_long'],
])('an answer of %s is not given', async (_, text, code) => {
  const clerk = await api.addClerk('clerk', ['national']);
  await complain(code, `Bearer ${await api.signIn(`of-${code}`)}`);
  const [first] = await list(clerk);
  const { status, body } = await answer(clerk, first!.id, text);
  expect([status, body.error.issues]).toEqual([422, [{ path: 'text', code }]]);
});
