import type { Holder } from '../sandbox/alipay/settings';
import { confirm } from '../test/setup/confirming';
import { openOffice } from '../test/setup/office';
import type { Entered, Office, PushedToDo } from '../test/setup/office';

const DAY = 24 * 3_600_000;

let office: Office;
let holder: Holder;
let person: Entered;
let pushed: PushedToDo;

beforeEach(async () => {
  office = await openOffice();
  [holder] = office.vendors.holders as [Holder];
  person = await office.enter(holder);
  pushed = await office.push(holder);
});
afterEach(() => office.end());

const pass = (days: number) => {
  office.clock.now = new Date(office.clock.now.getTime() + days * DAY);
};
const ask = (command: string, toDo = pushed.toDo) =>
  office.activities.askForReissue({ journey: person.journey, toDo, command: command.padEnd(64, '0') });
const told = async () =>
  (await office.store.knex('deliveries').orderBy('sequence').select('body')).map(
    ({ body }) => JSON.parse(String(body)) as { event: string },
  );

it('is asked for once, told to the registration system, and the matter looks again', async () => {
  pass(8);
  expect(await ask('tap-1')).toEqual({});
  expect(await told()).toEqual([
    {
      deliveryId: expect.any(String),
      occurredAt: office.clock.now.toISOString(),
      matter: { externalId: 'M-1', version: 1 },
      event: 'reissue.requested',
      persons: [{ reference: 'P-1', roles: ['legal-representative', 'shareholder'] }],
    },
  ]);
  expect(office.looked).toEqual([pushed.matter]);
});

it('the command that asked is told so again; another one that it was asked for, until a day has passed', async () => {
  pass(8);
  await ask('tap-1');
  expect(await ask('tap-1')).toEqual({});
  expect(await ask('tap-2')).toEqual({ refused: 'reissue_requested_already' });
  expect(await told()).toHaveLength(1);
  pass(1);
  expect(await ask('tap-3')).toEqual({});
  expect(await told()).toHaveLength(2);
});

it('two taps at once tell it once', async () => {
  pass(8);
  const answers = await Promise.all([ask('tap-1'), ask('tap-2')]);
  expect(answers).toContainEqual({});
  expect(answers).toContainEqual({ refused: 'reissue_requested_already' });
  expect(await told()).toHaveLength(1);
});

it.each([
  ['is still listed', 6, async () => undefined, 'reissue_not_needed'],
  ['is over', 31, () => office.activities.review({ matter: pushed.matter }), 'reissue_too_late'],
  ['was taken back', 8, () => office.activities.withdraw({ matter: pushed.matter }), 'reissue_too_late'],
  ['is confirmed', 8, () => confirm(office, person.journey, pushed), 'to_do_settled'],
])('is refused when the to-do %s', async (_, days, happen, refused) => {
  pass(days);
  await happen();
  const before = await told();
  expect(await ask('tap-1')).toEqual({ refused });
  expect(await told()).toEqual(before);
  expect(office.looked.filter((looked) => looked !== pushed.matter)).toEqual([]);
});

it('nobody asks for what waits for another person', async () => {
  const foreign = await office.push(office.vendors.holders[1]!, { externalId: 'M-2' });
  pass(8);
  expect(await ask('tap-1', foreign.toDo)).toEqual({ refused: 'to_do_unknown' });
  expect(await told()).toEqual([]);
});

it('what is listed no more can still be confirmed, by who comes with an invitation', async () => {
  pass(29);
  const opened = { journey: person.journey, toDo: pushed.toDo, textHash: pushed.textHash };
  expect(await office.activities.openToDo(opened)).toEqual({ matter: pushed.matter });
  await confirm(office, person.journey, pushed);
  expect((await office.activities.review({ matter: pushed.matter }))?.state).toBe('confirmed');
});
