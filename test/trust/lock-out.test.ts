import request from 'supertest';
import { CLERK_PASSWORD, startApi } from '../setup/api';
import type { TestApi } from '../setup/api';

// An attacker knows a login, which is easily guessed, and tries wrong passwords.

const begin = new Date('2026-03-01T04:00:00Z').getTime();
const clock = { now: begin };
const later = (seconds: number) => {
  clock.now += seconds * 1000;
};
const HOME = '203.0.113.5';
const STRANGER = '198.51.100.9';

let api: TestApi;
let login: string;

beforeAll(async () => {
  const behindProxy: object = { trustedProxies: ['127.0.0.1'] };
  api = await startApi({ now: () => new Date(clock.now), ...behindProxy });
});
beforeEach(async () => {
  later(7 * 24 * 3600);
  ({ login } = await api.addClerk('clerk'));
});
afterAll(() => api.end());

/** Completes a sign-in with a second factor. @returns the response, with the device's cookie */
async function complete(from: string, entered: request.Response, code?: string) {
  const { csrfToken, clerk } = entered.body as { csrfToken: string; clerk: { id: string } };
  const [fresh] = await api.giveRecoveryCodes(clerk.id);
  return await request(api.server)
    .post('/api/clerk/second-factor')
    .set({ 'X-Forwarded-For': from, cookie: sessionCookieOf(entered), 'x-csrf-token': csrfToken })
    .send({ kind: 'recovery-code', code: code ?? fresh });
}

async function signIn(from: string, password = CLERK_PASSWORD, as = login, cookie?: string) {
  const call = request(api.server).post('/api/clerk/sessions').set('X-Forwarded-For', from);
  return await (cookie === undefined ? call : call.set('Cookie', cookie)).send({ login: as, password });
}
const codeOf = ({ status, body }: request.Response) => [status, body.error?.code];
const REFUSED = [401, 'sign_in_refused'];
const LATER = [429, 'sign_in_later'];

function sessionCookieOf({ headers }: request.Response): string {
  const cookies = headers['set-cookie'] as unknown as string[];
  return cookies.find((cookie) => cookie.startsWith('clerk_session'))!.split(';')[0]!;
}

/** The cookie that the browser keeps for the next sign-in. */
function deviceCookieOf(answer: request.Response): string {
  const cookies = answer.headers['set-cookie'] as unknown as string[];
  return cookies.find((cookie) => cookie.startsWith('clerk_device'))!.split(';')[0]!;
}

async function fail(times: number, from: string | ((time: number) => string), as = login) {
  const responses = [];
  for (let time = 0; time < times; time += 1) {
    responses.push(await signIn(typeof from === 'string' ? from : from(time), 'wrong', as));
  }
  return responses;
}
/** Many addresses, as an attacker can rent them. */
const botnet = (time: number) => `100.64.${time >> 8}.${time & 255}`;

it('five wrong passwords from another address lock nobody out', async () => {
  await fail(5, STRANGER);
  expect((await signIn(HOME)).status).toBe(201);
});

it('each failure at one address makes the next wait longer, and the answer says how long', async () => {
  expect((await fail(5, STRANGER)).map(codeOf)).toEqual([1, 2, 3, 4, 5].map(() => REFUSED));
  for (const seconds of [30, 60, 120]) {
    // The right password gets the same answer, so that the answer reveals nothing.
    const answer = await signIn(STRANGER);
    expect([codeOf(answer), answer.headers['retry-after']]).toEqual([LATER, String(seconds)]);
    later(seconds - 1);
    expect(codeOf(await signIn(STRANGER))).toEqual(LATER);
    later(1);
    expect(codeOf(await signIn(STRANGER, 'wrong'))).toEqual(REFUSED);
  }
  later(3600);
  expect((await signIn(STRANGER)).status).toBe(201);
});

it('a device that has signed in before can sign in, regardless of others', async () => {
  const device = deviceCookieOf(await complete(HOME, await signIn(HOME)));
  await fail(40, botnet);
  await fail(5, HOME);
  expect(codeOf(await signIn(HOME))).toEqual(LATER);
  expect((await signIn(HOME, CLERK_PASSWORD, login, device)).status).toBe(201);
});

