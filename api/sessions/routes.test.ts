import request from 'supertest';
import type { Alipay } from '../../alipay/alipay';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';

// 用手机签字: a phone signs in with the code that the computer shows.

const device = 'the-phone_0123456789';
let api: TestApi;
let clock: Date;
let computer: HeldJourney;

beforeEach(async () => {
  clock = new Date();
  // Each authorization code is the open id of its account.
  const alipay: Pick<Alipay, 'exchangeAuthCode' | 'faceCheckUrl'> = {
    exchangeAuthCode: async (authCode) => ({
      account: { openId: authCode },
      accessToken: 'access-token',
      expiresInSeconds: 60,
    }),
    faceCheckUrl: () => 'https://face.example',
  };
  api = await startApi({ alipay: alipay as Alipay, now: () => clock });
  computer = await holdJourney(api, () => clock);
});
afterEach(() => api.end());

const atSigning = () => computer.show({ step: 'signing', allowed: ['sign', 'cancel', 'refuse'] });
const offer = async (): Promise<{ code: string; secondsLeft: number }> => {
  const { status, body } = await computer.post('handovers', {});
  expect(status).toBe(201);
  return body as { code: string; secondsLeft: number };
};
const signIn = (openId: string, handover?: string) =>
  request(api.server).post('/api/sessions').send({ channel: 'alipay', authCode: openId, device, handover });
const journeyOf = (token: string, query = '') =>
  request(api.server)
    .get(`/api/journeys/${computer.id}${query}`)
    .set({ authorization: `Bearer ${token}` });

it('the same account goes on at the same step, and the computer is signed out', async () => {
  const revision = await atSigning();
  const { code, secondsLeft } = await offer();
  expect(secondsLeft).toBe(180);
  const { status, body } = await signIn('someone', code);
  expect([status, body.handover]).toEqual([201, 'accepted']);
  const ofPhone = await journeyOf(body.token);
  expect(ofPhone.body).toMatchObject({ id: computer.id, step: 'signing', revision });
  const ofComputer = await computer.get(`/api/journeys/${computer.id}`);
  expect([ofComputer.status, ofComputer.body.error.code]).toEqual([401, 'not_signed_in']);
  const rows = await api.store.knex('sessions').select('id', 'device');
  expect(rows).toEqual([{ id: computer.session.id, device: api.pseudonyms.device(device) }]);
  expect(api.log.join('')).not.toContain(code);
});

it('another account, and a code that is used, over or made up, get a new session and the same answer', async () => {
  await atSigning();
  const { code: used } = await offer();
  const phone = await signIn('someone', used);
  computer = { ...computer, authorization: `Bearer ${String(phone.body.token)}` };
  const offered = await request(api.server)
    .post(`/api/journeys/${computer.id}/handovers`)
    .set({ authorization: computer.authorization })
    .send({});
  const { code } = offered.body as { code: string };
  const answers = [
    await signIn('a-stranger', code),
    await signIn('someone', used),
    await signIn('someone', 'A'.repeat(43)),
  ];
  clock = new Date(clock.getTime() + 3 * 60_000);
  answers.push(await signIn('someone', code));
  for (const { status, body } of answers) {
    expect([status, body]).toEqual([
      201,
      { token: expect.any(String), expiresAt: expect.any(String), handover: 'rejected' },
    ]);
    expect((await journeyOf(body.token)).status).toBe(404);
  }
  expect((await journeyOf(phone.body.token)).status).toBe(200);
});

it('without a code nothing is said about one', async () => {
  expect((await signIn('someone')).body).not.toHaveProperty('handover');
  const { status, body } = await signIn('someone', 'no code');
  expect([status, body.error.issues]).toEqual([422, [{ path: 'handover', code: 'wrong_form' }]]);
});

it('of two phones at once one goes on, and the other signs in as usual', async () => {
  await atSigning();
  const { code } = await offer();
  const answers = await Promise.all([signIn('someone', code), signIn('someone', code)]);
  expect(answers.map(({ body }) => String(body.handover)).sort()).toEqual(['accepted', 'rejected']);
  expect(await api.store.knex('sessions').select('id')).toHaveLength(2);
});

it('a computer that waits for the journey to move learns that a phone went on', async () => {
  const revision = await atSigning();
  const waiting = computer.get(`/api/journeys/${computer.id}?after=${revision}`).then((answer) => answer);
  const { code } = await offer();
  expect((await signIn('someone', code)).body.handover).toBe('accepted');
  const { status, body } = await waiting;
  expect([status, body.error.code]).toEqual([401, 'not_signed_in']);
});

it('a code that was withdrawn is no longer good, and the computer stays signed in', async () => {
  await atSigning();
  const { code } = await offer();
  const { status, body } = await computer.post('handovers/withdrawal', {});
  expect([status, body]).toEqual([200, {}]);
  expect((await signIn('someone', code)).body.handover).toBe('rejected');
  expect((await computer.get(`/api/journeys/${computer.id}`)).status).toBe(200);
});

it.each(['face', 'to-dos', 'stuck', 'completed'])('there is no code at %s', async (step) => {
  await computer.show({ step });
  const { status, body } = await computer.post('handovers', {});
  expect([status, body.error.code]).toEqual([409, 'not_allowed_now']);
});
