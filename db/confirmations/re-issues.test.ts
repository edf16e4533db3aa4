import type { Holder } from '../../sandbox/alipay/settings';
import { confirm } from '../../test/setup/confirming';
import { startHarness } from '../../test/setup/activity-harness';
import type { Entered, ActivityHarness, PushedToDo } from '../../test/setup/activity-harness';

const DAY = 24 * 3_600_000;

let harness: ActivityHarness;
let holder: Holder;
let person: Entered;
let pushed: PushedToDo;

beforeEach(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
  person = await harness.enter(holder);
  pushed = await harness.push(holder);
});
afterEach(() => harness.end());

const pass = (days: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + days * DAY);
};
const ask = (command: string, toDo = pushed.toDo) =>
  harness.activities.askForReissue({ journey: person.journey, toDo, command: command.padEnd(64, '0') });
const callbacks = async () =>
  (
    await harness.store
      .knex('deliveries')
      .whereNot('event', 'invitation.issued')
      .orderBy('sequence')
      .select('body')
  ).map(({ body }) => JSON.parse(body) as { event: string });

it('is requested once: the registration system gets a callback, and the matter is reevaluated', async () => {
  pass(8);
  expect(await ask('command-1')).toEqual({});
  expect(await callbacks()).toEqual([
    {
      deliveryId: expect.any(String),
      occurredAt: harness.clock.now.toISOString(),
      matter: { externalId: 'M-1', version: 1 },
      event: 'reissue.requested',
      persons: [{ reference: 'P-1', roles: ['legal-representative', 'shareholder'] }],
    },
  ]);
  expect(harness.reevaluated).toEqual([pushed.matter]);
});

it('the same command gets the same result again; another command is rejected until a day has passed', async () => {
  pass(8);
  await ask('command-1');
  expect(await ask('command-1')).toEqual({});
  expect(await ask('command-2')).toEqual({ rejected: 'reissue_requested_already' });
  expect(await callbacks()).toHaveLength(1);
  pass(1);
  expect(await ask('command-3')).toEqual({});
  expect(await callbacks()).toHaveLength(2);
});

it('two commands at once tell it once', async () => {
  pass(8);
  const responses = await Promise.all([ask('command-1'), ask('command-2')]);
  expect(responses).toContainEqual({});
  expect(responses).toContainEqual({ rejected: 'reissue_requested_already' });
  expect(await callbacks()).toHaveLength(1);
});

it.each([
  ['is still listed', 6, async () => undefined, 'reissue_not_needed'],
  ['is over', 31, () => harness.activities.reevaluateMatter({ matter: pushed.matter }), 'reissue_too_late'],
  ['was taken back', 8, () => harness.activities.withdraw({ matter: pushed.matter }), 'reissue_too_late'],
  ['is confirmed', 8, () => confirm(harness, person.journey, pushed), 'to_do_settled'],
])('is refused when the to-do %s', async (_, days, happen, rejected) => {
  pass(days);
  await happen();
  const before = await callbacks();
  expect(await ask('command-1')).toEqual({ rejected });
  expect(await callbacks()).toEqual(before);
  expect(harness.reevaluated.filter((reevaluated) => reevaluated !== pushed.matter)).toEqual([]);
});

it('nobody asks for what waits for another person', async () => {
  const foreign = await harness.push(harness.vendors.holders[1]!, { externalId: 'M-2' });
  pass(8);
  expect(await ask('command-1', foreign.toDo)).toEqual({ rejected: 'to_do_unknown' });
  expect(await callbacks()).toEqual([]);
});

it('a person with an invitation can still confirm a to-do that is no longer listed', async () => {
  pass(29);
  const opened = { journey: person.journey, toDo: pushed.toDo, textHash: pushed.textHash };
  expect(await harness.activities.openToDo(opened)).toEqual({ matter: pushed.matter });
  await confirm(harness, person.journey, pushed);
  expect((await harness.activities.reevaluateMatter({ matter: pushed.matter }))?.state).toBe('confirmed');
});
