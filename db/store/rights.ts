import type { Knex } from 'knex';

type Right = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** A right on the whole table, or on some of its columns. */
type Grant = Right | Partial<Record<Right, readonly string[]>>;

interface Rights {
  api: readonly Grant[];
  worker: readonly Grant[];
}

const none: readonly Grant[] = [];

/**
 * The rights of api and worker on each table. Anything that is not named here is denied.
 * Evidence, who saw it, consents, what clerks did and what the log holds are never deleted by anybody, and of these only a consent changes, when it
 * is taken back.
 */
export const dataRights: Record<string, Rights> = {
  administrative_acts: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: none },
  application_document_parts: { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'DELETE'] },
  application_documents: {
    api: ['SELECT', 'INSERT', 'UPDATE'],
    worker: ['SELECT', { UPDATE: ['is_named'] }, 'DELETE'],
  },
  attempt_grants: { api: ['SELECT'], worker: ['SELECT', 'INSERT'] },
  attempt_locks: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: ['SELECT', 'INSERT', 'UPDATE'] },
  attempts: {
    api: ['SELECT', { UPDATE: ['state', 'ended_at', 'codes'] }],
    worker: ['SELECT', 'INSERT', 'UPDATE'],
  },
  authorities: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: ['SELECT'] },
  clerk_actions: { api: ['SELECT', 'INSERT'], worker: none },
  clerk_passkeys: { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'], worker: none },
  clerk_provider_accounts: { api: ['SELECT', 'INSERT', 'DELETE'], worker: none },
  clerk_provider_sign_ins: { api: ['SELECT', 'INSERT', 'DELETE'], worker: ['SELECT', 'DELETE'] },
  clerk_recovery_codes: { api: ['SELECT', 'INSERT', 'DELETE'], worker: none },
  clerk_scopes: { api: ['SELECT', 'INSERT'], worker: ['SELECT'] },
  clerk_sessions: {
    api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
    worker: [{ SELECT: ['ends_at'] }, 'DELETE'],
  },
  clerk_totps: { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'], worker: none },
  clerks: {
    api: ['SELECT', 'INSERT', 'UPDATE'],
    worker: [{ SELECT: ['id', 'login', 'name', 'role', 'state', 'created_at', 'must_change_password'] }],
  },
  complaints: {
    api: ['SELECT', 'INSERT', { UPDATE: ['answer', 'answered_at', 'answered_by'] }],
    worker: ['SELECT', 'DELETE'],
  },
  confirmations: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: ['SELECT', 'UPDATE'] },
  consents: {
    api: ['SELECT', 'INSERT', { UPDATE: ['withdrawn_at'] }],
    worker: ['SELECT', 'INSERT'],
  },
  daily_checks: { api: ['SELECT'], worker: ['SELECT', 'INSERT'] },
  decision_batch_items: {
    api: ['SELECT', 'INSERT', { UPDATE: ['tried_at', 'result', 'settled_at'] }],
    worker: ['SELECT', 'DELETE'],
  },
  decision_batches: { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'DELETE'] },
  decisions: { api: ['SELECT'], worker: ['SELECT', 'INSERT', 'UPDATE'] },
  deliveries: {
    api: ['SELECT', 'INSERT', { UPDATE: ['state', 'registry', 'position'] }],
    worker: ['SELECT', 'INSERT', 'UPDATE'],
  },
  delivery_tries: { api: ['SELECT'], worker: ['SELECT', 'INSERT', 'DELETE'] },
  event_feeds: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: none },
  evidence: { api: ['SELECT'], worker: ['SELECT', 'INSERT'] },
  evidence_documents: {
    api: ['SELECT', { UPDATE: ['content'] }],
    worker: ['SELECT', 'INSERT', { UPDATE: ['content'] }],
  },
  evidence_seals: {
    api: ['SELECT'],
    worker: [
      'SELECT',
      'INSERT',
      {
        UPDATE: [
          ...['state', 'key_id', 'jws', 'signed_at', 'time_stamp', 'time_stamp_sha256', 'stamped_at'],
          ...['signer', 'no_certificate_reason', 'signer_proof', 'documents_made_at'],
        ],
      },
    ],
  },
  evidence_views: { api: ['SELECT', 'INSERT'], worker: none },
  flags: {
    api: ['SELECT', { UPDATE: ['to_do_id', 'matter_id', 'reviewed_at', 'reviewed_by', 'verdict', 'reason'] }],
    worker: ['SELECT', 'INSERT'],
  },
  journey_notes: { api: ['SELECT', 'INSERT'], worker: none },
  journeys: {
    api: ['SELECT', { UPDATE: ['consent_version'] }],
    worker: ['SELECT', 'INSERT', 'UPDATE'],
  },
  log_checkpoints: { api: ['SELECT'], worker: ['SELECT', 'INSERT'] },
  log_hashes: { api: ['SELECT'], worker: ['SELECT', 'INSERT'] },
  log_time_stamps: { api: ['SELECT'], worker: ['SELECT', 'INSERT'] },
  log_waiting: { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'INSERT', 'DELETE'] },
  matter_documents: { api: ['SELECT', 'INSERT'], worker: ['SELECT'] },
  // MySQL lets nobody lock a row of a table that they may not change.
  matter_heads: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: ['SELECT', 'UPDATE'] },
  matters: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: ['SELECT', 'UPDATE'] },
  messages: { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'INSERT', 'DELETE'] },
  nonces: { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'DELETE'] },
  portraits: {
    api: ['SELECT', { UPDATE: ['image', 'expires_at', 'archived_at'] }],
    worker: ['SELECT', 'INSERT', { UPDATE: ['image', 'expires_at', 'evidence_id', 'consent_id'] }],
  },
  rate_limits: { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'], worker: ['SELECT', 'DELETE'] },
  reviewer_lots: { api: ['SELECT'], worker: ['SELECT', 'INSERT'] },
  saved_views: { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'], worker: none },
  scan_parts: { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'DELETE'] },
  scans: { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'DELETE'] },
  sealed_inputs: { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'DELETE'] },
  sessions: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: ['SELECT', 'DELETE'] },
  sign_in_tries: { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'], worker: ['SELECT', 'DELETE'] },
  stuck_periods: {
    api: ['SELECT', { UPDATE: ['attempts_asked_at'] }],
    worker: ['SELECT', 'INSERT', 'UPDATE'],
  },
  vendor_calls: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: ['SELECT', 'INSERT', 'UPDATE'] },
  window_codes: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: ['SELECT', 'UPDATE', 'DELETE'] },
  worklist: { api: ['SELECT', 'INSERT', 'UPDATE'], worker: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  worklist_changes: { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'INSERT', 'DELETE'] },
};

