import request from 'supertest';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;
let admin: Awaited<ReturnType<TestApi['addClerk']>>;

beforeAll(async () => {
  api = await startApi();
  admin = await api.addClerk('admin');
});
afterAll(() => api.end());

const post = async (path: string, body: object) =>
  await request(api.server).post(`/api/clerk/${path}`).set(admin.headers).send(body);
const preview = async (csv: string) => (await post('clerks/import-preview', { csv })).body;
const HEAD = '登录名,姓名,角色,管辖范围\r\n';

it('says of each row what it would make, and makes nothing', async () => {
  const before = await api.store.knex('clerks').select('id');
  const { rows } = await preview(
    `\uFEFF${HEAD}wang.wu,王五,经办,110105 1101\r\n\r\n"zhao.liu","赵六",复核,11\r\nqian,钱七,clerk,\r\n`,
  );
  expect(rows).toEqual([
    {
      ...{ line: 2, cells: ['wang.wu', '王五', '经办', '110105 1101'], needsTwo: false, defects: [] },
      account: { login: 'wang.wu', name: '王五', role: 'clerk', scope: ['110105', '1101'] },
    },
    {
      ...{ line: 4, cells: ['zhao.liu', '赵六', '复核', '11'], needsTwo: true, defects: [] },
      account: { login: 'zhao.liu', name: '赵六', role: 'reviewer', scope: ['11'] },
    },
    {
      ...{ line: 5, cells: ['qian', '钱七', 'clerk', ''], needsTwo: false, defects: [] },
      account: { login: 'qian', name: '钱七', role: 'clerk', scope: [] },
    },
  ]);
  expect(await api.store.knex('clerks').select('id')).toEqual(before);
});

it.each([
  ['too,few', ['cells_wrong']],
  ['a,b,c,d,e', ['cells_wrong']],
  ['Wang Wu,王五,经办,11', ['login_form']],
  ['=cmd(),王五,经办,11', ['login_form']],
  ['wang.wu,=HYPERLINK(1),经办,11', ['name_form']],
  ['wang.wu,,经办,11', ['name_missing']],
  ['wang.wu,王五,局长,11', ['role_unknown']],
  ['wang.wu,王五,经办,朝阳区', ['scope_form']],
  ['W,,局长,1', ['login_form', 'name_missing', 'role_unknown', 'scope_form']],
])('a row %j makes no account: %j', async (line, defects) => {
  const { rows } = await preview(`${HEAD}${line}\n`);
  expect(rows).toEqual([{ line: 2, cells: line.split(','), defects }]);
});

it('is safe to repeat: what is there, or waits, or stands twice, is not made again', async () => {
  const csv = `${HEAD}first,甲某,经办,1101 11\nsecond,乙某,管理,\n${admin.login},丙某,经办,\nfirst,丁某,经办,11\n`;
  const { rows } = (await preview(csv)) as { rows: { account?: object; defects: string[] }[] };
  expect(rows.map(({ defects }) => defects)).toEqual([[], [], ['login_taken'], ['login_repeated']]);
  expect((await post('clerks', rows[0]!.account!)).status).toBe(201);
  expect((await post('clerks', rows[1]!.account!)).status).toBe(202);
  const again = (await preview(csv)) as { rows: typeof rows };
  expect(again.rows.slice(0, 2).map(({ defects }) => defects)).toEqual([['already_there'], ['login_waits']]);
  // Nor by the api itself.
  const repeated = await post('clerks', rows[1]!.account!);
  expect([repeated.status, repeated.body.error.code]).toEqual([409, 'login_waits']);
});

it.each([
  ['head_wrong', 'nothing', ''],
  ['head_wrong', 'no head', 'wang.wu,王五,经办,11\n'],
  ['empty', 'a head alone', HEAD],
  ['malformed', 'an open quote', `${HEAD}"wang.wu,王五,经办,11\n`],
  ['malformed', 'a line without an end', `${HEAD}${'x'.repeat(5_000)}`],
  ['not_utf8', 'another encoding', `${HEAD}wang.wu,\uFFFD\uFFFD,经办,11\n`],
  ['too_many_rows', 'too many rows', `${HEAD}${'wang.wu,王五,经办,11\n'.repeat(201)}`],
])('a file is refused as a whole: %s, for %s', async (defect, _, csv) => {
  expect(await preview(csv)).toEqual({ defect, rows: [] });
});

