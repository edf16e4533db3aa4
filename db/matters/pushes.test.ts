import type { Holder } from '../../sandbox/alipay/settings';
import { personOf } from '../../test/matters';
import { confirm, evidenceOf } from '../../test/setup/confirming';
import { startHarness } from '../../test/setup/activity-harness';
import type { Entered, ActivityHarness, PushedToDo } from '../../test/setup/activity-harness';
import { hashOfText } from './content';
import { listToDos } from '../confirmations/views';

let harness: ActivityHarness;
let holder: Holder;
let person: Entered;

beforeEach(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
  person = await harness.enter(holder);
});
afterEach(() => harness.end());

/** The to-dos of a matter, by role. */
async function toDosOf(pushed: PushedToDo): Promise<Record<string, PushedToDo & { state: string }>> {
  const rows = await harness.store
    .knex('confirmations')
    .where({ matter_id: pushed.matter })
    .select('role', 'to_do_id', 'text_hash', 'state');
  return Object.fromEntries(
    rows.map((row) => [
      row.role,
      { ...pushed, toDo: row.to_do_id, textHash: row.text_hash, state: row.state },
    ]),
  );
}

const states = async (pushed: PushedToDo) =>
  Object.fromEntries(Object.entries(await toDosOf(pushed)).map(([role, { state }]) => [role, state]));
const status = async ({ matter }: PushedToDo) =>
  (await harness.activities.reevaluateMatter({ matter }))?.state;

describe('one sitting for all roles', () => {
  it('is one to-do with one text', async () => {
    const toDos = Object.values(await toDosOf(await harness.push(holder)));
    expect([toDos.length, new Set(toDos.map(({ toDo }) => toDo)).size]).toEqual([2, 1]);
    expect(new Set(toDos.map(({ textHash }) => textHash)).size).toBe(1);
  });
});

describe('one signature per role', () => {
  const perRole = { signaturePerRole: true };

  it('is one to-do for each role, with a text that names that role only', async () => {
    await harness.push(holder, perRole);
    const { personKey } = person;
    const listed = await listToDos(harness.store, personKey, 'open', harness.clock.now);
    expect(listed.map(({ roles }) => roles).sort()).toEqual([['legal-representative'], ['shareholder']]);
    expect(new Set(listed.map(({ textHash }) => textHash)).size).toBe(2);
  });

  it('confirms the role that was signed for, with evidence of that text, and the matter when all are', async () => {
    const pushed = await harness.push(holder, perRole);
    const toDos = await toDosOf(pushed);
    const first = toDos['legal-representative']!;
    await confirm(harness, person.journey, first);
    expect(await states(pushed)).toEqual({ 'legal-representative': 'confirmed', shareholder: 'pending' });
    expect(await status(pushed)).toBe('open');
    const { matter } = JSON.parse(await evidenceOf(harness, first.toDo));
    expect(matter.text.person.roles).toEqual(['legal-representative']);
    expect(hashOfText(harness.store, matter.text)).toBe(first.textHash);
    await confirm(harness, person.journey, toDos.shareholder!);
    expect(await status(pushed)).toBe('confirmed');
    const deliveries = await harness.store
      .knex('deliveries')
      .whereNot('event', 'invitation.issued')
      .orderBy('sequence')
      .select('body');
    expect(deliveries.map(({ body }) => JSON.parse(body).persons)).toEqual([
      [{ reference: 'P-1', roles: ['legal-representative'] }],
      [{ reference: 'P-1', roles: ['shareholder'] }],
      undefined,
    ]);
  });

  it('needs a face check for each: that of one role signs for no other', async () => {
    const toDos = await toDosOf(await harness.push(holder, perRole));
    await confirm(harness, person.journey, toDos['legal-representative']!);
    const { id } = (await harness.store.knex('attempts').first('id'))!;
    const result = await harness.activities.sign({
      ...{ journey: person.journey, toDo: toDos.shareholder!.toDo, attempt: id, input: 'never-sealed' },
    });
    expect(result).toEqual({ outcome: 'not-signable', code: 'matter_changed' });
  });

  it('carries over role by role into a version with the same text', async () => {
    const pushed = await harness.push(holder, perRole);
    await confirm(harness, person.journey, (await toDosOf(pushed))['legal-representative']!);
    const next = await harness.push(holder, { version: 2, ...perRole });
    expect(await states(next)).toEqual({ 'legal-representative': 'carried', shareholder: 'pending' });
  });

  it('carries over what one role signed, when another role is added', async () => {
    const one = personOf({ name: holder.name, document: holder.document, roles: ['shareholder'] });
    const pushed = await harness.push(holder, { persons: [one], ...perRole });
    await confirm(harness, person.journey, pushed);
    const both = personOf({ ...one, roles: ['shareholder', 'director'] });
    const next = await harness.push(holder, { version: 2, persons: [both], ...perRole });
    expect(await states(next)).toEqual({ director: 'pending', shareholder: 'carried' });
  });
});

