import type { Holder } from '../sandbox/alipay/settings';
import { openOffice } from '../test/setup/office';
import type { Entered, Office } from '../test/setup/office';
import { findJourney, personOf, showJourney } from './journeys';
import type { Projection } from './journeys';

let office: Office;
let holder: Holder;
let first: Entered;

beforeEach(async () => {
  office = await openOffice();
  [holder] = office.vendors.holders as [Holder];
  first = await office.enter(holder);
});
afterEach(() => office.end());

const admit = (entered: Pick<Entered, 'session' | 'input'>, revision = 1) =>
  office.activities.admit({ journey: first.journey, ...entered, revision });
const row = async () => (await findJourney(office.store.knex, first.journey))!;
const person = async () => personOf(office.store, office.store.knex, await row());
const keyCreatedAt = async () =>
  (
    await office.store
      .knex('data_keys')
      .withSchema(`${office.store.databaseName}_keys`)
      .where({ owner: `journey:${first.journey}` })
      .first('wrapped')
  )?.wrapped.toString('hex') as string | undefined;
const show = (changes: Partial<Projection>) =>
  showJourney(
    office.store,
    { journey: first.journey, step: 'face', allowed: ['decline'], codes: [], revision: 5, ...changes },
    office.clock.now,
  );

describe('an entry', () => {
  it('of the same session with the same data meets the journey where it stands', async () => {
    await show({ step: 'to-dos' });
    const again = await office.enter(holder, { session: first.session });
    expect(again.journey).toBe(first.journey);
    expect(await row()).toMatchObject({ step: 'to-dos', session_id: first.session, entered_anew: 0 });
  });

  it('of another session begins the verification anew, and what was known before is unreadable', async () => {
    await show({ step: 'to-dos' });
    const before = { row: await row(), key: await keyCreatedAt() };
    const second = await office.enter(holder);
    expect(second.session).not.toBe(first.session);
    expect(await row()).toMatchObject({
      step: 'certificate-check',
      session_id: second.session,
      entered_anew: 1,
    });
    expect(await keyCreatedAt()).not.toBe(before.key);
    await expect(personOf(office.store, office.store.knex, before.row)).rejects.toThrow();
    expect(await person()).toMatchObject({ name: holder.name, number: holder.document.number });
  });

  it('under another name begins anew', async () => {
    await show({ step: 'to-dos' });
    await office.enter(holder, { session: first.session, name: '沙箱申' });
    expect(await row()).toMatchObject({ step: 'certificate-check', entered_anew: 1 });
  });

  it('that comes again says the same again and changes nothing', async () => {
    const second = await office.enter(holder);
    const before = await row();
    expect([await admit(second), await admit(second)]).toEqual(['anew', 'anew']);
    expect(await row()).toEqual(before);
  });

  it('whose content is gone is told so', async () => {
    expect(await admit({ session: first.session, input: 'never-sealed' })).toBe('input-expired');
  });

  it('gives back the face check that another session had begun', async () => {
    await office.activities.startFace({ journey: first.journey, command: 'tap-1' });
    await office.enter(holder);
    expect(await office.store.knex('attempts').select('state')).toEqual([{ state: 'refunded' }]);
  });

  it('of the same data from another account is another journey, which touches nothing', async () => {
    await show({ step: 'to-dos' });
    const before = await row();
    const stranger = await office.enter({ ...holder, account: 'tester-2', openId: 'open-id-of-a-stranger' });
    expect(stranger.journey).not.toBe(first.journey);
    expect(stranger.personKey).toBe(first.personKey);
    expect(await row()).toEqual(before);
  });
});

describe('the projection', () => {
  it('never goes back: an older revision changes nothing', async () => {
    await show({ step: 'to-dos', revision: 9 });
    await show({ step: 'face', revision: 8 });
    await show({ step: 'face', revision: 9 });
    expect(await row()).toMatchObject({ step: 'to-dos', revision: 9 });
  });

  it('keeps since when a journey is stuck, and gives the time back to its matters', async () => {
    const { matter } = await office.push(holder);
    const before = await office.store
      .knex('matters')
      .where({ id: matter })
      .first('listed_until', 'expires_at');
    const since = office.clock.now;
    await show({ step: 'stuck', cause: 'vendor-unavailable' });
    office.clock.now = new Date(since.getTime() + 3_600_000);
    await show({ step: 'stuck', cause: 'vendor-refused', revision: 6 });
    const stuck = await row();
    expect(stuck.stuck_cause).toBe('vendor-refused');
    expect(stuck.stuck_at?.getTime()).toBe(since.getTime());
    await show({ step: 'face', revision: 7 });
    expect(await row()).toMatchObject({ stuck_cause: null, stuck_at: null });
    const after = await office.store
      .knex('matters')
      .where({ id: matter })
      .first('listed_until', 'expires_at');
    for (const until of ['listed_until', 'expires_at'] as const)
      expect(after?.[until].getTime() - before?.[until].getTime()).toBe(3_600_000);
  });

  it('of a closed journey leaves nothing of the person', async () => {
    await office.activities.startFace({ journey: first.journey, command: 'tap-1' });
    await show({ step: 'closed', allowed: [] });
    expect([await person(), (await row()).person, await keyCreatedAt()]).toEqual([
      undefined,
      null,
      undefined,
    ]);
    expect(await office.store.knex('attempts').select('state')).toEqual([{ state: 'refunded' }]);
    expect(await office.activities.startFace({ journey: first.journey, command: 'tap-2' })).toEqual({
      outcome: 'refused',
      code: 'sign_in_again',
    });
  });
});
