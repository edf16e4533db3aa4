import { Secret, TOTP } from 'otpauth';
import request from 'supertest';
import { createPasskey, newPasskey } from '../../test/drivers/passkey.cjs';
import { CLERK_PASSWORD, startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

const ORIGIN = 'https://identity.example';
const HALF_MINUTE = 30_000;
const clock = { now: new Date('2026-03-01T04:00:00Z').getTime() };
const later = (milliseconds: number) => {
  clock.now += milliseconds;
};

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ publicUrl: ORIGIN, now: () => new Date(clock.now) });
});
beforeEach(() => later(3_600_000));
afterAll(() => api.end());

type Headers = Record<string, string>;
const get = (path: string, headers: Headers) => request(api.server).get(`/api/clerk/${path}`).set(headers);
const post = (path: string, body: object, headers: Headers = {}) =>
  request(api.server).post(`/api/clerk/${path}`).set(headers).send(body);
const codeOf = ({ status, body }: request.Response) => [status, body.error?.code];
const REQUIRED = [403, 'second_factor_required'];
const WRONG = [422, 'second_factor_wrong'];
const NOT_PROVEN = [422, 'enrolment_not_proven'];

/** The headers of the session that a response gives, or goes on with. */
function headersOf({ body, headers }: request.Response, before: Headers = {}): Headers {
  const cookies = (headers['set-cookie'] ?? []) as unknown as string[];
  const cookie = cookies.find((one) => one.startsWith('clerk_session'))?.split(';')[0] ?? before.cookie!;
  const { csrfToken } = (body.session ?? body) as { csrfToken: string };
  return { cookie, 'x-csrf-token': csrfToken };
}

/** A clerk with a password of their own and no factor, who has just signed in with the password. */
async function newcomer(role: 'clerk' | 'admin' = 'clerk') {
  const { id, login } = await api.addClerk(role);
  return { id, login, headers: await begin(login) };
}

const begin = async (login: string) => headersOf(await post('sessions', { login, password: CLERK_PASSWORD }));

const codeAt = (secret: string, milliseconds = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now + milliseconds });
const wrongFor = (secret: string) => String((Number(codeAt(secret)) + 500_000) % 1_000_000).padStart(6, '0');

async function enrolTotp(headers: Headers) {
  const { secret } = (await post('factors/totp-offer', {}, headers)).body as { secret: string };
  const added = await post('factors/totp', { code: codeAt(secret) }, headers);
  return { secret, added, headers: headersOf(added, headers) };
}

/** A clerk whose app is enrolled, half a minute later and signed in by the password alone. */
async function withTotp() {
  const { id, login, headers } = await newcomer();
  const { secret, added } = await enrolTotp(headers);
  later(HALF_MINUTE);
  const recoveryCodes = added.body.recoveryCodes as string[];
  return { id, login, secret, recoveryCodes, headers: await begin(login) };
}

const showTotp = (code: string, headers: Headers) => post('second-factor', { kind: 'totp', code }, headers);

