import request from 'supertest';
import { METRICS_TOKEN, startApi } from '../test/setup/api';
import type { ClerkHeaders, TestApi } from '../test/setup/api';
import { consentTo } from '../test/setup/consents';
import { clerkActions } from '../domain/clerk-actions';
import { clerkRoles, hasRight } from '../domain/clerks';
import type { ClerkRole } from '../domain/clerks';
import { CSRF_HEADER } from './clerk/session-cookie';
import type { ClerkRoute, Route } from './define-route';
import { errorsOf } from './declared-errors';
import { describeApi } from './docs';
import { clerkMessageOf } from '../texts/user-messages';
import { routesOf } from './routes';

// Only the list is read: nothing is called.
const routes = routesOf({} as never);
const name = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;
const by = (...audiences: Route['audience'][]) =>
  routes.filter(({ audience }) => audiences.includes(audience));
const ofMiniApp = by('mini-app', 'journey-holder');

const JOURNEY = 'journey-00000000000000000000000000000001';
const PARAMETERS: Record<string, string> = {
  id: JOURNEY,
  clerkId: '00000000-0000-4000-8000-000000000002',
  certifyId: 'certify-1',
  toDoId: '00000000-0000-4000-8000-000000000001',
  externalId: 'M-1',
  registry: 'test-registry',
  proposal: 'a'.repeat(64),
  batch: 'c'.repeat(64),
  flag: '00000000-0000-4000-8000-000000000003',
  kind: 'face-check',
  view: '00000000-0000-4000-8000-000000000006',
  act: '00000000-0000-4000-8000-000000000004',
  complaint: '00000000-0000-4000-8000-000000000005',
  sha256: 'a'.repeat(64),
  code: '110105',
  matter: `matter-${'0'.repeat(32)}`,
  reference: 'P-1',
  evidence: '20260101-AAAAAAAAAA',
  token: '0'.repeat(32),
  number: '20260301-ZZZZZZZZZZ',
  sessionId: 'b'.repeat(64),
  passkey: '00000000-0000-4000-8000-000000000007',
};
const pathOf = ({ path }: Route) =>
  path.replaceAll(/:(\w+)/g, (_, parameter: string) => PARAMETERS[parameter]!);

/** Bodies with which each route with a body would go on. */
const savedView = { name: '我的', filter: {}, columns: ['cause'], sort: 'priority' };
const bodies: Record<string, object> = {
  ...{ claim: {}, renewal: {}, release: {}, next: {}, removal: {}, views: savedView, ':view': savedView },
  ...{ 'hand-over': { to: 'nobody' }, escalation: { to: 'reviewers' }, snooze: { until: null } },
  notes: { text: '已电话联系' },
  ...{ person: { reason: 'complaint' }, portraits: { reason: 'complaint' }, search: { number: 'M-1' } },
  'person-search': {
    ...{ reason: 'complaint', documentType: 'resident-id', name: '沙箱甲' },
    documentNumber: '110101199003070011',
  },
  decisions: { revision: 1, decision: 'retry', reason: 'check-once-more' },
  preview: { filter: {}, decision: 'retry' },
  batches: {
    ...{ decision: 'retry', reason: 'check-once-more' },
    items: [{ journey: `journey-${'0'.repeat(32)}`, revision: 1 }],
  },
  run: {},
  'face-checks': { revision: 1, consent: consentTo('face-check') },
  'bank-card-checks': {
    revision: 1,
    cardNumber: '6200000000000005',
    consent: consentTo('bank-card-check'),
  },
  'portrait-review': { revision: 1, decision: 'confirm' },
  consents: consentTo('personal-information'),
  complaints: { kind: 'complaint', text: '页面打不开' },
  answer: { text: '已处理' },
  replay: {},
  invitation: {},
  'import-preview': { csv: '' },
  'recovery-codes': {},
  confirmation: { revision: 1, textHash: 'a'.repeat(64) },
  refusal: { revision: 1, reason: 'not-me' },
  signature: { revision: 1, strokes: [[[1, 1, 0]]], width: 100, height: 100, liabilityVersion: '2026-3' },
};
const bodyOf = ({ path }: Route) => bodies[path.split('/').at(-1)!] ?? { revision: 1 };
const isOfClerks = (route: Route): route is ClerkRoute => route.audience === 'clerk';
const ofClerks = routes.filter(isOfClerks).map((route) => [name(route), route] as const);

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.end());

function send(route: Route, headers: Record<string, string> = {}) {
  const call = request(api.server)[route.method](pathOf(route)).set(headers);
  return route.method === 'get' ? call : call.send(bodyOf(route));
}