describe('a re-issue: the same at a higher version', () => {
  const DAY = 24 * 3_600_000;

  it('keeps what was confirmed, lists anew what was not, and begins its time again', async () => {
    const second = harness.vendors.holders[1]!;
    const persons = [
      personOf({ name: holder.name, document: holder.document, roles: ['shareholder'] }),
      personOf({ reference: 'P-2', name: second.name, document: second.document, roles: ['director'] }),
    ];
    const late = await harness.enter(second);
    const first = await harness.push(holder, { persons });
    const toDos = await toDosOf(first);
    await confirm(harness, person.journey, toDos.shareholder!);
    harness.clock.now = new Date(harness.clock.now.getTime() + 8 * DAY);
    const request = { journey: late.journey, toDo: toDos.director!.toDo, command: 'a'.repeat(64) };
    expect(await harness.activities.askForReissue(request)).toEqual({});
    const listed = () => listToDos(harness.store, late.personKey, 'open', harness.clock.now);
    expect(await listed()).toEqual([]);

    const next = await harness.push(holder, { version: 2, persons });
    expect(await states(first)).toEqual({ director: 'void', shareholder: 'confirmed' });
    expect(await states(next)).toEqual({ director: 'pending', shareholder: 'carried' });
    const now = harness.clock.now.getTime();
    expect(await listed()).toMatchObject([
      {
        matterId: next.matter,
        textHash: toDos.director!.textHash,
        listedUntil: new Date(now + 7 * DAY),
        expiresAt: new Date(now + 30 * DAY),
        reissueRequestedAt: null,
      },
    ]);
    await confirm(harness, late.journey, (await toDosOf(next)).director!);
    expect(await status(next)).toBe('confirmed');
  });
});

describe('after the configuration has changed between two versions', () => {
  it.each([
    [false, true],
    [true, false],
  ])('per role %s, then %s: who has one role stays confirmed', async (before, after) => {
    const persons = [personOf({ name: holder.name, document: holder.document, roles: ['shareholder'] })];
    const pushed = await harness.push(holder, { persons, signaturePerRole: before });
    await confirm(harness, person.journey, pushed);
    const next = await harness.push(holder, { version: 2, persons, signaturePerRole: after });
    expect(await states(next)).toEqual({ shareholder: 'carried' });
  });

  it.each([
    [false, true],
    [true, false],
  ])('per role %s, then %s: who has several is asked for the text that now is', async (before, after) => {
    const pushed = await harness.push(holder, { signaturePerRole: before });
    const signed = new Map(Object.values(await toDosOf(pushed)).map((toDo) => [toDo.toDo, toDo]));
    for (const toDo of signed.values()) await confirm(harness, person.journey, toDo);
    const next = await harness.push(holder, { version: 2, signaturePerRole: after });
    expect(await states(next)).toEqual({ 'legal-representative': 'pending', shareholder: 'pending' });
  });
});
