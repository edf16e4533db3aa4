import { createHash } from 'node:crypto';
import { recordAction } from '../../db/clerks/actions';
import { auditLog, findingText } from '../../db/log/audit';
import { findCheckpoint } from '../../db/log/checkpoints';
import { addLeaves, publishCheckpoint } from '../../db/log/sequencing';
import { addToLog } from '../../db/log/waiting';
import { sealFor } from '../../db/store/sealed-values';
import { freshStore } from './api';
import type { FreshStore } from './api';
import { LOG_ORIGIN, logIdentity, logVerifiers } from './keys';

// 300 leaves, so that there is a full tile: evidence at 0, 2, …, 298, and clerk actions 1, 2, …, 150 at 1, 3, …, 299.
export const LEAVES = 300;
export const EVIDENCE_DAYS = 1830;
export const now = new Date('2026-03-01T00:00:00Z');
export const at = (index: number) => new Date(now.getTime() + index);
export const numberOf = (index: number) => `20260301-${String(index).padStart(10, '0')}`;
export const evidenceId = (index: number) => `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
const person = { documentType: 'foreign-passport', number: 'E1234567', issuingCountry: 'FRA' };
/** What a row of evidence says again. */
const statementOf = (index: number) =>
  JSON.stringify({
    ...{ format: 1, salt: `salt ${index}`, number: numberOf(index), signedAt: at(index).toISOString() },
    ...{ matter: { registry: 'r', externalId: `M-${index}`, version: 1 }, person, reference: 'P-1' },
  });
export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Before each test: a log of evidence and clerk actions, with checkpoints of 256 and of 300 leaves. */
export function auditedLog() {
  let fresh: FreshStore;
  // Databases of other tests go on counting.
  let offset = 0;

  /** Evidence as signing adds it. */
  async function addEvidence(index: number): Promise<void> {
    const { store } = fresh;
    await store.knex.transaction(async (db) => {
      const id = evidenceId(index);
      const owner = `evidence:${id}`;
      const key = await store.dataKeys.create(db, owner);
      const sha256 = hashOf(statementOf(index));
      const { pseudonyms } = store;
      await db('evidence').insert({
        ...{ id, number: numberOf(index), sha256, created_at: at(index), to_do_id: `t-${index}` },
        matter_id: pseudonyms.matterId('r', `M-${index}`, 1),
        person_key: pseudonyms.person('foreign-passport', 'FRA E1234567'),
        content: sealFor(store, key, owner, 'content', statementOf(index)),
      });
      await addToLog(db, 'evidence', sha256, now);
    });
  }

  /** The to-dos of evidence, without their matters. */
  async function addToDos(from: number): Promise<void> {
    await fresh.owner.transaction(async (db) => {
      const rows = await db('evidence')
        .where('created_at', '>=', at(from))
        .select('to_do_id', 'matter_id', 'person_key', 'created_at');
      await db.raw('SET foreign_key_checks = 0');
      await db('confirmations').insert(
        rows.map(({ created_at: pushedAt, ...row }) => ({
          ...{
            ...row,
            pushed_at: pushedAt,
            reference: 'P-1',
            person: Buffer.alloc(0),
            text_hash: hashOf(''),
          },
          ...{ role: 'director' as const, state: 'confirmed' as const },
        })),
      );
      await db.raw('SET foreign_key_checks = 1');
    });
  }

  const addAction = (index: number) =>
    recordAction(
      fresh.store.knex,
      { action: 'show-journey', result: 'done', requestId: '00000000-0000-4000-8000-000000000000' },
      at(index),
    );

  async function sequence(): Promise<void> {
    await addLeaves(fresh.store, LOG_ORIGIN);
    await publishCheckpoint(fresh.store, logIdentity, now);
  }

  const audit = (kept?: string, today = now) =>
    auditLog(
      fresh.store,
      { origin: LOG_ORIGIN, verifiers: logVerifiers },
      { evidenceDays: EVIDENCE_DAYS, now: today, kept },
    );
  /** The findings as they are printed. */
  const findings = async (kept?: string, today = now) => (await audit(kept, today)).findings.map(findingText);
  const noteOf = async (size: number) => (await findCheckpoint(fresh.store.knex, LOG_ORIGIN, size))!.note;

  beforeEach(async () => {
    fresh = await freshStore();
    for (let leaf = 0; leaf < LEAVES; leaf += 1) await (leaf % 2 === 0 ? addEvidence(leaf) : addAction(leaf));
    await addToDos(0);
    await sequence();
    await sequence();
    const [first] = await fresh.store.knex('clerk_actions').orderBy('id').select('id');
    offset = first!.id - 1;
  }, 60_000);
  afterEach(() => fresh.end());
  const actionId = (leaf: number) => (leaf + 1) / 2 + offset;
  const action = (leaf: number) => fresh.owner('clerk_actions').where({ id: actionId(leaf) });
  const evidence = (leaf: number) => fresh.owner('evidence').where({ number: numberOf(leaf) });
  const leafRow = (leaf: number) => fresh.owner('log_hashes').where({ level: 0, position: leaf });

  return {
    fresh: () => fresh,
    ...{ addEvidence, addToDos, sequence, audit, findings, noteOf, actionId, action, evidence, leafRow },
  };
}