test('there are routes for every audience, and the open ones are known by name', () => {
  expect([...by('public'), ...by('visitor'), ...by('clerk-visitor')].map(name)).toEqual([
    'POST /api/evidence-verifications',
    'GET /api/channels/h5',
    'GET /api/channels/alipay',
    'GET /api/document-types',
    'GET /api/support',
    'GET /api/support/qr-code',
    'GET /api/legal-texts/:kind',
    'GET /log/checkpoint',
    'GET /log/keys',
    'GET /log/tile/entries/*tile',
    'GET /log/tile/:level/*tile',
    'GET /log/inclusion',
    'GET /log/consistency',
    'GET /log/time-stamp',
    'GET /.well-known/jwks.json',
    'GET /health/live',
    'GET /health/serving',
    'GET /health/ready',
    'POST /api/sessions',
    'POST /api/clerk/sessions',
    'GET /api/clerk/identity-provider',
    'POST /api/clerk/provider-sign-ins',
    'POST /api/clerk/provider-sign-ins/answer',
  ]);
  expect(ofMiniApp.length).toBeGreaterThan(10);
  expect(by('registration-system').length).toBe(13);
  expect(ofClerks.length).toBeGreaterThan(5);
});

test.each(ofMiniApp.map((route) => [name(route), route] as const))('%s needs a session', async (_, route) => {
  for (const headers of [{}, { authorization: 'Bearer x' }, { authorization: `Bearer ${'a'.repeat(43)}` }]) {
    const { status, body } = await send(route, headers as Record<string, string>);
    expect([status, body.error.code]).toEqual([401, 'not_signed_in']);
  }
});

test.each(by('registration-system').map((route) => [name(route), route] as const))(
  '%s needs a signature, and a session is none',
  async (_, route) => {
    const authorization = `Bearer ${await api.signIn('someone')}`;
    const { status, body } = await send(route, { authorization });
    expect([status, body.error.code]).toEqual([401, 'request_not_verified']);
  },
);

const ofOperators = by('operator');

test('there is something for operators', () => {
  expect(ofOperators.map(name)).toEqual(['GET /metrics']);
});

test.each(ofOperators.map((route) => [name(route), route] as const))(
  "%s needs the operators' token, and a session is none",
  async (_, route) => {
    const session = await api.signIn('someone');
    for (const shown of ['', 'Bearer ', METRICS_TOKEN, `Bearer ${METRICS_TOKEN}x`, `Bearer ${session}`]) {
      const { status, body } = await send(route, { authorization: shown });
      expect([shown, status, body.error.code]).toEqual([shown, 401, 'not_signed_in']);
    }
    expect((await send(route)).status).toBe(401);
    expect((await send(route, { authorization: `Bearer ${METRICS_TOKEN}` })).status).toBe(200);
  },
);

test('what is for operators is not there where no token is configured', async () => {
  const closed = await startApi({ metricsToken: undefined });
  for (const route of ofOperators) {
    for (const authorization of ['', 'Bearer undefined', `Bearer ${METRICS_TOKEN}`]) {
      const call = request(closed.server)[route.method](pathOf(route));
      const { status, body } = await call.set({ authorization });
      expect([name(route), status, body.error.code]).toEqual([name(route), 404, 'not_found']);
    }
  }
  await closed.end();
});

const underJourney = routes.filter(({ path }) => path.startsWith('/api/journeys/:id'));

test('what is under a journey is for who holds it', () => {
  expect(underJourney.length).toBeGreaterThan(10);
  expect(new Set(underJourney.map(({ audience }) => audience))).toEqual(new Set(['journey-holder']));
});

/** Signs somebody in, who from then on holds the journey. */
async function hold(openId: string): Promise<string> {
  const authorization = `Bearer ${await api.signIn(openId)}`;
  const account = api.pseudonyms.account('alipay', openId);
  const session = await api.store
    .knex('sessions')
    .where({ account })
    .orderBy('created_at', 'desc')
    .first('id');
  const journey = {
    ...{ id: JOURNEY, account, person_key: 'b'.repeat(64), document_type: 'resident-id' as const },
    ...{
      session_id: session!.id,
      entered_by: 'c'.repeat(64),
      entered_anew: 1 as const,
      step: 'to-dos' as const,
    },
    ...{ allowed: '[]', codes: '[]', revision: 1, started_at: new Date(), updated_at: new Date() },
  };
  await api.store.knex('journeys').insert(journey).onConflict().merge();
  return authorization;
}

test.each(underJourney.map((route) => [name(route), route] as const))(
  "%s does not know another's journey, and moves nothing",
  async (_, route) => {
    await hold('owner');
    const payload = api.commands.length;
    // Another account, and the same account in another session.
    for (const openId of ['stranger', 'owner']) {
      const authorization = `Bearer ${await api.signIn(openId)}`;
      const { status, body } = await send(route, { authorization, 'idempotency-key': 'command-1' });
      expect([status, body.error.code]).toEqual([404, 'not_found']);
    }
    expect(api.commands.length).toBe(payload);
  },
);

