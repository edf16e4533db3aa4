import request from 'supertest';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

let api: TestApi;

beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.end());

const list = async ({ headers }: Clerk) =>
  (await request(api.server).get('/api/clerk/views').set(headers)).body.views;
const post = ({ headers }: Clerk, path: string, body: object) =>
  request(api.server).post(`/api/clerk/${path}`).set(headers).send(body);
const put = ({ headers }: Clerk, id: string, body: object) =>
  request(api.server).put(`/api/clerk/views/${id}`).set(headers).send(body);

const view = {
  name: '超时件',
  filter: { cause: 'in-person', due: 'overdue', assigned: 'nobody' },
  columns: ['caseNumber', 'cause', 'dueAt'],
  sort: 'priority',
};

describe('a saved view', () => {
  it('is the own one, or shared within an entry of the scope', async () => {
    const owner = await api.addClerk('clerk', ['1101', 'national']);
    const colleague = await api.addClerk('reviewer', ['1101']);
    const elsewhere = await api.addClerk('clerk', ['31']);
    const own = (await post(owner, 'views', view)).body.id;
    const shared = (await post(owner, 'views', { ...view, name: '共用', sharedWith: '1101' })).body.id;
    expect(await list(owner)).toEqual(
      expect.arrayContaining([
        { ...view, id: own, isOwn: true },
        { ...view, id: shared, name: '共用', sharedWith: '1101', isOwn: true },
      ]),
    );
    expect(await list(colleague)).toEqual([
      { ...view, id: shared, name: '共用', sharedWith: '1101', isOwn: false },
    ]);
    expect(await list(elsewhere)).toEqual([]);
  });

  it('is changed and removed by its owner alone', async () => {
    const owner = await api.addClerk('clerk', ['1101']);
    const colleague = await api.addClerk('clerk', ['1101']);
    const { id } = (await post(owner, 'views', { ...view, sharedWith: '1101' })).body;
    expect((await put(colleague, id, view)).status).toBe(404);
    expect((await post(colleague, `views/${id}/removal`, {})).status).toBe(404);
    expect((await put(owner, id, { ...view, name: '改名' })).status).toBe(200);
    expect((await list(owner))[0].name).toBe('改名');
    expect(await list(colleague)).toEqual([]);
    expect((await post(owner, `views/${id}/removal`, {})).status).toBe(204);
    expect(await list(owner)).toEqual([]);
  });

  it.each([
    [{ name: '' }, 'name', 'text_blank'],
    [{ name: 'a\nb' }, 'name', 'text_has_hidden_characters'],
    [{ name: '长'.repeat(61) }, 'name', 'too_big'],
    [{ columns: [] }, 'columns', 'too_small'],
    [{ columns: ['cause', 'cause'] }, 'columns', 'column_repeated'],
    [{ columns: ['name'] }, 'columns.0', 'not_a_choice'],
    [{ sort: 'name' }, 'sort', 'not_a_choice'],
    [{ filter: { cause: 'nothing' } }, 'filter.cause', 'not_a_choice'],
    [{ filter: { name: '张三' } }, 'filter', 'unknown_field'],
    [{ sharedWith: '31' }, 'sharedWith', 'not_in_scope'],
  ])('is not %j', async (change, path, code) => {
    const owner = await api.addClerk('clerk', ['1101']);
    const { status, body } = await post(owner, 'views', { ...view, ...change });
    expect([status, body.error.issues]).toEqual([422, [{ path, code }]]);
    expect(await list(owner)).toEqual([]);
  });

  it('is one of thirty', async () => {
    const owner = await api.addClerk('clerk', ['1101']);
    const made = [];
    for (let n = 0; n < 30; n += 1) made.push((await post(owner, 'views', view)).body.id);
    expect((await post(owner, 'views', view)).body.error.code).toBe('too_many_views');
    expect((await put(owner, made[0], { ...view, name: '改名' })).status).toBe(200);
  });
});

describe('the worklist', () => {
  it('is within the scope, and goes on after a place of its own only', async () => {
    const clerk = await api.addClerk('clerk', ['1101']);
    const get = async (query: string) =>
      (await request(api.server).get(`/api/clerk/worklist${query}`).set(clerk.headers)).body;
    expect(await get('')).toEqual({ entries: [], clerks: [] });
    expect(await get('?authority=110105&assigned=nobody&due=overdue&waitingHours=4')).toEqual({
      entries: [],
      clerks: [],
    });
    for (const [query, path, code] of [
      ['?authority=11', 'query.authority', 'not_in_scope'],
      ['?authority=national', 'query.authority', 'not_in_scope'],
      ['?authority=31', 'query.authority', 'not_in_scope'],
      ['?after=nowhere', 'query.after', 'wrong_form'],
      ['?waitingHours=0', 'query.waitingHours', 'wrong_form'],
    ])
      expect([query, (await get(query!)).error.issues]).toEqual([query, [{ path, code }]]);
    expect(await get('/counts')).toEqual({ counts: [] });
    const searches = await api.store.knex('clerk_actions').where({ result: 'done' }).pluck('subject_id');
    expect(searches).toContain('any authority:110105 assigned:nobody due:overdue waitingHours:4');
  });
});