it('its cookie is for one login, cannot be forged, and has its own limit', async () => {
  const other = await api.addClerk('clerk');
  const entered = await complete(HOME, await signIn(HOME));
  const device = deviceCookieOf(entered);
  const cookies = entered.headers['set-cookie'] as unknown as string[];
  expect(cookies.find((cookie) => cookie.startsWith(device))).toMatch(
    /^clerk_device_[0-9a-f]{8}=[\w-]{43}\.[0-9a-f]{64}; Max-Age=\d+; Path=\/api\/clerk; HttpOnly; SameSite=Strict$/,
  );
  const [name, value] = device.split('=') as [string, string];
  const forged = `${name}=${'A'.repeat(43)}.${value.split('.')[1]}`;
  const byOther = await complete(HOME, await signIn(HOME, CLERK_PASSWORD, other.login));
  const others = deviceCookieOf(byOther).split('=')[1];
  await fail(5, HOME);
  for (const shown of [forged, `${name}=${others}`, `${name}=`]) {
    expect(codeOf(await signIn(HOME, CLERK_PASSWORD, login, shown))).toEqual(LATER);
  }
  const stolen = [];
  for (let time = 0; time < 6; time += 1) stolen.push(codeOf(await signIn(HOME, 'wrong', login, device)));
  expect(stolen).toEqual([...Array.from({ length: 5 }, () => REFUSED), LATER]);
});

it('an unknown or disabled login gets the same answer', async () => {
  const admin = await api.addClerk('admin');
  const { id, login: disabled } = await api.addClerk('clerk');
  await request(api.server)
    .post(`/api/clerk/clerks/${id}/state`)
    .set(admin.headers)
    .send({ state: 'disabled' });
  const shape = async (as: string) => {
    const responses = await fail(6, STRANGER, as);
    return responses.map((answer) => [...codeOf(answer), answer.headers['retry-after']]);
  };
  const known = await shape(login);
  expect(await shape('nobody')).toEqual(known);
  expect(await shape(disabled)).toEqual(known);
});

it('simultaneous tries are counted one by one', async () => {
  const responses = await Promise.all(Array.from({ length: 12 }, () => signIn(STRANGER, 'wrong')));
  expect(responses.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(responses.filter(({ status }) => status === 429)).toHaveLength(7);
});

it('guesses of the current password in an open session are slowed down, without slowing down the owner', async () => {
  const entered = await signIn(HOME);
  const cookie = sessionCookieOf(entered);
  const change = () =>
    request(api.server)
      .post('/api/clerk/password')
      .set({ cookie, 'x-csrf-token': String(entered.body.csrfToken) })
      .send({ current: 'wrong', next: 'another horse battery' });
  const responses = [];
  for (let time = 0; time < 6; time += 1) responses.push(codeOf(await change()));
  expect(responses).toEqual([...Array.from({ length: 5 }, () => [422, 'password_wrong']), LATER]);
  expect((await signIn(HOME)).status).toBe(201);
});

describe('a thief who has the password', () => {
  it('gets no cookie of a device by it, and is slowed down like others who guess second factors', async () => {
    const entered = await signIn(STRANGER);
    expect(entered.headers['set-cookie']).toHaveLength(1);
    const guesses = [];
    for (let time = 0; time < 6; time += 1) guesses.push(codeOf(await complete(STRANGER, entered, 'guess')));
    expect(guesses).toEqual([...Array.from({ length: 5 }, () => [422, 'second_factor_wrong']), LATER]);
    // A new session is no new try.
    expect(codeOf(await complete(STRANGER, await signIn(STRANGER), 'guess'))).toEqual(LATER);
    // Elsewhere the owner comes in.
    expect((await complete(HOME, await signIn(HOME))).status).toBe(200);
  });

  it('who has many networks gets twenty tries, and then waits with everybody but the owner’s device', async () => {
    const device = deviceCookieOf(await complete(HOME, await signIn(HOME)));
    const guesses = [];
    for (let time = 0; time < 21; time += 1) {
      const from = botnet(time);
      guesses.push((await complete(from, await signIn(from), 'guess')).status);
    }
    expect(guesses).toEqual([...Array.from({ length: 20 }, () => 422), 429]);
    const atHome = await signIn(HOME, CLERK_PASSWORD, login, device);
    const { csrfToken, clerk } = atHome.body as { csrfToken: string; clerk: { id: string } };
    const [code] = await api.giveRecoveryCodes(clerk.id);
    const shown = await request(api.server)
      .post('/api/clerk/second-factor')
      .set({ cookie: `${sessionCookieOf(atHome)}; ${device}`, 'x-csrf-token': csrfToken })
      .send({ kind: 'recovery-code', code });
    expect(shown.status).toBe(200);
  });
});