it('a file that is too large is refused', async () => {
  const { status, body } = await post('clerks/import-preview', { csv: 'x'.repeat(200_001) });
  expect([status, body.error.issues]).toEqual([422, [{ path: 'csv', code: 'too_big' }]]);
});

describe('sessions of another account', () => {
  it('are listed and ended by an admin, one or all, and that is recorded', async () => {
    const clerk = await api.addClerk('clerk');
    const second = await api.signInAgain(clerk.login);
    const path = `clerks/${clerk.id}/sessions`;
    const list = async () =>
      (await request(api.server).get(`/api/clerk/${path}`).set(admin.headers)).body.sessions as {
        id: string;
      }[];
    const session = async (headers: typeof second) =>
      (await request(api.server).get('/api/clerk/session').set(headers)).status;
    const [newest, oldest] = await list();
    expect(await list()).toHaveLength(2);
    expect((await post(`${path}/${oldest!.id}/end`, {})).status).toBe(204);
    expect((await post(`${path}/${oldest!.id}/end`, {})).status).toBe(404);
    expect((await list()).map(({ id }) => id)).toEqual([newest!.id]);
    expect((await post(`${path}/end`, {})).status).toBe(204);
    expect(await list()).toEqual([]);
    expect([await session(clerk.headers), await session(second)]).toEqual([401, 401]);
    const recorded = await api.store
      .knex('clerk_actions')
      .where({ clerk_id: admin.id, subject_id: clerk.id })
      .distinct('action');
    expect(recorded.map(({ action }) => action).sort()).toEqual([
      'end-session-of-clerk',
      'end-sessions-of-clerk',
      'list-sessions-of-clerk',
    ]);
  });

  it('are not the own ones, nor those of nobody', async () => {
    const own = await post(`clerks/${admin.id}/sessions/end`, {});
    expect([own.status, own.body.error.code]).toEqual([403, 'not_on_oneself']);
    const nobody = await post('clerks/00000000-0000-4000-8000-00000000000a/sessions/end', {});
    expect(nobody.status).toBe(404);
  });
});

it('an act says whose account it is about and who proposed it', async () => {
  const reviewer = await api.addClerk('reviewer', ['1101']);
  await post(`clerks/${reviewer.id}/factor-reset`, {});
  const { body } = await request(api.server).get('/api/clerk/administrative-acts').set(admin.headers);
  expect(body.acts).toContainEqual(
    expect.objectContaining({
      ...{ kind: 'reset-factors', clerk: reviewer.id },
      ...{ proposerLogin: admin.login, proposerName: '测试经办' },
      about: {
        ...{ id: reviewer.id, login: reviewer.login, name: '测试经办', role: 'reviewer', scope: ['1101'] },
        ...{ state: 'active', secondFactors: [] },
      },
    }),
  );
});

it('names every division of the mainland, and authorities of other codes as they were told', async () => {
  const told = { registry: 'r', address: '', hours: '', phone: '', updated_at: new Date() };
  await api.store.knex('authorities').insert([
    { ...told, code: '110105', name: '不用此名' },
    { ...told, code: '110199001', name: '示范园区分局' },
  ]);
  const { headers } = await api.addClerk('auditor');
  const { status, body } = await request(api.server).get('/api/clerk/authorities').set(headers);
  expect(status).toBe(200);
  const { divisions, others } = body as Record<'divisions' | 'others', Record<string, string>>;
  expect([divisions['11'], divisions['3301'], divisions['110105'], divisions['429004']]).toEqual([
    ...['北京市', '杭州市', '朝阳区', '仙桃市'],
  ]);
  expect(Object.keys(divisions).filter((code) => code.length === 2)).toHaveLength(31);
  // Each has the divisions above it.
  for (const code of Object.keys(divisions)) expect(divisions[code.slice(0, -2) || code]).toBeDefined();
  expect(others).toEqual({ '110199001': '示范园区分局' });
});
