import request from 'supertest';
import { CLERK_PASSWORD, startApi } from '../setup/api';
import type { TestApi } from '../setup/api';

// One admin alone tries to act as a reviewer.

const HOUR = 3600_000;
const clock = { now: Date.now() };
type Headers = Record<string, string>;
type Account = Awaited<ReturnType<TestApi['addClerk']>>;

let api: TestApi;
let admin: Account;
let auditor: Account;

beforeEach(async () => {
  clock.now = Date.now();
  api = await startApi({ now: () => new Date(clock.now) });
  admin = await api.addClerk('admin');
  auditor = await api.addClerk('auditor');
});
afterEach(() => api.end());

const get = (path: string, headers: Headers) => request(api.server).get(`/api/clerk/${path}`).set(headers);
const post = (path: string, body: object, headers: Headers = {}) =>
  request(api.server).post(`/api/clerk/${path}`).set(headers).send(body);
const codeOf = ({ status, body }: request.Response) => [status, body.error?.code];
const signIn = (login: string, password: string) => post('sessions', { login, password });
const headersOf = ({ body, headers }: request.Response): Headers => ({
  cookie: (headers['set-cookie'] as unknown as string[])
    .find((one) => one.startsWith('clerk_session'))!
    .split(';')[0]!,
  'x-csrf-token': String(body.csrfToken),
});
const account = (role: string, login = 'li.si') => ({ login, name: '李四', role, scope: ['11'] });
const acts = async (headers: Headers) => (await get('administrative-acts', headers)).body.acts as object[];
const approve = (act: string, by: Account) => post(`administrative-acts/${act}/approval`, {}, by.headers);
const withdraw = (act: string, by: Account) => post(`administrative-acts/${act}/withdrawal`, {}, by.headers);
const roles = async () =>
  (await api.store.knex('clerks').where({ state: 'active' }).orderBy('role').select('role')).map(
    ({ role }) => role,
  );
const NEXT = 'a password of my own';

describe('a password that an admin sets', () => {
  it('allows nothing but to change it and to sign out', async () => {
    const made = await post('clerks', account('clerk'), admin.headers);
    expect(made.status).toBe(201);
    const entered = await signIn('li.si', String(made.body.oneTimePassword));
    expect([entered.status, entered.body.mustChangePassword]).toEqual([201, true]);
    const headers = headersOf(entered);
    for (const path of ['factors', 'worklist', 'actions', 'clerks']) {
      expect(codeOf(await get(path, headers))).toEqual([403, 'password_change_required']);
    }
    const current = String(made.body.oneTimePassword);
    const same = await post('password', { current, next: current }, headers);
    expect(same.body.error.issues).toEqual([{ path: 'next', code: 'password_not_new' }]);
    expect((await post('password', { current, next: NEXT }, headers)).status).toBe(204);
    const own = await signIn('li.si', NEXT);
    expect(own.body.mustChangePassword).toBe(false);
    expect(codeOf(await get('worklist', headersOf(own)))).toEqual([403, 'second_factor_required']);
  });

  it('is one-time after a reset too, and its session can be ended', async () => {
    const clerk = await api.addClerk('clerk');
    const given = await post(`clerks/${clerk.id}/password`, {}, admin.headers);
    expect(given.status).toBe(200);
    const headers = headersOf(await signIn(clerk.login, String(given.body.oneTimePassword)));
    expect(codeOf(await get('worklist', headers))).toEqual([403, 'password_change_required']);
    expect((await post('session/end', {}, headers)).status).toBe(204);
  });
});

