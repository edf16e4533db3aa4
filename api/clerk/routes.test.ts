import request from 'supertest';
import { REFUSAL_STEP_MS } from '../../domain/sign-in-throttle';
import { CLERK_PASSWORD, METRICS_TOKEN, startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;
let admin: Awaited<ReturnType<TestApi['addClerk']>>;

beforeAll(async () => {
  api = await startApi();
  admin = await api.addClerk('admin');
});
afterAll(() => api.end());

type Headers = Record<string, string>;
const get = (path: string, headers: Headers) => request(api.server).get(`/api/clerk/${path}`).set(headers);
const post = (path: string, body: object, headers: Headers = {}) =>
  request(api.server).post(`/api/clerk/${path}`).set(headers).send(body);
const signIn = (login: string, password = CLERK_PASSWORD) => post('sessions', { login, password });
const codeOf = ({ status, body }: request.Response) => [status, body.error?.code];

const record = async (changes: object = {}) =>
  await api.store.knex('clerk_actions').where(changes).orderBy('id', 'desc').select('*');

describe('a session', () => {
  it('comes with the sign-in, as a cookie for these paths only, and goes with the sign-out', async () => {
    const { id, login } = await api.addClerk('clerk', ['national', '1101']);
    const entered = await signIn(login);
    expect(entered.status).toBe(201);
    const { csrfToken, mustChangePassword, secondFactors, expiresAt } = entered.body;
    expect(secondFactors).toEqual([]);
    const clerk = { id, login, name: '测试经办', role: 'clerk', scope: ['1101', 'national'] };
    expect(entered.body).toEqual({ csrfToken, clerk, mustChangePassword, secondFactors, expiresAt });
    const [cookie] = entered.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^clerk_session=[\w-]{43}; Path=\/api\/clerk; HttpOnly; SameSite=Strict$/);

    const shown = { cookie: cookie!.split(';')[0]!, 'x-csrf-token': String(csrfToken) };
    const session = await get('session', shown);
    expect([session.status, session.body]).toEqual([200, entered.body]);
    const left = await post('session/end', {}, shown);
    expect([left.status, left.headers['set-cookie']]).toEqual([
      204,
      ['clerk_session=; Max-Age=0; Path=/api/clerk; HttpOnly; SameSite=Strict'],
    ]);
    expect(codeOf(await get('session', shown))).toEqual([401, 'not_signed_in']);
    expect((await record({ clerk_id: id })).map(({ action, result }) => [action, result])).toEqual([
      ['sign-out', 'done'],
      ['see-session', 'done'],
      ['sign-in', 'done'],
    ]);
  });

  it('goes over TLS only where we are reached by it', async () => {
    const secure = await startApi({ publicUrl: 'https://identity.example' });
    const { login } = await secure.addClerk('clerk');
    const entered = await request(secure.server)
      .post('/api/clerk/sessions')
      .send({ login, password: CLERK_PASSWORD });
    await secure.end();
    expect(entered.headers['set-cookie']?.[0]).toMatch(/; SameSite=Strict; Secure$/);
  });

  it('is refused by one answer for an unknown login, a wrong password and a disabled account', async () => {
    const [wrong, disabled] = [await api.addClerk('clerk'), await api.addClerk('clerk')];
    await post(`clerks/${disabled.id}/state`, { state: 'disabled' }, admin.headers);
    const responses = [
      await signIn('nobody'),
      await signIn(wrong.login, 'wrong'),
      await signIn(disabled.login),
    ];
    const [first, ...others] = responses.map(({ status, headers, body: { error } }) => ({
      ...{ status, cookie: headers['set-cookie'] },
      ...{ code: error.code, message: error.message, keys: Object.keys(error as object) },
    }));
    expect(first).toMatchObject({ status: 401, code: 'sign_in_refused', cookie: undefined });
    for (const other of others) expect(other).toEqual(first);
    // The record has what the response leaves out.
    const tried = (await record({ action: 'sign-in', result: 'sign_in_refused' })).slice(0, 2);
    expect(tried.map(({ clerk_id }) => clerk_id)).toEqual([disabled.id, wrong.id]);
  });

  it('under no known login fills neither record nor log, and is counted', async () => {
    const leaves = async () => {
      const [row] = await api.store.knex('log_waiting').count<{ count: number }[]>({ count: '*' });
      return [Number(row?.count), (await record({ clerk_id: null })).length];
    };
    const before = await leaves();
    await signIn('nobody-knows');
    await signIn('Not A Login');
    await get('identity-provider?more=1', {});
    expect(await leaves()).toEqual(before);
    const { text } = await request(api.server)
      .get('/metrics')
      .set({ authorization: `Bearer ${METRICS_TOKEN}` });
    for (const tried of [
      'action="sign-in",result="sign_in_refused"',
      'action="sign-in",result="invalid"',
      'action="ask-for-identity-provider",result="invalid"',
    ])
      expect(text).toContain(`clerk_visits_without_account_total{${tried}}`);
    const { login } = await api.addClerk('clerk');
    await signIn(login, 'wrong');
    expect(await leaves()).toEqual([before[0]! + 1, before[1]]);
  });

  it('leaves at the same time, whether the login exists or not', async () => {
    const { login } = await api.addClerk('clerk');
    for (const tried of ['nobody-else', login]) {
      const began = performance.now();
      expect((await signIn(tried, 'wrong')).status).toBe(401);
      expect([tried, performance.now() - began >= REFUSAL_STEP_MS]).toEqual([tried, true]);
    }
  });

  it('is counted with the sign-ins of the mini-program, by address', async () => {
    const narrow = await startApi({
      rate: {
        ...{ requestsPerMinutePerAddress: 100, requestsPerMinutePerSession: 2 },
        requestsPerMinutePerKey: 100,
      },
    });
    const { headers, login } = await narrow.addClerk('clerk');
    await request(narrow.server).post('/api/clerk/sessions').send({ login, password: 'wrong' });
    const [row] = await narrow.store.knex('rate_limits').select('key', 'points');
    expect(row).toEqual({ key: expect.stringMatching(/^sign-in:/), points: 1 });
    const ask = () => request(narrow.server).get('/api/clerk/session').set(headers);
    const responses = [await ask(), await ask(), await ask()];
    await narrow.end();
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 429]);
  });
});

