import request from 'supertest';
import { COMPLAINTS_PER_DAY } from '../../domain/complaints';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney } from '../../test/setup/held-journey';
import { createLeakDetector } from '../../test/leak-detector';

let api: TestApi;
let authorization: string;

beforeEach(async () => {
  api = await startApi();
  authorization = `Bearer ${await api.signIn('someone')}`;
});
afterEach(() => api.end());

const complaint = { kind: 'complaint', text: '收不到短信，身份证号码110101190001010014，请核实。' };

const send = (body: object, key = 'command-1', bearer = authorization) =>
  request(api.server)
    .post('/api/complaints')
    .set({ authorization: bearer, 'idempotency-key': key })
    .send(body);
const own = async (bearer = authorization) =>
  (await request(api.server).get('/api/complaints').set({ authorization: bearer })).body
    .complaints as object[];
const rows = () => api.store.knex('complaints');

it('is taken once for a key, also in another session of the account, and nobody else is shown it', async () => {
  const { status, body } = await send(complaint);
  expect([status, body]).toEqual([
    201,
    { ...complaint, number: expect.stringMatching(/^\d{14}$/), madeAt: expect.stringMatching(/Z$/) },
  ]);
  const again = `Bearer ${await api.signIn('someone')}`;
  expect((await send(complaint, 'command-1', again)).body).toEqual(body);
  expect(await own(again)).toEqual([body]);
  expect((await send({ ...complaint, text: '另一件事' })).body.number).not.toBe(body.number);
  expect(await own()).toHaveLength(2);
  const stranger = `Bearer ${await api.signIn('stranger')}`;
  expect(await own(stranger)).toEqual([]);
  expect((await send(complaint, 'command-1', stranger)).body.number).not.toBe(body.number);
});

it('leaves the text nowhere but sealed', async () => {
  await send(complaint);
  const detector = createLeakDetector([complaint.text, '110101190001010014']);
  expect(detector.search('answer', JSON.stringify(await own()))).not.toEqual([]);
  const [row] = await rows();
  const columns = Object.entries(row!).map(([column, value]) => [
    column,
    ...detector.search(column, Buffer.isBuffer(value) ? value : JSON.stringify(value)),
  ]);
  expect(columns.filter(([, ...leaks]) => leaks.length > 0)).toEqual([]);
  expect(detector.search('log', api.log.join(''))).toEqual([]);
});

it.each([
  ['no text', { text: '' }, ['text', 'text_blank']],
  ['nothing but spaces', { text: ' \n ' }, ['text', 'text_blank']],
  ['too long a text', { text: '字'.repeat(2001) }, ['text', 'text_too_long']],
  ['half a character', { text: '\ud842' }, ['text', 'text_not_unicode']],
  ['another kind', { kind: 'praise' }, ['kind', 'not_a_choice']],
  ['a journey of its choice', { journey: 'journey-1' }, ['', 'unknown_field']],
])('%s is not taken', async (_, wrong, [path, code]) => {
  const { status, body } = await send({ ...complaint, ...wrong });
  expect([status, body.error.issues]).toEqual([422, [{ path, code }]]);
  expect(await rows()).toEqual([]);
});

it('of 2,000 characters is taken as it was written', async () => {
  const text = '<b>&amp;𠮷 https://example.com/a</b>\n'.repeat(2).padEnd(2000, '字');
  expect((await send({ kind: 'suggestion', text })).body).toMatchObject({ kind: 'suggestion', text });
});

it('is not taken beyond the limit of a day, and says so', async () => {
  for (let at = 1; at <= COMPLAINTS_PER_DAY; at += 1)
    expect((await send(complaint, `c-${at}`)).status).toBe(201);
  const { status, body } = await send(complaint, 'one-too-many');
  expect([status, body.error.code]).toEqual([429, 'complaints_used_up']);
  expect(body.error.message).toContain(`${COMPLAINTS_PER_DAY}条`);
  expect((await send(complaint, 'c-1')).status).toBe(201);
});

it('goes with the journey under way of its session, and with none that is closed', async () => {
  const held = await holdJourney(api, () => new Date(), undefined, { openId: 'holder' });
  const journeyOf = async (key: string, bearer: string) => {
    await send({ ...complaint, text: key }, key, bearer);
    return (await rows().orderBy('made_at', 'desc').first('journey_id'))?.journey_id;
  };
  expect(await journeyOf('at-a-step', held.authorization)).toBe(held.id);
  // Another session of this account holds no journey.
  expect(await journeyOf('elsewhere', `Bearer ${await api.signIn('holder')}`)).toBeNull();
  await held.show({ step: 'closed' });
  expect(await journeyOf('after-the-end', held.authorization)).toBeNull();
});
