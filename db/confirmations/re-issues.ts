import { rejectionOfReissue } from '../../domain/re-issue';
import type { ReissueRejection } from '../../domain/re-issue';
import { lockToDo } from './confirmations';
import { addDelivery } from '../matters/deliveries';
import type { Store } from '../store/store';

/**
 * A person asks for a to-do that is listed no more: the registration system is told in the same transaction, and pushes the matter
 * at a higher version if it will.
 * @returns the matter, to be reevaluated; a code where there is nothing to ask for
 */
export async function askForReissue(
  store: Store,
  request: { toDo: string; personKey: string; command: string },
  now: Date,
): Promise<{ matter: string } | { rejected: ReissueRejection | 'to_do_unknown' }> {
  return await store.knex.transaction(async (db) => {
    const toDo = await lockToDo(db, request.toDo, request.personKey);
    if (!toDo) return { rejected: 'to_do_unknown' as const };
    const { matter, state, reissueRequestedAt } = toDo;
    if (toDo.reissueRequestedBy === request.command) return { matter: matter.id };
    const { state: matterState, listed_until: listedUntil, expires_at: expiresAt } = matter;
    const status = { state, matterState, listedUntil, expiresAt, reissueRequestedAt };
    const rejected = rejectionOfReissue(status, now);
    if (rejected) return { rejected };
    await db('confirmations')
      .where({ to_do_id: toDo.id })
      .update({ reissue_requested_at: now, reissue_requested_by: request.command });
    const persons = [{ reference: toDo.reference, roles: toDo.roles }];
    await addDelivery(db, matter, { event: 'reissue.requested', persons }, now);
    return { matter: matter.id };
  });
}
