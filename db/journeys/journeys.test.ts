import type { Holder } from '../../sandbox/alipay/settings';
import { passFace } from '../../test/setup/confirming';
import { startHarness } from '../../test/setup/activity-harness';
import type { Entered, ActivityHarness } from '../../test/setup/activity-harness';
import { verify } from '../../test/setup/proven-commands';
import { authoritiesOf } from '../decisions/stuck';
import { findJourney, personOf, saveJourney, isAfterVerification } from './journeys';
import type { Projection } from './journeys';

let harness: ActivityHarness;
let holder: Holder;
let first: Entered;

beforeEach(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
  first = await harness.enter(holder);
});
afterEach(() => harness.end());

const admit = (entered: Pick<Entered, 'session' | 'input'>, revision = 1) =>
  harness.activities.admit({ journey: first.journey, ...entered, revision });
const row = async () => (await findJourney(harness.store.knex, first.journey))!;
const person = async () => personOf(harness.store, harness.store.knex, await row());
const keyCreatedAt = async () =>
  (
    await harness.store
      .knex('data_keys')
      .withSchema(`${harness.store.databaseName}_keys`)
      .where({ owner: `journey:${first.journey}` })
      .first('wrapped')
  )?.wrapped.toString('hex');
const showUnverified = (changes: Partial<Projection>) =>
  saveJourney(
    harness.store,
    { journey: first.journey, step: 'face', allowed: ['decline'], codes: [], revision: 5, ...changes },
    harness.clock.now,
  );

const show = async (changes: Partial<Projection>) => {
  if (isAfterVerification({ step: 'face', ...changes }))
    await verify(harness.store, first.journey, harness.clock.now);
  return await showUnverified(changes);
};

describe('an entry', () => {
  it('of the same session with the same data meets the journey where it stands', async () => {
    await show({ step: 'to-dos' });
    const again = await harness.enter(holder, { session: first.session });
    expect(again.journey).toBe(first.journey);
    expect(await row()).toMatchObject({ step: 'to-dos', session_id: first.session, entered_anew: 0 });
  });

  it('of another session begins the verification anew, and what was known before is unreadable', async () => {
    await show({ step: 'to-dos' });
    const before = { row: await row(), key: await keyCreatedAt() };
    const second = await harness.enter(holder);
    expect(second.session).not.toBe(first.session);
    expect(await row()).toMatchObject({
      step: 'certificate-check',
      session_id: second.session,
      entered_anew: 1,
    });
    expect(await keyCreatedAt()).not.toBe(before.key);
    await expect(personOf(harness.store, harness.store.knex, before.row)).rejects.toThrow();
    expect(await person()).toMatchObject({ name: holder.name, number: holder.document.number });
  });

  it('under another name begins anew', async () => {
    await show({ step: 'to-dos' });
    await harness.enter(holder, { session: first.session, name: '沙箱申' });
    expect(await row()).toMatchObject({ step: 'certificate-check', entered_anew: 1 });
  });

  it('that comes again says the same again and changes nothing', async () => {
    const second = await harness.enter(holder);
    const before = await row();
    expect([await admit(second), await admit(second)]).toEqual(['anew', 'anew']);
    expect(await row()).toEqual(before);
  });

  it('whose content is gone is told so', async () => {
    expect(await admit({ session: first.session, input: 'never-sealed' })).toBe('input-expired');
  });

  it('gives back the face check that another session had begun', async () => {
    await harness.activities.startFace({ journey: first.journey, command: 'command-1' });
    await harness.enter(holder);
    expect(await harness.store.knex('attempts').select('state')).toEqual([{ state: 'refunded' }]);
  });

  it('of the same data from another account is another journey, which touches nothing', async () => {
    await show({ step: 'to-dos' });
    const before = await row();
    const stranger = await harness.enter({ ...holder, account: 'tester-2', openId: 'open-id-of-a-stranger' });
    expect(stranger.journey).not.toBe(first.journey);
    expect(stranger.personKey).toBe(first.personKey);
    expect(await row()).toEqual(before);
  });
});

