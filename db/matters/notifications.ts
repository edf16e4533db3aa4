import type { Db } from '../store/store';

/** What a person is told after a confirmation, or after one was carried over to a new version. */
export interface Notification {
  matter: string;
  isCarried: boolean;
  /** The session that confirmed. */
  session: string;
  /** Of the evidence, which the person was shown too. */
  number: string;
  /** When it was confirmed, or carried over. */
  at: Date;
}

/** Notes that the person must be told, in the transaction that makes it true. Within a matter its id is that of the evidence. */
export async function addNotification(
  db: Db,
  { evidence, matter, session }: { evidence: string; matter: string; session: string },
  now: Date,
): Promise<void> {
  const row = { evidence_id: evidence, matter_id: matter, session_id: session, created_at: now };
  await db('messages').insert(row);
}

/** The oldest about a matter; undefined where all were sent, or given up. */
export async function nextNotification(db: Db, matter: string): Promise<string | undefined> {
  const row = await db('messages')
    .where({ matter_id: matter })
    .orderBy(['created_at', 'evidence_id'])
    .first('evidence_id');
  return row?.evidence_id;
}

/** Of each confirmation that a new version carries, once: to the session that has the journey in which it was given. */
export async function addCarriedNotifications(db: Db, matter: string, now: Date): Promise<void> {
  const carried = db('confirmations AS c')
    .join('journeys AS j', 'j.id', 'c.journey_id')
    .where({ 'c.matter_id': matter, 'c.state': 'carried' })
    .whereNotNull('c.evidence_id')
    .distinct('c.evidence_id', 'c.matter_id', 'j.session_id', db.raw('? AS created_at', [now]));
  await db(db.raw('messages (evidence_id, matter_id, session_id, created_at)')).insert(carried);
}

export async function findNotification(
  db: Db,
  matter: string,
  id: string,
): Promise<Notification | undefined> {
  const row = await db('messages AS n')
    .join('evidence AS e', 'e.id', 'n.evidence_id')
    .where({ 'n.evidence_id': id, 'n.matter_id': matter })
    .first({
      matter: 'n.matter_id',
      session: 'n.session_id',
      number: 'e.number',
      at: 'n.created_at',
      signedIn: 'e.matter_id',
    });
  if (!row) return undefined;
  const { signedIn, ...message } = row;
  return { ...message, isCarried: signedIn !== matter };
}

export async function deleteNotification(db: Db, matter: string, id: string): Promise<void> {
  await db('messages').where({ evidence_id: id, matter_id: matter }).delete();
}
