import { randomUUID } from 'node:crypto';
import type { Holder } from '../../sandbox/alipay/settings';
import { sealedAcceptance } from '../../test/setup/acceptances';
import { startHarness } from '../../test/setup/activity-harness';
import type { Entered, ActivityHarness } from '../../test/setup/activity-harness';
import { listDecisions } from './decisions';
import { windowCodeFor } from './window-codes';

const MINUTE = 60_000;

let harness: ActivityHarness;
let person: Entered;
let clerk: string;
let [commands, revision] = [0, 10];

const wait = (minutes: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + minutes * MINUTE);
};
const command = () => `command-${(commands += 1)}`;
const codeOf = async ({ journey, session }: Entered) => {
  const issued = await windowCodeFor(harness.store, { journey, session }, harness.clock.now);
  return 'rejected' in issued ? issued.rejected : issued.code;
};

async function show(changes: object, { journey } = person): Promise<void> {
  revision += 1;
  await harness.activities.saveStop({ journey, step: 'stuck', allowed: [], codes: [], revision, ...changes });
}

/** @returns why the proposal is refused; undefined if it was made */
async function type(code: string | undefined, id = command(), { journey } = person) {
  const input = code === undefined ? undefined : await harness.seal(id, sealedAcceptance('on-site', code));
  const made = await harness.activities.propose({
    ...{
      journey,
      command: id,
      clerk,
      decision: 'accept',
      reason: 'online-check-failed',
      acceptance: 'on-site',
      paperHash: 'f'.repeat(64),
    },
    input,
  });
  return 'rejected' in made ? made.rejected : undefined;
}

beforeAll(async () => {
  harness = await startHarness();
  clerk = await harness.addClerk('clerk');
  await harness.addClerk('reviewer');
});
afterAll(() => harness.end());
beforeEach(async () => {
  const [holder] = harness.vendors.holders as [Holder];
  person = await harness.enter(holder, { session: randomUUID() });
  await show({ cause: 'in-person' });
});

it('is six characters that can be read aloud, the same for half an hour, and then another', async () => {
  const first = await codeOf(person);
  expect(first).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
  wait(29);
  expect(await codeOf(person)).toBe(first);
  wait(1);
  const second = await codeOf(person);
  expect(second).not.toBe(first);
  expect(await type(first)).toBe('window_code_wrong');
  expect(await type(second)).toBeUndefined();
});

it('is in the database sealed only', async () => {
  const code = await codeOf(person);
  const [row] = await harness.store.knex('window_codes').select('code');
  expect((row?.code as Buffer).includes(Buffer.from(code))).toBe(false);
});

it('is good for one proposal, and the same command again is the same proposal', async () => {
  const code = await codeOf(person);
  const id = command();
  expect(await type(code, id)).toBeUndefined();
  expect(await type(code, id)).toBeUndefined();
  expect(await type(code)).toBe('window_code_expired');
  const made = (await listDecisions(harness.store.knex, person.journey)).filter(
    (one) => one.state === 'proposed',
  );
  expect(made.map((one) => one.id)).toEqual([id]);
  expect(await codeOf(person)).not.toBe(code);
});

it('is asked for: nothing typed, or something else that was sealed, is no code', async () => {
  const code = await codeOf(person);
  expect(await type(undefined)).toBe('input_expired');
  const input = await harness.seal('a-name', { kind: 'name', name: code });
  const made = await harness.activities.propose({
    ...{
      journey: person.journey,
      command: command(),
      clerk,
      decision: 'accept',
      reason: 'online-check-failed',
      acceptance: 'on-site',
    },
    ...{ paperHash: 'f'.repeat(64), input },
  });
  expect(made).toEqual({ rejected: 'input_expired' });
});

it('may be mistyped four times, counted once for a command, and is then over', async () => {
  const code = await codeOf(person);
  const id = command();
  for (let times = 0; times < 7; times += 1) expect(await type('ZZZZZZ', id)).toBe('window_code_wrong');
  for (let times = 0; times < 3; times += 1) expect(await type('ZZZZZZ')).toBe('window_code_wrong');
  expect(await type('ZZZZZZ', 'the-fifth')).toBe('window_code_used_up');
  expect(await type('ZZZZZZ', 'the-fifth')).toBe('window_code_used_up');
  expect(await type(code)).toBe('window_code_used_up');
  const next = await codeOf(person);
  expect(next).not.toBe(code);
  expect(await type(next)).toBeUndefined();
});

it('typed wrongly by two clerks at once is typed wrongly twice', async () => {
  await codeOf(person);
  const responses = await Promise.all(Array.from({ length: 6 }, () => type('ZZZZZZ')));
  expect(responses.sort()).toEqual([
    ...Array.from({ length: 2 }, () => 'window_code_used_up'),
    ...Array.from({ length: 4 }, () => 'window_code_wrong'),
  ]);
});

it('is over when its half hour is, and is swept', async () => {
  const code = await codeOf(person);
  wait(30);
  expect(await type(code)).toBe('window_code_expired');
  expect(await harness.activities.deleteExpired()).toMatchObject({ windowCodes: 1 });
  expect(await type(code)).toBe('window_code_expired');
});

it('belongs to one journey: the same person in another account has another', async () => {
  const [holder] = harness.vendors.holders as [Holder];
  const stranger = await harness.enter({ ...holder, openId: 'a stranger' }, { session: randomUUID() });
  await show({ cause: 'in-person' }, stranger);
  expect(stranger.personKey).toBe(person.personKey);
  await codeOf(stranger);
  expect(await type(await codeOf(person), command(), stranger)).toBe('window_code_wrong');
});

it('belongs to the session that holds the journey, and begins anew with another', async () => {
  const code = await codeOf(person);
  const [holder] = harness.vendors.holders as [Holder];
  const next = await harness.enter(holder, { session: randomUUID() });
  await show({ cause: 'in-person' });
  expect(await codeOf(person)).toBe('not_found');
  expect(await type(code)).toBe('window_code_expired');
  expect(await codeOf(next)).not.toBe(code);
});

it('is there only where clerks may accept before the to-dos, and is over when the journey goes on', async () => {
  const code = await codeOf(person);
  await show({ step: 'face', by: 'back' });
  expect(await codeOf(person)).toBe('not_allowed_now');
  await show({ cause: 'in-person' });
  expect(await type(code)).toBe('window_code_expired');
  await show({ cause: 'system-fault' });
  expect(await codeOf(person)).toBe('not_allowed_now');
  await show({ cause: 'in-person', toDo: randomUUID() });
  expect(await codeOf(person)).toBe('not_allowed_now');
  await show({ step: 'closed' });
  expect(await codeOf(person)).toBe('not_allowed_now');
});

it('is not asked for within a matter, nor for what came by post', async () => {
  const notarised = {
    decision: 'accept',
    reason: 'online-check-failed',
    acceptance: 'notarised',
    paperHash: 'f'.repeat(64),
    clerk,
  } as const;
  const { journey } = person;
  expect(await harness.activities.propose({ ...notarised, journey, command: command() })).toMatchObject({
    acceptance: 'notarised',
  });
  const [holder] = harness.vendors.holders as [Holder];
  const { toDo } = await harness.push(holder, { externalId: 'M-window' });
  await show({ step: 'to-dos' });
  await show({ cause: 'in-person', toDo });
  const within = { ...notarised, acceptance: 'on-site', journey, toDo, command: command() } as const;
  expect(await harness.activities.propose(within)).toMatchObject({ acceptance: 'on-site' });
});