describe('the own password', () => {
  it.each([
    [{ current: 'wrong', next: 'another horse battery' }, 422, 'password_wrong'],
    [{ current: CLERK_PASSWORD, next: 'short' }, 422, 'invalid'],
    [{ current: CLERK_PASSWORD }, 422, 'invalid'],
  ])('is not changed by %j', async (body, status, code) => {
    const { login, headers } = await api.addClerk('clerk');
    expect(codeOf(await post('password', body, headers))).toEqual([status, code]);
    expect((await signIn(login)).status).toBe(201);
    expect((await get('session', headers)).status).toBe(200);
  });

  it('is changed with the current one, which ends all sessions', async () => {
    const { login, headers } = await api.addClerk('auditor');
    const next = 'another horse battery';
    expect((await post('password', { current: CLERK_PASSWORD, next }, headers)).status).toBe(204);
    expect(codeOf(await get('session', headers))).toEqual([401, 'not_signed_in']);
    expect(codeOf(await signIn(login))).toEqual([401, 'sign_in_refused']);
    expect((await signIn(login, next)).status).toBe(201);
  });

  it('may not hold the login, and that is said without either', async () => {
    const { login, headers } = await api.addClerk('clerk');
    const answer = await post('password', { current: CLERK_PASSWORD, next: `my-${login}-x` }, headers);
    expect(answer.body.error.issues).toEqual([{ path: 'next', code: 'password_contains_login' }]);
    expect(JSON.stringify([answer.body, api.log])).not.toContain(login);
  });
});

describe('accounts', () => {
  const account = {
    login: 'li.si',
    name: '李四',
    role: 'clerk',
    scope: ['11', '11'],
  };

  it('are made by an admin, once for a login, and come in with what was given', async () => {
    const made = await post('clerks', account, admin.headers);
    expect(made.status).toBe(201);
    expect(codeOf(await post('clerks', account, admin.headers))).toEqual([409, 'login_taken']);
    const { id, oneTimePassword } = made.body;
    expect(await record({ clerk_id: admin.id, action: 'add-clerk' })).toMatchObject([
      { result: 'login_taken', subject_id: null },
      { result: 'done', subject_kind: 'clerk', subject_id: id },
    ]);
    const { clerks } = (await get('clerks', admin.headers)).body;
    expect(clerks).toContainEqual({
      ...{ id, login: 'li.si', name: '李四', role: 'clerk', scope: ['11'] },
      ...{ state: 'active', createdAt: expect.stringMatching(/Z$/) },
    });
    expect(JSON.stringify(clerks)).not.toContain('argon2');
    expect((await signIn('li.si', oneTimePassword as string)).body.clerk).toMatchObject({
      id,
      scope: ['11'],
    });
  });

  it.each<[object, object[]]>([
    [{ login: 'Li Si' }, [{ path: 'login', code: 'login_form' }]],
    [{ name: '' }, [{ path: 'name', code: 'name_missing' }]],
    [{ role: 'boss' }, [{ path: 'role', code: 'not_a_choice' }]],
    [{ scope: ['beijing'] }, [{ path: 'scope.0', code: 'scope_form' }]],
    [{ extra: 1 }, [{ path: '', code: 'unknown_field' }]],
  ])('with %j are refused', async (change, issues) => {
    const { status, body } = await post('clerks', { ...account, ...change }, admin.headers);
    expect([status, body.error.issues]).toEqual([422, issues]);
  });

  it('serve divisions, whose codes end where they are named, and single authorities', async () => {
    const scope = ['110000', '330100', '110105001', '1101050', '110105001000', 'national'];
    expect((await post('clerks', { ...account, login: 'of-many', scope }, admin.headers)).status).toBe(201);
    const { clerks } = (await get('clerks', admin.headers)).body as { clerks: { login: string }[] };
    expect(clerks.find(({ login }) => login === 'of-many')).toMatchObject({
      scope: ['11', '1101050', '110105001', '110105001000', '3301', 'national'],
    });
  });

  it('are disabled and let in again, which ends their sessions', async () => {
    const { id, login, headers } = await api.addClerk('clerk');
    const set = async (state: string) => (await post(`clerks/${id}/state`, { state }, admin.headers)).status;
    expect(await set('disabled')).toBe(204);
    expect(codeOf(await get('session', headers))).toEqual([401, 'not_signed_in']);
    expect(await set('active')).toBe(204);
    expect(codeOf(await get('session', headers))).toEqual([401, 'not_signed_in']);
    expect((await signIn(login)).status).toBe(201);
  });

  it('are given a new password by an admin', async () => {
    const { id, login } = await api.addClerk('clerk');
    const give = (body: object) => post(`clerks/${id}/password`, body, admin.headers);
    expect(codeOf(await give({ password: 'of my own choice' }))).toEqual([422, 'invalid']);
    const { status, body } = await give({});
    expect(status).toBe(200);
    expect(codeOf(await signIn(login))).toEqual([401, 'sign_in_refused']);
    expect((await signIn(login, String(body.oneTimePassword))).status).toBe(201);
    expect(await record({ action: 'set-clerk-password', subject_id: id })).toMatchObject([
      { clerk_id: admin.id, result: 'done' },
      { clerk_id: admin.id, result: 'invalid' },
    ]);
  });

  it.each([
    ['state', { state: 'disabled' }],
    ['password', {}],
  ])('of oneself have no other %s by this way, and unknown ones are not found', async (path, body) => {
    expect(codeOf(await post(`clerks/${admin.id}/${path}`, body, admin.headers))).toEqual([
      403,
      'not_on_oneself',
    ]);
    const unknown = '00000000-0000-4000-8000-00000000000a';
    expect(codeOf(await post(`clerks/${unknown}/${path}`, body, admin.headers))).toEqual([404, 'not_found']);
    expect((await get('session', admin.headers)).status).toBe(200);
  });
});

