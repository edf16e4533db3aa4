import { freshStore } from '../test/setup/api';
import { changeOwnPassword, endClerkSession, signIn, useClerkSession } from './clerk-sessions';
import { addClerk, setClerkPassword, setClerkState } from './clerks';
import type { Store } from './store';

let store: Store;
let end: () => Promise<void>;
let clerk: string;

const MINUTE = 60_000;
const begin = new Date('2026-03-01T04:00:00Z');
const after = (minutes: number) => new Date(begin.getTime() + minutes * MINUTE);
const limits = { slidingMinutes: 30, limitHours: 12 };
const login = 'zhang.san';
const password = 'correct horse battery staple';

beforeAll(async () => {
  ({ store, end } = await freshStore());
});
beforeEach(async () => {
  for (const table of ['clerk_sessions', 'clerk_scopes', 'clerks']) await store.knex(table).delete();
  const account = { login, name: '张三', role: 'clerk' as const, scope: ['11'], password };
  clerk = (await addClerk(store.knex, account, begin))!;
});
afterAll(() => end());

const tryIn = (shown = password, now = begin, as = login) =>
  signIn(store.knex, { login: as, password: shown }, limits, now);
const comeIn = async (now = begin) => (await tryIn(password, now)).done!;
const use = (token: string, now = begin) => useClerkSession(store.knex, token, limits, now);

describe('signing in', () => {
  it('opens a session of its own each time, of which only the hash is kept', async () => {
    const [one, other] = [await comeIn(), await comeIn()];
    expect(one.token).toMatch(/^[\w-]{43}$/);
    expect(one.token).not.toBe(other.token);
    expect(one.endsAt).toEqual(after(12 * 60));
    for (const { token, endsAt } of [one, other]) {
      expect(await use(token)).toEqual({
        clerk: { id: clerk, login, name: '张三', role: 'clerk', scope: ['11'] },
        clerkSession: { token, endsAt },
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
  const fail = async (times: number, now = begin) => {
    for (let time = 0; time < times; time += 1) await tryIn('wrong', now);
  };

  it('lock after five in a row, for fifteen minutes, and then five more are free', async () => {
    await fail(5);
    expect(await tryIn(password, after(14))).toEqual({ clerk });
    expect((await tryIn(password, after(15))).done).toBeDefined();
    await fail(4, after(15));
    expect((await tryIn(password, after(15))).done).toBeDefined();
  });

  it('are forgotten by the right one, the fifth try too', async () => {
    await fail(4);
    expect((await tryIn()).done).toBeDefined();
    await fail(4);
    expect((await tryIn()).done).toBeDefined();
  });

  it('lock again after the next five, and not by tries during the lock', async () => {
    await fail(5);
    await fail(10, after(10));
    await fail(4, after(15));
    expect((await tryIn(password, after(15))).done).toBeDefined();
    await fail(5, after(16));
    expect(await tryIn(password, after(30))).toEqual({ clerk });
  });

  it('are looked at five times, however many come at once', async () => {
    await Promise.all(Array.from({ length: 12 }, () => tryIn('wrong')));
    expect(await store.knex('clerks').first('failed_sign_ins', 'locked_until')).toEqual({
      failed_sign_ins: 0,
      locked_until: after(15),
    });
    expect(await tryIn()).toEqual({ clerk });
  });

  it('of a change of the own password count as well', async () => {
    const change = (current: string) =>
      changeOwnPassword(store.knex, { login, current, next: 'another horse battery' }, begin);
    for (let time = 0; time < 5; time += 1) expect((await change('wrong')).done).toBeUndefined();
    expect((await change(password)).done).toBeUndefined();
    expect(await tryIn()).toEqual({ clerk });
  });

  it('end to count when an admin sets the account active, or a new password', async () => {
    await fail(5);
    await setClerkState(store.knex, clerk, 'active');
    expect((await tryIn()).done).toBeDefined();
    await fail(5);
    await setClerkPassword(store.knex, clerk, 'another horse battery');
    expect((await tryIn('another horse battery')).done).toBeDefined();
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
    ['an admin sets a password', () => setClerkPassword(store.knex, clerk, 'another horse battery')],
    [
      'the clerk changes the password',
      () => changeOwnPassword(store.knex, { login, current: password, next: 'another horse battery' }, begin),
    ],
  ])('is over, like all others of the account, when %s', async (_, change) => {
    const [one, other] = [await comeIn(), await comeIn()];
    await change();
    expect([await use(one.token), await use(other.token)]).toEqual([undefined, undefined]);
    expect(await store.knex('clerk_sessions').select('*')).toEqual([]);
    expect(await tryIn()).toEqual({ clerk });
  });
});
