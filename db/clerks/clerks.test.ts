import { NATIONAL } from '../../domain/clerks';
import type { ClerkRole } from '../../domain/clerks';
import { freshStore } from '../../test/setup/api';
import type { FreshStore } from '../../test/setup/api';
import { addClerk, listClerks, listReviewers, setClerkPassword, setClerkState } from './clerks';
import type { Store } from '../store/store';

let store: Store;
let owner: FreshStore['owner'];
let end: () => Promise<void>;

const now = new Date('2026-03-01T04:00:00Z');

beforeAll(async () => {
  ({ store, owner, end } = await freshStore());
});
beforeEach(async () => {
  for (const table of ['clerk_scopes', 'clerks']) await owner(table).delete();
});
afterAll(() => end());

async function add(login: string, scope: string[], role: ClerkRole = 'reviewer'): Promise<string> {
  const account = { login, name: '测试经办', role, scope, password: 'correct horse battery staple' };
  return (await addClerk(store.knex, account, now))!;
}

describe('accounts', () => {
  it('are listed by login with their scope, and one login is one account', async () => {
    const second = await add('second', ['1101', NATIONAL, '31'], 'clerk');
    const first = await add('first', [], 'admin');
    expect(await add('first', ['11'])).toBeUndefined();
    expect(await listClerks(store.knex)).toEqual(
      [
        ...[{ id: first, login: 'first', name: '测试经办', role: 'admin', scope: [] as string[] }],
        { id: second, login: 'second', name: '测试经办', role: 'clerk', scope: ['1101', '31', NATIONAL] },
      ].map((clerk) => ({ ...clerk, state: 'active', createdAt: now })),
    );
    expect(await store.knex('clerk_scopes').count({ n: '*' })).toEqual([{ n: 3 }]);
  });

  it('keep a scope of a hundred whole', async () => {
    const scope = Array.from({ length: 100 }, (_, at) => String(110100 + at));
    await add('widest', scope);
    expect((await listClerks(store.knex))[0]?.scope).toEqual(scope);
  });
});

describe('who may review', () => {
  const reviewers = (proposer = '-', authorities = ['110105']) =>
    listReviewers(store.knex, { proposer, authorities });

  /** An account whose owner has replaced the one-time password. */
  async function addWorking(...of: Parameters<typeof add>): Promise<string> {
    const id = await add(...of);
    await setClerkPassword(store.knex, id, 'a horse of their own', 'owner');
    return id;
  }

  it.each<[string[], string[], boolean]>([
    [['110105'], ['110105'], true],
    [['11'], ['110105'], true],
    [['31'], ['110105', '310101'], true],
    [[NATIONAL], [NATIONAL], true],
    [['110106'], ['110105'], false],
    [[NATIONAL], ['110105'], false],
    [['11'], [NATIONAL], false],
    [[], ['110105'], false],
    [['11', NATIONAL], [], false],
  ])('with scope %j for %j: %s', async (scope, authorities, expected) => {
    const reviewer = await addWorking('reviewer', scope);
    expect(await reviewers('-', authorities)).toEqual(expected ? [reviewer] : []);
  });

  it('is never the proposer, another role, an account that is disabled, or one with a one-time password', async () => {
    const proposer = await addWorking('proposer', ['11']);
    const disabled = await addWorking('disabled', ['11']);
    await setClerkState(store.knex, disabled, 'disabled');
    for (const role of ['clerk', 'auditor', 'admin'] as const) await addWorking(`a-${role}`, ['11'], role);
    await add('new', ['11']);
    expect(await reviewers(proposer)).toEqual([]);
    expect(await reviewers()).toEqual([proposer]);
  });

  it('is everyone else, by id', async () => {
    const all = [];
    for (const login of ['one', 'two', 'three', 'four']) all.push(await addWorking(login, ['11', '1101']));
    expect(await reviewers()).toEqual(all.sort());
  });
});
