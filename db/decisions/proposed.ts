import { phoneAfter } from '../../domain/decisions';
import type { WindowCodeRejection } from '../../domain/window-codes';
import { dropInput, openInput } from '../store/sealed-inputs';
import { sealFor } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { DecisionRow, JourneyRow } from '../tables';
import type { Proposed } from './decisions';
import { isScanKept } from './scans';
import { rejectionOfWindowCode } from './window-codes';

type Accepting = Extract<Proposed, { decision: 'accept' }>;

/**
 * What a proposal keeps of what the clerk sent: it is moved from the sealed input, which is gone in minutes, to the proposal, which waits
 * for a day. An acceptance rests on a scan that was uploaded here and, for a phone at the window, on the code that it shows. To be called
 * under the lock of the journey.
 */
export async function takeProposed(
  store: Store,
  db: Db,
  { journey, proposed }: { journey: JourneyRow; proposed: Proposed },
  now: Date,
): Promise<
  | Pick<DecisionRow, 'name'>
  | Pick<DecisionRow, 'acceptance' | 'paper_hash' | 'seen'>
  | { rejected: WindowCodeRejection | 'scan_unknown' | 'input_expired' }
> {
  const owner = `journey:${journey.id}`;
  const key = await store.dataKeys.find(db, owner);
  if (proposed.decision === 'correct-name') {
    const typed = await openInput(store, db, { id: proposed.input, kind: 'name' }, now);
    if (!typed || !key) return { rejected: 'input_expired' };
    await dropInput(store, db, proposed.input);
    return { name: sealFor(store, key, owner, 'corrected-name', typed.name) };
  }
  const { acceptance, paperHash, input: id = '' } = proposed;
  if (!(await isScanKept(db, journey, paperHash))) return { rejected: 'scan_unknown' };
  const input = await openInput(store, db, { id, kind: 'acceptance' }, now);
  await dropInput(store, db, id);
  if (needsWindowCode(proposed, journey)) {
    const typed = { journey, command: proposed.command, code: input?.windowCode };
    const rejected = await rejectionOfWindowCode(store, db, typed, now);
    if (rejected) return { rejected };
  }
  if (!input || !key) return { rejected: 'input_expired' };
  return { acceptance, paper_hash: paperHash, seen: sealFor(store, key, owner, 'seen', input.seen) };
}

/** Only a phone that is known to be at the window may go on to the to-dos. */
function needsWindowCode({ acceptance }: Accepting, journey: JourneyRow): boolean {
  return journey.to_do_id === null && phoneAfter(acceptance) === 'proven';
}
