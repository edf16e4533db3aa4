import { beginAttempt, endAttempt } from '../../db/attempts/attempts';
import { documentTypes } from '../../domain/documents';
import type { DocumentType } from '../../domain/documents';
import { startHarness } from '../setup/activity-harness';
import type { ActivityHarness } from '../setup/activity-harness';
import { startApi } from '../setup/api';
import type { TestApi } from '../setup/api';
import { holdJourney } from '../setup/held-journey';
import type { HeldJourney } from '../setup/held-journey';
import { attemptLimits } from '../setup/attempt-limits';

// A stranger who enters another person's name and number learns nothing before passing a face check.

const withoutHolderCheck: [DocumentType, string][] = [
  ['hmt-residence-permit', '810000190001010018'],
  ['hk-macau-travel-permit', 'H00000001'],
  ['taiwan-travel-permit', '00000001'],
  ['foreign-permanent-resident-id', '911840190001010017'],
];
describe('the attempts that two accounts are told of', () => {
  let api: TestApi;
  let checks = 0;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.end());

  /** Records a failed face check, as the journey's activity does. */
  async function fail(
    holder: HeldJourney,
    purpose: 'identity-face' | 'matter-face',
    debits: 'account' | 'person',
  ) {
    const { id: journey, personKey, session } = holder;
    const about =
      purpose === 'matter-face' ? { toDo: 'to-do', matter: 'matter', textHash: 'a'.repeat(64) } : undefined;
    const command = `check-${(checks += 1)}`;
    const attempt = await beginAttempt(
      api.store,
      { purpose, journey, account: session.account, personKey, debits, command, about },
      attemptLimits,
      new Date(),
    );
    if ('rejected' in attempt) throw new Error(attempt.rejected);
    await endAttempt(api.store.knex, attempt.id, 'failed', new Date());
  }

  it.each(withoutHolderCheck)(
    '%s: a stranger is told of their own failures, and the holder of the person’s once a face check has passed',
    async (documentType, number) => {
      const held = (openId: string) =>
        holdJourney(api, () => new Date(), undefined, {
          openId: `${openId}-${number}`,
          documentType,
          number,
        });
      const holder = await held('holder');
      const stranger = await held('stranger');
      const left = async (journey: HeldJourney) =>
        (await journey.get(`/api/journeys/${journey.id}`)).body.attempts.left as number;

      await stranger.show({ step: 'face' });
      const before = await stranger.get(`/api/journeys/${stranger.id}`);
      await fail(holder, 'matter-face', 'person');
      const after = await stranger.get(`/api/journeys/${stranger.id}`);
      expect(before.body.attempts.left).toBe(10);
      expect(after.body).toEqual(before.body);

      await fail(stranger, 'identity-face', 'account');
      expect(await left(stranger)).toBe(9);
      // The stranger's failure does not count against the person.
      await holder.show({ step: 'matter-face', toDo: '00000000-0000-4000-8000-000000000001' });
      expect(await left(holder)).toBe(5);
      for (let failures = 1; failures < 8; failures += 1) await fail(holder, 'identity-face', 'person');
      expect(await left(holder)).toBe(2);
      expect(await left(stranger)).toBe(9);
    },
  );
});

it('only the clerk is told that other grants have used up the limit', async () => {
  const api = await startApi();
  const stranger = await holdJourney(api, () => new Date());
  for (const code of ['grant_limit_reached', 'no_reviewer']) {
    await stranger.show({ step: 'stuck', cause: 'locked-out', codes: [code] });
    const { body } = await stranger.get(`/api/journeys/${stranger.id}`);
    expect([body.stuck.cause, body.notices]).toEqual(['locked-out', []]);
  }
  await api.end();
});

describe('a face check at the beginning', () => {
  let harness: ActivityHarness;
  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.end());

  it('is open to a stranger even if the person has used up all attempts', async () => {
    const holder = harness.vendors.holders.find(
      ({ document }) => !documentTypes[document.type as DocumentType].holderCheck,
    )!;
    const { toDo, textHash } = await harness.push(holder);
    const { personKey } = await harness.enter(holder);
    const other = { account: 'other', personKey, journey: 'other', debits: 'person' as const };
    for (let tries = 0; tries < 4; tries += 1) {
      const about = { toDo, textHash, matter: 'matter' };
      const attempt = await beginAttempt(
        harness.store,
        { ...other, purpose: 'matter-face', command: `other-${tries}`, about },
        attemptLimits,
        harness.clock.now,
      );
      if ('rejected' in attempt) throw new Error(attempt.rejected);
      await endAttempt(harness.store.knex, attempt.id, 'failed', harness.clock.now);
    }
    const stranger = await harness.enter(holder);
    const { outcome } = await harness.activities.startFace({ journey: stranger.journey, command: 'command' });
    expect(outcome).toBe('started');
  });
});