describe('the first enrolment', () => {
  it('completes the sign-in, gives the session another cookie, and shows ten recovery codes once', async () => {
    const { id, login, headers } = await newcomer();
    expect(codeOf(await get('worklist', headers))).toEqual(REQUIRED);
    const offered = await post('factors/totp-offer', {}, headers);
    const { secret, uri } = offered.body as { secret: string; uri: string };
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(decodeURIComponent(uri)).toContain(`otpauth://totp/登记注册身份验证:${login}?`);
    expect(codeOf(await post('factors/totp', { code: wrongFor(secret) }, headers))).toEqual(NOT_PROVEN);
    expect(codeOf(await get('worklist', headers))).toEqual(REQUIRED);
    const added = await post('factors/totp', { code: codeAt(secret) }, headers);
    expect(added.status).toBe(201);
    const { session, recoveryCodes } = added.body;
    expect(session.secondFactors).toEqual(['totp', 'recovery-code']);
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const code of recoveryCodes) expect(code).toMatch(/^[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}$/);
    const whole = headersOf(added);
    expect((await get('worklist', whole)).status).toBe(200);
    // The cookie of the half-open session opens nothing.
    expect(codeOf(await get('session', headers))).toEqual([401, 'not_signed_in']);
    const stored = JSON.stringify(
      await Promise.all([
        api.store.knex('clerk_totps').select('*'),
        api.store.knex('clerk_recovery_codes').select('*'),
        api.store.knex('clerk_sessions').select('*'),
      ]),
    );
    for (const kept of [secret, ...(recoveryCodes as string[])]) expect(stored).not.toContain(kept);
    expect(JSON.stringify(api.log)).not.toContain(secret);
    const done = await api.store.knex('clerk_actions').where({ clerk_id: id, action: 'add-totp' });
    expect(done.map(({ result }) => result)).toEqual(['enrolment_not_proven', 'done']);
  });

  it('is nothing for a session that has only the password, once another session has enrolled', async () => {
    const { login, headers: thief } = await newcomer();
    const { secret } = (await post('factors/totp-offer', {}, thief)).body as { secret: string };
    await enrolTotp(await begin(login));
    expect(codeOf(await post('factors/totp', { code: codeAt(secret) }, thief))).toEqual(REQUIRED);
    expect(codeOf(await get('factors', thief))).toEqual(REQUIRED);
  });

  it('by two sessions at once succeeds for one of them', async () => {
    const { login, headers: one } = await newcomer();
    const other = await begin(login);
    const offers = await Promise.all([one, other].map((headers) => post('factors/totp-offer', {}, headers)));
    const answers = await Promise.all(
      [one, other].map((headers, at) =>
        post('factors/totp', { code: codeAt(String(offers[at]?.body.secret)) }, headers),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await api.store.knex('clerk_totps').where({}).select('clerk_id')).toEqual(
      expect.arrayContaining([{ clerk_id: expect.any(String) }]),
    );
  });
});

