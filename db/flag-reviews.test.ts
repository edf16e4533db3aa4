import { randomUUID } from 'node:crypto';
import type { Holder } from '../sandbox/alipay/settings';
import { confirm } from '../test/setup/confirming';
import { openOffice } from '../test/setup/office';
import type { Entered, Office, PushedToDo } from '../test/setup/office';
import { listFlags, reviewFlag } from './flag-reviews';
import type { FlagsWanted } from './flag-reviews';

const CLERK = randomUUID();

let office: Office;
let holder: Holder;
let person: Entered;
let toDo: PushedToDo;

beforeEach(async () => {
  office = await openOffice();
  [holder] = office.vendors.holders as [Holder];
  person = await office.enter(holder);
  toDo = await office.push(holder);
});
afterEach(() => office.end());

/** A severe flag on the confirmation of a to-do, as raiseFlags notes it. */
async function flag(kind = 'device-shared', of = toDo): Promise<string> {
  const id = randomUUID();
  office.clock.now = new Date(office.clock.now.getTime() + 1000);
  await office.store.knex('flags').insert({
    ...{ id, to_do_id: of.toDo, matter_id: of.matter, person_key: person.personKey },
    ...{ kind, severity: 'severe', raised_at: office.clock.now },
  });
  return id;
}

const review = (id: string, verdict: 'cleared' | 'upheld', authorities = ['11']) =>
  reviewFlag(office.store, { flag: id, clerk: CLERK, verdict, authorities }, office.clock.now);
const reviewed = () => ({ matters: [{ id: toDo.matter, authority: '110105' }] });
const standing = async () => (await office.activities.review({ matter: toDo.matter }))?.state;
const told = async () =>
  (await office.store.knex('deliveries').orderBy('sequence').select('body')).map(({ body }) => {
    const { event, reason } = JSON.parse(String(body));
    return reason ? `${event} ${reason}` : event;
  });

describe('a review', () => {
  it('that clears lets the matter go on', async () => {
    await confirm(office, person.journey, toDo);
    const id = await flag();
    expect(await standing()).toBe('open');
    expect(await review(id, 'cleared')).toEqual(reviewed());
    expect(await standing()).toBe('confirmed');
    expect(await office.store.knex('flags').first('reviewed_by', 'verdict', 'reviewed_at')).toEqual({
      ...{ reviewed_by: CLERK, verdict: 'cleared', reviewed_at: office.clock.now },
    });
  });

  it('of one flag of two leaves the matter held', async () => {
    await confirm(office, person.journey, toDo);
    const ids = [await flag('device-shared'), await flag('attack-reported')];
    await review(ids[0]!, 'cleared');
    expect(await standing()).toBe('open');
    await review(ids[1]!, 'cleared');
    expect(await standing()).toBe('confirmed');
  });

  it('that upholds refuses the confirmation and with it the matter, and says why', async () => {
    await confirm(office, person.journey, toDo);
    expect(await review(await flag(), 'upheld')).toEqual(reviewed());
    expect(await standing()).toBe('refused');
    expect(await office.store.knex('confirmations').select('state', 'refusal_reason')).toEqual([
      { state: 'refused', refusal_reason: 'identity-doubtful' },
      { state: 'refused', refusal_reason: 'identity-doubtful' },
    ]);
    expect(await told()).toEqual([
      'confirmation.confirmed',
      'confirmation.refused identity-doubtful',
      'matter.refused',
    ]);
  });

  it('that upholds after the matter was confirmed freezes it', async () => {
    await confirm(office, person.journey, toDo);
    await standing();
    await review(await flag(), 'upheld');
    expect(await standing()).toBe('frozen');
  });

  it('that upholds is not undone by the signature that comes once more', async () => {
    const input = await confirm(office, person.journey, toDo);
    await review(await flag(), 'upheld');
    const { attempt } = await office.store.knex('attempts').where({ used_by: input }).first('id AS attempt');
    const again = { journey: person.journey, toDo: toDo.toDo, attempt, input };
    expect(await office.activities.sign(again)).toEqual({ outcome: 'not-signable', code: 'to_do_settled' });
  });

  it('happens once', async () => {
    await confirm(office, person.journey, toDo);
    const id = await flag();
    const both = await Promise.all([review(id, 'cleared'), review(id, 'upheld')]);
    expect(both).toContainEqual(reviewed());
    expect(both).toContainEqual({ refused: 'flag_reviewed' });
    expect(await review(id, 'upheld')).toEqual({ refused: 'flag_reviewed' });
  });

  it('is for reviewers of the authority', async () => {
    await confirm(office, person.journey, toDo);
    const id = await flag();
    for (const authorities of [[], ['31'], ['110106']]) {
      expect(await review(id, 'upheld', authorities)).toEqual({ refused: 'flag_unknown' });
    }
    expect(await review(randomUUID(), 'cleared')).toEqual({ refused: 'flag_unknown' });
    expect(await review(id, 'cleared', ['31', '110105'])).toEqual(reviewed());
  });
});

describe('the list', () => {
  const list = async (wanted: Partial<FlagsWanted> = {}) =>
    await listFlags(office.store.knex, { authorities: ['11'], openOnly: true, limit: 10, ...wanted });
  const ids = async (wanted: Partial<FlagsWanted> = {}) => (await list(wanted)).map(({ id }) => id);

  it('says of a flag what a reviewer needs, and nothing of the person', async () => {
    await confirm(office, person.journey, toDo);
    const id = await flag();
    expect(await list()).toEqual([
      {
        id,
        kind: 'device-shared',
        severity: 'severe',
        raisedAt: office.clock.now,
        reviewedAt: null,
        reviewedBy: null,
        verdict: null,
        matter: {
          ...{ id: toDo.matter, registry: 'test-registry', externalId: 'M-1', version: 1 },
          ...{ authority: '110105', kind: 'establishment' },
        },
        toDoId: toDo.toDo,
        journeyId: person.journey,
        reference: 'P-1',
        roles: ['legal-representative', 'shareholder'],
      },
    ]);
  });

  it('is newest first, page by page, each flag once', async () => {
    const raised: string[] = [];
    for (const kind of [
      'device-shared',
      'account-shared',
      'portrait-shared',
      'attack-reported',
      'scores-apart',
    ])
      raised.unshift(await flag(kind));
    const first = await ids({ limit: 2 });
    const second = await ids({ limit: 2, after: first[1] });
    const third = await ids({ limit: 2, after: second[1] });
    expect([...first, ...second, ...third]).toEqual(raised);
  });

  it('holds what is open, or all', async () => {
    const reviewed = await flag('device-shared');
    const open = await flag('account-shared');
    await review(reviewed, 'cleared');
    expect(await ids()).toEqual([open]);
    expect(await ids({ openOnly: false })).toEqual([open, reviewed]);
  });

  it('is of the authorities that are covered', async () => {
    const here = await flag();
    const elsewhere = await office.push(holder, { externalId: 'M-2', authority: '310101' });
    const there = await flag('device-shared', elsewhere);
    expect(await ids({ authorities: ['110105'] })).toEqual([here]);
    expect(await ids({ authorities: ['31'] })).toEqual([there]);
    expect(await ids({ authorities: ['11', '31'] })).toEqual([there, here]);
    expect(await ids({ authorities: [''] })).toEqual([there, here]);
    expect(await ids({ authorities: [] })).toEqual([]);
  });
});
