import { randomUUID } from 'node:crypto';
import type { Holder } from '../sandbox/alipay/settings';
import { openOffice } from '../test/setup/office';
import type { Entered, Office } from '../test/setup/office';
import { listDecisions } from './decisions';
import { windowCodeFor } from './window-codes';

const MINUTE = 60_000;

let office: Office;
let person: Entered;
let clerk: string;
let [commands, revision] = [0, 10];

const wait = (minutes: number) => {
  office.clock.now = new Date(office.clock.now.getTime() + minutes * MINUTE);
};
const command = () => `command-${(commands += 1)}`;
const codeOf = async ({ journey, session }: Entered) => {
  const shown = await windowCodeFor(office.store, { journey, session }, office.clock.now);
  return 'refused' in shown ? shown.refused : shown.code;
};

async function show(changes: object, { journey } = person): Promise<void> {
  revision += 1;
  await office.activities.show({ journey, step: 'stuck', allowed: [], codes: [], revision, ...changes });
}

/** @returns why the proposal is refused; undefined if it was made */
async function type(code: string | undefined, id = command(), { journey } = person) {
  const input = code === undefined ? undefined : await office.seal(id, { kind: 'window-code', code });
  const made = await office.activities.propose({
    ...{ journey, command: id, clerk, decision: 'accept', acceptance: 'on-site', paperHash: 'f'.repeat(64) },
    input,
  });
  return 'refused' in made ? made.refused : undefined;
}

beforeAll(async () => {
  office = await openOffice();
  clerk = await office.addClerk('clerk');
  await office.addClerk('reviewer');
});
afterAll(() => office.end());
beforeEach(async () => {
  const [holder] = office.vendors.holders as [Holder];
  person = await office.enter(holder, { session: randomUUID() });
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
  const [row] = await office.store.knex('window_codes').select('code');
  expect((row?.code as Buffer).includes(Buffer.from(code))).toBe(false);
});

it('is good for one proposal, and the same command again is the same proposal', async () => {
  const code = await codeOf(person);
  const id = command();
  expect(await type(code, id)).toBeUndefined();
  expect(await type(code, id)).toBeUndefined();
  expect(await type(code)).toBe('window_code_expired');
  const made = (await listDecisions(office.store.knex, person.journey)).filter(
    (one) => one.state === 'proposed',
  );
  expect(made.map((one) => one.id)).toEqual([id]);
  expect(await codeOf(person)).not.toBe(code);
});

it('is asked for: nothing typed, or something else that was sealed, is no code', async () => {
  const code = await codeOf(person);
  expect(await type(undefined)).toBe('input_expired');
  const input = await office.seal('a-name', { kind: 'name', name: code, code });
  const made = await office.activities.propose({
    ...{ journey: person.journey, command: command(), clerk, decision: 'accept', acceptance: 'on-site' },
    ...{ paperHash: 'f'.repeat(64), input },
  });
  expect(made).toEqual({ refused: 'input_expired' });
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
  const answers = await Promise.all(Array.from({ length: 6 }, () => type('ZZZZZZ')));
  expect(answers.sort()).toEqual([
    ...Array.from({ length: 2 }, () => 'window_code_used_up'),
    ...Array.from({ length: 4 }, () => 'window_code_wrong'),
  ]);
});

it('is over when its half hour is, and is swept', async () => {
  const code = await codeOf(person);
  wait(30);
  expect(await type(code)).toBe('window_code_expired');
  expect(await office.activities.sweep()).toMatchObject({ windowCodes: 1 });
  expect(await type(code)).toBe('window_code_expired');
});

it('belongs to one journey: the same person in another account has another', async () => {
  const [holder] = office.vendors.holders as [Holder];
  const stranger = await office.enter({ ...holder, openId: 'a stranger' }, { session: randomUUID() });
  await show({ cause: 'in-person' }, stranger);
  expect(stranger.personKey).toBe(person.personKey);
  await codeOf(stranger);
  expect(await type(await codeOf(person), command(), stranger)).toBe('window_code_wrong');
});

it('belongs to the session that holds the journey, and begins anew with another', async () => {
  const code = await codeOf(person);
  const [holder] = office.vendors.holders as [Holder];
  const next = await office.enter(holder, { session: randomUUID() });
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
    acceptance: 'notarised',
    paperHash: 'f'.repeat(64),
    clerk,
  } as const;
  const { journey } = person;
  expect(await office.activities.propose({ ...notarised, journey, command: command() })).toMatchObject({
    acceptance: 'notarised',
  });
  const [holder] = office.vendors.holders as [Holder];
  const { toDo } = await office.push(holder, { externalId: 'M-window' });
  await show({ step: 'to-dos' });
  await show({ cause: 'in-person', toDo });
  const within = { ...notarised, acceptance: 'on-site', journey, toDo, command: command() } as const;
  expect(await office.activities.propose(within)).toMatchObject({ acceptance: 'on-site' });
});