test('what is under /api/clerk is for clerks, each action by a name of its own', () => {
  const under = routes.filter(({ path }) => path.startsWith('/api/clerk/'));
  expect(under.filter(({ audience }) => !audience.startsWith('clerk')).map(name)).toEqual([]);
  const actions = under.map(({ action }) => action);
  expect(new Set(actions).size).toBe(actions.length);
  // The first accounts are made by no route.
  expect(clerkActions.filter((action) => !actions.includes(action))).toEqual(['add-first-clerk']);
  for (const action of clerkActions) expect(action).toMatch(/^[a-z][a-z-]{1,39}$/);
});

test('a route for clerks without a right, or without a name for what they do, does not compile', () => {
  const route = {
    method: 'get',
    path: '/api/clerk/x',
    summary: '',
    responses: {},
    handle: async () => ({}),
  } as const;
  // @ts-expect-error there is no right
  const open: ClerkRoute = { ...route, audience: 'clerk', action: 'see-session' };
  // @ts-expect-error there is no action
  const unseen: ClerkRoute = { ...route, audience: 'clerk', right: 'see' };
  expect([open.right, unseen.action]).toEqual([undefined, undefined]);
});

/** The record of the last call. */
const lastAction = async () => await api.store.knex('clerk_actions').orderBy('id', 'desc').first();

const clerks = new Map<ClerkRole, { id: string; headers: ClerkHeaders }>();
const clerkOf = async (role: ClerkRole) => {
  const clerk = clerks.get(role) ?? (await api.addClerk(role));
  clerks.set(role, clerk);
  return clerk;
};

test.each(ofClerks)('%s needs the session of a clerk, and the mini-program has none', async (_, route) => {
  const authorization = `Bearer ${await api.signIn('someone')}`;
  const { headers } = await clerkOf('clerk');
  const odd = [
    {},
    { authorization },
    { cookie: 'clerk_session=x' },
    { cookie: `clerk_session=${'a'.repeat(43)}` },
  ];
  const before = await lastAction();
  for (const shown of odd) {
    const { status, body } = await send(route, { ...headers, cookie: '', ...shown } as Record<
      string,
      string
    >);
    expect([status, body.error.code]).toEqual([401, 'not_signed_in']);
  }
  expect(await lastAction()).toEqual(before);
});

test('no refusal speaks to a clerk as to the person at the phone', async () => {
  const { headers } = await clerkOf('clerk');
  const refused = await request(api.server)
    .get('/api/clerk/session')
    .set({ ...headers, cookie: '' });
  expect(refused.body.error.message).toBe('登录已失效，请重新登录。');
  const codes = new Set(by('clerk', 'clerk-visitor').flatMap(errorsOf));
  expect(codes.size).toBeGreaterThan(50);
  const said = [...codes].filter((code) => /小程序|支付宝|重新录入信息/.test(clerkMessageOf(code)));
  expect(said).toEqual([]);
});

test.each(ofClerks)('%s is refused to roles without its right, and that is recorded', async (_, route) => {
  const without = clerkRoles.filter((role) => !hasRight(role, route.right));
  // All roles share the rights on their own account, and no others.
  const isOwn = route.right.startsWith('own-');
  expect([route.right, without.length > 0]).toEqual([route.right, !isOwn]);
  for (const role of without) {
    const { id, headers } = await clerkOf(role);
    const { status, body } = await send(route, headers);
    expect([role, status, body.error.code]).toEqual([role, 403, 'not_your_right']);
    const { action } = route;
    expect(await lastAction()).toMatchObject({ clerk_id: id, action, result: 'not_your_right' });
  }
});

test.each(ofClerks.filter(([, { method }]) => method !== 'get'))(
  '%s needs the token against CSRF of this session',
  async (_, route) => {
    const [role] = clerkRoles.filter((one) => hasRight(one, route.right));
    const { id, headers } = await clerkOf(role!);
    const another = await api.addClerk(role!);
    for (const shown of ['', 'x', another.headers[CSRF_HEADER]]) {
      const { status, body } = await send(route, { ...headers, [CSRF_HEADER]: shown });
      expect([status, body.error.code]).toEqual([403, 'csrf_missing']);
      expect(await lastAction()).toMatchObject({ clerk_id: id, result: 'csrf_missing' });
    }
  },
);

test.each(ofClerks)(
  '%s is refused while the password is a one-time one, unless it is to end that',
  async (_, route) => {
    const [role] = clerkRoles.filter((one) => hasRight(one, route.right));
    const { id, headers } = await api.addClerk(role!);
    await api.store.knex('clerks').where({ id }).update({ must_change_password: 1 });
    const { body } = await send(route, headers);
    expect([name(route), body.error?.code === 'password_change_required']).toEqual([
      name(route),
      ![...TO_SIGN_IN, 'POST /api/clerk/password'].includes(name(route)),
    ]);
  },
);

