import request from 'supertest';
import { METRICS_TOKEN, startApi } from '../test/setup/api';
import type { TestApi } from '../test/setup/api';
import type { Route } from './define-route';
import { describeApi } from './docs';
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
  certifyId: 'certify-1',
  toDoId: '00000000-0000-4000-8000-000000000001',
  externalId: 'M-1',
  kind: 'face-check',
};
const pathOf = ({ path }: Route) =>
  path.replaceAll(/:([A-Za-z]+)/g, (_, parameter: string) => PARAMETERS[parameter]!);

/** Bodies with which each route with a body would go on. */
const consent = { kind: 'face-check', version: '2026-1' };
const bodies: Record<string, object> = {
  'face-checks': { revision: 1, consent },
  'bank-card-checks': {
    revision: 1,
    cardNumber: '6200000000000005',
    consent: { ...consent, kind: 'bank-card-check' },
  },
  'portrait-review': { revision: 1, decision: 'confirm' },
  consents: { kind: 'personal-information', version: '2026-1' },
  confirmation: { revision: 1, textHash: 'a'.repeat(64) },
  refusal: { revision: 1, reason: 'not-me' },
  signature: { revision: 1, strokes: [[[1, 1, 0]]], width: 100, height: 100 },
};
const bodyOf = ({ path }: Route) => bodies[path.split('/').at(-1)!] ?? { revision: 1 };

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
  expect([...by('public'), ...by('visitor')].map(name)).toEqual([
    'GET /api/document-types',
    'GET /api/support',
    'GET /api/legal-texts/:kind',
    'GET /health/live',
    'GET /health/ready',
    'POST /api/sessions',
  ]);
  expect(ofMiniApp.length).toBeGreaterThan(10);
  expect(by('registration-system').length).toBe(3);
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
    .first<{ id: string }>('id');
  const journey = {
    ...{ id: JOURNEY, account, person_key: 'b'.repeat(64), document_type: 'resident-id' },
    ...{ session_id: session.id, entered_by: 'c'.repeat(64), entered_anew: true, step: 'to-dos' },
    ...{ allowed: '[]', codes: '[]', revision: 1, started_at: new Date(), updated_at: new Date() },
  };
  await api.store.knex('journeys').insert(journey).onConflict().merge();
  return authorization;
}

test.each(underJourney.map((route) => [name(route), route] as const))(
  "%s does not know another's journey, and moves nothing",
  async (_, route) => {
    await hold('owner');
    const said = api.said.length;
    // Another account, and the same account in another session.
    for (const openId of ['stranger', 'owner']) {
      const authorization = `Bearer ${await api.signIn(openId)}`;
      const { status, body } = await send(route, { authorization, 'idempotency-key': 'tap-1' });
      expect([status, body.error.code]).toEqual([404, 'not_found']);
    }
    expect(api.said.length).toBe(said);
  },
);

test.each(routes.filter(({ idempotent }) => idempotent).map((route) => [name(route), route] as const))(
  '%s needs an Idempotency-Key',
  async (_, route) => {
    const authorization = await hold('holder');
    const { status, body } = await send(route, { authorization });
    expect([status, body.error.code]).toEqual([400, 'idempotency_key_missing']);
  },
);

test('every route is in the description, with what keeps strangers out', () => {
  const { paths } = describeApi(routes) as { paths: Record<string, Record<string, { security?: object[] }>> };
  for (const { method, path, audience } of routes) {
    const operation = paths[path.replaceAll(/:([A-Za-z]+)/g, '{$1}')]?.[method];
    expect([path, operation !== undefined]).toEqual([path, true]);
    const isOpen = audience === 'public' || audience === 'visitor';
    expect([path, operation?.security === undefined]).toEqual([path, isOpen]);
  }
});
