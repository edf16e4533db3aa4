import { freshStore } from '../../test/setup/api';
import type { FreshStore } from '../../test/setup/api';
import { changeOwnPassword, endClerkSession, signIn, touchClerkSession } from './sessions';
import { hashOfToken } from '../../platform/secrets';
import { addClerk, setClerkPassword, setClerkState } from './clerks';
import { countTry } from './sign-in-tries';
import type { Store } from '../store/store';

let store: Store;
let owner: FreshStore['owner'];
let end: () => Promise<void>;
let clerk: string;

const MINUTE = 60_000;
const begin = new Date('2026-03-01T04:00:00Z');
const after = (minutes: number) => new Date(begin.getTime() + minutes * MINUTE);
const limits = { slidingMinutes: 30, limitHours: 12 };
const login = 'zhang.san';
const password = 'correct horse battery staple';

beforeAll(async () => {
  ({ store, owner, end } = await freshStore());
});
beforeEach(async () => {
  for (const table of ['sign_in_tries', 'clerk_sessions', 'clerk_scopes', 'clerks'])
    await owner(table).delete();
  const account = { login, name: '张三', role: 'clerk' as const, scope: ['11'], password };
  clerk = (await addClerk(store.knex, account, begin))!;
});
afterAll(() => end());

const tryIn = (shown = password, now = begin, as = login) =>
  signIn(
    store.knex,
    { login: as, password: shown, counted: [{ place: hashOfToken(`${as}, ${shown}`) }] },
    limits,
    now,
  );
const comeIn = async (now = begin) => (await tryIn(password, now)).done!;
const use = (token: string, now = begin) => touchClerkSession(store.knex, token, limits, now);

describe('signing in', () => {
  it('opens a session of its own each time, of which only the hash is kept', async () => {
    const [one, other] = [await comeIn(), await comeIn()];
    expect(one.token).toMatch(/^[\w-]{43}$/);
    expect(one.token).not.toBe(other.token);
    expect(one.endsAt).toEqual(after(12 * 60));
    for (const { token, endsAt } of [one, other]) {
      expect(await use(token)).toEqual({
        clerk: { id: clerk, login, name: '张三', role: 'clerk', scope: ['11'] },
        clerkSession: { token, endsAt, mustChangePassword: true, secondFactors: [] },
      });
    }
    expect(JSON.stringify(await store.knex('clerk_sessions').select('*'))).not.toContain(one.token);
  });

  it('works many times at once', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => tryIn()));
    expect(all.map(({ done }) => done !== undefined)).toEqual([true, true, true, true]);
  });

  it('is refused alike, and tells the caller of this alone whose it was', async () => {
    expect(await tryIn('wrong horse battery staple')).toEqual({ clerk });
    expect(await tryIn(password, begin, 'nobody')).toEqual({ clerk: undefined });
    await setClerkState(store.knex, clerk, 'disabled');
    expect(await tryIn()).toEqual({ clerk });
    expect(await store.knex('clerk_sessions').select('*')).toEqual([]);
  });
});

describe('wrong passwords', () => {
  const place = 'a'.repeat(64);
  const at = (login: string) => ({ place, login });

  it('are counted for the login and its place alike, and taken back by the right one as far as they were its own', async () => {
    const counted = [at('b'.repeat(64))] as const;
    const tryHere = (shown: string) => signIn(store.knex, { login, password: shown, counted }, limits, begin);
    for (let time = 0; time < 3; time += 1) await tryHere('wrong');
    const rows = () => store.knex('sign_in_tries').orderBy('key').select('key', 'failures');
    expect(await rows()).toEqual([
      { key: place, failures: 3 },
      { key: 'b'.repeat(64), failures: 3 },
    ]);
    expect((await tryHere(password)).done).toBeDefined();
    expect(await rows()).toEqual([{ key: 'b'.repeat(64), failures: 3 }]);
  });

  it('are forgotten after a day without one', async () => {
    for (let time = 0; time < 5; time += 1)
      expect(await countTry(store.knex, { place }, begin)).toBeUndefined();
    expect(await countTry(store.knex, { place }, begin)).toEqual(after(0.5));
    for (let time = 0; time < 5; time += 1) {
      expect(await countTry(store.knex, { place }, after(24 * 60))).toBeUndefined();
    }
  });
});

describe('a session', () => {
  it('ends unused after half an hour, and after twelve hours in any case', async () => {
    const { token } = await comeIn();
    expect(await use(token, after(31))).toBeUndefined();
    for (let at = 0; at < 12 * 60; at += 29) expect(await use(token, after(at))).toBeDefined();
    expect(await use(token, after(12 * 60))).toBeUndefined();
  });

  it('is over when it is ended, and the others go on', async () => {
    const [one, other] = [await comeIn(), await comeIn()];
    await endClerkSession(store.knex, one);
    expect(await use(one.token)).toBeUndefined();
    expect(await use(other.token)).toBeDefined();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the clerk is disabled', () => setClerkState(store.knex, clerk, 'disabled')],
    [
      'an admin sets a password',
      () => setClerkPassword(store.knex, clerk, 'another horse battery', 'one-time'),
    ],
    [
      'the clerk changes the password',
      async () => {
        const own = { login, current: password, next: 'another horse battery', session: await comeIn() };
        return await changeOwnPassword(store.knex, own, begin);
      },
    ],
  ])('is over, like all others of the account, when %s', async (_, change) => {
    const [one, other] = [await comeIn(), await comeIn()];
    await change();
    expect([await use(one.token), await use(other.token)]).toEqual([undefined, undefined]);
    expect(await store.knex('clerk_sessions').select('*')).toEqual([]);
    expect(await tryIn()).toEqual({ clerk });
  });
});
