import type { EvidenceStatement } from '../../domain/evidence';
import { portraitCheckOf } from '../../domain/evidence-documents';
import type { EvidenceDocumentKind, SignatureLevel } from '../../domain/evidence-documents';
import { isArchivable } from '../attempts/archiving';
import { portraitOf } from '../attempts/portraits';
import type { Portrait } from '../attempts/portraits';
import { namesOfAuthorities } from '../matters/authorities';
import { openFrom } from '../store/sealed-values';
import type { Db, Store } from '../store/store';

/** What the documents of one confirmation are made from. */
export interface EvidenceForDocuments {
  statement: EvidenceStatement;
  /** Its canonical JSON, of which `sha256` was made. */
  json: string;
  sha256: string;
  /** When the registration system pushed the matter. */
  submittedAt: Date;
  authorityName?: string;
  portrait: Portrait | 'not-captured' | 'not-permitted' | 'deleted';
}

/** @returns undefined if there is no such evidence, or its key was dropped */
export async function readForDocuments(
  store: Store,
  evidence: string,
  now: Date,
): Promise<EvidenceForDocuments | undefined> {
  const row = await store.knex('evidence').where({ id: evidence }).first();
  const key = row && (await store.dataKeys.find(store.knex, ownerOf(evidence)));
  if (!key) return undefined;
  const json = openFrom<string>(store, key, ownerOf(evidence), 'content', row.content);
  const statement = JSON.parse(json) as EvidenceStatement;
  const matter = await store.knex('matters').where({ id: row.matter_id }).first();
  if (!matter) return undefined;
  const portrait = await portraitFor(store, { evidence, statement }, now);
  return {
    ...{ statement, json, sha256: row.sha256, submittedAt: matter.pushed_at },
    authorityName: (await namesOfAuthorities(store.knex, [matter]))(matter),
    portrait,
  };
}

/** The portrait goes into the registration file, so it is shown only where the person has consented to that. */
async function portraitFor(
  store: Store,
  { evidence, statement }: { evidence: string; statement: EvidenceStatement },
  now: Date,
): Promise<EvidenceForDocuments['portrait']> {
  const check = portraitCheckOf(statement);
  if (!check) return 'not-captured';
  if (!(await isArchivable(store.knex, check.orderNo, evidence))) return 'not-permitted';
  return (await portraitOf(store, check.orderNo, now)) ?? 'deleted';
}

/** A signed PDF about a confirmation. */
export interface EvidenceDocument {
  kind: EvidenceDocumentKind;
  file: Buffer;
  /** Of the file, in hexadecimal. */
  sha256: string;
  level: SignatureLevel;
}

/** The documents that were made of a piece of evidence. */
export async function listDocuments(db: Db, evidence: string): Promise<Omit<EvidenceDocument, 'file'>[]> {
  return await db('evidence_documents')
    .where({ evidence_id: evidence })
    .orderBy('kind')
    .select('kind', 'sha256', 'level');
}

/**
 * Keeps a document for good. One that is there already stays as it is.
 * @param portrait the check whose portrait it shows: it is sealed under the portrait's key, and so becomes unreadable with the portrait
 * Nothing is kept if its key was dropped meanwhile.
 */
export async function keepDocument(
  store: Store,
  evidence: string,
  { kind, file, sha256, level, portrait }: EvidenceDocument & { portrait?: string },
  now: Date,
): Promise<void> {
  const owner = portrait === undefined ? ownerOf(evidence) : `portrait:${portrait}`;
  const key = await store.dataKeys.find(store.knex, owner);
  if (!key) return;
  await store
    .knex('evidence_documents')
    .insert({
      evidence_id: evidence,
      kind,
      portrait_id: portrait ?? null,
      content: store.encryption.sealBytes(key, contextOf(owner, kind), file),
      sha256,
      size: file.length,
      level,
      made_at: now,
    })
    .onConflict()
    .ignore();
}

/** @returns undefined if it was not made, or can't be read any more */
export async function openDocument(
  store: Store,
  evidence: string,
  kind: EvidenceDocumentKind,
): Promise<EvidenceDocument | undefined> {
  const row = await store.knex('evidence_documents').where({ evidence_id: evidence, kind }).first();
  const owner = row?.portrait_id == null ? ownerOf(evidence) : `portrait:${row.portrait_id}`;
  const key = row && (await store.dataKeys.find(store.knex, owner));
  if (!key || row.content.length === 0) return undefined;
  const file = store.encryption.openBytes(key, contextOf(owner, kind), row.content);
  return { kind, file, sha256: row.sha256, level: row.level };
}

function ownerOf(evidence: string): string {
  return `evidence:${evidence}`;
}

/** What a sealed document is bound to. */
function contextOf(owner: string, kind: EvidenceDocumentKind): string {
  return `${owner}:${kind}`;
}
