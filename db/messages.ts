import type { Queries } from './store';

/** What a person is told after a confirmation. */
export interface Message {
  matter: string;
  /** The session that confirmed. */
  session: string;
  /** Of the evidence, which the person was shown too. */
  number: string;
  confirmedAt: Date;
}

interface MessageRow {
  evidence_id: string;
  matter_id: string;
  session_id: string;
  created_at: Date;
}

/** Notes that the person must be told, in the transaction that makes it true. Its id is that of the evidence. */
export async function addMessage(
  on: Queries,
  { evidence, matter, session }: { evidence: string; matter: string; session: string },
  now: Date,
): Promise<void> {
  const row = { evidence_id: evidence, matter_id: matter, session_id: session, created_at: now };
  await on<MessageRow>('messages').insert(row);
}

/** The oldest about a matter; undefined where all were sent, or given up. */
export async function nextMessage(on: Queries, matter: string): Promise<string | undefined> {
  const row = await on<MessageRow>('messages')
    .where({ matter_id: matter })
    .orderBy(['created_at', 'evidence_id'])
    .first('evidence_id');
  return row?.evidence_id;
}

export async function findMessage(on: Queries, id: string): Promise<Message | undefined> {
  return await on('messages AS m')
    .join('evidence AS e', 'e.id', 'm.evidence_id')
    .where({ 'm.evidence_id': id })
    .first<Message | undefined>({
      matter: 'm.matter_id',
      session: 'm.session_id',
      number: 'e.number',
      confirmedAt: 'e.created_at',
    });
}

export async function dropMessage(on: Queries, id: string): Promise<void> {
  await on<MessageRow>('messages').where({ evidence_id: id }).delete();
}