describe('the projection', () => {
  it('leads nobody to the to-dos whom the database does not know to be verified', async () => {
    const rejected = { rejected: 'not_allowed_now' };
    for (const ahead of [{ step: 'to-dos' }, { step: 'signing' }, { toDo: 'to-do' }])
      expect(await showUnverified({ revision: 7, ...ahead })).toEqual(rejected);
    expect(await showUnverified({ revision: 7, step: 'stuck', cause: 'in-person', toDo: 'to-do' })).toEqual(
      rejected,
    );
    expect(await row()).toMatchObject({ step: 'certificate-check', to_do_id: null });
    // A face check alone does not do where the document asks for a bank card.
    await verify(harness.store, first.journey, harness.clock.now);
    await harness.store.knex('attempts').where({ purpose: 'bank-card' }).update({ state: 'failed' });
    expect(await showUnverified({ revision: 7, step: 'to-dos' })).toEqual(rejected);
    await harness.store.knex('attempts').where({ purpose: 'bank-card' }).update({ state: 'passed' });
    expect(await showUnverified({ revision: 7, step: 'to-dos' })).toEqual({});
  });

  it('never goes back: an older revision changes nothing', async () => {
    await show({ step: 'to-dos', revision: 9 });
    await show({ step: 'face', revision: 8 });
    await show({ step: 'face', revision: 9 });
    expect(await row()).toMatchObject({ step: 'to-dos', revision: 9 });
  });

  it('keeps since when a journey is stuck, and gives the time back to its matters', async () => {
    const { matter } = await harness.push(holder);
    await passFace(harness, first.journey);
    const before = await harness.store
      .knex('matters')
      .where({ id: matter })
      .first('listed_until', 'expires_at');
    const since = harness.clock.now;
    await show({ step: 'stuck', cause: 'vendor-unavailable' });
    harness.clock.now = new Date(since.getTime() + 1_800_000);
    await show({ step: 'stuck', cause: 'vendor-unavailable', revision: 6 });
    expect((await row()).stuck_at?.getTime()).toBe(since.getTime());
    await show({ step: 'stuck', cause: 'vendor-refused', revision: 7 });
    expect(await row()).toMatchObject({ stuck_cause: 'vendor-refused', stuck_at: harness.clock.now });
    harness.clock.now = new Date(since.getTime() + 3_600_000);
    await show({ step: 'stuck', cause: 'in-person', revision: 8, by: 'ask-in-person' });
    // The time until a person comes to the window is the person's own.
    harness.clock.now = new Date(since.getTime() + 7_200_000);
    await show({ step: 'face', revision: 9, by: 'back' });
    expect(await row()).toMatchObject({ stuck_cause: null, stuck_at: null });
    const after = await harness.store
      .knex('matters')
      .where({ id: matter })
      .first('listed_until', 'expires_at');
    for (const until of ['listed_until', 'expires_at'] as const)
      expect(after![until].getTime() - before![until].getTime()).toBe(3_600_000);
  });

  it('records when a journey was stuck, why, and what ended it', async () => {
    await show({ step: 'stuck', cause: 'vendor-unavailable' });
    await show({ step: 'stuck', cause: 'vendor-refused', revision: 6 });
    await show({ step: 'closed', revision: 7, by: 'decide' });
    const periods = harness.store.knex('stuck_periods').orderBy('id').select('cause', 'left_by');
    expect(await periods).toEqual([
      { cause: 'vendor-unavailable', left_by: 'time' },
      { cause: 'vendor-refused', left_by: 'decide' },
    ]);
  });

  it('puts a stuck journey before the authorities whose matters wait for the person, else the national desk', async () => {
    const worklist = () =>
      harness.store
        .knex('worklist')
        .whereRaw('scope = authority')
        .orderBy('authority')
        .select('authority', 'cause', 'to_do_id');
    await show({ step: 'stuck', cause: 'vendor-refused' });
    expect(await worklist()).toEqual([{ authority: 'national', cause: 'vendor-refused', to_do_id: null }]);
    await show({ step: 'face', revision: 6 });
    expect(await worklist()).toEqual([]);
    const { toDo } = await harness.push(holder);
    await harness.push(holder, { externalId: 'M-2', authority: '110101' });
    await show({ step: 'stuck', cause: 'in-person', revision: 7 });
    expect((await worklist()).map(({ authority }) => authority)).toEqual(['110101', '110105']);
    // Within a matter it is that matter's authority alone.
    await show({ step: 'stuck', cause: 'vendor-refused', toDo, revision: 8 });
    expect(await worklist()).toEqual([{ authority: '110105', cause: 'vendor-refused', to_do_id: toDo }]);
    // Entering anew, from another session, leaves it too.
    await harness.enter(holder);
    expect(await worklist()).toEqual([]);
  });

  it('that is stuck already is put before the authority that pushes a matter for its person', async () => {
    const authorities = async () =>
      authoritiesOf(harness.store.knex, (await harness.store.knex('worklist').first())?.journey_id ?? '');
    await show({ step: 'stuck', cause: 'in-person' });
    await harness.push(holder);
    await harness.push(holder, { externalId: 'M-2' });
    await harness.push(harness.vendors.holders[1]!, { externalId: 'M-3', authority: '110101' });
    expect(await authorities()).toEqual(['110105', 'national']);
  });

  it.each([
    ['vendor-refused', 'open'],
    ['in-person', 'expired'],
  ] as const)(
    'of a person who is stuck with %s leaves a matter whose time is over %s',
    async (cause, state) => {
      const { matter } = await harness.push(holder);
      await passFace(harness, first.journey);
      harness.clock.now = new Date(harness.clock.now.getTime() + 29 * 24 * 3_600_000);
      await show({ step: 'stuck', cause });
      const stuckAt = harness.clock.now.getTime();
      harness.clock.now = new Date(stuckAt + 2 * 24 * 3_600_000);
      const status = await harness.activities.reevaluateMatter({ matter });
      expect(status?.state).toBe(state);
      if (state === 'expired') return;
      // Two days lost until now: a day is left, and another for each that it lasts.
      expect(status?.wakeAt).toBe(new Date(harness.clock.now.getTime() + 24 * 3_600_000).toISOString());
      await show({ step: 'face', revision: 6 });
      expect((await harness.activities.reevaluateMatter({ matter }))?.state).toBe('open');
      harness.clock.now = new Date(harness.clock.now.getTime() + 2 * 24 * 3_600_000);
      expect((await harness.activities.reevaluateMatter({ matter }))?.state).toBe('expired');
    },
  );

  it('of a closed journey leaves nothing of the person', async () => {
    await harness.activities.startFace({ journey: first.journey, command: 'command-1' });
    await show({ step: 'closed', allowed: [] });
    expect([await person(), (await row()).person, await keyCreatedAt()]).toEqual([
      undefined,
      null,
      undefined,
    ]);
    expect(await harness.store.knex('attempts').select('state')).toEqual([{ state: 'refunded' }]);
    expect(await harness.activities.startFace({ journey: first.journey, command: 'command-2' })).toEqual({
      outcome: 'signed-out',
    });
  });
});
