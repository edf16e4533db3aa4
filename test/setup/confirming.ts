import canonicalize from 'canonicalize';
import type { EvidenceStatement } from '../../domain/evidence';
import type { SealedInputOf } from '../../domain/sealed-inputs';
import type { Point } from '../../domain/signature';
import { giveConsents } from '../../db/journeys/given-consents';
import { findJourney, personOf } from '../../db/journeys/journeys';
import { listPassedChecks } from '../../db/attempts/passed-checks';
import { sha256Of } from '../../db/evidence/evidence';
import { openFrom, sealFor } from '../../db/store/sealed-values';
import type { ActivityHarness, Entered, PushedToDo } from './activity-harness';

/** A valid signature, as the api seals it. */
export const signature: SealedInputOf<'signature'> = {
  kind: 'signature',
  strokes: [
    [100, 80, 220, 80],
    [160, 50, 160, 220],
    [120, 140, 210, 150],
    [300, 60, 380, 230],
  ].map(([fromX = 0, fromY = 0, toX = 0, toY = 0], stroke) =>
    Array.from({ length: 10 }, (_, at): Point => [
      fromX + ((toX - fromX) * at) / 9,
      fromY + ((toY - fromY) * at) / 9,
      stroke * 400 + at * 16,
    ]),
  ),
  width: 600,
  height: 300,
  terms: { version: '2026-3', textHash: 'e'.repeat(64) },
};

let commands = 0;

/** Passes a face check of a journey, at the vendor, for the to-do if there is one. @returns the attempt */
export async function passFace(
  { activities, store, vendors }: ActivityHarness,
  journey: string,
  toDo?: PushedToDo,
): Promise<string> {
  const about = toDo && { toDo: toDo.toDo, textHash: toDo.textHash };
  const begun = await activities.startFace({ journey, command: `face-${(commands += 1)}`, about });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  const row = await store.knex('attempts').where({ id: begun.attempt }).first('certify_id');
  await vendors.pass(String(row?.certify_id));
  await activities.queryFace({ attempt: begun.attempt });
  return begun.attempt;
}

/** Passes the checks at the beginning of a journey that this visit has not passed yet: face and own bank card. */
export async function verify(harness: ActivityHarness, journey: string): Promise<void> {
  const { activities, store, vendors } = harness;
  const row = await findJourney(store.knex, journey);
  const person = row && (await personOf(store, store.knex, row));
  const passed = row ? await listPassedChecks(store.knex, row, '') : [];
  const has = (purpose: string) => passed.some((check) => check.purpose === purpose);
  if (!has('identity-face')) await passFace(harness, journey);
  if (has('bank-card')) return;
  const holder = vendors.holders.find(({ document }) => document.number === person?.number);
  const cardNumber = holder?.bankCards[0]?.number ?? '';
  const input = await harness.seal(`card-${(commands += 1)}`, { kind: 'bank-card', cardNumber });
  const { outcome } = await activities.checkBankCard({ journey, input });
  if (outcome !== 'passed') throw new Error(outcome);
}

/** Confirms a to-do: the missing checks, its face check and the signature. @returns the command that signed */
export async function confirm(harness: ActivityHarness, journey: string, toDo: PushedToDo): Promise<string> {
  await verify(harness, journey);
  return await confirmUnverified(harness, journey, toDo);
}

/** The same without the checks at the beginning, which the steps of a journey never allow. */
export async function confirmUnverified(
  harness: ActivityHarness,
  journey: string,
  toDo: PushedToDo,
): Promise<string> {
  const attempt = await passFace(harness, journey, toDo);
  const input = await harness.seal(`sign-${(commands += 1)}`, signature);
  const { outcome } = await harness.activities.sign({ journey, toDo: toDo.toDo, attempt, input });
  if (outcome !== 'confirmed') throw new Error(outcome);
  return input;
}

/** Notes that the person agrees to the archiving of the portrait of this to-do's face check. */
export async function agreeToArchiving(
  { store, clock }: ActivityHarness,
  entered: Entered,
  { toDo }: PushedToDo,
): Promise<void> {
  const consent = { kind: 'portrait-archiving', version: '2026-1', textHash: 'a'.repeat(64) } as const;
  const given = { ...entered, command: `archiving-${(commands += 1)}`, toDo };
  await giveConsents(store.knex, given, [consent], clock.now);
}

/** Makes the evidence of a to-do what it was before people signed under terms. */
export async function withoutTerms(harness: ActivityHarness, toDo: string): Promise<void> {
  const { store, owner: rows } = harness;
  const statement = JSON.parse(await evidenceOf(harness, toDo)) as EvidenceStatement;
  const content = canonicalize({ ...statement, format: 1, terms: undefined }) ?? '';
  const { id = '' } = (await rows('evidence').where({ to_do_id: toDo }).first('id')) ?? {};
  const owner = `evidence:${id}`;
  const key = await store.dataKeys.find(store.knex, owner);
  if (!key) throw new Error('There is no such evidence.');
  const sealed = sealFor(store, key, owner, 'content', content);
  await rows('evidence')
    .where({ id })
    .update({ content: sealed, sha256: sha256Of(content) });
}

/** The evidence of a to-do, as it was sealed. */
export async function evidenceOf({ store }: ActivityHarness, toDo: string): Promise<string> {
  const row = await store.knex('evidence').where({ to_do_id: toDo }).first('id', 'content');
  const owner = `evidence:${row?.id}`;
  const key = await store.dataKeys.find(store.knex, owner);
  return row && key ? openFrom<string>(store, key, owner, 'content', row.content) : '';
}
