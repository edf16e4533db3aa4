import { freshStore } from '../../test/setup/api';
import type { FreshStore } from '../../test/setup/api';
import { beginAttempt, endAttempt, consumeFaceCheck, voidFaceCheck } from './attempts';
import type { Attempt, NewAttempt } from './attempts';
import { countAttempts } from './counts';
import type { Store } from '../store/store';
import { attemptLimits } from '../../test/setup/attempt-limits';

let store: Store;
let owner: FreshStore['owner'];
let end: () => Promise<void>;

beforeAll(async () => {
  ({ store, owner, end } = await freshStore());
});
beforeEach(() => owner('attempts').delete());
afterAll(() => end());

const now = new Date('2026-03-01T04:00:00Z');

let commands = 0;
const begin = (changes: Partial<NewAttempt> = {}, at = now) =>
  beginAttempt(
    store,
    {
      purpose: 'identity-face',
      journey: 'journey-1',
      account: 'account-1',
      personKey: 'person-1',
      debits: 'person',
      command: `command-${(commands += 1)}`,
      ...changes,
    },
    attemptLimits,
    at,
  );

const begun = async (changes: Partial<NewAttempt> = {}) => {
  const attempt = await begin(changes);
  if ('rejected' in attempt) throw new Error(attempt.rejected);
  return attempt;
};

const outcomes = (results: (Attempt | { rejected: string })[]) =>
  results.reduce<Record<string, number>>((counts, result) => {
    const of = 'rejected' in result ? result.rejected : 'begun';
    return { ...counts, [of]: (counts[of] ?? 0) + 1 };
  }, {});

describe('debiting', () => {
  it('the same command debits one attempt, at the same time too', async () => {
    const twice = await Promise.all(Array.from({ length: 20 }, () => begin({ command: 'the-same' })));
    expect(new Set(twice.map((attempt) => 'id' in attempt && attempt.id)).size).toBe(1);
    expect(await store.knex('attempts').count({ n: '*' })).toEqual([{ n: 1 }]);
  });

  it('many phones at once cannot take more than there are', async () => {
    const results = await Promise.all(
      Array.from({ length: 25 }, (_, phone) => begin({ account: `account-${phone}` })),
    );
    expect(outcomes(results)).toEqual({ begun: 10, attempts_used_up: 15 });
  });

  it('two hundred at once from one account take what there is, and no more', async () => {
    const results = await Promise.all(Array.from({ length: 200 }, () => begin()));
    expect(outcomes(results)).toEqual({ begun: 10, attempts_used_up: 190 });
    expect(await store.knex('attempts').count({ n: '*' })).toEqual([{ n: 10 }]);
  });

  it('two phones, one attempt left: one of them gets it', async () => {
    for (let taken = 0; taken < 9; taken += 1) await begun();
    const both = await Promise.all([begin({ account: 'phone-1' }), begin({ account: 'phone-2' })]);
    expect(outcomes(both)).toEqual({ begun: 1, attempts_used_up: 1 });
  });

  it('a result gives room again: passed and refunded ones do not count', async () => {
    for (let taken = 0; taken < 10; taken += 1) await begun();
    expect(await begin()).toEqual({ rejected: 'attempts_used_up' });
    const [first, second] = await store.knex('attempts').select('id');
    await endAttempt(store.knex, first!.id, 'passed', now);
    await endAttempt(store.knex, second!.id, 'refunded', now);
    expect(outcomes([await begin(), await begin(), await begin()])).toEqual({
      begun: 2,
      attempts_used_up: 1,
    });
  });

  it('failures of an account that is not proven to be the person count against the account', async () => {
    for (let tries = 0; tries < 30; tries += 1) {
      const { id } = await begun({ purpose: 'certificate', debits: 'account', account: 'stranger' });
      await endAttempt(store.knex, id, 'failed', now);
    }
    expect(await begin({ account: 'stranger' })).toEqual({ rejected: 'checks_used_up' });
    expect(await begin({ account: 'own' })).toMatchObject({ state: 'started' });
  });

  it('leaving early buys no free probing: what was started counts for the account', async () => {
    for (let tries = 0; tries < 30; tries += 1) {
      const { id } = await begun({ personKey: `person-${tries}` });
      await endAttempt(store.knex, id, 'refunded', now);
    }
    expect(await begin()).toEqual({ rejected: 'checks_used_up' });
  });

  it('begins anew with the day in China', async () => {
    for (let tries = 0; tries < 10; tries += 1) await begun();
    expect(await begin({}, new Date('2026-03-01T15:59:59Z'))).toEqual({ rejected: 'attempts_used_up' });
    expect(await begin({}, new Date('2026-03-01T16:00:00Z'))).toMatchObject({ state: 'started' });
  });

  it('counts what failed in one matter apart', async () => {
    const about = { toDo: 'to-do-1', matter: 'matter-1', textHash: 'a'.repeat(64) };
    const { id } = await begun({ purpose: 'matter-face', about });
    await endAttempt(store.knex, id, 'failed', now);
    const request = { account: 'account-1', personKey: 'person-1', debits: 'person' as const, now };
    expect(await countAttempts(store.knex, { ...request, toDoId: 'to-do-1' })).toEqual({
      granted: 0,
      startedByAccount: 1,
      faceFailuresByAccount: 0,
      faceFailures: 1,
      faceFailuresInMatter: 1,
      bankCardFailures: 0,
    });
    expect(await countAttempts(store.knex, { ...request, toDoId: 'to-do-2' })).toMatchObject({
      faceFailures: 1,
      faceFailuresInMatter: 0,
    });
  });
});

it('an attempt ends once: a late result changes nothing', async () => {
  const { id } = await begun();
  await endAttempt(store.knex, id, 'failed', now, ['a_code']);
  await endAttempt(store.knex, id, 'passed', now);
  expect(await store.knex('attempts').first('state', 'codes')).toEqual({
    state: 'failed',
    codes: '["a_code"]',
  });
});

describe('what a face check of a matter proves', () => {
  const textHash = 'b'.repeat(64);
  const passed = async () => {
    const about = { toDo: 'to-do-1', matter: 'matter-1', textHash };
    const { id } = await begun({ purpose: 'matter-face', about });
    await endAttempt(store.knex, id, 'passed', now);
    return id;
  };
  const use = (attempt: string, changes: object = {}, afterMs = 0) =>
    consumeFaceCheck(
      store.knex,
      { attempt, textHash, command: 'sign-1', ...changes },
      new Date(now.getTime() + afterMs),
    );

  it('is used up by one signature', async () => {
    const attempt = await passed();
    const uses = await Promise.all(
      Array.from({ length: 10 }, (_, command) => use(attempt, { command: `sign-${command}` })),
    );
    expect(uses.filter(Boolean).length).toBe(1);
  });

  it('holds for ten minutes', async () => {
    expect(await use(await passed(), {}, 10 * 60_000)).toBe(true);
    expect(await use(await passed(), {}, 10 * 60_000 + 1)).toBe(false);
  });

  it('holds for the text that was shown', async () => {
    expect(await use(await passed(), { textHash: 'c'.repeat(64) })).toBe(false);
  });

  it('ends when the person takes it back', async () => {
    const attempt = await passed();
    await voidFaceCheck(store.knex, attempt, 'cancel-1');
    expect(await use(attempt)).toBe(false);
  });

  it('is nothing for the check at the beginning of the journey', async () => {
    const { id } = await begun();
    await endAttempt(store.knex, id, 'passed', now);
    expect(await use(id)).toBe(false);
  });
});
