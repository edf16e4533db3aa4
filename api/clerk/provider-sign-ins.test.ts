import request from 'supertest';
import { PROVIDER_SIGN_IN_MS } from '../../domain/clerks';
import type { IdentityProvider } from '../../platform/identity-provider';
import { createOpenidProvider } from '../../platform/openid-provider';
import { METRICS_TOKEN, startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { startIdentityProvider } from '../../test/setup/identity-provider';
import type { TestIdentityProvider } from '../../test/setup/identity-provider';
import { startRogueProvider } from '../../test/setup/rogue-provider';

const ORIGIN = 'https://identity.example';
const MINUTE = 60_000;
// The provider has the real time.
const clock = { ahead: 0 };

let there: TestIdentityProvider;
let api: TestApi;
/** The provider that the api has now. */
let provider: IdentityProvider;

beforeAll(async () => {
  there = await startIdentityProvider(ORIGIN);
  const { issuer } = there.settings;
  api = await startApi({
    publicUrl: ORIGIN,
    now: () => new Date(Date.now() + clock.ahead),
    identityProvider: {
      issuer,
      discover: () => provider.discover(),
      signInUrl: (secret) => provider.signInUrl(secret),
      identify: (answer, secret) => provider.identify(answer, secret),
      signOutUrl: () => provider.signOutUrl(),
    },
  });
}, MINUTE);
beforeEach(() => {
  clock.ahead += 24 * 3600_000;
  provider = createOpenidProvider(there.settings);
});
afterAll(async () => {
  await api.end();
  await there.stop();
});

type Headers = Record<string, string>;
const get = (path: string, headers: Headers) => request(api.server).get(`/api/clerk/${path}`).set(headers);
const post = (path: string, body: object, headers: Headers = {}) =>
  request(api.server).post(`/api/clerk/${path}`).set(headers).send(body);
const codeOf = ({ status, body }: request.Response) => [status, body.error?.code];
const VOID = [422, 'provider_sign_in_void'];

const cookiesOf = ({ headers }: request.Response) => (headers['set-cookie'] ?? []) as unknown as string[];
const pairOf = (response: request.Response, name: string) =>
  cookiesOf(response)
    .find((one) => one.startsWith(`${name}=`))!
    .split(';')[0]!;
const headersOf = (response: request.Response): Headers => ({
  cookie: pairOf(response, 'clerk_session'),
  'x-csrf-token': String(response.body.csrfToken),
});

/** A browser that begins to sign in. */
async function begin() {
  const begun = await post('provider-sign-ins', {});
  expect(begun.status).toBe(201);
  return { url: String(begun.body.url), cookie: pairOf(begun, 'clerk_provider_sign_in'), begun };
}
const hand = (answer: string, cookie: string) => post('provider-sign-ins/answer', { answer }, { cookie });

/** Signs in there and here. */
async function signInAs(account: string, secondFactor = false) {
  const { url, cookie } = await begin();
  return await hand(await there.answer(url, { account, secondFactor }), cookie);
}

/** Has two admins link a clerk. */
async function link(clerk: string, subject: string) {
  const admin = await api.addClerk('admin');
  const second = await api.addClerk('admin');
  const proposed = await post(`clerks/${clerk}/provider-account`, { subject }, admin.headers);
  expect(proposed.status).toBe(202);
  const { id } = proposed.body.act as { id: string };
  expect(codeOf(await post(`administrative-acts/${id}/approval`, {}, admin.headers))).toEqual([
    409,
    'needs_another_admin',
  ]);
  return await post(`administrative-acts/${id}/approval`, {}, second.headers);
}

/** A clerk with recovery codes, who is linked. */
async function linkedClerk(role: 'clerk' | 'reviewer' = 'clerk') {
  const { id, login } = await api.addClerk(role);
  const codes = await api.giveRecoveryCodes(id);
  const subject = `subject-of-${login}`;
  expect((await link(id, subject)).status).toBe(200);
  return { id, login, subject, codes };
}

const recorded = async (action: string) =>
  await api.store.knex('clerk_actions').where({ action }).orderBy('id', 'desc').first();

describe('signing in at the identity provider', () => {
  it('opens the session of the clerk who is linked, and our own second factor comes after it', async () => {
    const { id, login, subject, codes } = await linkedClerk();
    const entered = await signInAs(subject);
    expect([entered.status, entered.body.clerk]).toMatchObject([201, { id, login, role: 'clerk' }]);
    expect(entered.body.vouchedFor).toBe('password');
    const half = headersOf(entered);
    expect(codeOf(await get('worklist', half))).toEqual([403, 'second_factor_required']);
    const shown = await post('second-factor', { kind: 'recovery-code', code: codes[0] }, half);
    expect((await get('worklist', headersOf(shown))).status).toBe(200);
    expect(await recorded('sign-in-by-provider')).toMatchObject({ clerk_id: id, result: 'done' });
    const [session] = cookiesOf(entered);
    expect(session).toMatch(/; Path=\/api\/clerk; HttpOnly; SameSite=Strict; Secure$/);
    expect(
      JSON.stringify([api.log, await api.store.knex('clerk_provider_sign_ins').where({})]),
    ).not.toContain(subject);
  });

  it('sends the browser away with a challenge, and keeps what proves it in a short-lived cookie', async () => {
    const { url, begun } = await begin();
    const asked = new URL(url).searchParams;
    expect(asked.get('redirect_uri')).toBe(`${ORIGIN}/console/provider`);
    expect(cookiesOf(begun)).toEqual([
      expect.stringMatching(
        /^clerk_provider_sign_in=[\w-]{43}; Max-Age=600; Path=\/api\/clerk; HttpOnly; SameSite=Strict; Secure$/,
      ),
    ]);
  });

  it('is enough where the provider says that it checked a second factor, and approvals want ours', async () => {
    const { subject, codes } = await linkedClerk('reviewer');
    const entered = await signInAs(subject, true);
    expect(entered.body.vouchedFor).toBe('both-factors');
    const headers = headersOf(entered);
    expect((await get('worklist', headers)).status).toBe(200);
    const AGAIN = [403, 'reauthentication_required'];
    expect(codeOf(await post('factors/recovery-codes', {}, headers))).toEqual(AGAIN);
    const shown = await post('second-factor', { kind: 'recovery-code', code: codes[0] }, headers);
    expect((await post('factors/recovery-codes', {}, headersOf(shown))).status).toBe(200);
  });

  it('lets somebody without a factor of our own only enrol one, whatever the provider says', async () => {
    const { id } = await api.addClerk('reviewer');
    await link(id, 'newcomer');
    const entered = await signInAs('newcomer', true);
    expect(codeOf(await get('worklist', headersOf(entered)))).toEqual([403, 'second_factor_required']);
    expect((await get('factors', headersOf(entered))).status).toBe(200);
  });

  it('has its roles and scope from the account, and a one-time password is still to be replaced', async () => {
    const { id, subject } = await linkedClerk();
    await api.store.knex('clerks').where({ id }).update({ must_change_password: 1 });
    const entered = await signInAs(subject, true);
    expect(entered.body).toMatchObject({ mustChangePassword: true, clerk: { scope: ['110105'] } });
    expect(codeOf(await get('worklist', headersOf(entered)))).toEqual([403, 'password_change_required']);
  });
});

describe('is refused', () => {
  it('whose account nobody has linked; no account is made, and nothing is recorded of who names none', async () => {
    const before = await api.store.knex('clerks').where({}).select('id');
    expect(codeOf(await signInAs('a-stranger', true))).toEqual([403, 'provider_account_unlinked']);
    expect(await api.store.knex('clerks').where({}).select('id')).toEqual(before);
    expect(codeOf(await hand('state=none', 'clerk_provider_sign_in=none'))).toEqual(VOID);
    expect(await api.store.knex('clerk_actions').where({ clerk_id: null }).select('action')).toEqual([]);
    const metrics = request(api.server).get('/metrics');
    expect((await metrics.set({ authorization: `Bearer ${METRICS_TOKEN}` })).text).toMatch(
      /clerk_visits_without_account_total\{action="begin-provider-sign-in",result="done"\} [1-9]/,
    );
  });

  it('everybody, where the issuer is spelled otherwise than the provider does', async () => {
    provider = createOpenidProvider({ ...there.settings, issuer: `${there.settings.issuer}/` });
    const refused = await post('provider-sign-ins', {});
    expect(codeOf(refused)).toEqual([422, 'provider_answer_invalid']);
    expect(refused.body.error.detail).toBe('issuer_spelled_otherwise');
  });

  it('a disabled clerk, and after the link was taken away', async () => {
    const { id, subject } = await linkedClerk();
    await api.store.knex('clerks').where({ id }).update({ state: 'disabled' });
    expect(codeOf(await signInAs(subject))).toEqual([403, 'clerk_disabled']);
    expect(await recorded('sign-in-by-provider')).toMatchObject({ clerk_id: id, result: 'clerk_disabled' });
    await api.store.knex('clerks').where({ id }).update({ state: 'active' });
    const inside = headersOf(await signInAs(subject, true));
    const admin = await api.addClerk('admin');
    expect((await post(`clerks/${id}/provider-account/removal`, {}, admin.headers)).status).toBe(204);
    expect(codeOf(await get('session', inside))).toEqual([401, 'not_signed_in']);
    expect(codeOf(await signInAs(subject))).toEqual([403, 'provider_account_unlinked']);
  });

  it('who tries too often', async () => {
    for (let tries = 0; tries < 5; tries += 1) await signInAs('an-insistent-stranger');
    const again = await signInAs('an-insistent-stranger');
    expect(codeOf(again)).toEqual([429, 'sign_in_later']);
    expect(Number(again.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('an answer that was handed in before', async () => {
    const { subject } = await linkedClerk();
    const { url, cookie } = await begin();
    const answer = await there.answer(url, { account: subject });
    expect((await hand(answer, cookie)).status).toBe(201);
    expect(codeOf(await hand(answer, cookie))).toEqual(VOID);
    // Not by another sign-in of this browser either: the code is used up there.
    const next = await begin();
    const state = new URL(next.url).searchParams.get('state') ?? '';
    const replayed = new URLSearchParams(answer);
    replayed.set('state', state);
    expect(codeOf(await hand(String(replayed), next.cookie))).toEqual(VOID);
  });

  it('an answer that is handed in twice at once, the second time', async () => {
    const { subject } = await linkedClerk();
    const { url, cookie } = await begin();
    const answer = await there.answer(url, { account: subject });
    const answers = await Promise.all([hand(answer, cookie), hand(answer, cookie)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  });

  it('the answer to another browser, and that browser goes on', async () => {
    const { subject } = await linkedClerk();
    const attacker = await begin();
    const victim = await begin();
    const answer = await there.answer(attacker.url, { account: subject });
    expect(codeOf(await hand(answer, victim.cookie))).toEqual(VOID);
    expect(codeOf(await post('provider-sign-ins/answer', { answer }))).toEqual(VOID);
    const own = await there.answer(victim.url, { account: subject });
    expect((await hand(own, victim.cookie)).status).toBe(201);
  });

  it('an answer after ten minutes', async () => {
    const { subject } = await linkedClerk();
    const { url, cookie } = await begin();
    const answer = await there.answer(url, { account: subject });
    clock.ahead += PROVIDER_SIGN_IN_MS;
    expect(codeOf(await hand(answer, cookie))).toEqual(VOID);
  });

  it('who did not agree there', async () => {
    const { url, cookie } = await begin();
    const answer = await there.answer(url, 'cancel');
    const refused = await hand(answer, cookie);
    expect(codeOf(refused)).toEqual([422, 'provider_sign_in_cancelled']);
    expect(refused.body.error).toMatchObject({ detail: 'access_denied', message: /重新登录/ });
  });

  it('a token that does not hold, and everybody while the provider is down; passwords work', async () => {
    const rogue = await startRogueProvider(there.settings.clientId);
    provider = createOpenidProvider({ ...there.settings, issuer: rogue.issuer });
    const { url, cookie } = await begin();
    rogue.claims = { aud: 'another' };
    const refused = await hand(rogue.answer(url), cookie);
    expect(codeOf(refused)).toEqual([422, 'provider_answer_invalid']);
    expect(refused.body.error.detail).toBe('token_aud');
    // The same subject at another provider is somebody else.
    const { id, subject } = await linkedClerk();
    rogue.claims = { sub: subject };
    const other = await begin();
    expect(codeOf(await hand(rogue.answer(other.url), other.cookie))).toEqual([
      403,
      'provider_account_unlinked',
    ]);
    const last = await begin();
    rogue.mode = 'broken';
    expect(codeOf(await hand(rogue.answer(last.url), last.cookie))).toEqual([503, 'provider_unavailable']);
    await rogue.stop();
    provider = createOpenidProvider({ ...there.settings, issuer: rogue.issuer });
    expect(codeOf(await post('provider-sign-ins', {}))).toEqual([503, 'provider_unavailable']);
    const { login } = (await api.store.knex('clerks').where({ id }).first('login')) ?? {};
    expect(await api.signInAgain(login ?? '')).toMatchObject({ cookie: expect.any(String) });
  });
});

describe('a link', () => {
  it('is set by no admin alone, nor on oneself, and is seen with the act and the account', async () => {
    const admin = await api.addClerk('admin');
    const { id } = await api.addClerk('clerk');
    const subject = 'seen-by-both';
    const own = await post(`clerks/${admin.id}/provider-account`, { subject }, admin.headers);
    expect(codeOf(own)).toEqual([403, 'not_on_oneself']);
    const { act } = (await post(`clerks/${id}/provider-account`, { subject }, admin.headers)).body;
    const { issuer } = there.settings;
    expect(act).toMatchObject({ kind: 'link-provider', clerk: id, providerAccount: { issuer, subject } });
    const second = await api.addClerk('admin');
    await post(`administrative-acts/${act.id}/approval`, {}, second.headers);
    const { clerks } = (await get('clerks', admin.headers)).body as { clerks: { id: string }[] };
    expect(clerks.find((one) => one.id === id)).toMatchObject({ providerAccount: { issuer, subject } });
  });

  it('ends the sessions, and replaces an earlier one', async () => {
    const { id, subject, login } = await linkedClerk();
    const inside = await api.signInAgain(login);
    expect((await link(id, `${subject}-new`)).status).toBe(200);
    expect(codeOf(await get('session', inside))).toEqual([401, 'not_signed_in']);
    expect(codeOf(await signInAs(subject))).toEqual([403, 'provider_account_unlinked']);
    expect((await signInAs(`${subject}-new`)).status).toBe(201);
  });

  it('is of one clerk', async () => {
    const { subject } = await linkedClerk();
    const { id } = await api.addClerk('clerk');
    expect(codeOf(await link(id, subject))).toEqual([409, 'provider_account_taken']);
  });

  it.each(['', 'with space', 'x'.repeat(256), '张三'])('is not %j', async (subject) => {
    const admin = await api.addClerk('admin');
    const { id } = await api.addClerk('clerk');
    expect((await post(`clerks/${id}/provider-account`, { subject }, admin.headers)).status).toBe(422);
  });
});

test('without a provider nothing of it is there', async () => {
  const without = await startApi();
  const offered = await request(without.server).get('/api/clerk/identity-provider');
  expect(offered.body).toEqual({ isOffered: false });
  for (const path of ['provider-sign-ins', 'provider-sign-ins/answer']) {
    const answer = await request(without.server).post(`/api/clerk/${path}`).send({ answer: 'x' });
    expect([path, answer.status]).toEqual([path, path.endsWith('answer') ? 404 : 422]);
  }
  await without.end();
});

test('what is offered names where to sign out, once the provider is known', async () => {
  await provider.discover();
  const { body } = await request(api.server).get('/api/clerk/identity-provider');
  expect(body.isOffered).toBe(true);
  const out = new URL(String(body.signOutUrl));
  expect(out.origin).toBe(there.settings.issuer);
  expect(out.searchParams.get('post_logout_redirect_uri')).toBe(`${ORIGIN}/console`);
});
