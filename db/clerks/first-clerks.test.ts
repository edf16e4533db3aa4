import type { ClerkRole } from '../../domain/clerks';
import { freshStore } from '../../test/setup/api';
import { setClerkState } from './clerks';
import { addFirstClerks } from './first-clerks';
import type { Store } from '../store/store';

let store: Store;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ store, end } = await freshStore());
});
afterAll(() => end());

const now = new Date('2026-03-01T04:00:00Z');
const clerk = (login: string, role: ClerkRole) => ({
  ...{ login, name: '测试经办', role, scope: ['11'] },
  password: 'correct horse battery staple',
});
const add = (...clerks: ReturnType<typeof clerk>[]) => addFirstClerks(store.knex, clerks, now);
const idOf = async (login: string) => (await store.knex('clerks').where({ login }).first('id'))!.id;

it('makes what a system without an admin needs, once, with one-time passwords, and records it', async () => {
  const all = [
    clerk('first.clerk', 'clerk'),
    clerk('first.reviewer', 'reviewer'),
    clerk('first.admin', 'admin'),
  ];
  expect(await add(...all)).toBe(3);
  expect(await add(...all)).toBe(0);
  expect(await store.knex('clerks').where({ must_change_password: 1 }).select('id')).toHaveLength(3);
  expect(await store.knex('clerk_actions').orderBy('id').select('clerk_id', 'action', 'result')).toEqual(
    all.map(() => ({ clerk_id: null, action: 'add-first-clerk', result: 'done' })),
  );
});

it('makes nobody where there is an active admin, and says who does', async () => {
  await expect(add(clerk('another.reviewer', 'reviewer'))).rejects.toMatchObject({ code: 'admin_present' });
  await setClerkState(store.knex, await idOf('first.admin'), 'disabled');
  expect(await add(clerk('another.admin', 'admin'))).toBe(1);
  await expect(add(clerk('a.clerk', 'clerk'))).rejects.toMatchObject({ code: 'admin_present' });
  expect(await store.knex('clerks').where({ login: 'another.reviewer' }).select('id')).toEqual([]);
});
