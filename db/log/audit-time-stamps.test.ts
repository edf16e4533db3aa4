import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readCertificates } from '../../evidence/certificates';
import type { TimeStampTrust } from '../../evidence/time-stamp/verification';
import { freshStore } from '../../test/setup/api';
import type { FreshStore } from '../../test/setup/api';
import { startEvidenceAuthorities } from '../../test/setup/evidence-authorities';
import type { EvidenceAuthorities } from '../../test/setup/evidence-authorities';
import { LOG_ORIGIN, logIdentity } from '../../test/setup/keys';
import { auditTimeStamps } from './audit-time-stamps';
import { addTimeStamp, findCheckpoint } from './checkpoints';
import { addLeaves, publishCheckpoint } from './sequencing';
import { addToLog } from './waiting';

let authorities: EvidenceAuthorities;
let fresh: FreshStore;

const now = new Date('2026-03-01T00:00:00Z');
const hashOf = (note: string) => createHash('sha256').update(note).digest();
const rootsIn = (file: string) => ({ roots: readCertificates(readFileSync(file, 'utf8')) });
const trust = () => rootsIn(authorities.files.timeStamping.roots);
const findings = async (by?: TimeStampTrust) =>
  (await auditTimeStamps(fresh.store.knex, by)).findings.map(({ text }) => text);
const saysNothing = (size: number, defect: string) => [
  `The time stamp of the checkpoint of ${size} leaves does not prove when it was there: ${defect}.`,
];

beforeAll(async () => {
  authorities = await startEvidenceAuthorities();
}, 60_000);
afterAll(() => authorities.end());

// Checkpoints of 1 and 2 leaves with their time stamps, and one of 3 without.
beforeEach(async () => {
  fresh = await freshStore();
  const { store } = fresh;
  for (let size = 1; size <= 3; size += 1) {
    await addToLog(store.knex, 'evidence', size.toString(16).padStart(64, '0'), now);
    await addLeaves(store, LOG_ORIGIN);
    await publishCheckpoint(store, logIdentity, now);
    if (size === 3) continue;
    const { id, note } = (await findCheckpoint(store.knex, LOG_ORIGIN, size))!;
    await addTimeStamp(store.knex, id, await authorities.sealing.timeStamper.stamp(hashOf(note)), now);
  }
});
afterEach(() => fresh.end());

const idOf = async (size: number) => (await findCheckpoint(fresh.store.knex, LOG_ORIGIN, size))!.id;
const change = async (size: number, token: Buffer) =>
  await fresh
    .owner('log_time_stamps')
    .where({ checkpoint_id: await idOf(size) })
    .update({ token });

it('that nobody touched are counted, and no finding', async () => {
  expect(await auditTimeStamps(fresh.store.knex, trust())).toEqual({ timeStamps: 2, findings: [] });
});

it.each([
  ['with roots', trust],
  ['without roots', () => undefined],
])('one of another checkpoint is named, %s', async (_, by) => {
  const { token } = (await fresh.store
    .knex('log_time_stamps')
    .where({ checkpoint_id: await idOf(2) })
    .first('token'))!;
  await change(1, token);
  expect(await findings(by())).toEqual(saysNothing(1, 'time_stamp_of_another_hash'));
});

it('bytes that are no time stamp are named', async () => {
  await change(2, Buffer.from('token'));
  expect(await findings(trust())).toEqual(saysNothing(2, 'time_stamp_malformed'));
});

it('one by an authority that is not trusted is named, where it is said who is', async () => {
  const other = rootsIn(authorities.files.signerCa.authority.certificate);
  expect(await findings(other)).toEqual([1, 2].flatMap((size) => saysNothing(size, 'time_stamp_untrusted')));
  expect(await findings()).toEqual([]);
});
