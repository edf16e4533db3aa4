import { createHash, randomBytes, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AcceptanceKind, EvidenceKind } from '../../domain/decisions';
import type { EvidenceStatement, ShownTerms } from '../../domain/evidence';
import type { Flag } from '../../domain/flags';
import { textShownTo } from '../../domain/matter';
import type { MatterContent } from '../../domain/matter';
import { shanghaiDay } from '../../domain/shanghai-time';
import type { Signature } from '../../domain/signature';
import type { ToDo } from '../confirmations/confirmations';
import { listAcceptances } from '../decisions/decisions';
import { addToLog } from '../log/waiting';
import type { EnteredPerson } from '../../domain/sealed-inputs';
import type { PassedCheck } from '../attempts/passed-checks';
import { openFrom, sealFor } from '../store/sealed-values';
import { spokenCode } from '../decisions/spoken-codes';
import type { Db, Store } from '../store/store';
import type { JourneyRow } from '../tables';

/** The confirmation that the evidence proves: the person, the text, and how it was signed. */
export interface Proof {
  journey: JourneyRow;
  person: EnteredPerson;
  toDo: ToDo;
  content: MatterContent;
  /** The checks that were passed in this visit, and their flags. */
  checks: PassedCheck[];
  flags: Flag[];
  signed:
    | { by: 'hand'; signature: Signature & { terms: ShownTerms } }
    | { by: 'paper'; acceptance: AcceptanceKind; paperHash: string | null };
}

/** Everything that proves one confirmation, as one canonical JSON (RFC 8785) with its SHA-256, sealed under a key of its own. */
export async function addEvidence(
  store: Store,
  db: Db,
  { journey, person, toDo, content, checks, flags, signed }: Proof,
  now: Date,
): Promise<{ id: string; number: string; kind: EvidenceKind }> {
  const id = randomUUID();
  const number = evidenceNumber(now);
  const kind = signed.by === 'hand' ? 'face' : signed.acceptance;
  const visit = { journey: journey.id, toDo: toDo.id, since: journey.started_at };
  const text = textShownTo(content, await pushedTo(store, db, toDo));
  const stated: EvidenceStatement = {
    format: 2,
    // A public hash must not be guessable, even by somebody who knows everything except an identity number.
    salt: randomBytes(16).toString('base64url'),
    kind,
    number,
    matter: {
      registry: toDo.matter.registry,
      externalId: toDo.matter.external_id,
      version: toDo.matter.version,
      textHash: sha256Of(canonicalize(text) ?? ''),
      text,
    },
    person: {
      name: person.name,
      documentType: person.documentType,
      number: person.number,
      validUntil: person.validUntil,
      issuingCountry: person.issuingCountry,
    },
    reference: toDo.reference,
    consents: await consentsOf(db, visit),
    checks: checks.map(({ purpose, orderNo, certifyId, passedAt, portraitHash, score }) => ({
      ...{ purpose, orderNo, certifyId, portraitHash, score },
      passedAt: passedAt.toISOString(),
    })),
    flags,
    accepted: await acceptancesOf(db, visit),
    ...(signed.by === 'hand'
      ? { signature: strokesOf(signed.signature), terms: signed.signature.terms }
      : { paperHash: signed.paperHash }),
    signedAt: now.toISOString(),
  };
  const statement = canonicalize(stated);
  if (statement === undefined) throw new Error('Evidence has no canonical form.');
  const owner = `evidence:${id}`;
  const key = await store.dataKeys.create(db, owner);
  const sha256 = sha256Of(statement);
  await db('evidence').insert({
    id,
    number,
    matter_id: toDo.matter.id,
    to_do_id: toDo.id,
    person_key: journey.person_key,
    content: sealFor(store, key, owner, 'content', statement),
    sha256,
    created_at: now,
  });
  await addToLog(db, 'evidence', sha256, now);
  await db('evidence_seals').insert({ evidence_id: id, state: 'unsealed' });
  return { id, number, kind };
}

export function sha256Of(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Whose to-do it is, by the name that was read from the push: the hash of the text was made of that. */
async function pushedTo(store: Store, db: Db, { matter, person, roles }: ToDo) {
  const owner = `matter:${matter.id}`;
  const key = await store.dataKeys.find(db, owner);
  if (!key) throw new Error('The key of this matter was dropped.');
  const { name, documentType: type, number } = openFrom<EnteredPerson>(store, key, owner, 'person', person);
  return { name, document: { type, number }, roles };
}

function strokesOf({ strokes, width, height }: Signature): Signature {
  return { strokes, width, height };
}

/** Those that were given for another matter prove nothing about this one. */
async function consentsOf(db: Db, { journey, toDo }: Visit): Promise<EvidenceStatement['consents']> {
  const rows = await db('consents')
    .where({ journey_id: journey, withdrawn_at: null })
    .where((of) => void of.whereNull('to_do_id').orWhere('to_do_id', toDo))
    .orderBy(['given_at', 'kind'])
    .select('kind', 'version', 'text_hash', 'given_at');
  return rows.map(({ kind, version, text_hash, given_at }) => ({
    kind,
    version,
    textHash: text_hash,
    givenAt: given_at.toISOString(),
  }));
}

/** An acceptance by two clerks in place of a check, and the paper that proves it. */
async function acceptancesOf(db: Db, visit: Visit): Promise<EvidenceStatement['accepted']> {
  return (await listAcceptances(db, visit)).map((accepted) => ({
    kind: accepted.acceptance,
    paperHash: accepted.paper_hash,
    proposedBy: accepted.clerk,
    approvedBy: accepted.reviewer,
    approvedAt: accepted.settled_at?.toISOString() ?? null,
    of: accepted.to_do_id === null ? 'person' : 'confirmation',
  }));
}

interface Visit {
  journey: string;
  toDo: string;
  since: Date;
}

function evidenceNumber(now: Date): string {
  return `${shanghaiDay(now).replaceAll('-', '')}-${spokenCode(10)}`;
}
