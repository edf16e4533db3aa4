import { createHash, randomInt, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Flag, FlagLimits } from '../domain/flags';
import { textShownTo } from '../domain/matter';
import type { MatterContent } from '../domain/matter';
import type { Role } from '../domain/roles';
import { shanghaiDay } from '../domain/shanghai-time';
import { defectOf } from '../domain/signature';
import type { Signature, SignatureDefect } from '../domain/signature';
import type { Attempt } from './attempts';
import { useUpFaceCheck } from './attempts';
import { lockToDo, refusalOfToDo } from './confirmations';
import type { ToDo, ToDoRefusal } from './confirmations';
import { addDelivery } from './deliveries';
import { raiseFlags } from './flags';
import { findJourney, personOf } from './journeys';
import type { EnteredPerson, JourneyRow } from './journeys';
import { contentOf } from './matters';
import { listPassedChecks } from './passed-checks';
import type { PassedCheck } from './passed-checks';
import { dropInput, openInput, sealFor } from './sealed-values';
import type { Queries, Store } from './store';

/** What the api seals when a person signs. */
export interface SignatureInput extends Signature {
  kind: 'signature';
}

export type SigningResult =
  | { outcome: 'confirmed'; matter: string }
  /** Stays at the signing page. */
  | { outcome: 'sign-again'; code: SignatureDefect | 'input_expired' }
  /** The face check proves nothing any more. */
  | { outcome: 'face-again'; code: 'face_check_used_up' }
  /** Back to the to-dos. */
  | { outcome: 'not-signable'; code: ToDoRefusal };

/**
 * Settles a confirmation: face check, text and to-do must still hold, then the state, the evidence and what the registration
 * system is told are written in one transaction. Repeating the command that won says so again.
 */
export async function sign(
  store: Store,
  signing: { journey: string; toDo: string; attempt: string; input: string },
  flagLimits: FlagLimits,
  now: Date,
): Promise<SigningResult> {
  return await store.knex.transaction(async (on): Promise<SigningResult> => {
    const journey = await findJourney(on, signing.journey);
    const person = journey && (await personOf(store, on, journey));
    if (!person) return { outcome: 'not-signable', code: 'to_do_unknown' };
    const toDo = await lockToDo(on, signing.toDo, journey.person_key);
    if (toDo?.updateId === signing.input) return { outcome: 'confirmed', matter: toDo.matter.id };
    const attempt = await on<Attempt>('attempts').where({ id: signing.attempt }).first();
    const textHash = attempt?.text_hash ?? '';
    const refusal = await refusalOfToDo(store, on, toDo, { textHash, matchKey: person.matchKey }, now);
    if (refusal || !toDo) return { outcome: 'not-signable', code: refusal ?? 'to_do_unknown' };
    const signature = await openInput<SignatureInput>(store, on, signing.input, now);
    const defect = signature ? defectOf(signature) : 'input_expired';
    if (defect || !signature) {
      await dropInput(store, on, signing.input);
      return { outcome: 'sign-again', code: defect ?? 'input_expired' };
    }
    const face = { attempt: signing.attempt, textHash, command: signing.input };
    if (attempt?.to_do_id !== toDo.id || !(await useUpFaceCheck(on, face, now))) {
      return { outcome: 'face-again', code: 'face_check_used_up' };
    }
    const content = await contentOf(store, on, toDo.matter.id);
    if (!content) return { outcome: 'not-signable', code: 'matter_closed' };
    const checks = await listPassedChecks(on, journey, toDo.id);
    const flags = await raiseFlags(on, { journey, toDo, checks }, flagLimits, now);
    const evidence = await addEvidence(
      store,
      on,
      { journey, person, toDo, content, checks, flags, signature },
      now,
    );
    await on('confirmations').where({ to_do_id: toDo.id, state: 'pending' }).update({
      state: 'confirmed',
      update_id: signing.input,
      journey_id: signing.journey,
      evidence_id: evidence.id,
      settled_at: now,
    });
    const persons = [{ reference: toDo.reference, roles: toDo.roles }];
    const kinds = flags.map(({ kind }) => kind);
    await addDelivery(
      on,
      toDo.matter,
      {
        event: 'confirmation.confirmed',
        persons,
        evidence: evidence.number,
        ...(kinds.length > 0 && { flags: kinds }),
      },
      now,
    );
    await dropInput(store, on, signing.input);
    return { outcome: 'confirmed', matter: toDo.matter.id };
  });
}

interface Proof {
  journey: JourneyRow;
  person: EnteredPerson;
  toDo: ToDo;
  content: MatterContent;
  checks: PassedCheck[];
  flags: Flag[];
  signature: SignatureInput;
}

/** Everything that proves one confirmation, as one canonical JSON (RFC 8785) with its SHA-256, sealed under a key of its own. */
async function addEvidence(
  store: Store,
  on: Queries,
  { journey, person, toDo, content, checks, flags, signature }: Proof,
  now: Date,
): Promise<{ id: string; number: string }> {
  const id = randomUUID();
  const number = evidenceNumber(now);
  const pushed = content.persons.find(({ reference }) => reference === toDo.reference);
  const { strokes, width, height } = signature;
  const statement = canonicalize({
    format: 1,
    kind: 'face',
    number,
    matter: {
      registry: toDo.matter.registry,
      externalId: toDo.matter.external_id,
      version: toDo.matter.version,
      textHash: toDo.textHash,
      text: pushed && textShownTo(content, { ...pushed, roles: toDo.roles as Role[] }),
    },
    person: {
      name: person.name,
      documentType: person.documentType,
      number: person.number,
      validUntil: person.validUntil,
      issuingCountry: person.issuingCountry,
    },
    reference: toDo.reference,
    consents: await consentsOf(on, journey.id),
    checks: checks.map(({ purpose, orderNo, certifyId, passedAt, portraitHash, score }) => ({
      ...{ purpose, orderNo, certifyId, portraitHash, score },
      passedAt: passedAt.toISOString(),
    })),
    flags,
    signature: { strokes, width, height },
    signedAt: now.toISOString(),
  });
  if (statement === undefined) throw new Error('Evidence has no canonical form.');
  const owner = `evidence:${id}`;
  const key = await store.dataKeys.create(on, owner);
  await on('evidence').insert({
    id,
    number,
    matter_id: toDo.matter.id,
    to_do_id: toDo.id,
    person_key: journey.person_key,
    content: sealFor(store, key, owner, 'content', statement),
    sha256: createHash('sha256').update(statement).digest('hex'),
    created_at: now,
  });
  return { id, number };
}

async function consentsOf(on: Queries, journey: string) {
  const rows = await on('consents')
    .where({ journey_id: journey, withdrawn_at: null })
    .orderBy(['given_at', 'kind'])
    .select<{ kind: string; version: string; text_hash: string; given_at: Date }[]>(
      'kind',
      'version',
      'text_hash',
      'given_at',
    );
  return rows.map(({ kind, version, text_hash, given_at }) => ({
    kind,
    version,
    textHash: text_hash,
    givenAt: given_at.toISOString(),
  }));
}

// Without the letters and digits that people confuse when they read a number aloud.
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

function evidenceNumber(now: Date): string {
  const random = Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${shanghaiDay(now).replaceAll('-', '')}-${random}`;
}
