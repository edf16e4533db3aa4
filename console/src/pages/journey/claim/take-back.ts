import { assigneeGroups } from '../../../../../domain/worklist';
import type { WorklistEntry } from '../../../client';
import { post } from '../../../session';
import type { ClaimKeeper } from './claim-keeper';

/** How a journey was passed on, and what it was before. */
export interface Passed {
  window: 'hand-over' | 'escalation' | 'snooze';
  before: Pick<WorklistEntry, 'assignee' | 'snoozedUntil'>;
}

/** Undoes what a clerk did instead of deciding: whose it was, and until when it was put off, is as before, and the clerk claims it again. */
export async function takeBack(
  id: string,
  { ask }: Pick<ClaimKeeper, 'ask'>,
  { window, before: { assignee, snoozedUntil } }: Passed,
): Promise<void> {
  const about = { params: { path: { id } } };
  await ask();
  if (window === 'snooze') {
    const isAhead = snoozedUntil !== undefined && Date.parse(snoozedUntil) > Date.now();
    await post('/api/clerk/journeys/{id}/snooze', {
      ...about,
      body: { until: isAhead ? snoozedUntil : null },
    });
    // Putting off ends the claim.
    if (isAhead) await ask();
  }
  const group = assigneeGroups.find((one) => one === assignee);
  if (group) await post('/api/clerk/journeys/{id}/escalation', { ...about, body: { to: group } });
  else await post('/api/clerk/journeys/{id}/hand-over', { ...about, body: { to: assignee ?? 'nobody' } });
  await ask();
}
