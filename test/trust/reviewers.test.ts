import { randomUUID } from 'node:crypto';
import { addClerk } from '../../db/clerks';
import type { Holder } from '../../sandbox/alipay/settings';
import { openOffice } from '../setup/office';
import type { Entered, Office } from '../setup/office';

let office: Office;
let proposer: string;
let [honest, colluding] = ['', ''];
let [people, commands, revision] = [0, 0, 10];

beforeAll(async () => {
  office = await openOffice();
  const clerk = async (role: 'clerk' | 'reviewer') => {
    const login = `c-${randomUUID().slice(0, 8)}`;
    const account = { login, name: '经办', role, scope: ['national'], password: 'a-long-enough-one' };
    return (await addClerk(office.store.knex, account, office.clock.now)) ?? '';
  };
  [proposer, honest, colluding] = [await clerk('clerk'), await clerk('reviewer'), await clerk('reviewer')];
});
afterAll(() => office.end());

/** Somebody new, who waits for a decision that two clerks make. */
async function somebodyStuck(): Promise<Entered> {
  const [holder] = office.vendors.holders as [Holder];
  const document = { ...holder.document, number: `number-${(people += 1)}` };
  const person = await office.enter({ ...holder, document }, { session: randomUUID() });
  await show(person, 'name-mismatch-suspected');
  return person;
}

async function show({ journey }: Entered, cause?: 'name-mismatch-suspected'): Promise<void> {
  const step = cause ? 'stuck' : 'face';
  await office.activities.show({ journey, step, allowed: [], codes: [], revision: (revision += 1), cause });
}

/** @returns the reviewer whom the system picks */
async function propose({ journey }: Entered, clerk = proposer): Promise<string> {
  const command = `command-${(commands += 1)}`;
  const input = await office.seal(command, { kind: 'name', name: '测·试' });
  const made = await office.activities.propose({ journey, command, clerk, decision: 'correct-name', input });
  if ('refused' in made) throw new Error(made.refused);
  return made.reviewer;
}

test('a proposal that only keeps one reviewer busy does not lead the next one to another', async () => {
  const picked = [];
  for (let time = 0; time < 60; time += 1) {
    let decoy = await somebodyStuck();
    while ((await propose(decoy)) !== honest) {
      await show(decoy);
      decoy = await somebodyStuck();
    }
    const person = await somebodyStuck();
    picked.push(await propose(person));
    await show(person);
    await show(decoy);
  }
  // By a fair lot: once in 2^60.
  expect(picked.filter((id) => id === colluding).length).toBeLessThan(60);
});

test('closing and proposing again does not pick another reviewer', async () => {
  const person = await somebodyStuck();
  const picked = new Set<string>();
  for (let time = 0; time < 20; time += 1) {
    picked.add(await propose(person));
    await show(person);
    await show(person, 'name-mismatch-suspected');
  }
  expect(picked.size).toBe(1);
});
