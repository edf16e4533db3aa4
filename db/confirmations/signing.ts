import type { FlagLimits } from '../../domain/flags';
import { defectOf } from '../../domain/signature';
import type { SignatureDefect } from '../../domain/signature';
import { permitArchiving } from '../attempts/archiving';
import { consumeFaceCheck } from '../attempts/attempts';
import type { ToDoRejection } from '../../domain/to-dos';
import { checkToDo, lockToDo } from './confirmations';
import { addDelivery } from '../matters/deliveries';
import { findDecision } from '../decisions/decisions';
import { addEvidence } from '../evidence/evidence';
import type { Proof } from '../evidence/evidence';
import { raiseFlags } from '../flags/flags';
import { findJourney, personOf } from '../journeys/journeys';
import { contentOf } from '../matters/content';
import { addNotification } from '../matters/notifications';
import { listPassedChecks } from '../attempts/passed-checks';
import { dropInput, openInput } from '../store/sealed-inputs';
import type { Db, Store } from '../store/store';
import { isVerified } from '../journeys/verified';

/** Settings that apply to every confirmation. */
export interface Settling {
  flagLimits: FlagLimits;
  /** Whether the person gets a message about it. */
  tellsPerson: boolean;
}

export type SigningResult =
  | { outcome: 'confirmed'; matter: string }
  /** Stays at the signing page. */
  | { outcome: 'sign-again'; code: SignatureDefect | 'input_expired' }
  /** The face check proves nothing any more. */
  | { outcome: 'face-again'; code: 'face_check_used_up' }
  /** Back to the to-dos. */
  | { outcome: 'not-signable'; code: ToDoRejection | 'not_allowed_now' };

/**
 * Settles a confirmation: the session must hold the journey, its person be verified in this visit; face check, text and to-do must still
 * hold. Then the state, the evidence and what the registration
 * system is told are written in one transaction. Repeating the command that won says so again.
 */
export async function sign(
  store: Store,
  signing: { journey: string; session?: string; toDo: string; attempt: string; input: string },
  settling: Settling,
  now: Date,
): Promise<SigningResult> {
  return await store.knex.transaction(async (db): Promise<SigningResult> => {
    const journey = await findJourney(db, signing.journey, 'locked');
    const person = journey && (await personOf(store, db, journey));
    if (!person) return { outcome: 'not-signable', code: 'to_do_unknown' };
    const mayConfirm = journey.session_id === signing.session && (await isVerified(db, journey.id));
    if (!mayConfirm) return { outcome: 'not-signable', code: 'not_allowed_now' };
    const toDo = await lockToDo(db, signing.toDo, journey.person_key);
    if (toDo?.updateId === signing.input) return { outcome: 'confirmed', matter: toDo.matter.id };
    const attempt = await db('attempts').where({ id: signing.attempt, journey_id: journey.id }).first();
    const textHash = attempt?.text_hash ?? '';
    const rejection = await checkToDo(store, db, toDo, { textHash, matchKey: person.matchKey }, now);
    if (rejection || !toDo) return { outcome: 'not-signable', code: rejection ?? 'to_do_unknown' };
    const signature = await openInput(store, db, { id: signing.input, kind: 'signature' }, now);
    const defect = signature ? defectOf(signature) : 'input_expired';
    if (defect || !signature) {
      await dropInput(store, db, signing.input);
      return { outcome: 'sign-again', code: defect ?? 'input_expired' };
    }
    const face = { attempt: signing.attempt, textHash, command: signing.input };
    if (attempt?.to_do_id !== toDo.id || !(await consumeFaceCheck(db, face, now))) {
      return { outcome: 'face-again', code: 'face_check_used_up' };
    }
    const content = await contentOf(store, db, toDo.matter.id);
    if (!content) return { outcome: 'not-signable', code: 'matter_closed' };
    const proof = { journey, person, toDo, content, signed: { by: 'hand' as const, signature } };
    await settle(store, db, proof, { command: signing.input, attempt: signing.attempt }, settling, now);
    await dropInput(store, db, signing.input);
    return { outcome: 'confirmed', matter: toDo.matter.id };
  });
}

