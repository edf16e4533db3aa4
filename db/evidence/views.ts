import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import { scopesOver } from '../../domain/clerks';
import type { ClerkRole } from '../../domain/clerks';
import { clerkActionsThatShow } from '../../domain/evidence-views';
import type { ViewedPart } from '../../domain/evidence-views';
import { addToLog } from '../log/waiting';
import type { ListPlace } from '../store/list-place';
import type { Db } from '../store/store';
import type { EvidenceViewRow } from '../tables';

/** By whom evidence was seen, and what of it. */
export type View = { part: ViewedPart } & (
  | { viewer: 'person' | 'verifier' }
  /** By the id of the system. */
  | { viewer: 'registration-system'; registry: string }
);

/**
 * Records that somebody sees evidence, and has the log commit to it. It must be done before the answer leaves: what can't be recorded
 * is not shown. There is no function that changes a record.
 * @param evidence the ids, of one matter or of one
 */
export async function recordViews(
  db: Db,
  evidence: readonly string[],
  { part, ...by }: View,
  now: Date,
): Promise<void> {
  const rows = evidence.map((id) => ({
    evidence_id: id,
    viewer: by.viewer,
    registry: by.viewer === 'registration-system' ? by.registry : null,
    part,
    at: now,
    nonce: randomBytes(32),
  }));
  if (rows.length === 0) return;
  await db.transaction(async (within) => {
    await within('evidence_views').insert(rows);
    await addToLog(within, 'evidence-view', rows.map(commitmentOfView), now);
  });
}

/** What the log says about a view: SHA-256 of the nonce, which no other row has, and of the canonical JSON (RFC 8785) of the rest without `id`. */
export function commitmentOfView({
  evidence_id,
  viewer,
  registry,
  part,
  at,
  nonce,
}: Omit<EvidenceViewRow, 'id'>): string {
  const text = canonicalize({ evidence_id, viewer, registry, part, at: at.toISOString() }) ?? '';
  return createHash('sha256').update(nonce).update(text).digest('hex');
}

/** A view as its person is told of it: of a clerk the role, and whether the clerk is of the matter's own authority. */
export type KnownView = { at: Date; place: string } & (
  View | { viewer: 'clerk'; role: ClerkRole; isOfAuthority: boolean }
);

/** The evidence about whose views is asked, and the matter for which it was made. */
export interface ViewedEvidence {
  id: string;
  createdAt: Date;
  registry: string;
  externalId: string;
  authority: string;
}

/**
 * Who saw evidence, newest first: the views, and the calls of clerks that showed its matter since.
 * @param after the last one of the page before, by time and `place`
 */
export async function listViews(
  db: Db,
  evidence: ViewedEvidence,
  { after, most }: { after?: ListPlace; most: number },
): Promise<KnownView[]> {
  const views = await viewsOf(db, evidence.id, { after, most });
  const actions = await actionsOf(db, evidence, { after, most });
  return [...views, ...actions].sort(byPlace).slice(0, most);
}

// Two lists are read as one: within the same millisecond by this text.
const PLACE = "CONCAT(?, LPAD(id, 20, '0'))";

function placeOf(source: 'view' | 'action', id: number): string {
  return source + String(id).padStart(20, '0');
}

function byPlace(one: KnownView, other: KnownView): number {
  const later = other.at.getTime() - one.at.getTime();
  return later === 0 ? Number(one.place < other.place) - Number(one.place > other.place) : later;
}

interface Page {
  after?: ListPlace;
  most: number;
}

async function viewsOf(db: Db, evidence: string, { after, most }: Page): Promise<KnownView[]> {
  const query = db('evidence_views').where({ evidence_id: evidence });
  if (after) void query.whereRaw(`(at, ${PLACE}) < (?, ?)`, ['view', after.at, after.id]);
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(most).select('*');
  return rows.map(({ id, viewer, registry, part, at }) => {
    const known = { at, place: placeOf('view', id), part };
    return viewer === 'registration-system'
      ? { ...known, viewer, registry: registry ?? '' }
      : { ...known, viewer };
  });
}

async function actionsOf(
  db: Db,
  { createdAt, registry, externalId, authority }: ViewedEvidence,
  { after, most }: Page,
): Promise<KnownView[]> {
  const query = db('clerk_actions AS a')
    .join('clerks AS c', 'c.id', 'a.clerk_id')
    .leftJoin('clerk_scopes AS s', (join) => {
      join.on('s.clerk_id', 'c.id').andOnVal('s.prefix', scopesOver(authority).at(-1) ?? authority);
    })
    .where({ 'a.subject_id': `${registry} ${externalId}`, 'a.subject_kind': 'matter', 'a.result': 'done' })
    .whereIn('a.action', [...clerkActionsThatShow])
    .where('a.at', '>=', createdAt);
  if (after) {
    const place = PLACE.replace('id', 'a.id');
    void query.whereRaw(`(a.at, ${place}) < (?, ?)`, ['action', after.at, after.id]);
  }
  const rows = await query
    .orderBy('a.at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(most)
    .select<{ id: number; at: Date; role: ClerkRole; prefix: string | null }[]>(
      'a.id',
      'a.at',
      'c.role',
      's.prefix',
    );
  return rows.map(({ id, at, role, prefix }) => ({
    ...{ at, place: placeOf('action', id), viewer: 'clerk' as const },
    ...{ role, isOfAuthority: prefix !== null },
  }));
}