/** The same, in the schema of the wrapped keys. */
export const keyRights: Record<string, Rights> = {
  data_keys: { api: ['SELECT', 'INSERT', 'DELETE'], worker: ['SELECT', 'INSERT', 'DELETE'] },
  log_heads: { api: none, worker: ['SELECT', 'INSERT', 'UPDATE'] },
};

/** The users of api and worker in MySQL, at any host. */
export interface ServiceUsers {
  api: string;
  worker: string;
}

/**
 * Gives the users of api and worker what they may do in the tables of this schema, and takes away what an earlier version gave
 * them. Must be asked by a user who may pass rights on.
 */
export async function giveRights(
  database: Knex,
  rights: Record<string, Rights>,
  users: ServiceUsers,
): Promise<void> {
  for (const [table, { api, worker }] of Object.entries(rights)) {
    const grants = new Map<string, readonly Grant[]>([[users.api, api]]);
    grants.set(users.worker, [...(grants.get(users.worker) ?? none), ...worker]);
    for (const [user, of] of grants) await giveTable(database, table, user, of);
  }
}

const all: readonly Right[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

async function giveTable(
  database: Knex,
  table: string,
  user: string,
  grants: readonly Grant[],
): Promise<void> {
  const whole = all.filter((right) => grants.includes(right));
  const ofColumns = grants.flatMap((grant) => {
    if (typeof grant === 'string') return [];
    return Object.entries(grant).map(([right, columns]) => `${right} (${columns.join(', ')})`);
  });
  // Rights that stay are not revoked meanwhile, except rights on columns: revoking a table's rights revokes its columns' as well.
  const taken = all.filter((right) => !whole.includes(right));
  if (taken.length > 0) await revoke(database, taken, table, user);
  const given = [...whole, ...ofColumns];
  if (given.length > 0) await database.raw(`GRANT ${given.join(', ')} ON ?? TO ?@'%'`, [table, user]);
}

async function revoke(database: Knex, rights: readonly Right[], table: string, user: string): Promise<void> {
  try {
    await database.raw(`REVOKE ${rights.join(', ')} ON ?? FROM ?@'%'`, [table, user]);
  } catch (error) {
    // Nothing was given before.
    if ((error as { code?: string }).code !== 'ER_NONEXISTING_TABLE_GRANT') throw error;
  }
}
