import { NATIONAL } from '../domain/clerks';
import type { ClerkRole } from '../domain/clerks';
import { freshStore } from '../test/setup/api';
import type { FreshStore } from '../test/setup/api';
import { addClerk, listClerks, pickReviewer, setClerkState } from './clerks';
import type { Store } from './store';

let store: Store;
let owner: FreshStore['owner'];
let end: () => Promise<void>;

const now = new Date('2026-03-01T04:00:00Z');

beforeAll(async () => {
  ({ store, owner, end } = await freshStore());
  // What the picking counts, and no more of it.
  await owner.raw('DROP TABLE IF EXISTS decisions');
  await owner.raw(
    'CREATE TABLE decisions (id CHAR(64) PRIMARY KEY, reviewer CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL, state VARCHAR(16) NOT NULL)',
  );
});
beforeEach(async () => {
  for (const table of ['decisions', 'clerk_scopes', 'clerks']) await owner(table).delete();
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

describe('picking a reviewer', () => {
  const pick = (proposer = '-', ...authorities: string[]) =>
    pickReviewer(store.knex, { proposer, authorities: authorities.length > 0 ? authorities : ['110105'] });

  it.each<[string[], string[], boolean]>([
    [['110105'], ['110105'], true],
    [['11'], ['110105'], true],
    [['31'], ['110105', '310101'], true],
    [[NATIONAL], [NATIONAL], true],
    [['110106'], ['110105'], false],
    [[NATIONAL], ['110105'], false],
    [['11'], [NATIONAL], false],
    [[], ['110105'], false],
  ])('with scope %j for %j: %s', async (scope, authorities, expected) => {
    const reviewer = await add('reviewer', scope);
    expect(await pick('-', ...authorities)).toBe(expected ? reviewer : undefined);
  });

  it('never takes the proposer, another role, or who is disabled', async () => {
    const proposer = await add('proposer', ['11']);
    const disabled = await add('disabled', ['11']);
    await setClerkState(store.knex, disabled, 'disabled');
    for (const role of ['clerk', 'auditor', 'admin'] as const) await add(`a-${role}`, ['11'], role);
    expect(await pick(proposer)).toBeUndefined();
    expect(await pick()).toBe(proposer);
  });

  it('takes who has the fewest proposals that still wait', async () => {
    const [busy, idle] = [await add('busy', ['11']), await add('idle', ['11'])];
    const wait = (id: string, reviewer: string, state = 'proposed') =>
      store.knex('decisions').insert({ id, reviewer, state });
    await wait('1', busy);
    await wait('2', busy);
    await wait('3', idle);
    for (const id of ['4', '5', '6']) await wait(id, idle, 'approved');
    expect(await pick()).toBe(idle);
  });

  it('lets the lot decide among equals', async () => {
    const both = [await add('one', ['11']), await add('other', ['1101'])];
    const picked = new Set<string | undefined>();
    // A hundred times the same of two: once in 2^99.
    for (let time = 0; time < 100 && picked.size < 2; time += 1) picked.add(await pick());
    expect([...picked].sort()).toEqual(both.sort());
  });

  it('without an authority there is nobody to pick', async () => {
    await add('reviewer', ['11', NATIONAL]);
    expect(await pickReviewer(store.knex, { proposer: '-', authorities: [] })).toBeUndefined();
  });
});
