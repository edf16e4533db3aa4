import { createHash, randomUUID } from 'node:crypto';
import type { Holder } from '../../sandbox/alipay/settings';
import { sealedAcceptance } from '../../test/setup/acceptances';
import { startHarness } from '../../test/setup/activity-harness';
import type { ActivityHarness, Entered } from '../../test/setup/activity-harness';
import { MOST_SCANS } from '../../domain/limits';
import { findJourney } from '../journeys/journeys';
import { claim } from './claims';
import { propose, settleProposal } from './decisions';
import { keepScan, scanOf } from './scans';

const HOUR = 3_600_000;
const MIB = 1024 * 1024;

let harness: ActivityHarness;
let person: Entered;
let clerk: string;
let revision = 10;

const knex = () => harness.store.knex;
const now = () => harness.clock.now;
const wait = (hours: number) => {
  harness.clock.now = new Date(now().getTime() + hours * HOUR);
};
const show = (changes: object) =>
  harness.activities.saveStop({
    ...{ journey: person.journey, step: 'stuck', allowed: [], codes: [], revision: (revision += 1) },
    ...changes,
  });
const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const fileOf = (text: string, size = 100) => Buffer.alloc(size, `%PDF-1.7 ${text} `);
const upload = async (content: Buffer, by = clerk) => {
  await claim(knex(), person.journey, by, now());
  return await keepScan(
    harness.store,
    {
      ...{ journey: person.journey, clerk: by, content },
      ...{ sha256: hashOf(content), mediaType: 'application/pdf' },
    },
    now(),
  );
};
const proposeScan = async (content: Buffer, command: string = randomUUID()) => {
  await claim(knex(), person.journey, clerk, now());
  const input = await harness.seal(command, sealedAcceptance('notarised'));
  const proposed = {
    decision: 'accept',
    reason: 'online-check-failed',
    acceptance: 'notarised',
    paperHash: hashOf(content),
    input,
  } as const;
  const made = await propose(harness.store, { ...proposed, journey: person.journey, command, clerk }, now());
  return 'rejected' in made ? made.rejected : undefined;
};
const read = async (content: Buffer) => {
  const journey = await findJourney(knex(), person.journey);
  const scan = await scanOf(harness.store, journey!, hashOf(content));
  return scan && Buffer.concat(await scan.content.toArray());
};
const kept = async () => [
  ...(await knex()('scans').pluck('sha256')),
  (await knex()('scan_parts').distinct('document_id')).length,
];

beforeEach(async () => {
  harness = await startHarness();
  const [holder] = harness.vendors.holders as [Holder];
  person = await harness.enter(holder, { session: randomUUID() });
  clerk = await harness.addClerk('clerk');
  await harness.addClerk('reviewer');
  await show({ cause: 'in-person' });
});
afterEach(() => harness.end());

it('is kept once, in sealed parts, and read as it was', async () => {
  const scan = fileOf('passport', 2 * MIB + 5);
  expect([await upload(scan), await upload(scan)]).toEqual([{}, {}]);
  const parts: Buffer[] = await knex()('scan_parts').pluck('content');
  expect(parts.length).toBe(3);
  expect(parts.some((part) => part.includes('passport'))).toBe(false);
  expect((await read(scan))?.equals(scan)).toBe(true);
  expect(await read(fileOf('another'))).toBeUndefined();
});

it('counts for a proposal only where it was uploaded, in the same visit and at the same stop', async () => {
  const scan = fileOf('identity');
  expect(await proposeScan(scan)).toBe('scan_unknown');
  expect(await upload(scan)).toEqual({});
  await show({ step: 'to-dos' });
  const [holder] = harness.vendors.holders as [Holder];
  const { toDo } = await harness.push(holder);
  await show({ cause: 'in-person', toDo });
  expect(await proposeScan(scan)).toBe('scan_unknown');
  // The same file shows this too.
  await upload(scan);
  expect(await proposeScan(scan)).toBeUndefined();
  wait(1);
  person = await harness.enter(holder, { session: randomUUID() });
  await show({ cause: 'in-person' });
  expect(await read(scan)).toBeUndefined();
  expect(await proposeScan(scan)).toBe('scan_unknown');
});

it('is taken from the clerk who has the claim, where clerks may accept, and so many times', async () => {
  const other = await harness.addClerk('clerk');
  await upload(fileOf('first'));
  expect(await upload(fileOf('second'), other)).toEqual({ rejected: 'claimed_by_other' });
  wait(1);
  const late = { journey: person.journey, clerk, content: fileOf('late'), sha256: 'f'.repeat(64) };
  expect(await keepScan(harness.store, { ...late, mediaType: 'application/pdf' }, now())).toEqual({
    rejected: 'claim_expired',
  });
  for (let count = 1; count < MOST_SCANS; count += 1) await upload(fileOf(`scan ${count}`));
  expect(await upload(fileOf('one more'))).toEqual({ rejected: 'too_many_scans' });
  expect(await upload(fileOf('first'))).toEqual({});
  await show({ cause: 'system-fault' });
  expect(await upload(fileOf('first'))).toEqual({ rejected: 'not_allowed_now' });
});

it('is deleted a day after the upload if nobody proposed it, and with the visit if somebody did', async () => {
  const [proposed, left] = [fileOf('proposed'), fileOf('left')];
  await upload(proposed);
  await upload(left);
  expect(await proposeScan(proposed, 'p-1')).toBeUndefined();
  wait(23);
  expect(await harness.activities.deleteExpired()).toMatchObject({ scans: 0 });
  wait(1);
  expect(await harness.activities.deleteExpired()).toMatchObject({ scans: 1 });
  expect(await kept()).toEqual([hashOf(proposed), 1]);
  await show({ step: 'closed' });
  expect(await read(proposed)).toBeUndefined();
  expect(await harness.activities.deleteExpired()).toMatchObject({ scans: 1 });
  expect(await kept()).toEqual([0]);
});

it('of a declined proposal is deleted after a day', async () => {
  const scan = fileOf('declined');
  await upload(scan);
  expect(await proposeScan(scan, 'p-1')).toBeUndefined();
  const [row] = await knex()('decisions').where({ id: 'p-1' });
  const reviewer = row?.reviewer ?? '';
  await claim(knex(), person.journey, reviewer, now());
  const verdict = { verdict: 'decline', reason: 'scan-unclear' } as const;
  const declined = { journey: person.journey, proposal: 'p-1', ...verdict, clerk: reviewer };
  expect(await settleProposal(harness.store, declined, now())).toEqual({});
  wait(25);
  expect(await harness.activities.deleteExpired()).toMatchObject({ scans: 1 });
  expect(await kept()).toEqual([0]);
});