describe('with two admins', () => {
  let second: Account;
  let reviewer: Account;
  beforeEach(async () => {
    second = await api.addClerk('admin');
    reviewer = await api.addClerk('reviewer');
  });

  it.each(['reviewer', 'admin'])(
    'an account of a %s is made by both, who each know half of its password',
    async (role) => {
      const proposed = await post('clerks', account(role), admin.headers);
      expect(proposed.status).toBe(202);
      const { act, oneTimePassword: first } = proposed.body;
      expect(codeOf(await signIn('li.si', String(first)))).toEqual([401, 'sign_in_refused']);
      expect(await acts(auditor.headers)).toEqual([act]);
      expect(act).toMatchObject({ kind: 'add-clerk', proposer: admin.id, account: account(role) });
      expect(codeOf(await approve(act.id, admin))).toEqual([409, 'needs_another_admin']);
      expect(codeOf(await approve(act.id, auditor))).toEqual([403, 'not_your_right']);
      const approved = await approve(act.id, second);
      expect(approved.status).toBe(200);
      const { oneTimePassword: rest } = approved.body;
      for (const half of [first, rest]) {
        expect(codeOf(await signIn('li.si', String(half)))).toEqual([401, 'sign_in_refused']);
      }
      expect((await signIn('li.si', `${first}${rest}`)).body.mustChangePassword).toBe(true);
      expect(codeOf(await approve(act.id, second))).toEqual([409, 'act_not_pending']);
      expect(await acts(auditor.headers)).toEqual([]);
    },
  );

  it("a reviewer's password is reset by both admins, and the old one is valid until then", async () => {
    const proposed = await post(`clerks/${reviewer.id}/password`, {}, admin.headers);
    expect(proposed.status).toBe(202);
    expect((await get('worklist', reviewer.headers)).status).toBe(200);
    const approved = await approve(proposed.body.act.id, second);
    expect(codeOf(await get('worklist', reviewer.headers))).toEqual([401, 'not_signed_in']);
    const whole = `${proposed.body.oneTimePassword}${approved.body.oneTimePassword}`;
    expect((await signIn(reviewer.login, whole)).status).toBe(201);
  });

  it("a reviewer's second factors are reset by both admins, which ends the sessions", async () => {
    await api.giveRecoveryCodes(reviewer.id);
    const proposed = await post(`clerks/${reviewer.id}/factor-reset`, {}, admin.headers);
    expect([proposed.status, proposed.body.oneTimePassword]).toEqual([202, undefined]);
    expect(codeOf(await approve(proposed.body.act.id, admin))).toEqual([409, 'needs_another_admin']);
    expect((await get('worklist', reviewer.headers)).status).toBe(200);
    const approved = await approve(proposed.body.act.id, second);
    expect([approved.status, approved.body]).toEqual([200, {}]);
    expect(codeOf(await get('worklist', reviewer.headers))).toEqual([401, 'not_signed_in']);
    expect((await signIn(reviewer.login, CLERK_PASSWORD)).body.secondFactors).toEqual([]);
  });

  it("a clerk's second factors are reset by one admin, and nobody resets their own", async () => {
    const clerk = await api.addClerk('clerk');
    await api.giveRecoveryCodes(clerk.id);
    expect((await post(`clerks/${clerk.id}/factor-reset`, {}, admin.headers)).status).toBe(204);
    expect(codeOf(await get('worklist', clerk.headers))).toEqual([401, 'not_signed_in']);
    const own = await post(`clerks/${admin.id}/factor-reset`, {}, admin.headers);
    expect(codeOf(own)).toEqual([403, 'not_on_oneself']);
  });

  it('an approval wants a second factor of the last five minutes', async () => {
    const { act } = (await post('clerks', account('reviewer'), admin.headers)).body;
    clock.now += 5 * 60_000 + 1;
    expect(codeOf(await approve(act.id, second))).toEqual([403, 'reauthentication_required']);
    expect(await roles()).toEqual(['admin', 'admin', 'auditor', 'reviewer']);
    const [code] = await api.giveRecoveryCodes(second.id);
    const shown = await post('second-factor', { kind: 'recovery-code', code }, second.headers);
    expect(shown.status).toBe(200);
    expect((await approve(act.id, second)).status).toBe(200);
  });

  it("one admin alone cannot reset the other's password", async () => {
    expect((await post(`clerks/${second.id}/password`, {}, admin.headers)).status).toBe(202);
    expect((await get('clerks', second.headers)).status).toBe(200);
  });

  it('both admins are needed to enable a reviewer again', async () => {
    const set = (state: string) => post(`clerks/${reviewer.id}/state`, { state }, admin.headers);
    expect((await set('disabled')).status).toBe(204);
    const proposed = await set('active');
    expect(proposed.status).toBe(202);
    expect(await roles()).not.toContain('reviewer');
    expect((await approve(proposed.body.act.id, second)).status).toBe(200);
    expect(await roles()).toContain('reviewer');
  });

  it('an act expires after a day, and ends when somebody withdraws it', async () => {
    const late = (await post('clerks', account('reviewer'), admin.headers)).body.act.id;
    clock.now += 24 * HOUR;
    const again = await api.addClerk('admin');
    expect(codeOf(await approve(late, again))).toEqual([409, 'act_not_pending']);
    const stopped = (await post('clerks', account('reviewer'), again.headers)).body.act.id;
    const watching = await api.addClerk('auditor');
    expect((await withdraw(stopped, watching)).status).toBe(204);
    expect(codeOf(await withdraw(stopped, watching))).toEqual([409, 'act_not_pending']);
    expect(codeOf(await approve(stopped, await api.addClerk('admin')))).toEqual([409, 'act_not_pending']);
  });

  it('a proposal by an admin who was disabled since has no effect', async () => {
    const { act } = (await post('clerks', account('reviewer'), admin.headers)).body;
    await post(`clerks/${admin.id}/state`, { state: 'disabled' }, second.headers);
    expect(codeOf(await approve(act.id, second))).toEqual([409, 'act_not_pending']);
  });

  it('disabling the other admin does not carry out the act that waits for them', async () => {
    const { act } = (await post('clerks', account('reviewer'), admin.headers)).body;
    await post(`clerks/${second.id}/state`, { state: 'disabled' }, admin.headers);
    expect(codeOf(await approve(act.id, admin))).toEqual([409, 'needs_another_admin']);
  });

  it('two simultaneous approvals create one account', async () => {
    const third = await api.addClerk('admin');
    const { act } = (await post('clerks', account('reviewer'), admin.headers)).body;
    const responses = await Promise.all([approve(act.id, second), approve(act.id, third)]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('the record shows every act with its result', async () => {
    const { act } = (await post('clerks', account('reviewer'), admin.headers)).body;
    await approve(act.id, admin);
    await approve(act.id, second);
    const rows = await api.store.knex('clerk_actions').where({ subject_id: act.id }).orderBy('id');
    expect(rows.map(({ clerk_id, action, result }) => [clerk_id, action, result])).toEqual([
      [admin.id, 'add-clerk', 'proposed'],
      [admin.id, 'approve-administrative-act', 'needs_another_admin'],
      [second.id, 'approve-administrative-act', 'done'],
    ]);
  });
});

describe('with one admin', () => {
  it('an act waits for 24 hours, visible to every auditor, before the admin can carry it out', async () => {
    const { act, oneTimePassword: first } = (await post('clerks', account('reviewer'), admin.headers)).body;
    expect(act.effectiveAt).toBe(new Date(clock.now + 24 * HOUR).toISOString());
    expect(await acts(auditor.headers)).toEqual([act]);
    clock.now += 24 * HOUR - 1000;
    const headers = await api.signInAgain(admin.login);
    const early = await post(`administrative-acts/${act.id}/approval`, {}, headers);
    expect([...codeOf(early), early.headers['retry-after']]).toEqual([409, 'act_not_yet', '1']);
    clock.now += 1000;
    const done = await post(`administrative-acts/${act.id}/approval`, {}, headers);
    expect(done.status).toBe(200);
    expect((await signIn('li.si', `${first}${done.body.oneTimePassword}`)).status).toBe(201);
  });

  it('an act that an auditor withdraws meanwhile has no effect', async () => {
    const { act } = (await post('clerks', account('reviewer'), admin.headers)).body;
    expect((await withdraw(act.id, auditor)).status).toBe(204);
    clock.now += 24 * HOUR;
    const headers = await api.signInAgain(admin.login);
    expect(codeOf(await post(`administrative-acts/${act.id}/approval`, {}, headers))).toEqual([
      409,
      'act_not_pending',
    ]);
  });

  it('a second admin who was added since has to approve', async () => {
    const { act } = (await post('clerks', account('reviewer'), admin.headers)).body;
    clock.now += 24 * HOUR;
    await api.addClerk('admin');
    const headers = await api.signInAgain(admin.login);
    expect(codeOf(await post(`administrative-acts/${act.id}/approval`, {}, headers))).toEqual([
      409,
      'needs_another_admin',
    ]);
  });
});