describe('the record', () => {
  it('is read newest first, by clerk, by subject and by page, and reading it is recorded', async () => {
    const auditor = await api.addClerk('auditor');
    const clerk = await api.addClerk('clerk');
    for (let time = 0; time < 3; time += 1) await get('session', clerk.headers);
    await post(`clerks/${clerk.id}/state`, { state: 'active' }, admin.headers);
    const read = async (query: string) =>
      (await get(`actions?${query}`, auditor.headers)).body.actions as { id: number; at: string }[];

    const own = await read(`clerk=${clerk.id}`);
    expect(own.map(({ id }) => id)).toEqual(own.map(({ id }) => id).sort((one, other) => other - one));
    expect(own).toMatchObject(
      Array.from({ length: 3 }, () => ({ clerk: clerk.id, login: clerk.login, action: 'see-session' })),
    );
    const after = `${Date.parse(own[1]!.at)}.${own[1]!.id}`;
    expect(await read(`clerk=${clerk.id}&after=${after}`)).toEqual(own.slice(2));
    expect(await read(`subject=${clerk.id}`)).toMatchObject([
      {
        clerk: admin.id,
        action: 'set-clerk-state',
        subject: { kind: 'clerk', id: clerk.id },
        result: 'done',
      },
    ]);
    expect(await read('')).toHaveLength(Math.min(100, (await record()).length - 1));
    const searches = await record({ clerk_id: auditor.id, action: 'search-actions' });
    expect(searches.map(({ subject_kind, subject_id }) => [subject_kind, subject_id])).toEqual([
      [null, null],
      ['search', `subject=${clerk.id}`],
      ['search', `clerk=${clerk.id}&after=${after}`],
      ['search', `clerk=${clerk.id}`],
    ]);
  });

  it('says what a refused call was about, and by which request', async () => {
    const { id } = await api.addClerk('clerk');
    const auditor = await api.addClerk('auditor');
    const answer = await post(`clerks/${id}/state`, { state: 'disabled' }, auditor.headers);
    expect(codeOf(answer)).toEqual([403, 'not_your_right']);
    expect(await record({ clerk_id: auditor.id })).toMatchObject([
      {
        ...{ action: 'set-clerk-state', subject_kind: 'clerk', subject_id: id, result: 'not_your_right' },
        request_id: answer.headers['x-request-id'],
      },
    ]);
  });

  it('is written before an answer, or there is no answer', async () => {
    const broken = await startApi();
    const { headers, login } = await broken.addClerk('admin');
    await broken.owner.raw('ALTER TABLE clerk_actions RENAME TO clerk_actions_away');
    const responses = [
      await request(broken.server).get('/api/clerk/clerks').set(headers),
      await request(broken.server)
        .post('/api/clerk/clerks')
        .set(headers)
        .send({ login: 'wang.wu', name: '王五', role: 'clerk', scope: [] }),
      await request(broken.server).post('/api/clerk/sessions').send({ login, password: CLERK_PASSWORD }),
    ];
    await broken.end();
    for (const { status, body, headers: answered } of responses) {
      expect([status, Object.keys(body as object), answered['set-cookie']]).toEqual([
        500,
        ['error'],
        undefined,
      ]);
    }
  });
});
