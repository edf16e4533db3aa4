import type { Holder } from '../sandbox/alipay/settings';
import { personOf } from '../test/matters';
import { confirm, evidenceOf } from '../test/setup/confirming';
import { openOffice } from '../test/setup/office';
import type { Entered, Office, PushedToDo } from '../test/setup/office';
import { hashOfText } from './pushes';
import { listToDos } from './views';

let office: Office;
let holder: Holder;
let person: Entered;

beforeEach(async () => {
  office = await openOffice();
  [holder] = office.vendors.holders as [Holder];
  person = await office.enter(holder);
});
afterEach(() => office.end());

/** The to-dos of a matter, by role. */
async function toDosOf(pushed: PushedToDo): Promise<Record<string, PushedToDo & { state: string }>> {
  const rows = await office.store
    .knex('confirmations')
    .where({ matter_id: pushed.matter })
    .select('role', 'to_do_id', 'text_hash', 'state');
  return Object.fromEntries(
    rows.map((row) => [
      String(row.role),
      { ...pushed, toDo: row.to_do_id, textHash: row.text_hash, state: row.state },
    ]),
  );
}

const states = async (pushed: PushedToDo) =>
  Object.fromEntries(Object.entries(await toDosOf(pushed)).map(([role, { state }]) => [role, state]));
const standing = async ({ matter }: PushedToDo) => (await office.activities.review({ matter }))?.state;

describe('one sitting for all roles', () => {
  it('is one to-do with one text', async () => {
    const toDos = Object.values(await toDosOf(await office.push(holder)));
    expect([toDos.length, new Set(toDos.map(({ toDo }) => toDo)).size]).toEqual([2, 1]);
    expect(new Set(toDos.map(({ textHash }) => textHash)).size).toBe(1);
  });
});

describe('one signature per role', () => {
  const perRole = { signaturePerRole: true };

  it('is one to-do for each role, with a text that names that role only', async () => {
    await office.push(holder, perRole);
    const { personKey } = person;
    const listed = await listToDos(office.store, personKey, 'open', office.clock.now);
    expect(listed.map(({ roles }) => roles).sort()).toEqual([['legal-representative'], ['shareholder']]);
    expect(new Set(listed.map(({ textHash }) => textHash)).size).toBe(2);
  });

  it('confirms the role that was signed for, with evidence of that text, and the matter when all are', async () => {
    const pushed = await office.push(holder, perRole);
    const toDos = await toDosOf(pushed);
    const first = toDos['legal-representative']!;
    await confirm(office, person.journey, first);
    expect(await states(pushed)).toEqual({ 'legal-representative': 'confirmed', shareholder: 'pending' });
    expect(await standing(pushed)).toBe('open');
    const { matter } = JSON.parse(await evidenceOf(office, first.toDo));
    expect(matter.text.person.roles).toEqual(['legal-representative']);
    expect(hashOfText(office.store, matter.text)).toBe(first.textHash);
    await confirm(office, person.journey, toDos.shareholder!);
    expect(await standing(pushed)).toBe('confirmed');
    const deliveries = await office.store.knex('deliveries').orderBy('sequence').select('body');
    expect(deliveries.map(({ body }) => JSON.parse(String(body)).persons)).toEqual([
      [{ reference: 'P-1', roles: ['legal-representative'] }],
      [{ reference: 'P-1', roles: ['shareholder'] }],
      undefined,
    ]);
  });

  it('needs a face check for each: that of one role signs for no other', async () => {
    const toDos = await toDosOf(await office.push(holder, perRole));
    await confirm(office, person.journey, toDos['legal-representative']!);
    const { id } = await office.store.knex('attempts').first('id');
    const result = await office.activities.sign({
      ...{ journey: person.journey, toDo: toDos.shareholder!.toDo, attempt: id, input: 'never-sealed' },
    });
    expect(result).toEqual({ outcome: 'not-signable', code: 'matter_changed' });
  });

  it('carries over role by role into a version with the same text', async () => {
    const pushed = await office.push(holder, perRole);
    await confirm(office, person.journey, (await toDosOf(pushed))['legal-representative']!);
    const next = await office.push(holder, { version: 2, ...perRole });
    expect(await states(next)).toEqual({ 'legal-representative': 'carried', shareholder: 'pending' });
  });

  it('carries over what one role signed, when another role is added', async () => {
    const one = personOf({ name: holder.name, document: holder.document, roles: ['shareholder'] });
    const pushed = await office.push(holder, { persons: [one], ...perRole });
    await confirm(office, person.journey, pushed);
    const both = personOf({ ...one, roles: ['shareholder', 'director'] });
    const next = await office.push(holder, { version: 2, persons: [both], ...perRole });
    expect(await states(next)).toEqual({ director: 'pending', shareholder: 'carried' });
  });
});

describe('a re-issue: the same at a higher version', () => {
  const DAY = 24 * 3_600_000;

  it('keeps what was confirmed, lists anew what was not, and begins its time again', async () => {
    const second = office.vendors.holders[1]!;
    const persons = [
      personOf({ name: holder.name, document: holder.document, roles: ['shareholder'] }),
      personOf({ reference: 'P-2', name: second.name, document: second.document, roles: ['director'] }),
    ];
    const late = await office.enter(second);
    const first = await office.push(holder, { persons });
    const toDos = await toDosOf(first);
    await confirm(office, person.journey, toDos.shareholder!);
    office.clock.now = new Date(office.clock.now.getTime() + 8 * DAY);
    const asked = { journey: late.journey, toDo: toDos.director!.toDo, command: 'a'.repeat(64) };
    expect(await office.activities.askForReissue(asked)).toEqual({});
    const listed = () => listToDos(office.store, late.personKey, 'open', office.clock.now);
    expect(await listed()).toEqual([]);

    const next = await office.push(holder, { version: 2, persons });
    expect(await states(first)).toEqual({ director: 'void', shareholder: 'confirmed' });
    expect(await states(next)).toEqual({ director: 'pending', shareholder: 'carried' });
    const now = office.clock.now.getTime();
    expect(await listed()).toMatchObject([
      {
        matterId: next.matter,
        textHash: toDos.director!.textHash,
        listedUntil: new Date(now + 7 * DAY),
        expiresAt: new Date(now + 30 * DAY),
        reissueRequestedAt: null,
      },
    ]);
    await confirm(office, late.journey, (await toDosOf(next)).director!);
    expect(await standing(next)).toBe('confirmed');
  });
});

describe('after the configuration has changed between two versions', () => {
  it.each([
    [false, true],
    [true, false],
  ])('per role %s, then %s: who has one role stays confirmed', async (before, after) => {
    const persons = [personOf({ name: holder.name, document: holder.document, roles: ['shareholder'] })];
    const pushed = await office.push(holder, { persons, signaturePerRole: before });
    await confirm(office, person.journey, pushed);
    const next = await office.push(holder, { version: 2, persons, signaturePerRole: after });
    expect(await states(next)).toEqual({ shareholder: 'carried' });
  });

  it.each([
    [false, true],
    [true, false],
  ])('per role %s, then %s: who has several is asked for the text that now is', async (before, after) => {
    const pushed = await office.push(holder, { signaturePerRole: before });
    const signed = new Map(Object.values(await toDosOf(pushed)).map((toDo) => [toDo.toDo, toDo]));
    for (const toDo of signed.values()) await confirm(office, person.journey, toDo);
    const next = await office.push(holder, { version: 2, signaturePerRole: after });
    expect(await states(next)).toEqual({ 'legal-representative': 'pending', shareholder: 'pending' });
  });
});