const TO_SIGN_IN = [
  'GET /api/clerk/session',
  'POST /api/clerk/session/end',
  'POST /api/clerk/second-factor',
  'POST /api/clerk/second-factor/passkey-request',
];
const TO_ENROL = [
  'GET /api/clerk/factors',
  'POST /api/clerk/factors/totp-offer',
  'POST /api/clerk/factors/totp',
  'POST /api/clerk/factors/passkey-offer',
  'POST /api/clerk/factors/passkeys',
  'POST /api/clerk/factors/passkeys/:passkey/removal',
  'POST /api/clerk/password',
];
const TO_APPROVE = [
  'POST /api/clerk/journeys/:id/proposals/:proposal/review',
  'POST /api/clerk/administrative-acts/:act/approval',
  'POST /api/clerk/flags/:flag/review',
];
const STEPS = ['second_factor_required', 'reauthentication_required', 'password_change_required'];

const ofRoles = clerkRoles.flatMap((role) =>
  ofClerks
    .filter(([, { right }]) => hasRight(role, right))
    .map(([, route]) => [role, name(route), route] as const),
);
const SIX_MINUTES = 6 * 60_000;

/** The step of signing in that a call still wants; undefined if none. */
async function stepBefore(route: Route, headers: ClerkHeaders): Promise<string | undefined> {
  const call = send(route, { ...headers, 'idempotency-key': 'step' });
  // For a clerk with the right, the stream of events does not end.
  if (name(route) === 'GET /api/clerk/worklist/events') void call.timeout(300);
  const answer = await call.catch(() => undefined);
  const code = answer?.body.error?.code as string;
  return STEPS.includes(code) ? code : undefined;
}

test.each(ofRoles)(
  'as a %s, %s asks for a second factor, and for a fresh one where it approves or changes factors',
  async (role, named, route) => {
    const { id, headers } = await clerkOf(role);
    const [session] = await api.store.knex('clerk_sessions').where({ clerk_id: id });
    // A call may end it.
    const keep = (second_factor_at: Date | null) =>
      api.store
        .knex('clerk_sessions')
        .insert({ ...session!, second_factor_at })
        .onConflict()
        .merge();
    const stepAt = async (second_factor_at: Date | null) => {
      await keep(second_factor_at);
      return await stepBefore(route, headers);
    };
    const unless = (...names: string[]) => (names.includes(named) ? undefined : 'second_factor_required');
    const now = Date.now();
    await api.store.knex('clerk_recovery_codes').where({ clerk_id: id }).delete();
    expect(await stepAt(null)).toBe(unless(...TO_SIGN_IN, ...TO_ENROL));
    await api.giveRecoveryCodes(id);
    expect(await stepAt(null)).toBe(unless(...TO_SIGN_IN));
    const isFreshOne = TO_APPROVE.includes(named) || named.startsWith('POST /api/clerk/factors/');
    expect(await stepAt(new Date(now - SIX_MINUTES))).toBe(
      isFreshOne ? 'reauthentication_required' : undefined,
    );
    expect(await stepAt(new Date(now))).toBeUndefined();
    await keep(new Date(now));
  },
);

const repeatable = routes.filter(({ idempotent }) => idempotent);

test.each(repeatable.map((route) => [name(route), route] as const))(
  '%s needs an Idempotency-Key',
  async (_, route) => {
    const headers: Record<string, string> = isOfClerks(route)
      ? (await clerkOf(clerkRoles.find((role) => hasRight(role, route.right))!)).headers
      : { authorization: await hold('holder') };
    const { status, body } = await send(route, headers);
    expect([status, body.error.code]).toEqual([400, 'idempotency_key_missing']);
  },
);

test('no path with a parameter takes the requests that another path does not serve', () => {
  const methodsOf = (asked: string) =>
    routes.filter(({ path }) => path === asked).map(({ method }) => method);
  for (const { path } of routes.filter(({ path: fixed }) => !/[:*]/.test(fixed))) {
    const others = routes.filter(
      (other) => other.path !== path && new RegExp(`^${other.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(path),
    );
    for (const other of others)
      expect([path, methodsOf(path)]).toEqual([path, expect.arrayContaining([other.method])]);
  }
});

test('every route is in the description, with what keeps strangers out', () => {
  const { paths } = describeApi(routes) as { paths: Record<string, Record<string, { security?: object[] }>> };
  for (const { method, path, audience } of routes) {
    const operation = paths[path.replaceAll(/[:*](\w+)/g, '{$1}')]?.[method];
    expect([path, operation !== undefined]).toEqual([path, true]);
    const isOpen = ['public', 'visitor', 'clerk-visitor'].includes(audience);
    expect([path, operation?.security === undefined]).toEqual([path, isOpen]);
  }
});
