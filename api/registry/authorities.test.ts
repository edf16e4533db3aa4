import request from 'supertest';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.end());

const contact = {
  name: '北京市朝阳区市场监督管理局',
  address: '试验路1号二层窗口',
  hours: '周一至周五 9:00—17:00',
  phone: '010-0000 0000',
};

function tell(code: string, body: object) {
  const path = `/api/registry/authorities/${code}`;
  return request(api.server)
    .put(path)
    .set(api.signed('PUT', path, body))
    .send(JSON.stringify(body));
}

const told = () => api.store.knex('authorities').select('registry', 'code', 'name', 'phone');

it('what a registration system tells about an authority replaces what it told before', async () => {
  const first = await tell('110105', contact);
  expect([first.status, first.body]).toEqual([200, contact]);
  const { name, phone } = contact;
  expect(await told()).toEqual([{ registry: 'test-registry', code: '110105', name, phone }]);
  const moved = { ...contact, name: '北京市朝阳区登记注册中心' };
  expect((await tell('110105', moved)).body).toEqual(moved);
  expect(await told()).toEqual([{ registry: 'test-registry', code: '110105', name: moved.name, phone }]);
  // A part of the authority that is its own.
  expect((await tell('110105001', contact)).status).toBe(200);
});

it.each(['310101', '110106', '110100'])(
  'it tells nothing about %s, which it does not serve',
  async (code) => {
    const before = await told();
    const { status, body } = await tell(code, contact);
    expect([status, body.error.code]).toEqual([403, 'authority_not_permitted']);
    expect(await told()).toEqual(before);
  },
);

it.each([
  ['a link', { address: '见 https://example.com' }, { path: 'address', code: 'text_has_link' }],
  ['hidden characters', { hours: '周一\u202e' }, { path: 'hours', code: 'text_has_hidden_characters' }],
  ['nothing', { name: ' ' }, { path: 'name', code: 'text_blank' }],
  ['another phone', { phone: '<010>' }, { path: 'phone', code: 'wrong_form' }],
  ['an unknown field', { fax: '010' }, { path: '', code: 'unknown_field' }],
])('it can’t be told with %s', async (_, change, issue) => {
  const { status, body } = await tell('110105', { ...contact, ...change });
  expect([status, body.error.issues]).toEqual([422, [issue]]);
});

it.each(['11010', '1101050000000', '11010x'])('%s is the code of no authority', async (code) => {
  expect((await tell(code, contact)).status).toBe(404);
});