export type PaperResult = Extract<SigningResult, { outcome: 'confirmed' | 'not-signable' }>;

/**
 * Settles a confirmation that was signed on paper, by the decision in which two clerks accepted it: what stands on the paper
 * must still be what would be shown.
 */
export async function confirmOnPaper(
  store: Store,
  confirmed: { journey: string; toDo: string; textHash: string; decision: string },
  settling: Settling,
  now: Date,
): Promise<PaperResult> {
  return await store.knex.transaction(async (db): Promise<PaperResult> => {
    const journey = await findJourney(db, confirmed.journey, 'locked');
    const person = journey && (await personOf(store, db, journey));
    if (!person) return { outcome: 'not-signable', code: 'to_do_unknown' };
    const toDo = await lockToDo(db, confirmed.toDo, journey.person_key);
    if (toDo?.updateId === confirmed.decision) return { outcome: 'confirmed', matter: toDo.matter.id };
    const displayed = { textHash: confirmed.textHash, matchKey: person.matchKey };
    const rejection = await checkToDo(store, db, toDo, displayed, now);
    if (rejection || !toDo) return { outcome: 'not-signable', code: rejection ?? 'to_do_unknown' };
    const decision = await findDecision(db, confirmed.decision);
    const isAccepted =
      decision?.state === 'approved' &&
      decision.decision === 'accept' &&
      decision.journey_id === journey.id &&
      decision.to_do_id === toDo.id;
    if (!isAccepted || !decision.acceptance) return { outcome: 'not-signable', code: 'not_allowed_now' };
    const content = await contentOf(store, db, toDo.matter.id);
    if (!content) return { outcome: 'not-signable', code: 'matter_closed' };
    const signed = { by: 'paper' as const, acceptance: decision.acceptance, paperHash: decision.paper_hash };
    const proof = { journey, person, toDo, content, signed };
    await settle(store, db, proof, { command: decision.id }, settling, now);
    return { outcome: 'confirmed', matter: toDo.matter.id };
  });
}

/** Flags, evidence, state and who must be told, by the command that brought it about, and by the face check of the matter if there was one. */
async function settle(
  store: Store,
  db: Db,
  proof: Omit<Proof, 'checks' | 'flags'>,
  { command, attempt }: { command: string; attempt?: string },
  { flagLimits, tellsPerson }: Settling,
  now: Date,
): Promise<void> {
  const { journey, toDo } = proof;
  const checks = await listPassedChecks(db, journey, toDo.id);
  const flags = await raiseFlags(db, { journey, toDo, checks }, flagLimits, now);
  const evidence = await addEvidence(store, db, { ...proof, checks, flags }, now);
  await db('confirmations').where({ to_do_id: toDo.id, state: 'pending' }).update({
    state: 'confirmed',
    update_id: command,
    journey_id: journey.id,
    evidence_id: evidence.id,
    settled_at: now,
  });
  const portrait = attempt && { journey, toDo: toDo.id, attempt, evidence: evidence.id };
  const portraitUntil = portrait && (await permitArchiving(db, portrait, now));
  await addDelivery(
    db,
    toDo.matter,
    {
      event: 'confirmation.confirmed',
      persons: [{ reference: toDo.reference, roles: toDo.roles }],
      evidence: evidence.number,
      evidenceKind: evidence.kind,
      ...(flags.length > 0 && { flags: flags.map(({ kind }) => kind) }),
      ...(portraitUntil && { portraitUntil: portraitUntil.toISOString() }),
    },
    now,
  );
  if (!tellsPerson) return;
  await addNotification(
    db,
    { evidence: evidence.id, matter: toDo.matter.id, session: journey.session_id },
    now,
  );
}