describe('a code of the app', () => {
  it('completes the sign-in and serves once', async () => {
    const { login, secret, headers } = await withTotp();
    const code = codeAt(secret);
    expect(codeOf(await get('worklist', headers))).toEqual(REQUIRED);
    const shown = await showTotp(code, headers);
    expect([shown.status, shown.body.secondFactorAt]).toEqual([200, new Date(clock.now).toISOString()]);
    expect((await get('worklist', headersOf(shown))).status).toBe(200);
    const elsewhere = await begin(login);
    expect(codeOf(await showTotp(code, elsewhere))).toEqual(WRONG);
    later(HALF_MINUTE);
    expect((await showTotp(codeAt(secret), elsewhere)).status).toBe(200);
  });

  it('that is shown twice at once completes one sign-in', async () => {
    const { login, secret, headers } = await withTotp();
    const other = await begin(login);
    const code = codeAt(secret);
    const answers = await Promise.all([showTotp(code, headers), showTotp(code, other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it.each([
    [-2 * HALF_MINUTE, WRONG],
    [-HALF_MINUTE, [200, undefined]],
    [HALF_MINUTE, [200, undefined]],
    [2 * HALF_MINUTE, WRONG],
  ])('of %d ms away is answered with %j', async (away, expected) => {
    const { secret, headers } = await withTotp();
    later(4 * HALF_MINUTE);
    expect(codeOf(await showTotp(codeAt(secret, away), headers))).toEqual(expected);
  });

  it('older than the last one is used up with it', async () => {
    const { login, secret, headers } = await withTotp();
    later(4 * HALF_MINUTE);
    expect((await showTotp(codeAt(secret), headers)).status).toBe(200);
    expect(codeOf(await showTotp(codeAt(secret, -HALF_MINUTE), await begin(login)))).toEqual(WRONG);
  });

  it('of an app that was replaced opens nothing any more', async () => {
    const { login, secret, headers } = await withTotp();
    const { headers: whole } = { headers: headersOf(await showTotp(codeAt(secret), headers)) };
    const { added } = await enrolTotp(whole);
    expect([added.status, added.body.recoveryCodes]).toEqual([201, undefined]);
    later(HALF_MINUTE);
    expect(codeOf(await showTotp(codeAt(secret), await begin(login)))).toEqual(WRONG);
  });
});

describe('a recovery code', () => {
  it('replaces the factor once, however it is typed', async () => {
    const { login, recoveryCodes, headers } = await withTotp();
    const typed = ` ${recoveryCodes[3]!.toUpperCase().replaceAll('-', ' ')} `;
    const show = (as: Headers) => post('second-factor', { kind: 'recovery-code', code: typed }, as);
    const shown = await show(headers);
    expect(shown.status).toBe(200);
    expect((await get('factors', headersOf(shown))).body.recoveryCodesLeft).toBe(9);
    expect(codeOf(await show(await begin(login)))).toEqual(WRONG);
  });

  it('of another clerk is none', async () => {
    const [{ recoveryCodes }, { headers }] = [await withTotp(), await withTotp()];
    const [code] = recoveryCodes;
    expect(codeOf(await post('second-factor', { kind: 'recovery-code', code }, headers))).toEqual(WRONG);
  });

  it('is void when there are new ones', async () => {
    const { login, secret, recoveryCodes, headers } = await withTotp();
    const whole = headersOf(await showTotp(codeAt(secret), headers));
    const renewed = await post('factors/recovery-codes', {}, whole);
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    const show = async (code: string | undefined) =>
      codeOf(await post('second-factor', { kind: 'recovery-code', code }, await begin(login)));
    expect(await show(recoveryCodes[0])).toEqual(WRONG);
    expect(await show((renewed.body.recoveryCodes as string[])[0])).toEqual([200, undefined]);
  });
});

describe('a passkey', () => {
  const passkeyOf = (file = newPasskey(), origin = ORIGIN, odd = {}) => createPasskey(file, origin, odd);

  async function enrolPasskey(headers: Headers, passkey: ReturnType<typeof createPasskey>) {
    const { body } = await post('factors/passkey-offer', {}, headers);
    return await post('factors/passkeys', { name: '办公室', response: passkey.create(body) }, headers);
  }
  async function show(headers: Headers, passkey: ReturnType<typeof createPasskey>) {
    const { body } = await post('second-factor/passkey-request', {}, headers);
    return await post('second-factor', { kind: 'passkey', response: passkey.get(body) }, headers);
  }

  it('is enrolled, listed and shown, for the host of the public address, and its user verified', async () => {
    const { id, login, headers } = await newcomer();
    const passkey = passkeyOf();
    const { body: offer } = await post('factors/passkey-offer', {}, headers);
    expect(offer).toMatchObject({
      rp: { id: 'identity.example', name: '登记注册身份验证' },
      user: { name: login },
      authenticatorSelection: { userVerification: 'required' },
      excludeCredentials: [],
    });
    const response = passkey.create(offer);
    const added = await post('factors/passkeys', { name: '办公室', response }, headers);
    expect([added.status, added.body.session.secondFactors]).toEqual([201, ['passkey', 'recovery-code']]);
    const again = await begin(login);
    const shown = await show(again, passkey);
    expect(shown.status).toBe(200);
    const { passkeys } = (await get('factors', headersOf(shown))).body;
    expect(passkeys).toEqual([
      { id: expect.any(String), name: '办公室', addedAt: expect.any(String), usedAt: expect.any(String) },
    ]);
    const acts = await api.store.knex('clerk_actions').where({ clerk_id: id, action: 'show-second-factor' });
    expect(acts.map(({ result }) => result)).toEqual(['done']);
  });

  it.each<[string, string, object]>([
    ['made at another origin', 'https://identity.example.evil.example', {}],
    ['made over http', 'http://identity.example', {}],
    ['whose user was not verified', ORIGIN, { isUserVerified: false }],
  ])('%s is not enrolled, and does not sign in', async (_, origin, odd) => {
    const { login, headers } = await newcomer();
    const file = newPasskey();
    expect(codeOf(await enrolPasskey(headers, passkeyOf(file, origin, odd)))).toEqual(NOT_PROVEN);
    expect((await enrolPasskey(headers, passkeyOf(file))).status).toBe(201);
    expect(codeOf(await show(await begin(login), passkeyOf(file, origin, odd)))).toEqual(WRONG);
  });

  it('answers a challenge once, and only of this session and within five minutes', async () => {
    const { login, headers } = await newcomer();
    const passkey = passkeyOf();
    await enrolPasskey(headers, passkey);
    const [one, other] = [await begin(login), await begin(login)];
    const { body } = await post('second-factor/passkey-request', {}, one);
    const response = passkey.get(body);
    const answer = (as: Headers) => post('second-factor', { kind: 'passkey', response }, as);
    expect(codeOf(await answer(other))).toEqual(WRONG);
    const shown = await answer(one);
    expect(shown.status).toBe(200);
    expect(codeOf(await answer(headersOf(shown)))).toEqual(WRONG);
    const { body: late } = await post('second-factor/passkey-request', {}, other);
    later(5 * 60_000);
    const tooLate = { kind: 'passkey', response: passkey.get(late) };
    expect(codeOf(await post('second-factor', tooLate, other))).toEqual(WRONG);
  });

  it('of another clerk, with another key, or with a counter that does not grow, is refused', async () => {
    const [{ login, headers }, second] = [await newcomer(), await newcomer()];
    const [file, others] = [newPasskey(), newPasskey()];
    await enrolPasskey(headers, passkeyOf(file, ORIGIN, { counter: 7 }));
    await enrolPasskey(second.headers, passkeyOf(others));
    const again = await begin(login);
    expect(codeOf(await show(again, passkeyOf(others)))).toEqual(WRONG);
    const forged = passkeyOf({ ...newPasskey(), id: file.id }, ORIGIN, { counter: 8 });
    expect(codeOf(await show(again, forged))).toEqual(WRONG);
    expect(codeOf(await show(again, passkeyOf(file, ORIGIN, { counter: 7 })))).toEqual(WRONG);
    expect((await show(again, passkeyOf(file, ORIGIN, { counter: 8 }))).status).toBe(200);
  });

  it('is not enrolled twice, by nobody', async () => {
    const [{ headers }, { headers: other }] = [await newcomer(), await newcomer()];
    const passkey = passkeyOf();
    expect((await enrolPasskey(headers, passkey)).status).toBe(201);
    expect(codeOf(await enrolPasskey(other, passkey))).toEqual(NOT_PROVEN);
  });

  it('is removed by its owner, unless it is the only factor', async () => {
    const [{ headers }, other] = [await newcomer(), await newcomer()];
    const whole = headersOf(await enrolPasskey(headers, passkeyOf()));
    const { passkeys } = (await get('factors', whole)).body as { passkeys: { id: string }[] };
    const remove = (as: Headers) => post(`factors/passkeys/${passkeys[0]!.id}/removal`, {}, as);
    expect(codeOf(await remove(whole))).toEqual([409, 'last_second_factor']);
    const stranger = headersOf(await enrolPasskey(other.headers, passkeyOf()));
    expect(codeOf(await remove(stranger))).toEqual([404, 'not_found']);
    await enrolTotp(whole);
    expect((await remove(whole)).status).toBe(204);
    expect((await get('factors', whole)).body.passkeys).toEqual([]);
  });
});

it('factors are changed only with one that was shown within five minutes', async () => {
  const { secret, headers } = await withTotp();
  const whole = headersOf(await showTotp(codeAt(secret), headers));
  later(5 * 60_000 + 1);
  const expected = [403, 'reauthentication_required'];
  expect(codeOf(await post('factors/totp-offer', {}, whole))).toEqual(expected);
  expect(codeOf(await post('factors/recovery-codes', {}, whole))).toEqual(expected);
  const renewed = await showTotp(codeAt(secret), whole);
  expect(renewed.status).toBe(200);
  // The session is the same: other tabs go on.
  expect((await post('factors/totp-offer', {}, whole)).status).toBe(200);
});

it('a stolen password does not change the password of a clerk with a second factor', async () => {
  const { headers } = await withTotp();
  const change = { current: CLERK_PASSWORD, next: 'another horse battery' };
  expect(codeOf(await post('password', change, headers))).toEqual(REQUIRED);
});
